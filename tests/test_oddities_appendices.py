"""Traps of the seed plan: the tables of its appendices."""

import pytest

from tests.seed_plan import RAW, alike, every_file, findings, plan_of, task, unit_names, with_tables


@every_file
def test_appendix_titles(file: str) -> None:
    """Over three lines, the first glued to the recipients, one beginning with `~`; the second appendix's
    caption stands partly before its title.
    """
    titles = {one.id: one.title or "" for one in plan_of(file).appendices}
    assert list(titles) == ["PL1", "PL2"]
    assert alike(titles["PL1"], "CHỈ TIÊU CỤ THỂ CÁC NHIỆM VỤ TRỌNG TÂM CÔNG TÁC CẢI CÁCH TTHC NĂM 2024") > 85
    assert alike(titles["PL2"], "CÁC NHIỆM VỤ CÔNG TÁC CẢI CÁCH TTHC TRỌNG TÂM 2024") > 80


@every_file
def test_the_caption_without_number_and_day_is_reported(file: str) -> None:
    assert findings(file, "lost-caption") == ["appendices/PL2/title"]


@with_tables
def test_indicators_of_the_first_appendix(file: str) -> None:
    indicators = plan_of(file).indicators
    assert [one.id for one in indicators] == [f"PL1.{number}" for number in range(1, 15)]
    group = "Nâng cao chất lượng phục vụ người dân, doanh nghiệp trong thực hiện TTHC, dịch vụ công"
    assert all(alike(one.group or "", group) > 95 for one in indicators)
    fifth = indicators[4]
    assert unit_names(file, fifth.lead) == ["Tư pháp phường"]  # the others have the departments
    assert fifth.support == ()


TARGETS = [
    ("PL1.1", ">=", 60), ("PL1.2", "=", 100), ("PL1.10", ">=", 90), ("PL1.12", "=", 100), ("PL1.14", ">=", 1),
]  # fmt: skip


@with_tables
@pytest.mark.parametrize(("indicator_id", "operator", "value"), TARGETS)
def test_target(file: str, indicator_id: str, operator: str, value: float) -> None:
    """`Phấn đấu đạt tối thiểu` with its figure on the next line; row 12 names two, its cell only one."""
    target = next(one.target for one in plan_of(file).indicators if one.id == indicator_id)
    assert target is not None
    assert (target.operator, target.value) == (operator, value)


@with_tables
def test_a_row_of_the_second_appendix_is_a_task_of_its_own(file: str) -> None:
    """It repeats what section III says and is not merged with it; its group has number I."""
    ids = [one.id for one in plan_of(file).tasks]
    assert ids[-1] == "PL2.I.1"
    deadline = task(file, "PL2.I.1").deadline
    assert deadline is not None
    assert deadline.kind == "continuous"


def test_unreadable_cells_are_flagged_and_not_invented() -> None:
    """Of the interleaved cells of the old OCR nothing is sure; a doubtful reading must say so."""
    plan = plan_of(RAW)
    for one in plan.indicators:
        places = plan.evidence.get(f"indicators/{one.id}/name", ())
        assert one.name is None or places
    assert {"poor-reading"} <= {one.code for one in plan.findings}
    named = {one.at for one in plan.findings if one.code == "low-confidence"}
    assert {f"indicators/PL1.{row}/name" for row in (4, 7, 8)} <= named
