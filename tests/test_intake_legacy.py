"""TCVN3 (ABC) and VNI to Unicode, exactly; PDFs whose text layers are in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.intake import take_in
from pipeline.intake.legacy import (
    TCVN3,
    VNI_ALONE,
    VNI_PAIRS,
    from_tcvn3,
    from_vni,
    hint_of,
    legacy_of,
    shows_capitals,
)
from pipeline.reading.layer import judge_layer
from pipeline.settings import Settings
from pipeline.types import PagedSource
from tests.test_intake_pdf import pdf

WORDING = (
    "Thực hiện Nghị định số 61/2018/NĐ-CP của Chính phủ, Uỷ ban nhân dân phường ban hành Kế hoạch như sau: "
    "ưu tiên giữ gìn, kiểm soát thủ tục; phẫu thuật, mỡ, kỹ, khuỷu, nghĩa, đẵn, ẵm, nẻ, mẻ, cỏ, lẽ, tẩm"
)


def test_every_small_letter_has_its_code() -> None:
    small = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ"
    assert set(TCVN3.values()) == set(small) | set("ĂÂÊÔƠƯĐ")
    assert set(small) <= {*VNI_PAIRS.values(), *VNI_ALONE.values(), "í", "ì"}


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("KÕ ho¹ch", "Kế hoạch"),
        ("Uû ban nh©n d©n ph­êng", "Uỷ ban nhân dân phường"),
        ("®Êu tranh ng¨n chÆn", "đấu tranh ngăn chặn"),
        ("số 64", "số 64"),  # what is Unicode already stays
    ],
)
def test_tcvn3(old: str, text: str) -> None:
    assert from_tcvn3(old) == text


def test_capitals_of_abc_are_a_font() -> None:
    assert from_tcvn3("kÕ ho¹ch", capitals=True) == "KẾ HOẠCH"


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("Keá hoaïch", "Kế hoạch"),
        ("UÛY BAN NHAÂN DAÂN", "ỦY BAN NHÂN DÂN"),
        ("phöôøng ñöôïc", "phường được"),
        ("giöõ gìn, kyõ, nghæ, nghó, thò", "giữ gìn, kỹ, nghỉ, nghĩ, thị"),
        ("naêm, nhaéc, maët, laèn, ñaúng", "năm, nhắc, mặt, lằn, đẳng"),
    ],
)
def test_vni(old: str, text: str) -> None:
    assert from_vni(old) == text


@pytest.mark.parametrize(
    ("font", "legacy", "capitals"),
    [
        (".VnTime", "TCVN3", False),
        ("ABCDEF+.VnTimeH", "TCVN3", True),
        (".VnArialH-Bold", "TCVN3", True),
        ("VNI-Times", "VNI", False),
        ("ABCDEF+VNI-Helve-Bold", "VNI", False),
        ("TimesNewRomanPSMT", None, False),
    ],
)
def test_fonts_that_speak_of_their_encoding(font: str, legacy: str | None, capitals: bool) -> None:
    assert hint_of(font) == legacy
    assert shows_capitals(font) is capitals


def test_a_font_name_is_a_hint_only() -> None:
    # Some programs map .VnTime to Unicode when they write the PDF.
    assert legacy_of(WORDING.split(), ["TCVN3"]) is None
    assert legacy_of(["the", "plan", "of", "work", "and", "schedule", "for", "all", "members"]) is None


def _encoded(table: dict[str, str], text: str) -> str:
    back: dict[str, str] = {}
    for old, letter in table.items():
        back.setdefault(letter, old)
    return "".join(back.get(letter, letter) for letter in text)


def _page(font: bytes, text: str) -> bytes:
    """A page whose words are codes of a Western font, as a Word of 1999 printed it."""
    words = [re.sub(rb"([()\\])", rb"\\\1", word.encode("cp1252")) for word in text.split()]
    content = b"".join(
        b"BT /F1 12 Tf %d %d Td (%s) Tj ET " % (40 + 85 * (at % 6), 700 - 20 * (at // 6), word)
        for at, word in enumerate(words)
    )
    widths = b"/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[" + b"500 " * 224 + b"]"
    return pdf(content=content).replace(b"/BaseFont/Helvetica>>", b"/BaseFont/" + font + widths + b">>")


@pytest.mark.parametrize(
    ("font", "table", "legacy"),
    [
        (b".VnTime", TCVN3, "TCVN3"),
        (b"VNI-Times", {**VNI_PAIRS, **VNI_ALONE}, "VNI"),
        (b"Scrambled", TCVN3, "TCVN3"),  # the syllables tell where the font's name does not
        (b"Scrambled", {**VNI_PAIRS, **VNI_ALONE}, "VNI"),
    ],
)
def test_pages_in_old_encodings_are_read_exactly(
    tmp_path: Path, font: bytes, table: dict[str, str], legacy: str
) -> None:
    path = tmp_path / "old.pdf"
    path.write_bytes(_page(font, _encoded(table, WORDING)))
    source = take_in(path, Settings())
    assert isinstance(source, PagedSource)
    page = source.page(1)
    assert " ".join(word.text for word in page.layer) == WORDING
    assert page.legacy == legacy
    verdict = judge_layer(page)
    assert verdict.trusted
    assert f"made Unicode from {legacy}" in verdict.reason
