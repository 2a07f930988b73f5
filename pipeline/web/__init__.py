"""The web page: a scan dropped, its doubts checked, the task list taken. `kehoach serve` runs it.

    from pipeline.web import ServeOptions, create_app
    app = create_app(Path("output"), ServeOptions())

Needs the extra `kehoach[web]`. Pages and API share one application, one guard and one set of
tokens; the API is described at /api/openapi.json and in docs/web.md.
"""

from __future__ import annotations

from pipeline.web.app import create_app
from pipeline.web.options import ServeOptions

__all__ = ["ServeOptions", "create_app"]
