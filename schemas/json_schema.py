"""The contract as JSON Schema, generated from the models."""

from __future__ import annotations

import json
from typing import Any

from schemas.models import SCHEMA, Plan

SCHEMA_ID = "urn:kehoach:plan:1"


def plan_json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a plan file."""
    generated = Plan.model_json_schema(by_alias=True)
    # The version has a default for those who build a plan; in a file it must be there.
    generated["required"] = ["schema", *generated["required"]]
    generated["title"] = SCHEMA
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **generated,
    }


def schema_text() -> str:
    """The JSON Schema as it stands in plan.schema.json."""
    return json.dumps(plan_json_schema(), ensure_ascii=False, indent=2) + "\n"
