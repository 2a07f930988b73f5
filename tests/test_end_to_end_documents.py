"""The command line on files that are not one plan in order: lost pages, several documents, secret ones."""

from pathlib import Path

import pytest

from pipeline.cli import main
from schemas import load_plan
from tests.command_line import codes, converted, decision_text, extract, plan_text, put, written

pytestmark = pytest.mark.usefixtures("no_tesseract_needed", "quiet_logger")


# ── pages ─────────────────────────────────────────────────────────────────

PAGE_FINDINGS = [
    # pages of the seed's PDF from 0 (from the second on they are numbered), and what is found
    ([0, 1, 2, 3], set()),
    ([0, 1, -1, 2], {"blank-page"}),
    ([0, 1, 1, 2], {"doubled-page"}),
    ([0, 1, 3, 4], {"missing-page"}),
    ([0, 3, 4], {"missing-page"}),  # the first one bears no number, and two are missing after it
    ([0, 2, 1, 3], {"disordered-page"}),
    ([0, 3, 1, 2], {"disordered-page"}),
    ([0, 1, 0, 1], {"doubled-page", "several-documents"}),
]


@pytest.mark.parametrize(("pages", "expected"), PAGE_FINDINGS)
def test_findings_about_pages(pages: list[int], expected: set[str], tmp_path: Path) -> None:
    plan = converted(extract([("seed/plan.pdf", pages)], tmp_path / "plan.pdf"))
    about_pages = {"blank-page", "doubled-page", "missing-page", "disordered-page", "several-documents"}
    assert codes(plan) & about_pages == expected


# ── several documents, other documents, secret ones ───────────────────────


def test_two_documents_in_one_file(tmp_path: Path) -> None:
    file = put(tmp_path, "two.txt", plan_text() + "\f" + decision_text())
    plan = converted(file)
    assert "several-documents" in codes(plan)
    assert plan.document.number == "21/KH-TTYT"
    assert [task.id for task in plan.tasks] == ["II.1", "II.2"]
    # The second document is no appendix of the first, and not lost either.
    assert not plan.appendices
    assert "Thành lập Tổ kiểm tra thiết bị" in (plan.sections[-1].text or "")


def test_split(tmp_path: Path) -> None:
    file = put(
        tmp_path, "two.txt", plan_text() + "\f" + decision_text() + "\f" + plan_text(number="30/KH-TTYT")
    )
    first = converted(file, "--split")
    assert written(tmp_path / "out") == ["two-2.yaml", "two-3.yaml", "two.yaml"]
    second, third = (load_plan(tmp_path / "out" / f"two-{number}.yaml") for number in (2, 3))
    assert [plan.document.number for plan in (first, second, third)] == [
        "21/KH-TTYT",
        "22/QĐ-TTYT",
        "30/KH-TTYT",
    ]
    assert [len(plan.tasks) for plan in (first, second, third)] == [2, 0, 2]
    assert "several-documents" not in codes(first) | codes(second) | codes(third)


def test_split_of_a_pdf_gives_each_its_pages(tmp_path: Path) -> None:
    file = extract([("seed/plan.pdf", [0, 1]), ("department/plan.pdf", [0, 1])], tmp_path / "two.pdf")
    first = converted(file, "--split", "--overlay")
    second = load_plan(tmp_path / "out" / "two-2.yaml")
    assert (first.document.number, second.document.number) == ("64/KH-UBND", "1247/KH-SNNMT")
    assert {place.page for places in second.evidence.values() for place in places} == {3, 4}
    assert second.source.reading.text_layer == 2
    assert written(tmp_path / "out" / "two-2.overlay") == ["page-003.png", "page-004.png"]


def test_a_decision_is_no_plan(tmp_path: Path) -> None:
    plan = converted(put(tmp_path, "decision.txt", decision_text()))
    assert "not-a-plan" in codes(plan)
    assert (plan.document.type, plan.document.number) == ("Quyết định", "22/QĐ-TTYT")
    assert plan.document.title
    assert not (plan.tasks or plan.legal_bases or plan.assignments or plan.units)
    assert "chịu trách nhiệm thi hành" in " ".join(section.text or "" for section in plan.sections)


def test_a_secret_paper_is_converted_when_allowed(tmp_path: Path) -> None:
    file = put(tmp_path, "secret.txt", plan_text(mark="TUYỆT MẬT"))
    plan = converted(file, "--allow-secret")
    assert plan.document.secrecy == "TUYỆT MẬT"
    (finding,) = (one for one in plan.findings if one.code == "secret-document")
    assert finding.severity == "error"


def test_a_secret_paper_behind_another_is_refused(tmp_path: Path) -> None:
    file = put(tmp_path, "two.txt", plan_text() + "\f" + plan_text(mark="MẬT", number="30/KH-TTYT"))
    assert main(["convert", str(file), "-o", str(tmp_path / "out"), "--quiet"]) == 18
    assert written(tmp_path) == ["two.txt"]
