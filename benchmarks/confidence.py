"""Is the confidence of a field worth its name? Each sample is reported by what the other two taught.

    python -m benchmarks.confidence           calibration error and how many wrong fields the least sure hold
    python -m benchmarks.confidence --fit     then fit on all three and write pipeline/rules/confidence.yaml
    python -m benchmarks.confidence --others  the shipped weights on plans that nothing was fitted on

Scans are made of the samples under every condition of `benchmarks.pages.wear` and converted. Words
are compared with what was typeset, fields with the gold. Two models are fitted, one on the other:
how often a word like this is right, and how often a field of such words is.

The other plans are those of `tests/data/plans` that are plain text without tables, typeset
(`benchmarks.pages.plain_plans`), as far as their PDF is read without a wrong field: what is wrong
on their scans was misread.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from benchmarks.pages.papers import make_papers
from benchmarks.pages.plain_plans import plain_plans
from benchmarks.pages.truth import printed_words, same_word
from benchmarks.pages.typeset import Printed, printed_pages
from benchmarks.pages.wear import CONDITIONS, Condition
from benchmarks.plans import SAMPLES
from pipeline.evaluate import evaluate
from pipeline.language import weighing
from pipeline.resolve import confidence
from pipeline.resolve import plan as resolver
from pipeline.resolve.record import Record
from pipeline.rules import load_rules
from pipeline.run import convert
from pipeline.settings import Settings
from pipeline.types import Passage, Word
from schemas import load_gold

NAMES = ("department", "school", "seed")
WEIGHTS = Path(__file__).resolve().parent.parent / "pipeline" / "rules" / "confidence.yaml"
_WORN = ("office", "noisy", "photographed", "worn", "fax", "faint")
"""Conditions of the other plans: clean pages have next to nothing wrong."""
_MIDDLE = (0.03, 0.12)
"""Share of wrong fields on scans that are neither perfect nor hopeless."""
Rows = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WordSeen:
    """A word's features, and whether it is what was printed."""

    sample: str
    features: tuple[float, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class FieldGiven:
    """A field that was given: its words' features (null: of a text layer), and whether it is right."""

    sample: str
    condition: str
    words: tuple[tuple[float, ...], ...]
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


# ── what is seen ──────────────────────────────────────────────────────────


def observed(conditions: Sequence[str]) -> tuple[list[WordSeen], list[FieldGiven]]:
    """Every word and every scored field of the samples' worn scans."""
    words: list[WordSeen] = []
    fields: list[FieldGiven] = []
    with tempfile.TemporaryDirectory(prefix="kehoach-confidence-") as folder:
        pages = printed_pages(Path(folder) / "typeset")
        for condition in CONDITIONS:
            for sample in NAMES if condition.name in conditions else ():
                own = [page for page in pages if page.name.rpartition("-")[0] == sample]
                gold = SAMPLES / sample / "plan.gold.yaml"
                seen, given = _one(sample, condition, own, Path(folder) / sample, gold)
                words += seen
                fields += given
    return words, fields


def observed_others(conditions: Sequence[str]) -> tuple[list[WordSeen], list[FieldGiven]]:
    """Every word and every scored field of the other plans' worn scans."""
    words: list[WordSeen] = []
    fields: list[FieldGiven] = []
    with tempfile.TemporaryDirectory(prefix="kehoach-confidence-") as folder:
        for plan in plain_plans(Path(folder) / "typeset"):
            if evaluate(load_gold(plan.gold), convert(plan.pages[0].pdf, Settings())[0].plan).wrong:
                continue
            for condition in CONDITIONS:
                if condition.name in conditions:
                    seen, given = _one(plan.name, condition, plan.pages, Path(folder) / plan.name, plan.gold)
                    words += seen
                    fields += given
    return words, fields


def _one(
    sample: str, condition: Condition, own: Sequence[Printed], folder: Path, gold: Path
) -> tuple[list[WordSeen], list[FieldGiven]]:
    papers = make_papers(condition, own, folder)
    with patch.object(resolver, "Record", _Listening):
        made = convert(papers.pdf, Settings())[0]
    lines: dict[int, Sequence[str]] = {int(page.name.rpartition("-")[2]): page.lines for page in own}
    meant = {id(word): text for word, text in printed_words(made.manuscript, lines)}
    features = {id(word): found for word, found in weighing.features_of(made.manuscript)}
    by_id = {id(word): word for word, _ in printed_words(made.manuscript, lines)}
    words = [
        WordSeen(sample, features[key], same_word(by_id[key].text, text))
        for key, text in meant.items()
        if text is not None and key in features
    ]
    meant_plan = load_gold(gold)
    report = evaluate(meant_plan, made.plan)
    unscored = set(meant_plan.left_out)
    wrong = {_key(field.at) for field in report.wrong if not field.whole_item}
    lost = {_item(field.at) for field in report.wrong if field.whole_item}
    fields = [
        FieldGiven(
            sample,
            condition.name,
            tuple(features[id(word)] for word in used if id(word) in features),
            key not in wrong,
        )
        for key, used in _Listening.last.items()
        if _item(key) not in lost and _scored(key) and unscored.isdisjoint(_around(key))
    ]
    return words, fields


def _key(at: str) -> str:
    """tasks/III.1/deadline.due is read from the place of tasks/III.1/deadline."""
    head, _, field = at.rpartition("/")
    return at if head == "document" else f"{head}/{field.partition('.')[0]}"


def _item(at: str) -> str:
    return at.rpartition("/")[0]


def _around(key: str) -> tuple[str, ...]:
    """What the gold may leave out and this field with it: itself, what it is part of, the collection."""
    head, _, field = key.rpartition("/")
    return key, f"{head}/{field.partition('.')[0]}", key.partition("/")[0]


def _scored(key: str) -> bool:
    return key.startswith(
        ("document/", "legal_bases/", "objectives/", "requirements/", "tasks/", "indicators/", "assignments/")
    ) and not key.endswith(("/details", "/subject", "document/period"))


# ── models ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of both models: of words (how likely wrong), of fields (how likely right)."""

    words: Rows
    fields: Rows

    def sure(self, fields: Sequence[FieldGiven]) -> Rows:
        return _curve(_field_rows(fields, self.words) @ self.fields)


def learned(words: Sequence[WordSeen], fields: Sequence[FieldGiven]) -> Model:
    """Both models, fitted."""
    x = np.array([word.features for word in words])
    of_words = fit(x, np.array([not word.right for word in words], dtype=float))
    y = np.array([field.right for field in fields], dtype=float)
    return Model(of_words, fit(_field_rows(fields, of_words), y))


def fit(x: Rows, y: Rows) -> Rows:
    """Logistic regression by Newton's method with a little weight decay."""
    weights = np.zeros(x.shape[1])
    decay = np.diag([0.0, *[0.5] * (x.shape[1] - 1)])
    for _ in range(80):
        p = _curve(x @ weights)
        gradient = x.T @ (y - p) - decay @ weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + decay + 1e-6 * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _field_rows(fields: Sequence[FieldGiven], of_words: Rows) -> Rows:
    return np.array([confidence.of_sureness(_sures(field, of_words)) for field in fields])


def _sures(field: FieldGiven, of_words: Rows) -> list[float]:
    return [1 / (1 + math.exp(float(np.dot(of_words, one)))) for one in field.words]


def _curve(score: Rows) -> Rows:
    return np.asarray(1 / (1 + np.exp(-score)))


# ── report ────────────────────────────────────────────────────────────────


def report(fields: Sequence[FieldGiven], sure: Rows) -> None:
    """Expected calibration error (ten bins of equal count) and the wrong fields among the least sure."""
    right = np.array([field.right for field in fields])
    bins = np.array_split(np.argsort(sure, kind="stable"), 10)
    error = sum(len(b) * abs(sure[b].mean() - right[b].mean()) for b in bins) / len(fields)
    print(f"{len(fields)} fields, {(~right).sum()} wrong; expected calibration error {error:.3f}")
    print("| least sure | given | right |\n|---|---|---|")
    for number, chosen in enumerate(bins):
        tenth = f"{number * 10}-{number * 10 + 10} %"
        print(f"| {tenth} | {sure[chosen].mean():.3f} | {right[chosen].mean():.3f} |")
    scans = np.array([f"{field.sample} {field.condition}" for field in fields])
    middle = np.zeros(len(fields), dtype=bool)
    for scan in sorted(set(scans)):
        mask = scans == scan
        _captured(scan, mask, sure, ~right)
        middle |= mask & bool(_MIDDLE[0] <= (~right)[mask].mean() <= _MIDDLE[1])
    if middle.any():
        _captured("scans with 3-12 % wrong", middle, sure, ~right)


def _captured(name: str, mask: Flags, sure: Rows, wrong: Flags) -> None:
    chosen = np.flatnonzero(mask)
    least = chosen[np.argsort(sure[chosen], kind="stable")][: max(1, round(0.15 * len(chosen)))]
    total = int(wrong[chosen].sum())
    if total:
        share = wrong[least].sum() / total
        print(f"{name}: {total} of {len(chosen)} wrong, {share:.0%} of them among the 15 % least sure")


def shipped() -> Model:
    """The weights of `pipeline/rules/confidence.yaml`."""
    weights = load_rules("confidence")
    return Model(
        np.array([weights["words"][name] for name in weighing.FEATURES]),
        np.array([weights["fields"][name] for name in confidence.FEATURES]),
    )


def main() -> None:
    """Report each sample by the other two, or the other plans by all; fit if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--conditions", nargs="*")
    options = parser.parse_args()
    if options.others:
        words, fields = observed_others(options.conditions or _WORN)
        print(f"{len({word.sample for word in words})} plans, {_count(words)}")
        report(fields, shipped().sure(fields))
        return
    words, fields = observed(options.conditions or [condition.name for condition in CONDITIONS])
    print(_count(words))
    told: list[FieldGiven] = []
    sure: list[Rows] = []
    for sample in NAMES:
        model = learned(
            [word for word in words if word.sample != sample],
            [field for field in fields if field.sample != sample],
        )
        own = [field for field in fields if field.sample == sample]
        told += own
        sure.append(model.sure(own))
    report(told, np.concatenate(sure))
    if options.fit:
        _write(learned(words, fields))


def _count(words: Sequence[WordSeen]) -> str:
    return f"{len(words)} words, {sum(not word.right for word in words)} wrong"


def _write(model: Model) -> None:
    head = WEIGHTS.read_text(encoding="utf-8").split("\nwords:")[0] + "\n"
    lines = [
        f"{name}: {{{', '.join(f'{key}: {value:.3f}' for key, value in zip(keys, weights, strict=True))}}}\n"
        for name, keys, weights in (
            ("words", weighing.FEATURES, model.words),
            ("fields", confidence.FEATURES, model.fields),
        )
    ]
    WEIGHTS.write_text(head + "".join(lines), encoding="utf-8", newline="\n")
    print("".join(lines))


if __name__ == "__main__":
    main()
