"""The application: what is served, and by whom it is guarded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig

from pipeline.version import VERSION
from pipeline.web import api, login, pages
from pipeline.web.guard import Guard
from pipeline.web.options import ServeOptions
from pipeline.web.refusals import refuse_in_words
from pipeline.web.service import Service
from pipeline.web.sessions import Doorkeeper

STATIC = Path(__file__).parent / "static"
_TOLD_TO_NOBODY: TelemetryConfig = {
    # Nothing leaves this machine, whatever the environment says about exporters.
    "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False,
}  # fmt: skip


def create_app(folder: Path, options: ServeOptions) -> FastAPI:
    """The application that serves the plans in `folder`, which need not exist yet."""
    service = Service(folder, options)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.close()

    app = FastAPI(
        title="kehoach",
        version=VERSION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        telemetry=_TOLD_TO_NOBODY,
    )
    app.state.folder = folder
    app.state.options = options
    app.state.service = app.state.library = service
    app.state.doorkeeper = Doorkeeper(options)
    app.state.error_page = getattr(pages, "error_page", None)
    app.include_router(api.router)
    app.include_router(login.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    refuse_in_words(app)
    app.add_middleware(Guard, options=options, doorkeeper=app.state.doorkeeper)
    return app
