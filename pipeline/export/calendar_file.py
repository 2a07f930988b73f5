"""Tasks as to-dos or all-day events of a calendar (iCalendar, RFC 5545).

Every task that has a day is one entry; a recurring one carries its rule. The same task of the
same plan always has the same UID, so that a calendar takes a second import as an update. Which
of two versions is the newer a calendar tells by SEQUENCE and DTSTAMP; there is no clock in
our files, so the earlier file tells: an entry that has changed since gets the next SEQUENCE, one
whose task is gone is sent once more as cancelled.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from pipeline.export.calendar_lines import entries_of, escaped, file_of
from pipeline.export.doubts import Checked
from pipeline.export.identity import NamedPlan
from pipeline.export.occurrences import Days, days_of
from pipeline.export.table import Subject, subject_of
from pipeline.version import VERSION
from schemas import Task

Entry = Literal["todo", "event"]

_NAMESPACE = uuid.UUID("5f0d8a3c-6c1e-5b57-9a44-0c0b6b7d3c11")
_UNDATED = date(2000, 1, 1)
"""Time stamp of entries of a plan without date of issue."""

_LABELS = {
    "lead": "Chủ trì", "support": "Phối hợp", "products": "Sản phẩm", "deadline": "Thời hạn",
    "section": "Mục", "plan": "Kế hoạch", "page": "Trang", "doubts": "Cần xem lại",
}  # fmt: skip
_STATES = ("SEQUENCE:", "DTSTAMP:", "LAST-MODIFIED:", "STATUS:")


@dataclass(frozen=True, slots=True)
class _Known:
    """What an earlier file says of an entry."""

    kind: str
    plan: str
    sequence: int
    content: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def cancelled(self) -> bool:
        """Whether its task was gone then already."""
        return "STATUS:CANCELLED" in self.lines


def to_ics(plans: Sequence[NamedPlan], entry: Entry = "todo", previous: str | None = None) -> str:
    """The calendar file.

    Args:
        plans: the plans.
        entry: each task as a to-do (VTODO) or as an all-day event on its last day (VEVENT).
        previous: the text of the file exported before, whose entries are continued.
    """
    known = _known(previous or "")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//kehoach//kehoach {VERSION}//VI",
             "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(_name(plans))}"]  # fmt: skip
    kind = "VTODO" if entry == "todo" else "VEVENT"
    for named in plans:
        subject = subject_of(named)
        issued = date.fromisoformat(named.plan.document.date or _UNDATED.isoformat())
        for task in named.plan.tasks:
            days = days_of(task.deadline, named.plan)
            if days is not None:
                uid = uid_of(named.id, task.id)
                content = [f"UID:{uid}", *_content(subject, task, days, entry)]
                lines += _component(kind, content, issued, known.pop(uid, None))
    given = {escaped(named.id) for named in plans}
    for earlier in known.values():
        lines += _cancelled(earlier) if earlier.plan in given else _unchanged(earlier)
    return file_of([*lines, "END:VCALENDAR"])


def uid_of(plan: str, task: str) -> str:
    """The UID of a task's entry: a name-based UUID (RFC 7986 asks for one), the same at every export."""
    return str(uuid.uuid5(_NAMESPACE, f"{plan}\n{task}"))


def _component(kind: str, content: list[str], issued: date, known: _Known | None) -> list[str]:
    sequence = 0
    if known is not None:
        same = known.content == tuple(content) and not known.cancelled
        sequence = known.sequence + (0 if same else 1)
    # No STATUS: what a person ticked off in the calendar stays ticked off after the next import.
    return [f"BEGIN:{kind}", *content, *_state(sequence, _stamp(issued, sequence)), f"END:{kind}"]


def _cancelled(known: _Known) -> list[str]:
    """The task is gone from its plan."""
    if known.cancelled:
        return _unchanged(known)
    issued = _value(known.lines, "DTSTAMP:")[:8]
    stamp = _stamp(date.fromisoformat(issued), known.sequence + 1)
    state = [*_state(known.sequence + 1, stamp), "STATUS:CANCELLED"]
    return [f"BEGIN:{known.kind}", *known.content, *state, f"END:{known.kind}"]


def _unchanged(known: _Known) -> list[str]:
    return [f"BEGIN:{known.kind}", *known.lines, f"END:{known.kind}"]


def _state(sequence: int, stamp: str) -> list[str]:
    return [f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}"]


def _stamp(issued: date, sequence: int) -> str:
    """No clock: the day of issue, a second later with each change."""
    return f"{datetime.combine(issued, time()) + timedelta(seconds=sequence):%Y%m%dT%H%M%SZ}"


def _content(subject: Subject, task: Task, days: Days, entry: Entry) -> Iterator[str]:
    yield f"SUMMARY:{escaped(task.title or '(không đọc được)')}"
    yield from _when(days, entry)
    yield f"DESCRIPTION:{escaped(_description(subject, task))}"
    if task.section:
        yield f"CATEGORIES:{escaped(task.section[-1])}"
    if entry == "event":
        yield "TRANSP:TRANSPARENT"  # a deadline does not make anybody busy
    yield f"X-KEHOACH-PLAN:{escaped(subject.id)}"
    yield f"X-KEHOACH-TASK:{escaped(task.id)}"


def _when(days: Days, entry: Entry) -> Iterator[str]:
    if entry == "event":
        # A period of a year as one bar over the year hides all else: the event is its last day.
        day = (days.first if days.rule else days.last) or days.first
        assert day is not None
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    else:
        due = days.first if days.rule else days.last
        if days.first is not None and (due is None or days.first <= due):
            yield f"DTSTART;VALUE=DATE:{days.first:%Y%m%d}"
        if due is not None:
            yield f"DUE;VALUE=DATE:{due:%Y%m%d}"
    if days.rule:
        yield f"RRULE:{days.rule}"


def _description(subject: Subject, task: Task) -> str:
    checked: Checked = subject.checked
    document = subject.plan.document
    page = checked.page(f"tasks/{task.id}")
    plan = " ".join(part for part in (document.number, document.issuer and f"({document.issuer})") if part)
    values = {
        "lead": subject.names(task.lead),
        "support": subject.names(task.support),
        "products": "; ".join(task.products),
        "deadline": task.deadline and task.deadline.text,
        "section": " > ".join(task.section),
        "plan": f"{plan}, {task.id}".lstrip(", "),
        "page": page and str(page),
        "doubts": " ".join(checked.all(f"tasks/{task.id}")),
    }
    return "\n".join(f"{_LABELS[name]}: {value}" for name, value in values.items() if value)


def _name(plans: Sequence[NamedPlan]) -> str:
    if len(plans) == 1 and plans[0].plan.document.number:
        return f"Kế hoạch {plans[0].plan.document.number}"
    return "Kế hoạch"


def _known(text: str) -> dict[str, _Known]:
    """The entries of an earlier file by their UID."""
    known = {}
    for kind, lines in entries_of(text):
        sequence = _value(lines, "SEQUENCE:")
        known[_value(lines, "UID:")] = _Known(
            kind,
            _value(lines, "X-KEHOACH-PLAN:"),
            int(sequence) if sequence.isdecimal() else 0,
            tuple(line for line in lines if not line.startswith(_STATES)),
            tuple(lines),
        )
    return known


def _value(lines: Sequence[str], name: str) -> str:
    return next((line.removeprefix(name) for line in lines if line.startswith(name)), "")
