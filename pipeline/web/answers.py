"""What the API answers, as models: the OpenAPI description is made from them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.corrections import Pointed
from schemas import Place, Plan, Unit

Editable = Literal["text", "units", "date", "deadline", "target", "list"]
Pixels = Annotated[tuple[float, float, float, float], Field(description="x0, top, x1, bottom in PDF points.")]


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(frozen=True)


class Refused(Answer):
    """Why a request was refused, in the language of the page."""

    code: str
    message: str
    advice: str = ""


class Conflict(Refused):
    """Another window was there first; `version` is the present one."""

    version: str


class Summary(Answer):
    """A plan in the list. Where `ready` is false it has not been read yet; where `problem` is given it
    cannot be."""

    id: str
    name: str
    number: str | None = None
    issuer: str | None = None
    issued: str | None = None
    title: str | None = None
    pages: int = 0
    tasks: int = 0
    indicators: int = 0
    doubts: int = 0
    corrections: int = 0
    has_original: bool = False
    modified: str
    ready: bool = True
    problem: str | None = None


class Corrected(Answer):
    """That a person has changed a field: what it held first, and when it was last changed."""

    old: Any
    when: str


class FieldAnswer(Answer):
    """A field of the plan as the review shows it, also where it is empty."""

    key: str = Field(description="The evidence key: tasks/II.1/lead.")
    group: str = Field(description="The collection: document, legal_bases, tasks ...")
    item: str = Field(description="The item's id; empty for the document.")
    field: str
    value: Any = Field(description="The value of the contract.")
    text: str = Field(description="The value as a person reads and writes it.")
    printed: str = Field(description="The words it was read from.")
    places: tuple[Place, ...]
    confidence: float | None
    doubtful: bool
    reasons: tuple[str, ...]
    corrected: Corrected | None
    accepted: bool
    editable: Editable


class Review(Answer):
    """A plan with all its fields."""

    id: str
    name: str
    version: str
    plan: Plan
    units: tuple[Unit, ...]
    fields: tuple[FieldAnswer, ...]
    corrections: int
    has_original: bool


class Change(BaseModel):
    """What a person says about a field: one of `value`, `text` and `accept`."""

    model_config = ConfigDict(extra="forbid")

    value: Any = None
    text: str | None = Field(default=None, max_length=20_000)
    accept: Literal[True] | None = None
    place: Pointed | None = Field(default=None, description="Where on the page it stands.")


class Changed(Answer):
    """A field after a change, and the version that the next one has to name."""

    version: str
    key: str
    field: FieldAnswer | None
    units: tuple[Unit, ...]


class Typed(BaseModel):
    """A deadline as typed."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=2_000)


class UnderstoodDeadline(Answer):
    """How a deadline is understood; `notes` are codes of findings."""

    text: str
    kind: str
    start: str | None
    due: str | None
    recurrence: str | None
    duration: str | None
    basis: str | None
    notes: tuple[str, ...]


class PageSize(Answer):
    """A page, upright, in PDF points."""

    page: int
    width: float
    height: float


class WordOnPage(Answer):
    """A word and where it stands."""

    text: str
    box: Pixels
    confidence: float


class JobAnswer(Answer):
    """A conversion."""

    job: str
    name: str
    state: Literal["waiting", "running", "done", "failed"]
    page: int = 0
    pages: int = 0
    message: str = ""
    advice: str = ""
    plan: str | None = None


class Upload(Answer):
    """A file that was sent: its job, or why there is none."""

    name: str
    job: str | None = None
    error: str | None = None


class Started(Answer):
    """A job was begun."""

    job: str


class TimelineTask(Answer):
    """A task and its days; `dates` are those on which a recurring one is due within the plan's time."""

    id: str
    title: str | None
    lead: tuple[str, ...]
    support: tuple[str, ...]
    text: str | None
    kind: str | None
    start: str | None
    due: str | None
    dates: tuple[str, ...]


class UnitLoad(Answer):
    """How many tasks a unit leads and supports."""

    id: str
    name: str
    lead: int
    support: int
    tasks: tuple[str, ...]


class Timeline(Answer):
    """The tasks of a plan along the year, and by unit."""

    start: str | None
    end: str | None
    tasks: tuple[TimelineTask, ...]
    units: tuple[UnitLoad, ...]


class ClarityRow(Answer):
    """The six answers for one task, each yes, no or doubtful; `fields` is the field to look at."""

    id: str
    title: str | None
    answers: dict[str, Literal["yes", "no", "doubtful"]]
    fields: dict[str, str]
    clear: bool


class ClarityMatrix(Answer):
    """The "6 rõ" matrix of a plan."""

    questions: dict[str, str]
    tasks: tuple[ClarityRow, ...]
    clear: int


class DueTask(Answer):
    """A task that is due."""

    plan: str
    number: str | None
    issuer: str | None
    id: str
    title: str | None
    lead: tuple[str, ...]
    due: str
    deadline: str | None


class FolderUnit(Answer):
    """A unit of the folder and how many tasks name it."""

    name: str
    lead: int
    support: int


class Overview(Answer):
    """What is due in all plans of the folder, and who has how much."""

    today: str
    until: str
    due: tuple[DueTask, ...]
    overdue: int
    units: tuple[FolderUnit, ...]
    plans: int
    tasks: int
