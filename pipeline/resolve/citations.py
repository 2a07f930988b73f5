"""Cited documents (văn bản viện dẫn): type, number, date and issuer in running text.

`find_citations(text)` gives every document cited by its number, in order.

Numbers are read on the text itself, words on its skeleton, so that old OCR ("Nghi dinh sb
61/2018/ND-CP") gives the same answer as clean text. Forms of numbers: Decree 30/2020/NĐ-CP,
Appendix I (01/KH-UBND), the Law on Legal Documents (63/2010/NĐ-CP, 61/2024/QH15) and the
Party's (19-NQ/TW). Digits are never changed; the marks of a code's letters are restored
where only one code can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from pipeline.folding import fold, skeleton
from pipeline.resolve.document_words import (
    DATE,
    DocumentType,
    Span,
    document_rules,
    read_date,
    type_words,
)
from pipeline.resolve.issuers import OF, issuer_after, issuer_before

_SEGMENT = r"(?:[A-ZĐÐƯ&0-9]{2,}[A-Za-zĐđ0-9&]{0,12}|[A-ZĐ][a-z]{1,2}[A-ZĐ]{1,8}|L)"
_CODE = rf"{_SEGMENT}(?:\s?[-–]\s?§?{_SEGMENT})*(?:\.[A-ZĐ]{{1,4}}\b)?"
_NUMBER = re.compile(
    r"(?<![\w/.,–-])(?P<serial>\d{1,5}[A-Za-z]?)"
    r"(?:"
    r"\s?[/⁄]\s?[\[|(§]?(?:(?P<year>(?:19|20)\d{2})\s?/\s?)?"
    rf"(?P<code>(?:QH|UBTVQH)\s?\d{{1,2}}(?![\w-])|{_CODE})"
    rf"|(?P<dash>\s?[-–]\s?)(?P<party>{_CODE}\s?/\s?{_CODE})"
    r")(?!\w)"
)
_BARE_NUMBER = re.compile(r"(?<=\bso )(?P<serial>\d{1,5})(?=,? (?:ky )?ngay \d)")
_SO = re.compile(r"(?<!\w)s[a-z0-9]?\s*[:.~]?\s*$")
_TORN = re.compile(r"\bso\s\d{1,5}\s$")
"""Before a number that is the rest of one: letter-spaced type, "số 73 05/QĐ-SGD". Which digits belong
together is not known then, and no number is better than a wrong one."""
_TORN_WITHIN = 12
_SESSION = re.compile(r"\s*\((?:khoa|nhiem ky)\b[^)]*\)|,?\s+khoa\s+[ivxl\d]+\b")
_TOKEN = re.compile(r"\S+")
_LIST_GAP = re.compile(r"\s*(?:,|;|va|v[a-z]|cung|cac|so|s[a-z0-9]|\s)*\s*$")


@dataclass(frozen=True, slots=True)
class CitationSpan:
    """One cited document and where its parts stand; spans are offsets in the text.

    `number` is null only for a law cited by its name. `name` is the span of a law's name.
    """

    start: int
    end: int
    type: str | None
    type_at: Span | None
    number: str | None
    number_at: Span | None
    date: str | None = None
    date_at: Span | None = None
    issuer_at: Span | None = None
    name_at: Span | None = None
    subject_at: Span | None = None


def find_citations(text: str) -> list[CitationSpan]:
    """Every document in `text` that is cited by its number, in order."""
    folded, skeletal = fold(text), skeleton(text)
    found: list[CitationSpan] = []
    for match in _numbers(text, folded):
        floor = found[-1].end if found else 0
        citation = _read_citation(text, folded, skeletal, match, floor)
        if citation is not None:
            found.append(_with_inherited_type(folded, citation, found))
    return _share_issuers(folded, found)


def _numbers(text: str, folded: str) -> list[re.Match[str]]:
    matches = [*_NUMBER.finditer(text), *_BARE_NUMBER.finditer(folded)]
    return sorted(matches, key=lambda match: match.start())


def _read_citation(
    text: str, folded: str, skeletal: str, match: re.Match[str], floor: int
) -> CitationSpan | None:
    if _TORN.search(folded, max(0, match.start() - _TORN_WITHIN), match.start()):
        return None
    so = _SO.search(folded, max(floor, match.start() - 6), match.start())
    before = so.start() if so else match.start()
    kind, type_at, name_at, issuer_at = _type_before(text, folded, skeletal, before, floor)
    if not _is_number(match, bool(so) or kind is not None):
        return None
    number = _number_text(match, kind)
    date_at = None
    issued, end = None, match.end()
    if dated := read_date(folded, end):
        issued, date_at = dated
        end = date_at[1]
    if issuer_at is None and (named := issuer_after(text, folded, skeletal, end)):
        issuer_at = named
        session = _SESSION.match(folded, named[1])
        end = session.end() if session else named[1]
        if issued is None and (dated := read_date(folded, end)):
            issued, date_at = dated
            end = date_at[1]
    start = type_at[0] if type_at else before
    issuer_at = issuer_at or issuer_before(folded, start)
    word = kind.name if kind else type_of_code(number)
    return CitationSpan(
        start, end, word, type_at, number, (match.start(), match.end()), issued, date_at, issuer_at, name_at
    )


def _is_number(match: re.Match[str], announced: bool) -> bool:
    """Whether this is a document's number and not a date, a rate or a range of years."""
    groups = match.groupdict()
    code = groups.get("code")
    if code is None:
        party = groups.get("party")
        if party is None:
            return True
        # "2026 - KH/TU" with spaces on both sides is a range or a dash, not a number.
        return announced or len(groups.get("dash") or "") < 3
    letters = sum(letter.isalpha() for letter in code)
    if letters < 2 or re.split(r"\W", code)[0].isdecimal():
        return False
    return announced or "-" in code or code.startswith(("QH", "UBTVQH")) or bool(type_of_code(match.group(0)))


