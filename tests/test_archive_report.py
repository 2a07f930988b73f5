"""The report: what is counted and linked, and that nothing of a document becomes HTML or a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive.digest import digest_of
from pipeline.archive.job import Counts, Outcome
from pipeline.archive.ledger import Ledger
from pipeline.archive.links import PlanEntry, link, outside
from pipeline.archive.report import gather, table, write_report
from pipeline.archive.report_page import page
from pipeline.archive.scan import Found
from pipeline.errors import MissingFile
from schemas import Plan
from tests.conftest import plan_dict

HOSTILE = "<script>alert(1)</script>\"'&"


def digest(
    number: str | None, issuer: str | None = None, date: str | None = None, **parts: Any
) -> dict[str, Any]:
    empty = {"title": None, "cites": [], "leads": {}, "supports": {}, "months": {}, "findings": {}}
    return {"number": number, "issuer": issuer, "date": date, **empty, **parts}


def cites(
    number: str, issuer: str | None = None, date: str | None = None, relation: str = "cites"
) -> dict[str, Any]:
    return {"number": number, "issuer": issuer, "date": date, "relation": relation}


def entry(path: str, *args: Any, **parts: Any) -> PlanEntry:
    return PlanEntry(path, f"{path}.yaml", digest(*args, **parts))


LINKS = [
    # what is cited, the plans of the archive that it means
    (cites("12/KH-UBND"), ["ward", "district"]),  # every ward has a 12/KH-UBND: not certain
    (cites("12/KH-UBND", issuer="UBND quận Hà Đông"), ["district"]),
    (cites("12/KH-UBND", issuer="Ủy ban nhân dân quận Hà Đông"), ["district"]),
    (cites("12/KH-UBND", date="2024-01-05"), ["ward"]),
    (cites("12 / kh-ubnd", date="2024-02-01"), ["district"]),  # spaces and case of another typist
    (cites("12/KH-UBND", date="2020-01-01"), []),  # the number of another year
    (cites("2/KH-UBND"), []),
    (cites("99/KH-UBND"), ["undated"]),
    (cites("99/KH-UBND", date="2024-01-01"), ["undated"]),  # what one side does not know tells nothing apart
]


@pytest.mark.parametrize(("cited", "meant"), LINKS)
def test_links(cited: dict[str, Any], meant: list[str]) -> None:
    archive = [
        entry("ward", "12/KH-UBND", "UBND phường Biên Giang", "2024-01-05"),
        entry("district", "12/KH-UBND", "UBND quận Hà Đông", "2024-02-01"),
        entry("undated", "99/KH-UBND"),
        entry("citing", "5/KH-UBND", cites=[cited]),
    ]
    found = link(archive)[0]
    assert found.candidates == len(meant)
    assert (found.target.path if found.target else None) == (meant[0] if len(meant) == 1 else None)


def test_a_plan_does_not_cite_itself() -> None:
    own = entry("a", "1/KH", cites=[cites("1/KH")])
    assert link([own])[0].candidates == 0


def test_what_is_cited_most_and_not_here() -> None:
    plans = [entry(name, None, cites=[cites("1/NĐ-CP"), cites(f"{name}/X")]) for name in ("a", "b")]
    assert outside(link(plans)) == [("1/NĐ-CP", 2), ("a/X", 1), ("b/X", 1)]


RELATIONS = [
    ("Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/01/2023.", "replaces"),
    ("Sửa đổi, bổ sung một số nội dung của Kế hoạch số 12/KH-UBND.", "amends"),
    ("Triển khai thực hiện Kế hoạch số 12/KH-UBND của quận.", "implements"),
    ("Tiếp tục thực hiện chương trình. Kế hoạch số 12/KH-UBND còn hiệu lực.", "cites"),  # another sentence
    ("Thay thế Kế hoạch số 112/KH-UBND; Kế hoạch số 12/KH-UBND còn hiệu lực.", "cites"),  # another number
    ("Quyết định bãi bỏ việc theo Kế hoạch số 12/KH-UBND.", "implements"),  # the nearer word counts
]


@pytest.mark.parametrize(("text", "relation"), RELATIONS)
def test_relations(text: str, relation: str) -> None:
    citation = {"number": "12/KH-UBND", "type": "Kế hoạch", "date": None, "issuer": None, "cited_in": []}
    section = {"id": "I", "title": None, "text": text}
    plan = Plan.model_validate(plan_dict(citations=[citation], sections=[section]))
    assert [cited["relation"] for cited in digest_of(plan)["cites"]] == [relation]


def test_digest(make_plan: Callable[..., Plan]) -> None:
    deadline = dict.fromkeys(("start", "recurrence", "duration", "basis"))
    deadline |= {"text": "15/12/2024", "kind": "date", "due": "2024-12-15"}
    task = {"title": "t", "section": [], "support": [], "products": [], "details": [], "deadline": deadline}
    plan = make_plan(
        units=[{"id": "a", "name": "Phòng A", "written": ["Phòng A"]}],
        tasks=[{"id": "1", **task, "lead": ["a"]}, {"id": "2", **task, "lead": ["a"], "deadline": None}],
    )
    made = digest_of(plan)
    assert (made["leads"], made["months"]) == ({"Phòng A": 2}, {"2024-12": 1})
    assert json.loads(json.dumps(made)) == made


def row(path: str, state: str = "done", **values: Any) -> dict[str, Any]:
    names = (
        "output", "code", "reason", "duplicate_of", "pages", "ocr_pages", "tasks", "indicators",
        "legal_bases", "errors", "warnings", "notes", "seconds", "cpu_seconds", "peak_bytes", "attempts",
        "engine", "version", "sha256", "digest",
    )  # fmt: skip
    return {
        **dict.fromkeys(names),
        "code": "",
        "reason": "",
        "path": path,
        "state": state,
        "output": path,
        **values,
    }


class Tags(HTMLParser):
    """Which tags there are, and what they link to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attributes if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attributes)


