"""How good a conversion is: field F1 against a plan that a person annotated.

    report = evaluate(load_gold("gold.yaml"), load_plan("output/plan.yaml"))
    print(render(report))

The rules are those of the contract's paragraph "Scoring"; see `scoring` for the scored
fields, `wording` for when two values are equal, `pairing` for which items are compared.
"""

from __future__ import annotations

from pipeline.evaluate.report import CollectionScore, Report, Rows, Tally, WrongField, combine
from pipeline.evaluate.scoring import SCORED, evaluate
from pipeline.evaluate.table import render

__all__ = [
    "SCORED",
    "CollectionScore",
    "Report",
    "Rows",
    "Tally",
    "WrongField",
    "combine",
    "evaluate",
    "render",
]
