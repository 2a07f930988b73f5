"""Objectives and requirements, and the figures that objectives promise."""

from __future__ import annotations

import pytest

from pipeline.resolve.objectives import aims_of_section, objectives_of, promised_figures, requirements_of
from pipeline.resolve.section_kinds import SectionKind
from tests.made_outlines import context, section

CASES: list[tuple[SectionKind, list[str], list[tuple[str, str]], list[tuple[str, str]]]] = [
    # a joint heading with sub-headings, with none, with run-in ones
    ("joint", ["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "- Vui.", "2. Yêu cầu", "An toàn."],
     [("I.1.-1", "Vui.")], [("I.2.-1", "An toàn.")]),
    ("joint", ["I. MỤC ĐÍCH, YÊU CẦU", "1. Vui.", "2. An toàn."], [("I.1", "Vui."), ("I.2", "An toàn.")], []),
    ("joint", ["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích: Vui.", "2. Yêu cầu: An toàn."],
     [("I.1.-1", "Vui.")], [("I.2.-1", "An toàn.")]),
    # labels that a field could have ("Mục đích:", "Yêu cầu:") are headings here
    ("joint", ["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích:", "Vui.", "2. Yêu cầu:", "An toàn."],
     [("I.1.-1", "Vui.")], [("I.2.-1", "An toàn.")]),
    ("objectives", ["I. MỤC TIÊU", "1. Mục tiêu chung: Vui.", "2. Mục tiêu cụ thể", "2.1. Khỏe."],
     [("I.1.-1", "Vui."), ("I.2.1", "Khỏe.")], []),
    # other words before a colon belong to the text
    ("objectives", ["I. MỤC TIÊU", "1. Chỉ tiêu số 1: Đạt 95%."], [("I.1", "Chỉ tiêu số 1: Đạt 95%.")], []),
    ("requirements", ["II. YÊU CẦU", "An toàn."], [], [("II.-1", "An toàn.")]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "lines", "objectives", "requirements"), CASES)
def test_the_lowest_items(
    kind: SectionKind,
    lines: list[str],
    objectives: list[tuple[str, str]],
    requirements: list[tuple[str, str]],
) -> None:
    aims = aims_of_section(section(*lines), kind, context())
    assert [(one.id, one.text) for one in objectives_of(aims)] == objectives
    assert [(one.id, one.text) for one in requirements_of(aims)] == requirements


FIGURES: list[tuple[str, str, str, float, str]] = [
    ("Phấn đấu tỷ lệ đúng hạn đạt từ 98% trở lên.", "đạt từ 98% trở lên", ">=", 98, "%"),
    ("Xây dựng 02 mô hình.", "02 mô hình", "=", 2, "mô hình"),
    ("Có ít nhất 05 học sinh đạt giải.", "ít nhất 05 học sinh", ">=", 5, "học sinh"),
    ("Thu nhập đạt 32 triệu đồng/người/năm trở lên.", "đạt 32 triệu đồng/người/năm trở lên", ">=", 32,
     "triệu đồng/người/năm"),
    ("Kết nạp từ 10 đảng viên mới trở lên.", "từ 10 đảng viên mới trở lên", ">=", 10, "đảng viên"),
    ("Không quá 02 trường hợp vi phạm.", "Không quá 02 trường hợp", "<=", 2, "trường hợp"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "operator", "value", "unit"), FIGURES)
def test_a_promised_figure_is_an_indicator(
    sentence: str, text: str, operator: str, value: float, unit: str
) -> None:
    where = context()
    aims = aims_of_section(section("I. CHỈ TIÊU", f"1. {sentence}"), "objectives", where)
    (found,) = promised_figures(aims, where)
    assert found.target is not None
    assert (found.id, found.name, found.group) == ("I.1", sentence.rstrip("."), "CHỈ TIÊU")
    assert (found.target.text, found.target.operator, found.target.value) == (text, operator, value)
    assert found.unit == unit


def test_requirements_promise_no_figure() -> None:
    where = context()
    aims = aims_of_section(section("II. YÊU CẦU", "1. 100% cán bộ tham gia."), "requirements", where)
    assert promised_figures(aims, where) == ()
