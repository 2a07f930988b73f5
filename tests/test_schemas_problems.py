"""The contract: a file that breaks it is refused, and what is wrong is said with its place."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from schemas import InvalidPlan, UnknownSchema, load_gold, load_plan
from schemas.block import to_block
from tests.whole_plan import WRONG, put, whole


@pytest.mark.parametrize("version", ["kehoach.plan/2", "kehoach.plan/1.1", "other/1", 1, None, ["a"]])
@pytest.mark.parametrize("load", [load_plan, load_gold])
def test_another_version_is_named(version: Any, load: Any) -> None:
    with pytest.raises(UnknownSchema) as caught:
        load(to_block({**whole(), "schema": version}))
    assert "kehoach.plan/1" in str(caught.value) and caught.value.advice


@pytest.mark.parametrize(("path", "value", "at", "says"), WRONG)
def test_what_is_wrong_is_said_with_its_place(path: Any, value: Any, at: str, says: str) -> None:
    content = whole()
    put(content, path, value)
    for load in (load_plan, load_gold):
        with pytest.raises(InvalidPlan) as caught:
            load(to_block(content))
        (problem,) = caught.value.problems
        assert str(problem).startswith(at) and says in problem.message
        assert str(problem) in str(caught.value)


@pytest.mark.parametrize(
    "collection",
    ["legal_bases", "units", "objectives", "requirements", "tasks", "indicators", "assignments", "appendices",
     "sections"],
)  # fmt: skip
def test_ids_are_unique_in_their_collection(collection: str) -> None:
    content = whole()
    content[collection].append(copy.deepcopy(content[collection][0]))
    with pytest.raises(InvalidPlan, match=rf"{collection}/.*used 2 times"):
        load_plan(to_block(content))
    # Citations have no id, and an objective may share its id with an indicator.
    content = whole()
    content["citations"] *= 2
    content["indicators"][0]["id"] = content["objectives"][0]["id"]
    load_plan(to_block(content))


def test_every_key_must_be_there_and_each_missing_one_is_named() -> None:
    content = whole()
    del content["units"], content["tasks"][0]["products"], content["document"]["signer"]["role"]
    with pytest.raises(InvalidPlan) as caught:
        load_plan(to_block(content))
    assert {problem.at for problem in caught.value.problems} == {
        "units", "tasks/III.1/products", "document/signer.role",
    }  # fmt: skip


def test_all_problems_are_kept_and_the_message_stays_short() -> None:
    content = whole()
    content["objectives"] = [{"id": f"I.{n}", "text": n} for n in range(40)]
    with pytest.raises(InvalidPlan) as caught:
        load_plan(to_block(content))
    assert len(caught.value.problems) == 40
    assert "and 28 more" in str(caught.value) and str(caught.value).count("\n") == 13


TEN = ", ".join(["*a{0}"] * 10)
NOT_A_PLAN = [
    ("\n", "is empty"),
    ("a plan\nin prose\n", "must be a mapping"),
    ("- a\n- b\n", "must be a mapping"),
    ("a: [1\nb: 2\n", "is not valid YAML in line 2"),
    ("schema: kehoach.plan/1\ntasks: []\ntasks: []\n", "the key 'tasks' stands twice"),
    ('{"schema": "kehoach.plan/1", "tasks": [], "tasks": []}', "the key 'tasks' stands twice"),
    ("a: !!python/object:os.system x\nb: 1\n", "is not valid YAML"),
    ("a: &a [*a]\nb: 1\n", "nested more than"),  # a list that holds itself
    ("a: " + "[" * 900 + "]" * 900 + "\n", "nested more than"),
    ("a: !!set {b, c}\n", "a value of type set has no place"),
    ("1: a\nb: c\n", "must be text; put it in quotes"),
    ("a: .nan\nb: 1\n", "is not a number"),
    ("a: b\n", "schema: is missing"),
    ("\x00a: b\n", "is not valid YAML"),
    # nine lines that stand for ten thousand million values
    ("a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{TEN.format(n - 1)}]\n" for n in range(1, 10)), "values"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), NOT_A_PLAN)
def test_what_is_no_plan_at_all(text: str, says: str) -> None:
    with pytest.raises(InvalidPlan) as caught:
        load_plan(text)
    assert says in str(caught.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cu.yaml"
    path.write_bytes(to_block(whole()).encode("utf-16"))
    with pytest.raises(InvalidPlan, match=r"cu\.yaml.*\n.*UTF-8"):
        load_plan(path)
