"""The samples converted, each once a process; scans are read from the recorded readings."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline import run
from pipeline.outline import Item, Node
from pipeline.run import Conversion
from pipeline.settings import Settings
from samples.typeset.positions import read_positions
from schemas import Gold, load_gold
from tests.recorded import RecordedEngine

SAMPLES = Path(__file__).parents[1] / "samples"


@cache
def conversion(file: str) -> Conversion:
    """`seed/plan.pdf`, a path below `samples`, with the usual settings."""
    path = SAMPLES / file
    engine = RecordedEngine(path.parent.name)
    with patch.object(run, "engine_named", lambda _: engine):
        (made,) = run.convert(path, Settings())
    if file.endswith(".scan.pdf"):
        engine.close()
    return made


@cache
def gold(sample: str) -> Gold:
    return load_gold(SAMPLES / sample / "plan.gold.yaml")


@cache
def typeset_pages(sample: str) -> dict[int, dict[str, Any]]:
    """Where each word was set, page by page."""
    positions = read_positions(SAMPLES / sample / "plan.words.json.gz")
    return {page["page"]: page for page in positions["pages"]}


def labelled_ids(nodes: tuple[Node, ...]) -> list[str]:
    """The ids of all items with a printed label, in order."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, Item):
            found += [node.id] * (node.label is not None)
            found += labelled_ids(node.children)
    return found