def _number_text(match: re.Match[str], kind: DocumentType | None) -> str:
    """The number without inner spaces, its letters' marks restored where certain."""
    groups = match.groupdict()
    serial = str(groups["serial"])
    code = groups.get("code") or groups.get("party")
    if code is None:
        return serial
    code = re.sub(r"[\s§]+", "", code).replace("–", "-").replace("Ð", "Đ")
    code = _restore_code(code, kind)
    if groups.get("party"):
        return f"{serial}-{code}"
    year = groups.get("year")
    return f"{serial}/{year}/{code}" if year else f"{serial}/{code}"


def _restore_code(code: str, kind: DocumentType | None) -> str:
    rules = document_rules()
    parts = re.split(r"([-/.])", code)
    wanted = [one for one in (kind.codes if kind else ()) if _could_be(parts[0], one)]
    if wanted and parts[0] not in wanted:
        parts[0] = wanted[0]
    return "".join(rules.marks.get(part, part) for part in parts)


def _could_be(read: str, meant: str) -> bool:
    confused = document_rules().confused
    return len(read) == len(meant) and all(
        a == b or a in confused.get(b, ()) for a, b in zip(read, meant, strict=True)
    )


def type_of_code(number: str) -> str | None:
    """The type that a number's own code names: "98/KH-UBND" is a Kế hoạch; null if none or several."""
    codes = re.split(r"[/-]", re.sub(r"\s+", "", number))[1:]
    code = next((one for one in codes if not one.isdecimal()), "")
    code = document_rules().marks.get(code, code)
    kinds = [one.name for one in document_rules().types if code in one.codes[:1]]
    return kinds[0] if len(kinds) == 1 else None


# ── what stands before the number ─────────────────────────────────────────


