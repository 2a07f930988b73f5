"""The pages: what is put into the templates, and in which language.

Everything a template shows is escaped by Jinja; no text of a document is ever marked as safe.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import yaml
from fastapi import APIRouter, Query, Request
from fastapi import Path as PathParameter
from fastapi.templating import Jinja2Templates
from starlette.responses import RedirectResponse, Response

from pipeline.web.chart import ROW, WIDTH, chart_of, due_by_month
from pipeline.web.messages import LANGUAGE_COOKIE, Language, language_of
from pipeline.web.overviews import matrix_of, timeline_of
from pipeline.web.service import service_of

router = APIRouter(include_in_schema=False)

_HERE = Path(__file__).parent
_YEAR = 365 * 86_400
_MOST_LEADS = 5
_MOST_UNITS = 40
_DAYS = (7, 30, 60, 90)

PlanId = Annotated[str, PathParameter(max_length=2_000)]

templates = Jinja2Templates(directory=_HERE / "templates")


def shown_day(iso: str | None) -> str:
    """`2024-03-08` as 08/03/2024; empty for none."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


templates.env.filters["day"] = shown_day
templates.env.trim_blocks = templates.env.lstrip_blocks = True


@cache
def wording(language: Language) -> dict[str, Any]:
    """Every word of the page in one language."""
    loaded: dict[str, Any] = yaml.safe_load(
        (_HERE / "wording" / f"{language}.yaml").read_text(encoding="utf-8")
    )
    return loaded


@cache
def _wording_json(language: Language) -> str:
    return json.dumps(wording(language), ensure_ascii=False, separators=(",", ":"))


@cache
def _review_modules() -> list[str]:
    """The scripts of the review, named to the browser at once instead of one after the other."""
    return sorted(path.name for path in (_HERE / "static" / "review").glob("*.js") if path.name != "main.js")


def render(request: Request, template: str, here: str, status: int = 200, /, **values: Any) -> Response:
    """The template with the words of the page's language; `here` is the entry of the menu."""
    language = language_of(request)
    other = "en" if language == "vi" else "vi"
    session = getattr(request.state, "session", None)
    place = request.url.path if request.method == "GET" else "/"
    query = [
        (key, value) for key, value in request.query_params.multi_items() if key not in ("said", "token")
    ]
    to = f"{place}?{urlencode(query)}" if query else place
    shared = {
        "w": wording(language),
        "words_json": _wording_json(language),
        "language": language,
        "other_language_link": f"/language/{other}?{urlencode({'to': to})}",
        "csrf_token": session.csrf if session else "",
        "here": here,
    }
    return templates.TemplateResponse(request, template, {**shared, **values}, status_code=status)


def error_page(request: Request, status: int, message: str, advice: str) -> Response:
    """What a browser is shown instead of the page it asked for."""
    return render(request, "error.html", "", status, message=message, advice=advice)


@router.get("/language/{language}")
def choose_language(language: Literal["vi", "en"], to: str = "/") -> Response:
    """Remembers the language and goes back to the page, which is one of ours."""
    ours = to.startswith("/") and not to.startswith(("//", "/\\"))
    response = RedirectResponse(to if ours else "/", 303)
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="strict", path="/")
    return response


@router.get("/login")
def login(request: Request, wrong: bool = False) -> Response:
    """Asks for the token."""
    return render(request, "login.html", "", wrong=wrong)


@router.get("/")
def plans(request: Request) -> Response:
    """The list: drop a scan, see what was converted."""
    found = service_of(request).listing.all()
    readable = [one for one in found if one.problem is None]
    return render(request, "list.html", "list", plans=readable, damaged=len(found) - len(readable))


@router.get("/plans/{plan}")
def review(request: Request, plan: PlanId) -> Response:
    """The pages beside the fields; scripts fetch both from the API."""
    service = service_of(request)
    places = (place for read in service.plan(plan).evidence.values() for place in read)
    lines = any(place.line is not None for place in places)
    return render(
        request, "review.html", "review", plan=service.summary(plan), lines=lines, modules=_review_modules()
    )


@router.get("/plans/{plan}/timeline")
def timeline(request: Request, plan: PlanId, by: Literal["due", "unit"] = "due") -> Response:
    """The tasks along the year."""
    service = service_of(request)
    today = service.today()
    tasks = timeline_of(service.plan(plan))
    leads = sorted(((unit.name, unit.lead) for unit in tasks.units if unit.lead), key=lambda one: -one[1])
    months = due_by_month(tasks)
    return render(
        request, "timeline.html", "timeline", plan=service.summary(plan), by=by, count=len(tasks.tasks),
        width=WIDTH, row=ROW,
        chart=chart_of(tasks, today, by_unit=by == "unit"), leads=leads, most_leads=_MOST_LEADS,
        months=months, most=max((number for _, number in months), default=1),
    )  # fmt: skip


@router.get("/plans/{plan}/clarity")
def clarity(request: Request, plan: PlanId) -> Response:
    """The six questions of each task, each mark that is missing a link to the field that lacks it."""
    service = service_of(request)
    matrix = matrix_of(service.plan(plan))
    return render(request, "clarity.html", "clarity", plan=service.summary(plan), matrix=matrix)


@router.get("/overview")
def overview(request: Request, days: Annotated[int, Query(ge=1, le=366)] = 30) -> Response:
    """What is due soon in all plans, and which unit has how many tasks."""
    found = service_of(request).overview(days)
    today = date.fromisoformat(found.today)
    left = {task.due: (date.fromisoformat(task.due) - today).days for task in found.due}
    return render(
        request, "overview.html", "overview", days=days, choices=_DAYS, found=found, left=left,
        most=max((unit.lead + unit.support for unit in found.units), default=1), most_units=_MOST_UNITS,
    )  # fmt: skip
