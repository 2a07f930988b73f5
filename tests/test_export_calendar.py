"""The calendar file, read by two libraries that did not write it."""

from datetime import date, datetime
from typing import Any

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import NotADocument
from pipeline.export import Wishes, export
from pipeline.export.calendar_lines import WIDEST, entries_of, escaped, file_of
from pipeline.export.occurrences import days_of
from schemas import Deadline, Plan
from tests.export_samples import (
    HOSTILE,
    deadline_dict,
    document_dict,
    hostile_plan,
    sample_plan,
    sample_plans,
    task_dict,
)


def components(content: bytes) -> list[Any]:
    return icalendar.Calendar.from_ical(content).subcomponents


def calendar_of(plan: Plan, previous: bytes | None = None, **wishes: Any) -> bytes:
    content = export([plan], "ics", Wishes(previous=previous, **wishes))
    assert isinstance(content, bytes)
    return content


def by_task(content: bytes) -> dict[str, Any]:
    return {str(entry["X-KEHOACH-TASK"]): entry for entry in components(content)}


def state(content: bytes) -> dict[str, tuple[str, int, str]]:
    """Of each task's entry: UID, SEQUENCE and STATUS."""
    return {
        task: (str(entry["UID"]), int(entry["SEQUENCE"]), str(entry.get("STATUS", "")))
        for task, entry in by_task(content).items()
    }


def test_samples_have_an_entry_for_each_task_with_a_day() -> None:
    plans = sample_plans()
    content = export(plans, "ics")
    expected = [
        task
        for plan in plans
        for task in plan.tasks
        if task.deadline and (task.deadline.due or task.deadline.start or task.deadline.recurrence)
    ]
    entries = components(content)
    assert len(entries) == len(expected) == 32
    assert {entry.name for entry in entries} == {"VTODO"}
    assert [str(entry["SUMMARY"]) for entry in entries] == [task.title for task in expected]
    rules = [entry["RRULE"] for entry in entries if "RRULE" in entry]
    assert len(rules) == sum(task.deadline.recurrence is not None for task in expected if task.deadline) == 5
    other = vobject.readOne(content.decode("utf-8"))
    assert len(other.vtodo_list) == len(expected)
    assert [todo.summary.value for todo in other.vtodo_list] == [task.title for task in expected]


