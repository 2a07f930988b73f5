"""Is the confidence of a field worth its name? Fitted on two samples, reported on the third.

    python -m benchmarks.confidence           calibration error and how many wrong fields the least sure hold
    python -m benchmarks.confidence --fit     fit the weights first and write pipeline/rules/confidence.yaml

Scans are made of the samples under every condition of `benchmarks.pages.wear`, converted, and each
field that was given is compared with the gold. The department and school samples are fitted on,
the seed sample is reported.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.pages.papers import make_papers
from benchmarks.pages.typeset import printed_pages
from benchmarks.pages.wear import CONDITIONS
from benchmarks.plans import SAMPLES
from pipeline.evaluate import evaluate
from pipeline.resolve import plan as resolver
from pipeline.resolve.confidence import FEATURES, features
from pipeline.resolve.record import Record
from pipeline.rules import load_rules
from pipeline.run import convert
from pipeline.settings import Settings
from pipeline.types import Passage, Word
from schemas import load_gold

FITTED, REPORTED = ("department", "school"), ("seed",)
WEIGHTS = Path(__file__).resolve().parent.parent / "pipeline" / "rules" / "confidence.yaml"
Rows = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Given:
    """A field that was given: where, what its words say, and whether it is right."""

    condition: str
    at: str
    features: tuple[float, ...]
    right: bool


class _Listening(Record):
    """A record that also keeps the words of each field."""

    last: dict[str, list[Word]]

    def __init__(self, prepared: dict[int, str | None]) -> None:
        super().__init__(prepared)
        if prepared:  # the resolver makes an empty one of its own to look for abbreviations
            type(self).last = {}

    def prove(self, key: str, *passages: Passage) -> None:
        super().prove(key, *passages)
        for passage in passages:
            self.last.setdefault(key, []).extend(passage.words)


def given_fields(samples: Sequence[str], conditions: Sequence[str]) -> Iterator[Given]:
    """Every scored field of the samples' worn scans."""
    resolver.Record = _Listening  # type: ignore[misc]
    with tempfile.TemporaryDirectory(prefix="kehoach-confidence-") as folder:
        pages = printed_pages(Path(folder) / "typeset")
        for condition in CONDITIONS:
            if condition.name not in conditions:
                continue
            for sample in samples:
                own = [page for page in pages if page.name.rpartition("-")[0] == sample]
                papers = make_papers(condition, own, Path(folder) / sample)
                plan = convert(papers.pdf, Settings())[0].plan
                report = evaluate(load_gold(SAMPLES / sample / "plan.gold.yaml"), plan)
                wrong = {_key(field.at) for field in report.wrong if not field.whole_item}
                lost = {_item(field.at) for field in report.wrong if field.whole_item}
                for key, words in _Listening.last.items():
                    if _item(key) in lost or not _scored(key):
                        continue
                    yield Given(condition.name, key, features(words), key not in wrong)


def _key(at: str) -> str:
    """tasks/III.1/deadline.due is read from the place of tasks/III.1/deadline."""
    head, _, field = at.rpartition("/")
    return at if head == "document" else f"{head}/{field.partition('.')[0]}"


def _item(at: str) -> str:
    return at.rpartition("/")[0]


def _scored(key: str) -> bool:
    return key.startswith(
        ("document/", "legal_bases/", "objectives/", "requirements/", "tasks/", "indicators/", "assignments/")
    ) and not key.endswith(("/details", "/subject", "document/period"))


def fit(rows: Sequence[Given]) -> Rows:
    """Logistic regression by Newton's method with a little weight decay."""
    x = np.array([row.features for row in rows])
    y = np.array([row.right for row in rows], dtype=float)
    weights = np.zeros(x.shape[1])
    decay = np.diag([0.0, *[0.5] * (x.shape[1] - 1)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - decay @ weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + decay + 1e-6 * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def report(rows: Sequence[Given], weights: Rows) -> None:
    """Expected calibration error (ten bins of equal count) and the wrong fields among the least sure."""
    x = np.array([row.features for row in rows])
    right = np.array([row.right for row in rows])
    sure = 1 / (1 + np.exp(-x @ weights))
    order = np.argsort(sure, kind="stable")
    bins = np.array_split(order, 10)
    error = sum(len(b) * abs(sure[b].mean() - right[b].mean()) for b in bins) / len(rows)
    wrong = ~right
    print(f"{len(rows)} fields, {wrong.sum()} wrong; expected calibration error {error:.3f}")
    print("| least sure | given | right |\n|---|---|---|")
    for number, chosen in enumerate(bins):
        tenth = f"{number * 10}-{number * 10 + 10} %"
        print(f"| {tenth} | {sure[chosen].mean():.3f} | {right[chosen].mean():.3f} |")
    conditions = np.array([row.condition for row in rows])
    middle = np.zeros(len(rows), dtype=bool)
    for condition in sorted(set(conditions)):
        mask = conditions == condition
        _captured(condition, mask, sure, wrong)
        middle |= mask & bool(0.03 <= wrong[mask].mean() <= 0.12)
    if middle.any():
        _captured("conditions with 3-12 % wrong", middle, sure, wrong)


def _captured(name: str, mask: npt.NDArray[np.bool_], sure: Rows, wrong: npt.NDArray[np.bool_]) -> None:
    chosen = np.flatnonzero(mask)
    least = chosen[np.argsort(sure[chosen], kind="stable")][: max(1, round(0.15 * len(chosen)))]
    total = int(wrong[chosen].sum())
    share = wrong[least].sum() / total if total else float("nan")
    print(f"{name}: {total} of {len(chosen)} wrong, {share:.0%} of them among the 15 % least sure")


def main() -> None:
    """Fit if asked, then report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--conditions", nargs="*", default=[condition.name for condition in CONDITIONS])
    options = parser.parse_args()
    if options.fit:
        weights = fit(list(given_fields(FITTED, options.conditions)))
        values = ", ".join(f"{name}: {value:.3f}" for name, value in zip(FEATURES, weights, strict=True))
        head = WEIGHTS.read_text(encoding="utf-8").split("weights:")[0]
        WEIGHTS.write_text(f"{head}weights: {{{values}}}\n", encoding="utf-8", newline="\n")
        print(values)
    else:
        weights = np.array([load_rules("confidence")["weights"][name] for name in FEATURES])
    report(list(given_fields(REPORTED, options.conditions)), weights)


if __name__ == "__main__":
    main()
