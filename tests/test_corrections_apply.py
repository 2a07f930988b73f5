"""Corrections go into a plan, are undone and repeated, and one that no longer fits is reported."""

from collections.abc import Callable

import pytest

from pipeline.corrections import CannotCorrect, Pointed, apply, corrected, undone
from pipeline.export.doubts import Checked
from schemas import Plan, plan_content
from tests.corrected_plans import DEADLINE, LEAD, TITLE, chain, changed, deadline, said, task, two_tasks


@pytest.fixture
def plan() -> Plan:
    return two_tasks()


def names(plan: Plan) -> list[str]:
    return [unit.name for unit in plan.units]


# ── into the plan ─────────────────────────────────────────────────────────


def test_a_new_unit_is_added_and_one_that_nothing_names_goes(plan: Plan) -> None:
    after = corrected(plan, said(plan, LEAD, "Văn phòng"))
    assert task(after).lead == ("van-phong~2",)  # the misread one still had the id
    assert names(after) == ["Phòng A", "Văn phòng"]
    assert "units/van-phong/name" not in after.evidence
    assert after.evidence["units/van-phong~2/name"][0].origin == "person"
    Plan.model_validate(plan_content(after))  # the contract holds: all units are there


def test_a_known_unit_is_used_however_it_is_written(plan: Plan) -> None:
    after = corrected(plan, said(plan, LEAD, "p. a; PHÒNG A"))
    assert task(after).lead == ("phong-a",)


def test_evidence_is_as_sure_as_can_be_and_keeps_its_place(plan: Plan) -> None:
    places = corrected(plan, said(plan, LEAD, "Phòng A")).evidence[LEAD]
    assert [(one.origin, one.confidence, one.box, one.text) for one in places] == [
        ("person", 1.0, (1, 2, 3, 4), "chữ in")
    ] * 2


def test_a_field_that_was_empty_gets_evidence_on_the_page_of_its_item(plan: Plan) -> None:
    after = corrected(plan, said(plan, "tasks/III.1/products", "Báo cáo\nTờ trình"))
    (place_of_it,) = after.evidence["tasks/III.1/products"]
    assert (place_of_it.page, place_of_it.box, place_of_it.text) == (1, None, "Báo cáo; Tờ trình")


def test_a_place_that_was_pointed_at_counts(plan: Plan) -> None:
    pointed = Pointed(page=1, box=(10, 10, 50, 20))
    after = corrected(plan, said(plan, LEAD, "Phòng A", place=pointed))
    assert [one.box for one in after.evidence[LEAD]] == [(10, 10, 50, 20)]


def test_a_deadline_is_understood_and_its_finding_settled(plan: Plan) -> None:
    after = corrected(plan, said(plan, DEADLINE, "trước ngày 15/12/2024"))
    assert (task(after).deadline.kind, task(after).deadline.due) == ("date", "2024-12-15")
    assert [one.code for one in after.findings] == ["missing-product"]  # another field's finding stays


def test_accepting_ends_the_doubt_and_changes_nothing(plan: Plan) -> None:
    assert Checked(plan).doubts(LEAD)
    after = corrected(plan, said(plan, LEAD))
    assert task(after) == task(plan)
    assert Checked(after).doubts(LEAD) == ()


def test_an_error_is_not_accepted_away(make_plan: Callable[..., Plan]) -> None:
    finding = {"severity": "error", "code": "secret-document", "at": "document/secrecy", "message": "Mật."}
    content = plan_content(make_plan(findings=[finding]))
    content["document"]["secrecy"] = "MẬT"
    plan = Plan.model_validate(content)
    assert corrected(plan, said(plan, "document/secrecy")).findings == plan.findings
    assert corrected(plan, said(plan, "document/secrecy", "")).findings == ()


def test_a_doubt_about_the_item_is_one_about_its_title(make_plan: Callable[..., Plan], plan: Plan) -> None:
    finding = {"severity": "warning", "code": "duplicate-id", "at": "tasks/III.1", "message": "Hai lần."}
    plan = Plan.model_validate({**plan_content(plan), "findings": [finding]})
    assert [bool(Checked(plan).doubts(key)) for key in (TITLE, DEADLINE)] == [True, False]
    accepted = corrected(plan, said(plan, TITLE))
    assert Checked(accepted).doubts(TITLE) == Checked(accepted).whole("tasks/III.1") == ()


def test_a_text_that_must_be_there_cannot_be_emptied(plan: Plan) -> None:
    with pytest.raises(CannotCorrect):
        corrected(plan, said(plan, "units/phong-a/name", ""))


# ── undone, repeated, no longer fitting ───────────────────────────────────


def test_applied_anew_is_the_same(plan: Plan) -> None:
    after, entries = chain(plan)
    assert apply(plan, entries).plan == after
    assert apply(after, entries).plan == after  # and nothing happens twice
    assert apply(after, entries).unfit == ()


def test_undone_one_by_one_is_as_before(plan: Plan) -> None:
    _, entries = chain(plan)
    while entries:
        assert undone(plan, entries) == apply(plan, entries[:-1]).plan
        entries = entries[:-1]
    assert undone(plan, chain(plan)[1][:1]) == plan


def test_one_that_no_longer_fits_is_reported_and_not_applied(plan: Plan) -> None:
    _, entries = chain(plan)
    now = changed(plan, 0, lead=["phong-a"])
    result = apply(now, entries)
    assert task(result.plan).lead == ("phong-a",)
    assert [(one.code, one.at) for one in result.plan.findings if one.code == "correction-unfit"] == [
        ("correction-unfit", LEAD)
    ]
    assert [one.key for one in result.unfit] == [LEAD]
    assert Checked(result.plan).doubts(LEAD)  # the page, the exports and the pictures show it
    # corrected again, it fits again
    again = (*entries, said(result.plan, LEAD, "Sở D"))
    assert apply(now, again).unfit == ()
    assert "correction-unfit" not in {one.code for one in corrected(result.plan, again[-1]).findings}


def test_a_deadline_of_the_same_words_still_fits(plan: Plan) -> None:
    entry = said(plan, DEADLINE, "Tháng 5/2024")
    now = changed(plan, 0, deadline=deadline(kind="period", start="2024-04-01", due="2024-06-30"))
    assert task(apply(now, [entry]).plan).deadline.text == "Tháng 5/2024"


def test_an_item_that_is_gone_and_another_file_are_reported(plan: Plan) -> None:
    entry = said(plan, LEAD, "Sở B")
    content = plan_content(plan)
    content["tasks"] = content["tasks"][1:]
    content["evidence"] = {}
    assert len(apply(Plan.model_validate(content), [entry]).unfit) == 1
    content = plan_content(plan)
    content["source"]["sha256"] = "1" * 64
    other = Plan.model_validate(content)
    assert task(apply(other, [entry]).plan) == task(other)
    assert len(apply(other, [entry]).unfit) == 1
