"""The contract: the published JSON Schema before a public validator; partial gold; `schemas` alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

import schemas
from schemas import InvalidPlan, load_gold, load_plan, plan_content, plan_json_schema
from schemas.block import to_block
from schemas.json_schema import schema_text
from tests.whole_plan import WRONG, put, whole

GOOD_VALUES = [
    (("tasks", 0, "deadline", "recurrence"), "FREQ=MONTHLY;BYMONTHDAY=20"),
    (("tasks", 0, "deadline", "recurrence"), "FREQ=WEEKLY;BYDAY=MO,FR"),
    (("tasks", 0, "deadline", "recurrence"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (("tasks", 0, "deadline", "duration"), "P20D"),
    (("tasks", 0, "deadline", "duration"), "P18M"),
    (("tasks", 0, "deadline", "duration"), "PT36H"),
    (("document", "date"), "2024-02-29"),
    (("document", "period"), None),
    (("tasks", 0, "deadline"), None),
    (("tasks", 0, "title"), None),  # an unreadable cell
    (("indicators", 0, "target"), None),
    (("findings", 0, "at"), None),
    (("source", "engine"), None),
]


@pytest.mark.parametrize(("path", "value"), GOOD_VALUES)
def test_what_is_right_is_taken_by_us_and_by_a_public_validator(path: Any, value: Any) -> None:
    content = whole()
    put(content, path, value)
    assert plan_content(load_plan(to_block(content))) == content
    jsonschema.validate(content, plan_json_schema())


# ── partial gold ──────────────────────────────────────────────────────────


def test_gold_may_leave_out_collections_and_keys_and_tells_which() -> None:
    content = whole()
    for collection in ("evidence", "source", "findings"):
        del content[collection]
    del content["document"]["signer"]["role"], content["tasks"][0]["title"]
    del content["citations"][0]["cited_in"], content["schema"]
    gold = load_gold(to_block(content))
    assert gold.left_out == (
        "document/signer.role", "tasks/III.1/title", "citations[1]/cited_in",
        "findings", "source", "evidence",
    )  # fmt: skip
    assert gold.content["tasks"][0]["lead"] == ["van-phong"] and "title" not in gold.content["tasks"][0]


def test_a_whole_plan_is_gold_with_nothing_left_out() -> None:
    assert load_gold(to_block(whole())).left_out == ()


def test_gold_that_is_partial_is_still_checked() -> None:
    content = whole()
    del content["source"]
    content["tasks"][0]["lead"] = ["so-y-te"]
    with pytest.raises(InvalidPlan, match="not in units"):
        load_gold(to_block(content))
    del content["units"]  # then the ids cannot be looked up, and stand for themselves
    load_gold(to_block(content))


# ── the published schema ──────────────────────────────────────────────────


def test_the_published_schema_is_current() -> None:
    published = Path(schemas.__file__).with_name("plan.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), "run python -m schemas"


def test_the_schema_is_a_schema_and_every_part_is_described() -> None:
    schema = plan_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:kehoach:plan:1" and schema["title"] and schema["description"]
    for part in [schema, *schema["$defs"].values()]:
        assert part["description"] and part["additionalProperties"] is False
        for name, field in part["properties"].items():
            assert field.get("description", "").endswith("."), name
    assert set(schema["required"]) == set(whole())


# What JSON Schema cannot say: links, the calendar, corners in order, a key of a rule given twice.
OURS_ALONE = ("not in units", "x0 <= x1", "key must", "not a calendar date")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (path, value)
        for path, value, _, says in WRONG
        if not any(words in says for words in OURS_ALONE) and value != "FREQ=MONTHLY;FREQ=DAILY"
    ],
)
def test_a_public_validator_refuses_what_is_wrong(path: Any, value: Any) -> None:
    content = whole()
    put(content, path, value)
    assert not jsonschema.Draft202012Validator(plan_json_schema()).is_valid(content)


def test_a_public_validator_takes_the_whole_plan_and_misses_each_key() -> None:
    validator = jsonschema.Draft202012Validator(plan_json_schema())
    assert validator.is_valid(whole())
    for key in whole():
        assert not validator.is_valid({k: v for k, v in whole().items() if k != key}), key
