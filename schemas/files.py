"""Plans in and out: `load_plan` is strict, `load_gold` takes partial plans, `dump_plan` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from schemas.block import to_block
from schemas.errors import InvalidPlan, Problem, UnknownSchema
from schemas.links import broken_links
from schemas.models import SCHEMA, Plan
from schemas.parsing import parse, read_source
from schemas.provenance import Place
from schemas.words import in_words, place_of

_LEFT_OUT_WHEN_NULL = tuple(name for name, field in Place.model_fields.items() if not field.is_required())


@dataclass(frozen=True, slots=True)
class Gold:
    """A plan that a person annotated, perhaps in part.

    `content` holds the keys that are there, `left_out` the places of those that are
    not ("citations", "document/signer.role", "tasks/III.1/products").
    """

    content: Mapping[str, Any]
    left_out: tuple[str, ...]


def load_plan(source: Path | str) -> Plan:
    """Read a whole plan from a file, or from YAML or JSON text of more than one line.

    Raises `UnknownSchema` for another version of the contract, `InvalidPlan` for
    anything else that is wrong, OSError for a file that cannot be read.
    """
    text, name = read_source(source)
    data = parse(text, name)
    if "schema" not in data:
        problem = Problem("schema", f"is missing; the file must say `schema: {SCHEMA}`")
        raise InvalidPlan((problem,), name)
    _check_version(data, name)
    plan, problems, missing = _validated(data)
    if plan is None:
        raise InvalidPlan((*problems, *(Problem(at, "is missing") for at in missing)), name)
    return plan


def load_gold(source: Path | str) -> Gold:
    """Read a plan that may leave out collections and keys; what is there must be right.

    Raises as `load_plan` does.
    """
    text, name = read_source(source)
    data = parse(text, name)
    _check_version(data, name)
    plan, problems, missing = _validated(data)
    if plan is None and not problems:
        # Links are checked by the model only when nothing is missing.
        problems = tuple(broken_links(data))
    if problems:
        raise InvalidPlan(problems, name)
    return Gold(data, missing)


def dump_plan(plan: Plan, form: Literal["yaml", "json"] = "yaml") -> str:
    """The plan as text, UTF-8, always the same for the same plan."""
    content = plan_content(plan)
    if form == "json":
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return to_block(content)


def plan_content(plan: Plan) -> dict[str, Any]:
    """The plan as plain mappings and lists, as they stand in the file."""
    content = plan.model_dump(mode="json", by_alias=True)
    for places in content["evidence"].values():
        for place in places:
            for key in _LEFT_OUT_WHEN_NULL:
                if place[key] is None:
                    del place[key]
    return content


def _check_version(data: Mapping[str, Any], name: str) -> None:
    version = data.get("schema", SCHEMA)
    if version != SCHEMA:
        raise UnknownSchema(
            f"{name} says `schema: {version}`; this version of kehoach reads {SCHEMA}.",
            "Install the version of kehoach that wrote the file, or convert the document again.",
        )


def _validated(data: Mapping[str, Any]) -> tuple[Plan | None, tuple[Problem, ...], tuple[str, ...]]:
    """The plan, or null with what is wrong and what is missing."""
    try:
        return Plan.model_validate(data), (), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
    missing = tuple(place_of(detail["loc"], data) for detail in details if detail["type"] == "missing")
    return None, tuple(_problems(details, data)), missing


def _problems(details: list[Any], data: Mapping[str, Any]) -> Iterator[Problem]:
    for detail in details:
        if detail["type"] == "broken_links":
            yield from detail["ctx"]["problems"]
        elif detail["type"] != "missing" and not _follows_from_another(detail, details):
            yield Problem(place_of(detail["loc"], data), in_words(detail))


def _follows_from_another(detail: Any, details: list[Any]) -> bool:
    """A list with a wrong entry is also reported as too short: pydantic counts the right ones."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in details
    )
