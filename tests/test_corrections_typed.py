"""What a person typed for a field: understood as the value it means, or refused with a reason."""

from datetime import date
from typing import Any

import pytest

from pipeline.corrections import CannotCorrect, understood, well_formed
from pipeline.corrections.rhythms import is_sound
from pipeline.export.occurrences import Days
from schemas import Plan
from tests.corrected_plans import DEADLINE, LEAD, deadline, two_tasks


@pytest.fixture
def plan() -> Plan:
    return two_tasks()


UNDERSTOOD = [
    ("document/date", "08/3/2024", "2024-03-08"),
    ("document/date", "2024-03-08", "2024-03-08"),
    ("document/date", "Hà Nội, ngày 8 tháng 3 năm 2024", "2024-03-08"),
    ("document/date", "  ", None),
    ("document/title", " Cải  cách\nTTHC\t", "Cải cách TTHC"),
    ("document/title", "a\x00b\u0007", "a b"),
    ("document/title", "Ho\u0061\u0300", "Hoà"),  # composed
    ("document/recipients", "- UBND quận\n\n+ Lưu: VT", ["UBND quận", "Lưu: VT"]),
    (LEAD, "", []),
    (LEAD, "Văn phòng, UBND phường", ["Văn phòng, UBND phường"]),  # one office, as in a printed cell
    (LEAD, "Phòng A;Sở B", ["Phòng A", "Sở B"]),
    (LEAD, "Các Sở, ban\nPhòng A", ["Các Sở, ban", "Phòng A"]),
]


@pytest.mark.parametrize(("key", "text", "value"), UNDERSTOOD)
def test_understood(plan: Plan, key: str, text: str, value: Any) -> None:
    assert understood(plan, key, text) == value


REFUSED = [
    ("document/date", "hôm qua", "no-date"),
    ("document/date", "31/02/2024", "no-date"),
    ("document/date", "0000-00-00", "no-date"),
    ("document/title", "x" * 20_001, "too-long"),
    ("tasks/III.9/lead", "A", "no-field"),
    ("tasks/III.1/id", "A", "no-field"),
    ("evidence/x/y", "A", "no-field"),
    ("../../etc/passwd", "A", "no-field"),
]


@pytest.mark.parametrize(("key", "text", "why"), REFUSED)
def test_not_understood(plan: Plan, key: str, text: str, why: str) -> None:
    with pytest.raises(CannotCorrect) as refused:
        understood(plan, key, text)
    assert refused.value.why == why


MAY = {"text": "Tháng 5", "kind": "period", "start": "2024-05-01", "due": "2024-05-31"}
VALUES = [
    (DEADLINE, MAY, None),
    (DEADLINE, {**MAY, "start": "2024-06-01"}, "date-order"),
    (DEADLINE, {"text": "x", "kind": "someday"}, "bad-value"),
    (DEADLINE, {"kind": "date"}, "bad-value"),
    (DEADLINE, {"text": "x", "kind": "recurring", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=99"}, "bad-rhythm"),
    (DEADLINE, "x", "bad-value"),
    (LEAD, ["phong-a", "Sở B"], None),
    (LEAD, "Sở B", "bad-value"),
    (LEAD, [1], "bad-value"),
    ("document/date", 5, "bad-value"),
    ("document/title", {"a": 1}, "bad-value"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "why"), VALUES)
def test_values(plan: Plan, key: str, value: Any, why: str | None) -> None:
    if why is None:
        kept = well_formed(plan, key, value)
        assert kept == (["Phòng A", "Sở B"] if key == LEAD else {**deadline("Tháng 5"), **value})
        return
    with pytest.raises(CannotCorrect) as refused:
        well_formed(plan, key, value)
    assert refused.value.why == why


RHYTHMS = [
    ("FREQ=MONTHLY;BYMONTHDAY=20", True),
    ("FREQ=MONTHLY;INTERVAL=3", True),
    ("FREQ=MONTHLY;BYMONTHDAY=31", True),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", True),
    ("FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20241231", True),
    ("FREQ=MONTHLY;BYDAY=-1FR", True),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", False),
    ("FREQ=MONTHLY;BYMONTHDAY=99", False),
    ("FREQ=DAILY;INTERVAL=0", False),
    ("FREQ=DAILY;INTERVAL=99999999999999", False),
    ("FREQ=HOURLY", False),
    ("FREQ=WEEKLY;BYMONTHDAY=1", False),
    ("FREQ=WEEKLY;BYDAY=2MO", False),
    ("FREQ=MONTHLY;UNTIL=20240231", False),
    ("FREQ=MONTHLY;FREQ=DAILY", False),
    ("INTERVAL=2", False),
    ("", False),
]


@pytest.mark.parametrize(("rule", "sound"), RHYTHMS)
def test_rhythms(rule: str, sound: bool) -> None:
    assert is_sound(rule) is sound
    if sound:  # the calendar finds a day for it, and soon
        assert next(Days(date(2024, 1, 1), None, rule).within(None, date(2033, 1, 1)), None)
