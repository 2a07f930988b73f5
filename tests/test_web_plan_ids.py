"""The id of a plan in an address: there and back, never out of the served folder."""

from pathlib import Path

import pytest

from pipeline.web.plan_ids import UnknownPlan, plan_id, plan_path
from tests.web_client import put_plan

NAMES = [
    "plan.yaml", "a/b/plan.yaml", "Kế hoạch số 5.yaml", "plan.json", "plan.yml", "plan.json.yaml",
    "plan.yaml.yaml", "a~2.yaml", "100%.yaml", "#?&=.yaml", "a.b.yaml",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_ids_there_and_back(tmp_path: Path, name: str) -> None:
    path = put_plan(tmp_path, name)
    plan = plan_id(tmp_path, path)
    assert all(letter.isascii() and (letter.isalnum() or letter in "._~-") for letter in plan)
    assert plan_path(tmp_path, plan) == path


def test_ids_are_all_different(tmp_path: Path) -> None:
    ids = [plan_id(tmp_path, tmp_path / name) for name in NAMES]
    assert len(set(ids)) == len(NAMES)


LEADING_OUT = [
    "", ".", "..", "..~2Fsecret", "~2E~2E~2Fsecret", "a~2F..~2F..~2Fsecret", "~2Fetc~2Fpasswd", "C~3A~5Cx",
    "..~5Csecret", "plan~00", ".kehoach~2Fx", "~FF", "~2f", "plan.yaml", "link", "linked~2Fplan", "no",
    "a" * 5000,    "../secret", "plan%00", "scans", "x~2F",
]  # fmt: skip


@pytest.mark.parametrize("plan", LEADING_OUT)
def test_ids_that_lead_out_are_refused(tmp_path: Path, plan: str) -> None:
    folder = tmp_path / "served"
    put_plan(folder)
    put_plan(tmp_path, "secret.yaml")
    put_plan(folder, ".kehoach/x.yaml")
    (folder / "scans").mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(UnknownPlan):
        plan_path(folder, plan)
