"""No text of a document does anything: not on a page, not in an export, not in the plan file."""

import csv
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from schemas import Plan, load_plan, plan_content
from tests.web_client import DEADLINE, LEAD, Program, program_on, put_plan, sample_plan

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
LINK = "javascript:alert(1) [x](http://evil.example)"


def hostile_plan() -> Plan:
    content = plan_content(sample_plan())
    content["document"] |= {"title": SCRIPT, "number": FORMULA, "issuer": SCRIPT}
    content["tasks"][0] |= {"title": SCRIPT, "products": [FORMULA, SCRIPT, LINK], "details": ["+1", "@x"]}
    content["units"][0] |= {"name": FORMULA, "written": [FORMULA]}
    content["findings"][0]["message"] = SCRIPT
    content["source"]["file"] = '"><script>.pdf'
    return Plan.model_validate(content)


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Program]:
    put_plan(tmp_path, plan=hostile_plan())
    with program_on(tmp_path) as program:
        yield program


def test_pages_escape_it(hostile: Program) -> None:
    for path in ("/", "/plans/plan", "/plans/plan/timeline", "/plans/plan/clarity", "/overview"):
        page = hostile.ask("GET", path, headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert not re.search(r"<script(?![^>]* src=)[^>]*>(?!\s*</script>)", page.text)  # none inline
        assert not re.search(r"\son\w+=\"", page.text)
        assert 'href="javascript:' not in page.text


def test_the_api_is_no_page(hostile: Program) -> None:
    for path in ("plans", "plans/plan", "plans/plan/timeline", "plans/plan/clarity", "overview"):
        assert hostile.ask("GET", f"/api/{path}").headers["content-type"] == "application/json"
    missing = hostile.ask("GET", "/api/plans/plan/pages/1.png")
    assert missing.headers["content-type"] == "application/json"  # its message names the file


def test_exports_hold_it_as_text(hostile: Program) -> None:
    hostile.put(DEADLINE, {"text": FORMULA})  # what a person typed is no better
    book = openpyxl.load_workbook(io.BytesIO(hostile.ask("GET", "/api/plans/plan/exports/xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    # whatever the workbook's own formulas are, none is a document's
    assert not [cell for cell in cells if cell.data_type == "f" and "evil" in str(cell.value)]
    assert not [cell for cell in cells if cell.hyperlink is not None and "evil" in str(cell.hyperlink.target)]
    archive = zipfile.ZipFile(io.BytesIO(hostile.ask("GET", "/api/plans/plan/exports/csv?bom=true").content))
    for name in archive.namelist():
        for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    sheet = hostile.ask("GET", "/api/plans/plan/exports/md").text
    assert "<script" not in sheet
    assert "](http" not in sheet.replace("\\]", "")


def test_typed_text_is_kept_as_it_is(hostile: Program, tmp_path: Path) -> None:
    for text in (SCRIPT, FORMULA, "yes", "1e3", "# no comment", "{a: b}", "- x", "'", '"', "\\", "null"):
        assert hostile.put("document/place", {"text": text}).json()["field"]["value"] == text
        assert load_plan(tmp_path / "plan.yaml").document.place == text


def test_many_windows_at_once(hostile: Program) -> None:
    """Of all that name one version, exactly one gets through."""
    version, answers = hostile.version(), []

    def write(number: int) -> None:
        answers.append(hostile.put(LEAD, {"text": f"Phòng {number}"}, version=version).status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [412] * 7
    assert hostile.get("/api/plans/plan")["corrections"] == 1
