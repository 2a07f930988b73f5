"""The JSON API, all of it below /api. Described at /api/openapi.json and in docs/web.md."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Header, Path, Query, Request, UploadFile
from fastapi.responses import FileResponse
from starlette.responses import JSONResponse, Response

from pipeline.export import Wishes
from pipeline.export.calendar_file import Entry
from pipeline.web.answers import (
    Change,
    Changed,
    ClarityMatrix,
    Conflict,
    JobAnswer,
    Overview,
    PageSize,
    Refused,
    Review,
    Started,
    Summary,
    Timeline,
    Typed,
    UnderstoodDeadline,
    Upload,
    WordOnPage,
)
from pipeline.web.downloads import Format, download
from pipeline.web.library import Held
from pipeline.web.messages import language_of
from pipeline.web.overviews import matrix_of, timeline_of
from pipeline.web.page_store import Page
from pipeline.web.refusals import Refusal
from pipeline.web.reviewing import Fields, change, understood_deadline, undo
from pipeline.web.service import Service, service_of
from schemas import Place, plan_content

LONGEST_ID = 2_000
MOST_PAGES = 100_000
_WHY = {
    400: "the request is not well formed", 401: "no token or session", 403: "refused", 404: "no such thing",
    409: "not possible now", 412: "another window was there first", 413: "too large", 422: "does not fit",
    428: "If-Match is missing",
}  # fmt: skip


def refused(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers that an operation may give besides the good one."""
    models = {412: Conflict}
    return {one: {"model": models.get(one, Refused), "description": _WHY[one]} for one in statuses}


router = APIRouter(prefix="/api", responses=refused(400, 401, 403, 413, 422))

Plan = Annotated[str, Path(max_length=LONGEST_ID, description="The plan's id, as in the list.")]
Key = Annotated[str, Path(max_length=LONGEST_ID, description="Evidence key: tasks/II.1/lead")]
Number = Annotated[int, Path(ge=1, le=MOST_PAGES)]
Serving = Annotated[Service, Depends(service_of)]
Version = Annotated[str | None, Header(alias="If-Match", max_length=100, description="The plan's version.")]
AsEntry = Annotated[Entry, Query(description="ics: to-dos or all-day events.")]
ForExcel = Annotated[bool, Query(description="csv: for Excel.")]


@router.get("/plans", response_model=list[Summary])
def plans(service: Serving) -> tuple[Summary, ...]:
    """Every plan in the folder, the latest change first."""
    return service.listing.all()


@router.post("/uploads", status_code=201)
def upload(request: Request, service: Serving, files: Annotated[list[UploadFile], File()]) -> list[Upload]:
    """Send scans; each becomes a job. One that cannot be taken does not stop the rest."""
    if not files:
        raise Refusal(422, "no-file")
    language = language_of(request)
    return [service.receive(one.filename or "", one.file, language) for one in files]


@router.get("/jobs")
def jobs(request: Request, service: Serving) -> list[JobAnswer]:
    """The conversions since the server was started, the latest first."""
    return [state.answer(language_of(request)) for state in service.jobs.all()]


@router.get("/jobs/{job}", responses=refused(404))
def job(request: Request, service: Serving, job: Annotated[str, Path(max_length=100)]) -> JobAnswer:
    """Where a conversion stands, page by page."""
    state = service.jobs.state(job)
    if state is None:
        raise Refusal(404, "no-job")
    return state.answer(language_of(request))


@router.get("/plans/{plan}", response_model=Review, responses=refused(404, 409))
def plan(service: Serving, plan: Plan) -> Response:
    """A plan with all its fields, where each was read and what is doubtful."""
    review = service.review(plan)
    fields = [_plain_field(one.__dict__) for one in review.fields]
    content = {**review.__dict__, "plan": plan_content(review.plan), "fields": fields}
    content["units"] = content["plan"]["units"]
    return JSONResponse(content, headers={"ETag": f'"{review.version}"'})


@router.put("/plans/{plan}/fields/{key:path}", responses=refused(404, 409, 412, 428))
def correct(service: Serving, plan: Plan, key: Key, said: Change, if_match: Version = None) -> Changed:
    """Set a field right: `value`, or `text` to be understood, or `accept` for right as it is."""
    held = change(service.library, plan, _named(if_match), key, said)
    return _changed(held, key)


@router.post("/plans/{plan}/undo", responses=refused(404, 409, 412, 428))
def take_back(service: Serving, plan: Plan, if_match: Version = None) -> Changed:
    """Take the last change of this plan back."""
    held, key = undo(service.library, plan, _named(if_match))
    return _changed(held, key)


