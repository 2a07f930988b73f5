"""`kehoach schema`: the contract as JSON Schema, on standard output."""

from __future__ import annotations

import argparse
import json

from schemas import plan_json_schema


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(plan_json_schema(), ensure_ascii=False, indent=2))
    return 0
