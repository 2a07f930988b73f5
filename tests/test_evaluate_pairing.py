"""Which two texts count as the same, and which item of an answer is compared with which of the gold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.pairing import Entry, best_pairs, nearly_same_sets, pair_items, same_sets
from pipeline.evaluate.wording import comparable, likeness, nearly_same, same

# ── wording ───────────────────────────────────────────────────────────────

SAME = [
    ("Tiếng", "Tie\u0302\u0301ng"),  # composed and decomposed
    ("ỦY BAN NHÂN DÂN", "Ủy ban nhân dân"),
    ("hoà bình", "hòa bình"),
    ("văn hoá", "văn hóa"),
    ("Ủy ban", "Uỷ ban"),
    ("khoẻ", "khỏe"),
    ("quý", "qúy"),
    ("toàn", "tòan"),  # a slip of the same family
    ("thuý, thuỵ, thuỳ, thuỷ, thuỹ", "thúy, thụy, thùy, thủy, thũy"),
    ("loè, loé, loẻ, loẽ, loẹ", "lòe, lóe, lỏe, lõe, lọe"),
    ("“Một” ‘hai’", "\"Một\" 'hai'"),
    ("2024 – 2025", "2024-2025"),
    ("2024 — 2025", "2024 -2025"),
    ("08 / KH-UBND", "08/KH-UBND"),
    ("một , hai ; ba : bốn", "một, hai; ba: bốn"),
    ("một,hai", "một, hai"),
    ("một  hai\u00a0ba\nbốn", "một hai ba bốn"),
    ("Danh sách.", "Danh sách"),
    ("- “Danh sách”;", "Danh sách"),
    ("bài viết…", "bài viết....."),
]
DIFFERENT = [
    ("hòa", "họa"),
    ("hoa", "hoà"),
    ("của", "cũa"),
    ("một hai", "mộthai"),
    ("60%", "60"),
    (">=", "="),
    ("%", "-"),
    ("đ", "d"),
    ("III.1.3.a", "III.1.3.b"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_what_does_not_count(left: str, right: str) -> None:
    assert same(left, right) and nearly_same(left, right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_what_counts(left: str, right: str) -> None:
    assert not same(left, right) and not nearly_same(left, right)


def test_lenient_means_one_character_in_twenty() -> None:
    assert nearly_same("a" * 20, "a" * 19 + "b") and not nearly_same("a" * 19, "a" * 18 + "b")
    assert likeness("a" * 10, "a" * 6 + "b" * 4) == pytest.approx(0.6)


@given(st.text(max_size=30))
def test_comparing_is_stable(text: str) -> None:
    assert same(text, text) and nearly_same(text, text)
    assert isinstance(comparable(text), str)


def test_lists_as_sets() -> None:
    long = ["Phòng Tài chính và Kế hoạch", "Phòng Nội vụ"]
    slip = ["Phòng Nội vụ", "Phòng Tài chinh và Kế hoạch"]
    assert not same_sets(long, slip) and nearly_same_sets(long, slip)
    assert same_sets(["a", "b."], ["B", "a", "A"])
    # two that are nearly one name need two counterparts
    assert not nearly_same_sets([long[0], slip[1]], [long[0], "Phòng Nội vụ"])


# ── pairing ───────────────────────────────────────────────────────────────


def test_items_pair_by_id_first_and_the_rest_by_text() -> None:
    truth = [Entry("1", "rà soát hồ sơ"), Entry("2", "lập danh sách"), Entry("3", "tổng kết")]
    answer = [Entry("2", "lập danh sách"), Entry("1", "hoàn toàn khác"), Entry("9", "rà soát hồ sơ"),
              Entry("3", "tổng kết năm")]  # fmt: skip
    assert pair_items(truth, answer) == {0: 2, 1: 0, 2: 3}


def test_equal_ids_pair_from_half_alike_other_ids_from_six_tenths() -> None:
    assert pair_items([Entry("1", "aaaaabbbbb")], [Entry("1", "aaaaaccccc")]) == {0: 0}
    assert pair_items([Entry("1", "aaaaabbbbb")], [Entry("1", "aaaacccccc")]) == {}
    assert pair_items([Entry("1", "aaaaaabbbb")], [Entry("2", "aaaaaacccc")]) == {0: 0}
    assert pair_items([Entry("1", "aaaaabbbbb")], [Entry("2", "aaaaaccccc")]) == {}


def test_an_item_without_text_is_known_by_its_id_alone() -> None:
    assert pair_items([Entry("1", None)], [Entry("1", "rà soát")]) == {0: 0}
    assert pair_items([Entry("1", None)], [Entry("2", None)]) == {}


def test_equal_texts_pair_in_document_order() -> None:
    assert best_pairs(["a", "a"], ["a", "a"], 0.6) == {0: 0, 1: 1}
    # the better match goes first, though the worse one stands before it
    assert best_pairs(["họp tổng kết", "họp tổng kết năm"], ["họp tổng kết năm"], 0.6) == {1: 0}