@router.post("/plans/{plan}/deadline", responses=refused(404, 409))
def deadline(service: Serving, plan: Plan, typed: Typed) -> UnderstoodDeadline:
    """How a deadline would be understood. Nothing is changed."""
    return understood_deadline(service.library.open(plan).plan, typed.text)


@router.get("/plans/{plan}/pages", responses=refused(404, 409))
def pages(service: Serving, plan: Plan) -> list[PageSize]:
    """The pages of the plan's original, upright, in points; none where it has no pages or is missing."""
    return [
        PageSize(page=page.number, width=page.width, height=page.height)
        for page in _pages(service, service.library.open(plan))
    ]


@router.get(
    "/plans/{plan}/pages/{number}.png",
    response_class=FileResponse,
    responses={200: {"content": {"image/png": {}}}, **refused(404, 409)},
)
def picture(
    service: Serving, plan: Plan, number: Number, width: Annotated[int, Query(ge=1, le=10_000)] = 1200
) -> Response:
    """A picture of a page, about `width` pixels wide."""
    held = service.library.open(plan)
    page = _page(service, held, number)
    kept = service.pages.picture(held.plan.source.sha256, service.originals.find(held), page, width)
    if kept is None:
        raise _no_original(held)
    return FileResponse(kept, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@router.get("/plans/{plan}/pages/{number}/words", responses=refused(404, 409))
def words(service: Serving, plan: Plan, number: Number) -> list[WordOnPage]:
    """The words on a page and where they stand."""
    held = service.library.open(plan)
    _page(service, held, number)
    found = service.pages.words(held.plan.source.sha256, service.originals.find(held), number)
    if found is None:
        raise _no_original(held)
    return [WordOnPage(text=text, box=tuple(box), confidence=sure) for text, *box, sure in found]


@router.post("/plans/{plan}/convert", status_code=202, responses=refused(404, 409))
def convert(service: Serving, plan: Plan) -> Started:
    """Convert the original anew; corrections are applied again."""
    return Started(job=service.convert_anew(plan).job)


@router.get("/plans/{plan}/timeline", responses=refused(404, 409))
def timeline(service: Serving, plan: Plan) -> Timeline:
    """The tasks along the year by deadline, and by unit."""
    return timeline_of(service.library.open(plan).plan)


@router.get("/plans/{plan}/clarity", responses=refused(404, 409))
def clarity(service: Serving, plan: Plan) -> ClarityMatrix:
    """The "6 rõ" matrix."""
    return matrix_of(service.library.open(plan).plan)


@router.get("/plans/{plan}/exports/{form}", response_class=Response, responses=refused(404, 409))
def export_plan(
    service: Serving, plan: Plan, form: Format, entries: AsEntry = "todo", bom: ForExcel = False
) -> Response:
    """The plan in another format, after corrections. CSV is a ZIP of its files."""
    held = service.library.open(plan)
    return download([held.plan], form, held.name, Wishes(entries, bom))


@router.get("/exports/{form}", response_class=Response, responses=refused(404, 409))
def export_folder(
    service: Serving, form: Format, entries: AsEntry = "todo", bom: ForExcel = False
) -> Response:
    """All plans of the folder in one file."""
    found = service.every_plan()
    if not found:
        raise Refusal(404, "no-plan")
    return download(found, form, "kehoach", Wishes(entries, bom))


@router.get("/overview", responses=refused(409))
def overview(service: Serving, days: Annotated[int, Query(ge=0, le=3660)] = 30) -> Overview:
    """What is due in all plans within so many days, and who has how many tasks."""
    return service.overview(days)


def _named(version: str | None) -> str:
    if version is None:
        raise Refusal(428, "no-version")
    return version


def _changed(held: Held, key: str) -> Changed:
    field = Fields(held).one(key)
    return Changed(version=held.version, key=key, field=field, units=held.plan.units)


def _pages(service: Service, held: Held) -> tuple[Page, ...]:
    return service.pages.pages(held.plan, service.originals.find(held))


def _page(service: Service, held: Held, number: int) -> Page:
    """The page of an open plan.

    Raises:
        Refusal: there is none, or no original to see it in.
    """
    if number > held.plan.source.pages:
        raise Refusal(404, "no-page")
    found = next((page for page in _pages(service, held) if page.number == number), None)
    if found is None:
        raise _no_original(held)
    return found


def _no_original(held: Held) -> Refusal:
    return Refusal(409, "no-original", file=held.plan.source.file)


def _plain_field(field: dict[str, Any]) -> dict[str, Any]:
    """By hand: 2,000 fields take a tenth of a second less than through their models."""
    corrected = field["corrected"]
    return {
        **field,
        "places": [_plain_place(place) for place in field["places"]],
        "corrected": corrected.__dict__ if corrected else None,
    }


def _plain_place(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in Place.model_fields}
