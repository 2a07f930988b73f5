"""The contract `kehoach.plan/1` as pydantic models: what every conversion writes.

Field order here is the key order of the file. Every key must be there: what the
document does not say is null or an empty list. Models are frozen and know no other keys.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.links import LINKED, broken_links
from schemas.part import Part
from schemas.provenance import Finding, Places, Source
from schemas.values import Duration, Figure, IsoDate, MaybeText, Recurrence, Text

SCHEMA: Final = "kehoach.plan/1"

DeadlineKind = Literal[
    "date", "period", "continuous", "recurring", "reference", "duration", "event", "unclear"
]
UnitIds = tuple[Text, ...]
ItemId = Annotated[
    Text, Field(description="The path of printed labels, joined by dots: III.1.3.a, PL1.2, I.-1.")
]


class Period(Part):
    """The time a plan covers."""

    start: IsoDate | None = Field(description="First day, YYYY-MM-DD.")
    end: IsoDate | None = Field(description="Last day, YYYY-MM-DD.")


class Signer(Part):
    """Who signed, as printed above and under the signature."""

    authority: MaybeText = Field(
        description="All lines above the signer's own post (TM., KT., TL. ...), joined by one space."
    )
    role: MaybeText = Field(description="The signer's own post (chức vụ).")
    name: MaybeText = Field(description="The signer's name.")


class Document(Part):
    """The document itself: letterhead, title, closing block."""

    type: MaybeText = Field(
        description="Type of document (thể loại) from the list of Decree 30/2020/NĐ-CP, Appendix III."
    )
    number: MaybeText = Field(
        description="Number and symbol (số, ký hiệu) without inner spaces; null when blank or not legible."
    )
    date: IsoDate | None = Field(description="Date of issue, YYYY-MM-DD; null when the day is blank.")
    place: MaybeText = Field(description="Place of issue (địa danh).")
    issuer: MaybeText = Field(description="Who issued it (cơ quan ban hành), as one name.")
    parent: MaybeText = Field(description="The body printed above the issuer (cơ quan chủ quản).")
    title: MaybeText = Field(description="What the plan is about (trích yếu).")
    period: Period | None = Field(description="What the title or the text says that the plan covers.")
    signer: Signer = Field(description="Who signed it.")
    recipients: tuple[Text, ...] = Field(description="Who gets it (nơi nhận), one entry a printed line.")
    urgency: MaybeText = Field(description="KHẨN, THƯỢNG KHẨN or HỎA TỐC as stamped or printed.")
    secrecy: MaybeText = Field(description="MẬT, TỐI MẬT or TUYỆT MẬT as stamped or printed.")


class LegalBasis(Part):
    """A document cited before the first section (căn cứ)."""

    id: Text = Field(description="Its number; its printed name where it has none.")
    type: MaybeText = Field(description="Type of document: Luật, Nghị định, Quyết định ...")
    number: MaybeText = Field(description="Number and symbol without inner spaces.")
    date: IsoDate | None = Field(description="Its date, YYYY-MM-DD.")
    issuer: MaybeText = Field(description="Who issued it.")
    subject: MaybeText = Field(description="What it is about.")
    amends: MaybeText = Field(description="Number of the basis that this one amends.")


class Unit(Part):
    """An organisation or post that leads, supports or is assigned something."""

    id: Text = Field(description="The name in lower case, without marks, other characters as hyphens.")
    name: Text = Field(description="The name as first printed.")
    written: tuple[Text, ...] = Field(description="Every way the document writes it, in order.")


class Objective(Part):
    """An objective (mục đích, mục tiêu)."""

    id: ItemId
    text: Text = Field(description="The printed text, with its final stop.")


class Requirement(Part):
    """A requirement (yêu cầu)."""

    id: ItemId
    text: Text = Field(description="The printed text, with its final stop.")


class Deadline(Part):
    """A deadline (thời hạn) as printed and what it means."""

    text: Text = Field(description="The deadline as printed.")
    kind: DeadlineKind = Field(description="What sort of deadline it is; unclear ones have text only.")
    start: IsoDate | None = Field(description="First day, YYYY-MM-DD, of a period.")
    due: IsoDate | None = Field(description="Last day, YYYY-MM-DD.")
    recurrence: Recurrence | None = Field(description="How it recurs: an RFC 5545 RRULE value.")
    duration: Duration | None = Field(
        description="How long it takes: ISO 8601; working days are counted as days."
    )
    basis: MaybeText = Field(description="The event or document it depends on, verbatim.")


class Task(Part):
    """Something that somebody has to do (nhiệm vụ)."""

    id: ItemId
    title: MaybeText = Field(description="What is to be done; null where it cannot be read.")
    section: tuple[Text, ...] = Field(
        description="The headings above it, outermost first, without their labels."
    )
    lead: UnitIds = Field(description="Ids of the units that do it (chủ trì, thực hiện), in order.")
    support: UnitIds = Field(description="Ids of the units that help (phối hợp), in order.")
    deadline: Deadline | None = Field(description="When it is due; null where none is printed.")
    products: tuple[Text, ...] = Field(description="What comes out of it (sản phẩm), as printed.")
    details: tuple[Text, ...] = Field(
        description="Items and paragraphs under the task that are no field, verbatim, in order."
    )


class Target(Part):
    """A target (chỉ tiêu) as printed and its figure."""

    text: Text = Field(description="The words of degree, the figure and its unit, as printed.")
    operator: Literal[">=", "<=", "="] | None = Field(
        description="At least, at most or exactly; null where no figure is printed."
    )
    value: Figure | None = Field(description="The figure; null where none is printed.")
    unit: MaybeText = Field(description="What is counted.")


class Indicator(Part):
    """Something measured: a row of an indicator table or an objective with a figure."""

    id: ItemId
    group: MaybeText = Field(description="The group row or heading it stands under.")
    name: MaybeText = Field(description="What is measured; null where it cannot be read.")
    unit: MaybeText = Field(description="Unit of measure (đơn vị tính).")
    target: Target | None = Field(description="What is to be reached; null where none is printed.")
    lead: UnitIds = Field(description="Ids of the units answerable for it, in order.")
    support: UnitIds = Field(description="Ids of the units that help, in order.")
    deadline: Deadline | None = Field(description="When it is due; null where none is printed.")


class Assignment(Part):
    """Who is told to do what outside the task list (tổ chức thực hiện)."""

    id: ItemId
    units: UnitIds = Field(description="Ids of the units addressed, in order.")
    text: MaybeText = Field(description="What they are told, dash items joined with their dashes.")
    deadline: Deadline | None = Field(description="When it is due; null where none is printed.")


class Citation(Part):
    """A document cited outside the preamble."""

    number: Text = Field(description="Number and symbol without inner spaces.")
    type: MaybeText = Field(description="Type of document as printed.")
    date: IsoDate | None = Field(description="Its date, YYYY-MM-DD.")
    issuer: MaybeText = Field(description="Who issued it.")
    cited_in: tuple[Text, ...] = Field(description="Ids of the deepest items that cite it.")


class Abbreviation(Part):
    """An abbreviation that the document itself defines."""

    short: Text = Field(description="The abbreviation.")
    full: Text = Field(description="What it stands for.")


class Appendix(Part):
    """An appendix (phụ lục)."""

    id: Text = Field(description="PL and its number.")
    title: MaybeText = Field(description="Its title as printed.")


class Section(Part):
    """Printed text that no other list takes."""

    id: Text = Field(description="The path of printed labels.")
    title: MaybeText = Field(description="Its heading, without the label.")
    text: MaybeText = Field(description="What is printed under the heading.")


class Plan(Part):
    """An administrative plan (kế hoạch) as data, version 1 of the contract."""

    schema_id: Literal["kehoach.plan/1"] = Field(
        default=SCHEMA, alias="schema", description="Version of the contract."
    )
    document: Document = Field(description="The document itself.")
    legal_bases: tuple[LegalBasis, ...] = Field(
        description="Every document cited before the first section, in order."
    )
    units: tuple[Unit, ...] = Field(
        description="Every organisation or post named as lead, support or assignee, once each."
    )
    objectives: tuple[Objective, ...] = Field(description="Objectives, in document order.")
    requirements: tuple[Requirement, ...] = Field(description="Requirements, in document order.")
    tasks: tuple[Task, ...] = Field(description="Tasks of text and tables, in document order.")
    indicators: tuple[Indicator, ...] = Field(description="Indicators, in document order.")
    assignments: tuple[Assignment, ...] = Field(description="Assignments, in document order.")
    citations: tuple[Citation, ...] = Field(description="Documents cited outside the preamble.")
    abbreviations: tuple[Abbreviation, ...] = Field(
        description="Abbreviations that the document itself defines."
    )
    appendices: tuple[Appendix, ...] = Field(description="The appendices, in order.")
    sections: tuple[Section, ...] = Field(
        description="What no list above takes, so that nothing printed is lost."
    )
    findings: tuple[Finding, ...] = Field(description="What a person should look at, most serious first.")
    source: Source = Field(description="The file the plan was made from.")
    evidence: dict[Text, Places] = Field(
        description="Where each field was read: key collection/id/field, one or more places in order."
    )

    @model_validator(mode="after")
    def _links_hold(self) -> Plan:
        problems = broken_links({**self.model_dump(include=set(LINKED)), "evidence": self.evidence})
        if problems:
            raise PydanticCustomError(
                "broken_links", "{summary}", {"summary": "; ".join(map(str, problems)), "problems": problems}
            )
        return self