def test_a_date_a_period_and_a_rule() -> None:
    entries = by_task(calendar_of(sample_plan("department")))
    once = entries["III.1.a"]  # trước ngày 15/5/2025
    assert "DTSTART" not in once
    assert once.decoded("DUE") == date(2025, 5, 15)
    quarter = entries["III.1.b"]  # Quý II/2025
    assert (quarter.decoded("DTSTART"), quarter.decoded("DUE")) == (date(2025, 4, 1), date(2025, 6, 30))
    monthly = entries["PL1.II.3"]  # trước ngày 25 hằng tháng
    assert monthly.decoded("DTSTART") == date(2025, 1, 25)
    assert monthly["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20251231;BYMONTHDAY=25"
    assert "Chủ trì: Trung tâm Khuyến nông\nPhối hợp: Hội Nông dân tỉnh" in str(once["DESCRIPTION"])
    assert "Kế hoạch: 1247/KH-SNNMT (Sở Nông nghiệp và Môi trường), III.1.a" in str(once["DESCRIPTION"])


def test_events_last_the_day_on_which_the_task_is_due() -> None:
    entries = by_task(calendar_of(sample_plan("department"), entry="event"))
    assert {entry.name for entry in entries.values()} == {"VEVENT"}
    quarter = entries["III.1.b"]
    assert (quarter.decoded("DTSTART"), quarter.decoded("DTEND")) == (date(2025, 6, 30), date(2025, 7, 1))
    assert quarter["TRANSP"] == "TRANSPARENT"
    assert state(calendar_of(sample_plan("department")))["III.1.b"][0] == str(quarter["UID"])


def test_what_rfc_5545_asks_of_every_entry() -> None:
    content = export(sample_plans(), "ics")
    assert isinstance(content, bytes)
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= WIDEST
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0" and "PRODID" in calendar
    uids = [str(entry["UID"]) for entry in calendar.subcomponents]
    assert len(set(uids)) == len(uids)
    for entry in calendar.subcomponents:
        assert entry.decoded("DTSTAMP").tzinfo is not None
        if "RRULE" in entry:  # the first day must be one of the rule's
            first = entry.decoded("DTSTART")
            assert rrulestr(entry["RRULE"].to_ical().decode(), dtstart=_midnight(first))[0] == _midnight(
                first
            )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def test_every_text_comes_back() -> None:
    content = calendar_of(hostile_plan())
    entries = components(content)
    assert len(entries) == len(HOSTILE)
    expected = [_in_calendar(text) for text in HOSTILE]
    assert [str(entry["SUMMARY"]) for entry in entries] == expected
    assert [str(entry["DESCRIPTION"]).split("\nSản phẩm")[0] for entry in entries] == [
        f"Chủ trì: {text}" for text in expected
    ]
    other = vobject.readOne(content.decode("utf-8"))
    assert [todo.summary.value for todo in other.vtodo_list] == expected


def _in_calendar(text: str) -> str:
    """What the format can hold: one kind of line break, no control characters."""
    for sign in ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"):
        text = text.replace(sign, "\n")
    return text.replace("\x07", "\ufffd")


def task(item: str, title: str, due: str | None) -> dict[str, Any]:
    return task_dict(item, title=title, deadline=deadline_dict(due=due) if due else None)


def test_a_second_import_of_a_corrected_plan_changes_entries_and_adds_none(make_plan: Any) -> None:
    head = document_dict()
    first = calendar_of(
        make_plan(
            document=head, tasks=[task("I.1", "Rà soát", "2024-05-01"), task("I.2", "Họp", "2024-06-01")]
        )
    )
    corrected = make_plan(
        document=head, tasks=[task("I.1", "Rà soát quy định", "2024-05-15"), task("I.2", "Họp", "2024-06-01")]
    )
    second = calendar_of(corrected, first)
    before, after = state(first), state(second)
    assert {entry[0] for entry in before.values()} == {entry[0] for entry in after.values()}
    assert [entry[1] for entry in before.values()] == [0, 0]
    assert [entry[1] for entry in after.values()] == [1, 0]  # only what changed is newer
    assert by_task(second)["I.1"].decoded("DUE") == date(2024, 5, 15)
    assert by_task(second)["I.1"].decoded("DTSTAMP") > by_task(first)["I.1"].decoded("DTSTAMP")
    assert calendar_of(corrected, second) == second  # nothing has changed since
    # without the earlier file the entries are the same ones, too
    assert {entry[0] for entry in state(calendar_of(corrected)).values()} == {e[0] for e in before.values()}


def test_a_task_that_is_gone_is_called_off(make_plan: Any) -> None:
    head = document_dict()
    whole = make_plan(
        document=head, tasks=[task("I.1", "Rà soát", "2024-05-01"), task("I.2", "Họp", "2024-06-01")]
    )
    shorter = make_plan(document=head, tasks=[task("I.1", "Rà soát", "2024-05-01")])
    first = calendar_of(whole)
    second = calendar_of(shorter, first)
    assert state(second)["I.2"] == (state(first)["I.2"][0], 1, "CANCELLED")
    assert calendar_of(shorter, second) == second
    back = calendar_of(whole, second)
    assert state(back)["I.2"] == (state(first)["I.2"][0], 2, "")


def test_entries_of_other_plans_stay(make_plan: Any) -> None:
    one = make_plan(document=document_dict(), tasks=[task("I.1", "Rà soát", "2024-05-01")])
    other = make_plan(document=document_dict(number="65/KH-UBND"), tasks=[task("I.1", "Họp", "2024-06-01")])
    both = export([one, other], "ics")
    assert isinstance(both, bytes)
    again = calendar_of(one, both)
    assert sorted(str(entry["SUMMARY"]) for entry in components(again)) == ["Họp", "Rà soát"]
    assert all(int(entry["SEQUENCE"]) == 0 and "STATUS" not in entry for entry in components(again))


def test_only_a_calendar_can_be_updated(make_plan: Any) -> None:
    with pytest.raises(NotADocument):
        calendar_of(make_plan(), b"PK\x03\x04 no calendar")


RECURRING = [
    # rule, start of the deadline, due, plan's date and period -> first day, rule with its end
    ("FREQ=MONTHLY;BYMONTHDAY=20", None, None, ("2024-01-01", "2024-12-31"), ("2024-01-20", "20241231")),
    ("FREQ=MONTHLY", "2024-02-15", "2024-06-30", ("2024-01-01", "2024-12-31"), ("2024-02-15", "20240630")),
    ("FREQ=WEEKLY;BYDAY=FR", None, None, ("2024-01-01", None), ("2024-01-05", None)),
    ("FREQ=MONTHLY;INTERVAL=3", None, None, (None, None), ("2024-03-08", None)),  # from the date of issue
    # ends before it begins: the end is not believed
    ("FREQ=DAILY", "2024-05-01", "2024-04-01", (None, None), ("2024-05-01", None)),
    ("FREQ=DAILY;COUNT=3", None, None, ("2024-01-01", "2024-12-31"), ("2024-01-01", None)),
]


@pytest.mark.parametrize(("rule", "start", "due", "period", "expected"), RECURRING)
def test_days_of_a_rule(make_plan: Any, rule: str, start: Any, due: Any, period: Any, expected: Any) -> None:
    head = document_dict(period={"start": period[0], "end": period[1]})
    deadline = Deadline.model_validate(deadline_dict(kind="recurring", recurrence=rule, start=start, due=due))
    days = days_of(deadline, make_plan(document=head))
    assert days is not None and str(days.first) == expected[0]
    assert days.rule == (f"{rule};UNTIL={expected[1]}" if expected[1] else rule)


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=XX"]
)
def test_a_rule_that_gives_no_day_gives_no_entry(make_plan: Any, rule: str) -> None:
    deadline = Deadline.model_validate(deadline_dict(kind="recurring", recurrence=rule))
    assert days_of(deadline, make_plan(document=document_dict())) is None


def test_due_days_within_bounds(make_plan: Any) -> None:
    deadline = Deadline.model_validate(
        deadline_dict(kind="recurring", recurrence="FREQ=MONTHLY;BYMONTHDAY=20")
    )
    plan = make_plan(document=document_dict(period={"start": "2024-01-01", "end": "2024-12-31"}))
    days = days_of(deadline, plan)
    assert days is not None
    assert [str(day) for day in days.within(date(2024, 2, 20), date(2024, 5, 20))] == [
        "2024-03-20",
        "2024-04-20",
    ]
    assert len(list(days.within(None, None))) == 12
    assert list(days.within(date(2024, 12, 20), None)) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_folding_loses_nothing(text: str) -> None:
    lines = [f"SUMMARY:{escaped(text)}"]
    content = file_of(["BEGIN:VTODO", *lines, "END:VTODO"])
    assert all(len(line.encode("utf-8")) <= WIDEST for line in content.split("\r\n"))
    assert [entry for _, entry in entries_of(content)] == [lines]
