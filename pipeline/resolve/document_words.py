"""The words documents are cited with: types, dates, and what opens a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.folding import fold, skeleton
from pipeline.rules import load_rules

Span = tuple[int, int]

DAY = r"n[g9][a-z0-9]{1,2}[yv]\s*"
DATE = re.compile(
    rf"\s*[,(]?\s*(?:k[yv]\s+)?(?P<whole>{DAY}(?P<d>\d{{1,2}})"
    r"(?:\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*|\s*th[a-z0-9]{1,3}ng\s*(?P<m2>\d{1,2}),?\s*n[a-z0-9]{1,3}m\s*)"
    r"(?P<y>(?:19|20)\d{2}))(?!\d)"
)


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document: its word, that word's skeleton, its codes, and whether it is a law."""

    name: str
    key: str
    codes: tuple[str, ...]
    law: bool


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """`rules/documents.yaml`, ready for use."""

    types: tuple[DocumentType, ...]
    marks: dict[str, str]
    confused: dict[str, frozenset[str]]
    about: frozenset[str]
    subject_verbs: frozenset[str]
    short_verbs: frozenset[str]
    strong_verbs: frozenset[str]
    issuer_ends: frozenset[str]
    issuer_heads: tuple[str, ...]
    openers: tuple[str, ...]
    plan_verbs: tuple[str, ...]


@cache
def document_rules() -> DocumentRules:
    """The rules on cited documents, longest words first."""
    data = load_rules("documents")
    types = (
        DocumentType(row["name"], skeleton(row["name"]), tuple(row["codes"]), bool(row.get("law")))
        for row in data["types"]
    )
    return DocumentRules(
        tuple(sorted(types, key=lambda one: -len(one.key))),
        dict(data["marks"]),
        {letter: frozenset(map(str, wrong)) for letter, wrong in data["confused_letters"].items()},
        frozenset(map(fold, data["about"])),
        frozenset(skeleton(verb) for verb in data["subject_verbs"] if " " in verb),
        frozenset(verb for verb in data["subject_verbs"] if " " not in verb),
        frozenset(map(skeleton, data["strong_verbs"])),
        frozenset(map(skeleton, data["issuer_ends"])),
        tuple(skeleton(head) + " " for head in data["issuer_heads"]),
        tuple(sorted(map(skeleton, data["basis_openers"]), key=len, reverse=True)),
        tuple(map(skeleton, data["plan_verbs"])),
    )


def type_words(skeletal: str, start: int, end: int) -> list[tuple[DocumentType, Span]]:
    """All type words between two offsets, longest first where they overlap, in order."""
    found: list[tuple[DocumentType, Span]] = []
    for kind in document_rules().types:
        for match in re.finditer(rf"(?<!\w){re.escape(kind.key)}(?!\w)", skeletal[start:end]):
            at = (match.start() + start, match.end() + start)
            if not any(a < at[1] and at[0] < b for _, (a, b) in found):
                found.append((kind, at))
    return sorted(found, key=lambda pair: pair[1])


def read_date(folded: str, at: int) -> tuple[str, Span] | None:
    """The full date right after `at`, ISO 8601; null for years alone and impossible dates."""
    match = DATE.match(folded, at)
    if match is None:
        return None
    try:
        day = date(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"]))
    except ValueError:
        return None
    return day.isoformat(), match.span("whole")


def opens_subject(text: str, folded: str, skeletal: str, at: int) -> bool:
    """Whether what a document is about begins at `at` ("về ...", "phê duyệt ...")."""
    rules = document_rules()
    words = folded[at : at + 40].split()
    if not words:
        return False
    if words[0].strip(",") in rules.about:
        # "Bảo vệ", "Dịch vụ": only the preposition, which no name ends with.
        return folded[:at].split()[-1:] != ["bao"]
    pair = " ".join(skeletal[at : at + 40].split()[:2]).rstrip(",.;:")
    if text[at].isupper():
        # "Bộ Xây dựng", "Ban Tổ chức" are names; "Ban hành", "Quy định" are not.
        return pair in rules.strong_verbs
    return (
        pair in rules.subject_verbs
        or text[at : at + 40].split(maxsplit=1)[0] in rules.short_verbs
        or _near_verb(pair)
    )


def _near_verb(pair: str) -> bool:
    """A verb that OCR broke in one letter ("thuce hien")."""
    return len(pair) >= 8 and any(
        Levenshtein.distance(pair, verb, score_cutoff=1) <= 1
        for verb in document_rules().subject_verbs
        if len(verb) >= 8
    )
