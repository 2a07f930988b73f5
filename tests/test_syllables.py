"""Syllables by their build."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path

import pytest

from pipeline.syllables import is_syllable, judge, validity

SEED = Path(__file__).parents[1] / "samples" / "seed"


@pytest.mark.parametrize(
    "word",
    [
        "thực", "hiện", "Nghị", "quyết", "giữ", "gì", "giếng", "giao", "quý", "quốc", "khuyến", "nghiêng",
        "Ủy", "uỷ", "hòa", "hoà",  # old and new tone placement
        "KẾ", "HOẠCH:", "(phường)", "xuyên.",
        "yêu", "ý", "kỹ", "lý", "quỳnh", "thuở", "ngoằn", "oải", "loong", "rượu", "hươu", "tuýp",
        unicodedata.normalize("NFD", "phường"),
    ],
)  # fmt: skip
def test_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "thuc",  # a checked rhyme without tone
        "thùc",  # ... with a tone it cannot have
        "hien", "phuong1", "nghà", "ka", "cê", "ngi", "gê", "quô1", "tiêngg", "wan", "fan", "zo", "bt",
        "đươc",
        "thỉêu",  # the tone is drawn by the marked letter
        "hóá",  # two tones
        "iêu", "", "12", "ӣ", "nhgiệp", "phường,xã",
    ],
)  # fmt: skip
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("token", "verdict"),
    [
        ("64/KH-UBND", None), ("TTHC,", None), ("QH15", None), ("08/3/2024", None), ("-", None), ("a)", None),
        ("III.", None), ("VIII", None),
        ("NĐ-CP", None), ("766/QĐ-TTg", None),
        ("HĐND-UBND", None), ("phường;", True), ("họp/hội", True),
        ("dugc", False), ("h0i", False), ("(cid:12)", False), ("\ufffd", False), ("7+ѬѪ1*", False),
        ("\ue123", False), ("thực/hiên", True), ("hanh-hien", False), ("website", False),
    ],
)  # fmt: skip
def test_judge(token: str, verdict: bool | None) -> None:
    assert judge(token) is verdict


def test_good_and_bad_readings_lie_far_apart() -> None:
    correct = validity((SEED / "plan.vi.txt").read_text(encoding="utf-8").split())
    raw = validity((SEED / "plan.raw.txt").read_text(encoding="utf-8").split())
    assert correct.share > 0.99
    assert raw.share < 0.65


def test_nothing_to_count() -> None:
    assert validity(["12", "-", "UBND"]).share == 0.0
    assert validity([]).percent == "0 %"


def test_names_on_the_sample_scan_are_syllables() -> None:
    with gzip.open(SEED / "plan.words.json.gz") as stream:
        pages = json.load(stream)["pages"]
    words = [word["text"] for page in pages for word in page["words"]]
    bad = {word for word in words if judge(word) is False}
    assert bad == {"nhgiệp"}  # a slip of the original's own