def _type_before(
    text: str, folded: str, skeletal: str, before: int, floor: int
) -> tuple[DocumentType | None, Span | None, Span | None, Span | None]:
    """The type word before `before`, a law's name, and an issuer printed before the number."""
    end = len(text[:before].rstrip())
    if direct := _type_ending_at(text, skeletal, end, floor):
        kind, at = direct
        return kind, at, None, None
    floor = max(floor, clause_start(text, folded, end))
    if law := _law_before(text, skeletal, floor, end):
        kind, at = law
        return kind, at, (at[1] + 1, end), None
    for kind, at in reversed(type_words(skeletal, floor, end)):
        if kind.law and text[at[0]].islower():
            continue
        between = text[at[1] : end]
        if of := OF.match(folded, at[1], end):
            return kind, at, None, (of.end(), end)
        if len(between.split()) <= 4 and between == between.lower() and not re.search(r"[,:()\d]", between):
            return kind, at, None, None
    return None, None, None, None


def _type_ending_at(text: str, skeletal: str, end: int, floor: int) -> tuple[DocumentType, Span] | None:
    """The type word that ends exactly at `end`, read tolerantly."""
    for kind in document_rules().types:
        start = end - len(kind.key)
        if start < floor or not skeletal.startswith(kind.key, start):
            continue
        # "văn bản quy phạm pháp luật số 80/2015/QH13": a law's word has a capital.
        if not skeletal[start - 1 : start].isalnum() and not (kind.law and text[start].islower()):
            return kind, (start, end)
    tokens = list(_TOKEN.finditer(skeletal, floor, end))[-2:]
    if len(tokens) < 2 or tokens[-1].end() != end:
        return None
    read = skeletal[tokens[0].start() : end].lstrip("(\"'")
    near = [
        (Levenshtein.distance(read, kind.key), kind)
        for kind in document_rules().types
        if kind.key.count(" ") == 1
    ]
    distance, kind = min(near, key=lambda pair: pair[0])
    ties = sum(other == distance for other, _ in near)
    if distance <= len(kind.key) // 4 and ties == 1:
        return kind, (end - len(read), end)
    return None


def _law_before(text: str, skeletal: str, floor: int, end: int) -> tuple[DocumentType, Span] | None:
    """The first law word of the clause: a law that amends laws has several."""
    for kind, at in type_words(skeletal, floor, end):
        if kind.law and text[at[0]].isupper() and at[1] < end:
            return kind, at
    return None


def clause_start(text: str, folded: str, end: int) -> int:
    """Where the clause that holds `end` begins: after a stop, a bracket, a quote or a date."""
    start = max(text.rfind(mark, 0, end) for mark in ';(“"') + 1
    if stop := text.rfind(". ", 0, end) + 1:
        start = max(start, stop)
    for dated in DATE.finditer(folded, start, end):
        start = max(start, dated.end())
    return start


# ── over several citations ────────────────────────────────────────────────


def _with_inherited_type(folded: str, citation: CitationSpan, before: Sequence[CitationSpan]) -> CitationSpan:
    """ "Quyết định số 1/QĐ-BYT và số 2/QĐ-BYT": the second has the type of the first."""
    if citation.type_at or not before or citation.number_at is None:
        return citation
    gap = folded[before[-1].end : citation.number_at[0]]
    if before[-1].type_at and _LIST_GAP.fullmatch(gap):
        return replace(citation, type=before[-1].type, type_at=before[-1].type_at)
    return citation


def _share_issuers(folded: str, found: Sequence[CitationSpan]) -> list[CitationSpan]:
    """ "Nghị định số A ngày ... và Nghị định số B ngày ... của Chính phủ": of both."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        gap = folded[here.end : after.start]
        joined = re.fullmatch(r"\s*(?:,\s*)?(?:va|v[a-z]|,)?\s*(?:cac\s*)?(?:so\s*)?", gap)
        if here.issuer_at is None and after.issuer_at and here.type == after.type and joined and gap.strip():
            shared[index] = replace(here, issuer_at=after.issuer_at)
    return shared
