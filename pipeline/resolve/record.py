"""What the resolver writes down beside the plan: evidence for each field, findings, claimed words.

One `Record` lives for one `resolve` call; it is the only thing in the project that
fills up, and it is read out at the end as plain tuples.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.geometry import Box
from pipeline.resolve.confidence import field_confidence, word_sure
from pipeline.rules import load_rules
from pipeline.settings import DOUBTFUL_BELOW
from pipeline.types import Passage, Word
from schemas import Finding, Place

_SEVERITIES = ("error", "warning", "info")
_FEW, _MOST = 10, 0.6
"""More doubtful items than this, and a larger part of all: the reading as a whole is poor."""
_ILLEGIBLE = 0.15
"""Below this confidence a field is named by itself, however poor the rest is."""
_TOO_HIGH = 1.6
"""Times the usual height of the line's words: capitals and stacked marks stay below."""
_VALUES = ("document", "legal_bases", "objectives", "requirements", "tasks", "indicators", "assignments")
"""Collections whose fields are values; units, citations and sections repeat what stands in them."""
_FIXED_WORDING = ("legal_bases", "type"), ("legal_bases", "issuer")
"""Taken from a list of names: a broken letter in them does no harm."""


@dataclass(frozen=True, slots=True, order=True)
class _Doubt:
    """How sure a field is, its least sure word, and the printed line that one stands in."""

    confidence: float
    word: str
    line: str


class Record:
    """Collects evidence and findings in document order."""

    def __init__(self, prepared: dict[int, str | None]) -> None:
        self._prepared = prepared
        # Each run once, in the order of proving: a long text has thousands.
        self._runs: dict[str, dict[tuple[Word, ...], None]] = {}
        self._findings: list[Finding] = []
        self._owners: dict[int, tuple[str, ...]] = {}
        self._mended: set[int] = set()

    def prove(self, key: str, *passages: Passage) -> None:
        """Say that the field `key` was read from `passages`, and claim their words."""
        for passage in passages:
            if not passage.words:
                continue
            self._own(passage, key.rpartition("/")[0])
            self._runs.setdefault(key, {}).update(dict.fromkeys(printed_runs(passage.words)))

    def claim(self, *passages: Passage) -> None:
        """Say that `passages` are taken care of without being a field (headings, mottos)."""
        for passage in passages:
            self._own(passage, "")

    @property
    def mended(self) -> int:
        """How many of the words that fields were read from had been mended."""
        return len(self._mended)

    def _own(self, passage: Passage, owner: str) -> None:
        self._mended.update(id(word) for word in passage.words if word.text != word.raw)
        alone = (owner,)
        for word in passage.words:
            held = self._owners.setdefault(id(word), alone)
            if owner not in held:
                self._owners[id(word)] = (*held, owner)

    def is_claimed(self, word: Word) -> bool:
        """Whether some field or heading was read from this word."""
        return id(word) in self._owners

    def owners(self, word: Word, collection: str) -> frozenset[str]:
        """The items of `collection` that have a field read from this word (`legal_bases/63/2010/NĐ-CP`)."""
        return frozenset(
            owner for owner in self._owners.get(id(word), ()) if owner.startswith(f"{collection}/")
        )

    def flag_doubtful(self) -> None:
        """One finding for each item with a value that was read with little confidence: its worst field.

        Where most items are doubtful, as in the text of an old OCR program, one finding says so, and
        only what can hardly be read at all is named as well.
        """
        worst: dict[str, tuple[_Doubt, str]] = {}
        for key, runs in self._runs.items():
            if _is_value(key):
                doubt = _doubt(runs)
                item = key if key.startswith("document/") else key.rpartition("/")[0]
                worst[item] = min(worst.get(item, (doubt, key)), (doubt, key))
        doubtful = [(doubt, key) for doubt, key in worst.values() if doubt.confidence < DOUBTFUL_BELOW]
        if len(doubtful) > _FEW and len(doubtful) > _MOST * len(worst):
            self.flag("poor-reading", None, doubtful=len(doubtful), all=len(worst))
            doubtful = [(doubt, key) for doubt, key in doubtful if doubt.confidence < _ILLEGIBLE]
        for doubt, key in doubtful:
            self.flag("low-confidence", key, word=doubt.word, text=doubt.line)

    def flag(self, code: str, at: str | None = None, **values: object) -> None:
        """Add the finding `code` of `rules/findings.yaml` with its sentence filled in."""
        rule = load_rules("findings")[code]
        message = rule["vi"].format(**{name: _short(str(value)) for name, value in values.items()})
        finding = Finding(severity=rule["severity"], code=code, at=at, message=message)
        if finding not in self._findings:
            self._findings.append(finding)

    @property
    def evidence(self) -> dict[str, tuple[Place, ...]]:
        """Everything proved, in the order of proving."""
        return {key: tuple(self._places(runs)) for key, runs in self._runs.items()}

    def _places(self, runs: Collection[tuple[Word, ...]]) -> Iterator[Place]:
        """One place a printed line. The weakest carries the doubt of the whole field, so that the
        lowest of a field's places is the field's confidence."""
        sure = [field_confidence(run) for run in runs]
        weakest = sure.index(min(sure))
        sure[weakest] = min(sure[weakest], _whole(runs))
        for run, confidence in zip(runs, sure, strict=True):
            yield _place(run, confidence, self._prepared)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything flagged, most serious first, else in document order."""
        return tuple(sorted(self._findings, key=lambda finding: _SEVERITIES.index(finding.severity)))


def printed_runs(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Cut `words` where a printed line ends, so that a box never covers a neighbour's words."""
    run: list[Word] = []
    for word in words:
        if run and _breaks(run[-1], word):
            yield tuple(run)
            run = []
        run.append(word)
    if run:
        yield tuple(run)


