"""The API of the web page: uploads, conversions, and the pages of the original."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from schemas import Plan, plan_content
from tests.corrected_plans import PRINTED
from tests.web_client import Program, program_on, put_plan, sample_plan

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "school" / "plan.pdf"


def upload(program: Program, *files: tuple[str, bytes]) -> list[dict[str, Any]]:
    answer = program.ask("POST", "/api/uploads", files=[("files", file) for file in files])
    assert answer.status_code == 201, answer.text
    sent: list[dict[str, Any]] = answer.json()
    return sent


def test_a_scan_from_upload_to_correction_and_back(tmp_path: Path) -> None:
    with program_on(tmp_path) as program:
        (sent,) = upload(program, ("Kế hoạch.pdf", SAMPLE.read_bytes()))
        done = program.finished(sent["job"])
        assert (done["state"], done["page"]) == ("done", done["pages"])
        plan = done["plan"]
        assert (tmp_path / "scans" / "Kế hoạch.pdf").read_bytes() == SAMPLE.read_bytes()
        review = program.get(f"/api/plans/{plan}")
        assert review["has_original"]
        pages = program.get(f"/api/plans/{plan}/pages")
        assert [page["page"] for page in pages] == list(range(1, done["pages"] + 1))
        picture = program.ask("GET", f"/api/plans/{plan}/pages/1.png?width=301")
        assert picture.content.startswith(b"\x89PNG")
        assert int.from_bytes(picture.content[16:20]) == 400  # rounded up, so that few sizes are kept
        words = program.get(f"/api/plans/{plan}/pages/1/words")
        assert {"KẾ", "HOẠCH"} <= {word["text"] for word in words}
        assert all(0 <= word["box"][0] <= word["box"][2] <= pages[0]["width"] for word in words)
        assert program.ask("GET", f"/api/plans/{plan}/pages/99.png").status_code == 404

        key = next(one["key"] for one in review["fields"] if one["key"].endswith("/lead"))
        assert program.put(key, {"text": "Phòng Thử nghiệm"}, plan).status_code == 200
        again = program.ask("POST", f"/api/plans/{plan}/convert").json()
        assert program.finished(again["job"])["state"] == "done"
        assert program.field(key, plan)["text"] == "Phòng Thử nghiệm"
        assert program.field(key, plan)["corrected"] is not None


def test_uploads_are_named_safely_and_never_overwrite(tmp_path: Path) -> None:
    with program_on(tmp_path) as program:
        first, second, third, twice, broken = upload(
            program,
            ("../../plan.txt", PRINTED.encode()),
            ("plan.txt", PRINTED.replace("Rà soát", "Rà soát lại").encode()),
            ("C:\\x\\NUL.txt", PRINTED.replace("Rà soát", "Lập").encode()),
            ("same.txt", PRINTED.encode()),
            ("broken.pdf", b"%PDF-1.4 nothing"),
        )
        states = [program.finished(one["job"]) for one in (first, second, third, twice, broken)]
        assert [state["state"] for state in states] == ["done", "done", "done", "done", "failed"]
        assert states[3]["plan"] == states[0]["plan"]  # the same content
        assert states[0]["plan"] != states[1]["plan"]
        assert states[4]["message"]
        names = sorted(path.name for path in (tmp_path / "scans").iterdir())
        assert names == ["_NUL.txt", "broken.pdf", "plan.txt", "plan~2.txt"]  # same.txt is plan.txt
        assert sorted(path.name for path in tmp_path.parent.glob("plan*")) == []
        (known,) = upload(program, ("again.txt", PRINTED.encode()))
        assert program.get(f"/api/jobs/{known['job']}")["plan"] == states[0]["plan"]


@pytest.mark.parametrize(
    ("name", "content"), [("plan.yaml", b"schema: kehoach.plan/1"), ("a.json", b"{}"), ("empty.pdf", b"")]
)
def test_what_is_no_scan_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with program_on(tmp_path) as program:
        (sent,) = upload(program, (name, content))
    assert (sent["job"], bool(sent["error"])) == (None, True)
    assert not any(tmp_path.rglob(name))


def test_a_secret_paper_is_not_kept(tmp_path: Path) -> None:
    with program_on(tmp_path) as program:
        (sent,) = upload(program, ("mat.txt", f"TỐI MẬT\n{PRINTED}".encode()))
        assert program.finished(sent["job"])["state"] == "failed"
    assert list((tmp_path / "scans").iterdir()) == []


def test_without_original_the_review_still_works(program: Program) -> None:
    assert program.get("/api/plans/plan/pages") == []
    for path in ("pages/1.png", "pages/1/words"):
        answer = program.ask("GET", f"/api/plans/plan/{path}")
        assert (answer.status_code, answer.json()["code"]) == (409, "no-original")
        assert "--scans" in answer.json()["advice"]
    assert program.ask("POST", "/api/plans/plan/convert").status_code == 409


def test_an_original_is_found_by_its_content(tmp_path: Path) -> None:
    """A plan converted by other means, its scan elsewhere and under another name."""
    scans = tmp_path / "scanner"
    scans.mkdir()
    (scans / "IMG 0001.pdf").write_bytes(SAMPLE.read_bytes())
    (scans / "plan.pdf").write_bytes(b"%PDF-1.4 another with the right name")
    sha256 = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    content = plan_content(sample_plan())
    content["source"] |= {"sha256": sha256, "pages": 4}
    put_plan(tmp_path / "plans", plan=Plan.model_validate(content))
    with program_on(tmp_path / "plans", scans=(scans,)) as program:
        assert len(program.get("/api/plans/plan/pages")) == 4
        assert program.get("/api/plans/plan/pages/2/words")  # read when asked for
        assert program.ask("GET", "/api/plans/plan/pages/2.png").status_code == 200
