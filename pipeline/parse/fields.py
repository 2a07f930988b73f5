"""The labelled fields under a task: "- Đơn vị chủ trì: ...; Thời hạn: ...".

Labels are matched on folded text with a tolerance, so that one rule reads good and
bad OCR ("- Bon vi thyc hién:", "B§ phan phoi hgp:"). Several fields on one line are
told apart by a label and a colon behind a semicolon or full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from pipeline.folding import fold, fold_wording, skeleton
from pipeline.outline import Field, FieldRole
from pipeline.parse.labels import read_labels
from pipeline.rules import load_rules
from pipeline.types import Passage

_LONGEST_LABEL = 70
_SURE = 90.0
_ENOUGH = 77.0
_SHORT = 4
"""Letters of a label that a single other letter makes another word ("Hạn", "Hạng")."""
_COLON = re.compile(r"\s?[:;](?=\s|$|\S)")
_INNER_BREAK = re.compile(
    r"[;.,]\s+(?=[^\s:;]{1,9}(?:\s[^:;.]{1,45})?:)|\s[-–]\s+(?=[^\s:;]{1,9}(?:\s[^:;.]{1,45})?:)"
)
_BRACKET_END = re.compile(r"\s*\([^()]{0,40}\)$")


@dataclass(frozen=True, slots=True)
class _Match:
    role: FieldRole
    score: float
    start: int
    end: int
    """Where the label stands in the text; the value follows `end`."""


@cache
def _wordings() -> dict[str, FieldRole]:
    """Every label, folded, with its role."""
    rules = load_rules("fields")
    wordings: dict[str, FieldRole] = {}
    for role, lists in rules["roles"].items():
        for duty in lists.get("duties", ()):
            for head in rules["heads"]:
                wordings.setdefault(fold_wording(f"{head} {duty}"), role)
        for whole in lists["whole"]:
            wordings[fold_wording(whole)] = role
    return wordings


@cache
def _skeletons() -> dict[str, str]:
    return {skeleton(wording): wording for wording in _wordings()}


@lru_cache(maxsize=8192)
def field_role(label: str) -> tuple[FieldRole, float] | None:
    """What a label means and how well it fits (0 to 100); None where it is no field label."""
    wording = _BRACKET_END.sub("", fold_wording(label))
    wording = re.sub(r"^(?:[a-z\d]{1,2}[.)]|[-+*])\s*", "", wording)
    if not 2 < len(wording) <= _LONGEST_LABEL:
        return None
    role = _wordings().get(wording)
    if role:
        return role, 100.0
    if len(wording.split()) > 8:
        return None
    found = process.extractOne(
        skeleton(wording), _skeletons().keys(), scorer=fuzz.ratio, score_cutoff=_ENOUGH
    )
    if found is None:
        return None
    choice, score, _ = found
    if (len(choice) <= _SHORT and score < 100.0) or not _word_by_word(skeleton(wording), choice):
        return None
    return _wordings()[_skeletons()[choice]], score


def _word_by_word(label: str, wording: str) -> bool:
    """OCR breaks letters, seldom whole words: "B phan" has two words, "Phòng Đào tạo" no "tham gia"."""
    words, others = label.split(), wording.split()
    return len(words) == len(others) and all(
        len(word) <= 2 or fuzz.ratio(word, other) >= 50 for word, other in zip(words, others, strict=True)
    )


def split_fields(text: Passage) -> tuple[Field, ...]:
    """The fields that `text` consists of; empty where it does not begin with a field label."""
    first = _label_at(text.text, _content_start(text.text))
    if first is None:
        return ()
    matches = [first, *_inner_matches(text.text, first.end)]
    ends = [*(match.start for match in matches[1:]), len(text.text)]
    return tuple(
        _field(text, match, end, index) for index, (match, end) in enumerate(zip(matches, ends, strict=True))
    )


def trailing_fields(text: Passage) -> tuple[Passage, tuple[Field, ...]]:
    """A task whose fields run on in its own paragraph: the task's text, and the fields behind it."""
    first = _label_at(text.text, 0)  # "Cơ quan, đơn vị chủ trì: ..." is one label
    matches = list(_inner_matches(text.text, first.end if first else 0))
    sure = [match for match in matches if match.score >= _SURE and match.role != "detail"]
    if not sure:
        return text, ()
    sure = [match for match in matches if match.score >= _SURE and match.start >= sure[0].start]
    ends = [*(match.start for match in sure[1:]), len(text.text)]
    whole, bracketed = text, _open_bracket(text.text, sure[0].start)
    if bracketed and text.text.rstrip(" .;,").endswith(")"):
        ends[-1] = len(text.text.rstrip(" .;,")) - 1
    fields = tuple(_field(whole, match, end, 1) for match, end in zip(sure, ends, strict=True))
    return text.part(0, sure[0].start).rstrip(";,-–("), fields