def _breaks(before: Word, word: Word) -> bool:
    if before.page != word.page or before.line != word.line:
        return True
    if before.box is None or word.box is None:
        return False
    height = max(before.box.height, word.box.height)
    below = abs(word.box.centre[1] - before.box.centre[1]) > 0.7 * height
    return below or word.box.x0 < before.box.x0 or word.box.x0 - before.box.x1 > 6 * height


def _whole(runs: Iterable[tuple[Word, ...]]) -> float:
    return field_confidence([word for run in runs for word in run])


def _place(run: Sequence[Word], confidence: float, prepared: dict[int, str | None]) -> Place:
    raw = " ".join(word.raw for word in run)
    text = " ".join(word.text for word in run)
    return Place(
        page=run[0].page,
        box=_box_around([word.box for word in run if word.box is not None]),
        text=raw,
        confidence=round(confidence, 3),
        mended=text if text != raw else None,
        origin=run[0].origin,
        prepared=prepared.get(run[0].page),
        line=run[0].line,
    )


def _box_around(boxes: Sequence[Box]) -> tuple[float, float, float, float] | None:
    """Around the words of one printed line.

    A broken word's box may reach into the next line: then its neighbour's height counts.
    """
    if not boxes:
        return None
    usual = median(box.height for box in boxes)
    level = [box for box in boxes if box.height <= _TOO_HIGH * usual]
    top = min(box.top for box in level)
    bottom = max(box.bottom for box in level)
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def _doubt(runs: Collection[tuple[Word, ...]]) -> _Doubt:
    """The field's confidence, its least sure word and the line it stands in."""
    run, word = min(((run, word) for run in runs for word in run), key=lambda one: word_sure(one[1]))
    sure = min(_whole(runs), *map(field_confidence, runs))
    return _Doubt(sure, word.text, " ".join(word.text for word in run))


def _is_value(key: str) -> bool:
    collection, field = key.partition("/")[0], key.rpartition("/")[2]
    return collection in _VALUES and (collection, field) not in _FIXED_WORDING


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."