def test_documents_are_escaped_and_nothing_is_fetched() -> None:
    evil = digest(
        HOSTILE, HOSTILE, title=HOSTILE, cites=[cites(HOSTILE)], leads={HOSTILE: 1},
        months={"2024-01": 2, "2024-04": 1}, findings={HOSTILE: 1},
    )  # fmt: skip
    rows = [
        row(f"{HOSTILE}/javascript:x", digest=json.dumps([evil]), errors=1, warnings=0, pages=1, tasks=1),
        row("b", "failed", code=HOSTILE, reason=HOSTILE),
    ]
    parsed = Tags()
    parsed.feed(page(gather(rows)))
    assert "script" not in parsed.tags and {"svg", "table"} <= parsed.tags
    assert all(target.startswith(("./", "#")) for target in parsed.links)


def test_months_without_deadlines_are_shown_too() -> None:
    rows = [row("a", digest=json.dumps([digest(None, months={"2023-11": 1, "2024-02": 3})]))]
    assert gather(rows).months == (("2023-11", 1), ("2023-12", 0), ("2024-01", 0), ("2024-02", 3))


def test_units_of_different_spelling_are_one() -> None:
    digests = [
        digest(None, leads={"Phòng Nội vụ": 2}),
        digest(None, supports={"PHÒNG NỘI VỤ": 1, "Phòng Y tế": 1}),
    ]
    rows = [row(str(number), digest=json.dumps([one])) for number, one in enumerate(digests)]
    assert gather(rows).units == (("Phòng Nội vụ", 2, 1), ("Phòng Y tế", 0, 1))


def test_the_table_runs_no_formula() -> None:
    text = table([{**row("=cmd|' /C calc'!A0", reason="+1"), "digest": [digest("@x", title="-1")]}])
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    cells = dict(zip(*lines, strict=True))
    assert (cells["path"], cells["reason"], cells["number"]) == ("'=cmd|' /C calc'!A0", "'+1", "'@x")


def test_a_large_archive_is_cut_on_the_page_but_not_in_the_table() -> None:
    rows = [row(f"{number}.pdf", "failed", reason="x") for number in range(1500)]
    archived = gather(rows)
    assert "500 more in report.csv" in page(archived)
    assert len(table(archived.documents).splitlines()) == 1501


def test_from_the_ledger_to_the_files(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run = ledger.begin_run()
    found = [Found(f"{name}.pdf", tmp_path, f"{name}.yaml", 1, 1) for name in "ab"]
    ledger.enter([*found, Found("c.log", tmp_path, "", 1, 1, "no document")], run, ".yaml")
    outcome = Outcome("done", ("x",), counts=Counts(pages=3), digest=(digest("1/KH", title="Một kế hoạch"),))
    ledger.finish("a.pdf", outcome, "done", "1", "f")
    ledger.close()
    html, csv_file = write_report(tmp_path)
    assert "Một kế hoạch" in html.read_text(encoding="utf-8")
    assert [line.split(",")[2] for line in csv_file.read_text(encoding="utf-8").splitlines()[1:]] == [
        "done", "pending", "skipped",
    ]  # fmt: skip


def test_where_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        write_report(tmp_path)