def _open_bracket(text: str, at: int) -> bool:
    """Whether `at` stands right inside a bracket: "... (Chủ trì: Sở A; thời gian: tháng 9)"."""
    return text[:at].rstrip().endswith("(")


def _content_start(text: str) -> int:
    """Behind a dash or a number."""
    return max(
        (reading.end for reading in read_labels(text)[:1] if reading.kind in ("dash", "plus")), default=0
    )


def _label_at(text: str, start: int) -> _Match | None:
    colon = _COLON.search(text, start, start + _LONGEST_LABEL + 12)
    if colon and colon.group().strip() == ":":
        found = field_role(text[start : colon.start()])
        if found:
            return _Match(found[0], found[1], start, colon.end())
    return _label_without_colon(text, start)


def _label_without_colon(text: str, start: int) -> _Match | None:
    """A label whose colon is missing: only a complete wording, and only before a fitting value."""
    folded = fold(text[start : start + _LONGEST_LABEL])
    best: _Match | None = None
    if not folded.startswith(tuple(_standing_wordings())):
        return None
    for wording, role in _standing_wordings().items():
        if not folded.startswith(wording):
            continue
        end = start + len(wording) - 1
        if _fits_value(role, text[end:].lstrip()) and (best is None or end > best.end):
            best = _Match(role, 85.0, start, end)
    return best


@cache
def _standing_wordings() -> dict[str, FieldRole]:
    """With the space behind them: those that need no colon."""
    return {f"{wording} ": role for wording, role in _wordings().items() if _stands_alone(role, wording)}


def _stands_alone(role: FieldRole, wording: str) -> bool:
    """ "Thực hiện Nghị định ..." is a sentence; "Đơn vị thực hiện Văn phòng ..." can only be a label."""
    if role in ("lead", "support"):
        return wording.startswith(("don vi ", "bo phan ", "co quan ", "nguoi "))
    return role == "deadline" and " " in wording


def _fits_value(role: FieldRole, value: str) -> bool:
    if role == "deadline":
        openers = [fold(opener) for opener in load_rules("fields")["openers"]["deadline"]]
        return any(fold(value).startswith(opener) for opener in openers)
    return role in ("lead", "support") and value[:1].isupper() and len(value.split()) <= 14


def _inner_matches(text: str, start: int) -> Iterator[_Match]:
    for boundary in _INNER_BREAK.finditer(text, start):
        colon = text.find(":", boundary.end(), boundary.end() + _LONGEST_LABEL)
        if colon < 0:
            continue
        if text[boundary.start()] == "," and fold(text[:colon]).rstrip().endswith("lien quan"):
            continue  # "Các sở, ban, ngành liên quan: ..." names who is told to act
        found = field_role(text[boundary.end() : colon])
        if found and (found[1] >= _SURE or found[0] != "detail"):
            yield _Match(found[0], found[1], boundary.end(), colon + 1)


def _field(text: Passage, match: _Match, end: int, index: int) -> Field:
    start = 0 if index == 0 else match.start
    value = text.part(match.end, end).strip(":").rstrip(";,")
    if end < len(text.text):
        value = value.rstrip("-–;,")  # "Phòng A - Thời gian: ...": the dash parts two fields
    return Field(
        role=match.role,
        label=text.part(match.start, match.end).rstrip(":"),
        parts=(value,) if value else (),
        whole=text.part(start, end),
        score=match.score,
    )
