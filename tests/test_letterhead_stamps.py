"""Stamps of urgency and secrecy in the head of the first page."""

from __future__ import annotations

import pytest

from pipeline.parse.letterhead import level_value, type_value
from tests.letterheads import MOTTO, STATE, columns, head_of

LEVELS = [
    ("HỎA tốc", "HỎA TỐC", None),  # a stamp read half in small letters
    ("HỎA TỐC", "HỎA TỐC", None),
    ("HÓA TỐC", "HỎA TỐC", None),  # the hook of a stamped Ỏ is often lost
    ("KHẨN", "KHẨN", None),
    ("THƯỢNG KHẨN", "THƯỢNG KHẨN", None),
    ("TUYỆT MẬT", None, "TUYỆT MẬT"),
    ("TỐI MẬT", None, "TỐI MẬT"),
    ("MẬT", None, "MẬT"),
    ("Độ mật: MẬT", None, "MẬT"),
]


@pytest.mark.parametrize(("stamp", "urgency", "secrecy"), LEVELS)
def test_stamps(stamp: str, urgency: str | None, secrecy: str | None) -> None:
    blocks = columns(["SỞ Y TẾ", "Số: 1/KH-SYT"], [STATE, MOTTO], stamp, "KẾ HOẠCH", "Khảo sát giường bệnh")
    head = head_of(blocks)
    assert (level_value(head.urgency), level_value(head.secrecy)) == (urgency, secrecy)
    assert head.issuer.text == "SỞ Y TẾ"


def test_stamp_on_the_type_line() -> None:
    head = head_of(columns(["SỞ Y TẾ", "Số: 1/KH-SYT"], [STATE, MOTTO], "HỎA TỐC KẾ HOẠCH", "Khảo sát"))
    assert level_value(head.urgency) == "HỎA TỐC"
    assert type_value(head) == "Kế hoạch"


def test_secrecy_is_no_word_of_a_sentence() -> None:
    title = "Bảo vệ bí mật nhà nước năm 2024"
    head = head_of(columns(["SỞ Y TẾ", "Số: 1/KH-SYT"], [STATE, MOTTO], "KẾ HOẠCH", title))
    assert not head.secrecy
    assert head.title.text == title
