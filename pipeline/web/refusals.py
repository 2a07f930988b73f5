"""How the server says no: one error with a status and a code, one form of answer, no stack trace."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from pipeline.corrections import CannotCorrect
from pipeline.errors import KehoachError, MissingFile
from pipeline.web.messages import known, language_of, say
from schemas import PlanFileError

_log = logging.getLogger(__name__)

ErrorPage = Callable[[Request, int, str, str], Response]
"""Request, status, message and advice to a page."""

_OF_STATUS = {404: "not-found", 405: "wrong-method", 413: "too-large"}
_STATUS_OF = {"no-field": 404, "nothing-to-undo": 409}


class Refusal(Exception):
    """The request is refused. `code` is one of messages.yaml, `extra` goes into the answer as it is."""

    def __init__(
        self, status: int, code: str, extra: Mapping[str, Any] | None = None, **values: object
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.extra = dict(extra or {})
        self.values = values


def refuse_in_words(app: FastAPI) -> None:
    """Answer every error of `app` in plain words."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(CannotCorrect, _not_corrected)
    app.add_exception_handler(KehoachError, _named)
    app.add_exception_handler(PlanFileError, _broken_plan)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)


def answer(request: Request, refusal: Refusal) -> Response:
    """The refusal as JSON, or as a page where a browser asked for one."""
    language = language_of(request)
    message, advice = say(refusal.code, language, **refusal.values)
    page: ErrorPage | None = getattr(request.app.state, "error_page", None)
    if page is not None and not request.url.path.startswith("/api") and wants_page(request):
        return page(request, refusal.status, message, advice)
    body = {**refusal.extra, "code": refusal.code, "message": message, "advice": advice}
    return JSONResponse(body, refusal.status)


def wants_page(request: Request) -> bool:
    """Whether the client is a browser that shows what comes."""
    return "text/html" in request.headers.get("accept", "")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return answer(request, error)


async def _not_corrected(request: Request, error: Exception) -> Response:
    assert isinstance(error, CannotCorrect)
    detail = error.detail[:80]
    return answer(request, Refusal(_STATUS_OF.get(error.why, 422), error.why, detail=detail))


async def _named(request: Request, error: Exception) -> Response:
    """Our own errors: by their class, so that no path of this machine is shown."""
    name = next((one.__name__ for one in type(error).__mro__ if known(one.__name__)), "internal")
    return answer(request, Refusal(404 if isinstance(error, MissingFile) else 500, name))


async def _broken_plan(request: Request, _: Exception) -> Response:
    return answer(request, Refusal(409, "broken-plan"))


async def _malformed(request: Request, error: Exception) -> Response:
    """Where the request is wrong, not what it held: that may be anything."""
    assert isinstance(error, RequestValidationError)
    places = [".".join(map(str, one["loc"])) for one in error.errors()][:5]
    safe = [place.encode("utf-8", "replace").decode("utf-8") for place in places]
    return answer(request, Refusal(422, "bad-request", {"places": safe}))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _OF_STATUS.get(error.status_code, "bad-request" if error.status_code < 500 else "internal")
    response = answer(request, Refusal(error.status_code, code))
    response.headers.update(error.headers or {})
    return response
