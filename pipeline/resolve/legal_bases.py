"""Legal bases (căn cứ ban hành): every document cited before the first section, in order.

A basis may stand on a line of its own ("Căn cứ Luật ...;"), several in one sentence parted
by semicolons, inside the subject of another ("thực hiện Đề án số ...") or in a bracket
that tells who amends it ("(sửa đổi, bổ sung tại Nghị định ...)"). Closing brackets may be
missing; then the next semicolon ends the amendment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.folding import fold, skeleton
from pipeline.resolve.amendments import PASSIVE, amendments
from pipeline.resolve.citations import CitationSpan, find_citations
from pipeline.resolve.clauses import closing_bracket, ends_sentence, plan_begins
from pipeline.resolve.document_words import Span, opens_subject, type_words
from pipeline.resolve.unnumbered_bases import unnumbered
from pipeline.types import EMPTY, Passage

_NUMBER_ANNOUNCED = ("so ", "so:", "so/")
_AMENDED = re.compile(
    r",?\s*(?:da\s+)?duoc\s+(?:s\w{1,3}a do[il1]|b\w{0,2} sung|thav the|dlnh chlnh|hop nhat)"
)
_PROPOSED = re.compile(r"(?:theo|xet) de nghi\b|can cu\b")
"""What a further clause of the preamble begins with behind a semicolon."""
_CALLED = re.compile(r"\((?:sau dav|gol tat|gol chung|vlet tat|kem theo|ban hanh kem)")


@dataclass(frozen=True, slots=True)
class LegalBasisReading:
    """One legal basis as the contract wants it, with the places its fields were read from.

    `number` is null for a law cited by name; then `id` is the printed name. `amends` is the
    number of the basis that this one amends. A place is EMPTY where its field is null.
    """

    id: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    amends: str | None
    whole: Passage
    type_at: Passage = EMPTY
    number_at: Passage = EMPTY
    date_at: Passage = EMPTY
    issuer_at: Passage = EMPTY
    subject_at: Passage = EMPTY

    @property
    def has_unread_number(self) -> bool:
        """Whether a number is announced behind the type ("số /QĐ-UBND", "số 73 05/QĐ-SGD") but not read."""
        behind = fold(self.whole.text)[len(self.type or "") :].lstrip()
        return self.number is None and self.type is not None and behind.startswith(_NUMBER_ANNOUNCED)


def legal_bases(preamble: Sequence[Passage]) -> list[LegalBasisReading]:
    """The legal bases in the paragraphs before the first section, each document once."""
    readings: list[LegalBasisReading] = []
    for passage in preamble:
        citations = find_bases(passage.text)
        amended = amendments(passage.text, citations)
        for citation in citations:
            reading = _reading(passage, citation, amended.get(citation.start))
            _add(readings, reading)
    return _with_unique_ids(readings)


def find_bases(text: str) -> list[CitationSpan]:
    """The documents cited in one paragraph, laws without number included, with their subjects."""
    numbered = find_citations(text)
    every = sorted([*numbered, *unnumbered(text, numbered)], key=lambda one: (one.start, one.end))
    done: list[CitationSpan] = []
    for citation in every:
        limit = min(
            (one.subject_at[1] for one in done if one.subject_at and citation.end <= one.subject_at[1]),
            default=len(text),
        )
        done.append(replace(citation, subject_at=_subject(text, citation, every, limit)))
    return done


# ── what a document is about ──────────────────────────────────────────────


def _subject(text: str, citation: CitationSpan, every: Sequence[CitationSpan], limit: int) -> Span | None:
    """The span of what the document is about: a law's name, or what follows "về" or a verb."""
    if citation.name_at:
        return citation.name_at
    folded, skeletal = fold(text), skeleton(text)
    bracket = re.match(r"\s*[,(]?\s*", text[citation.end :])
    at = citation.end + (bracket.end() if bracket else 0)
    if at >= limit or not opens_subject(text, folded, skeletal, at) or PASSIVE.match(skeletal, at):
        return None
    preposition = re.match(r"(?:ve|v/v)\s*:?\s+", folded[at:])
    start = at + (preposition.end() if preposition else 0)
    end = _subject_end(text, start, every, limit)
    end = start + len(text[start:end].rstrip(" .,;:-"))
    return (start, end) if end > start else None


def _subject_end(text: str, start: int, every: Sequence[CitationSpan], limit: int) -> int:
    folded, skeletal = fold(text), skeleton(text)
    at, quoted = start, False
    while at < limit:
        letter = text[at]
        if letter == "”" and not quoted:
            return at
        if letter in "“”":
            quoted = letter == "“"
        elif letter == "(":
            closing = closing_bracket(text, at)
            if closing is None or _CALLED.match(skeletal, at) or PASSIVE.match(skeletal, at + 1):
                return at
            if re.match(r"(?:da\s+)?duoc\s", folded[at + 1 :]):
                return at
            at = closing
        elif letter == ")" or (not quoted and _ends_subject(text, folded, skeletal, start, at, every)):
            return at
        at += 1
    return limit


def _ends_subject(
    text: str, folded: str, skeletal: str, start: int, at: int, every: Sequence[CitationSpan]
) -> bool:
    letter = text[at]
    nested = any(start <= one.start < at for one in every)
    if letter == ";":
        ahead = re.match(r"\s*", text[at + 1 :])
        next_at = at + 1 + (ahead.end() if ahead else 0)
        follows = any(one.start == next_at for one in every)
        proposed = _PROPOSED.match(skeletal, next_at) is not None
        return next_at >= len(text) or text[next_at].isupper() or proposed or (follows and not nested)
    if letter == ".":
        return ends_sentence(text, at)
    if letter == "," and (_AMENDED.match(skeletal, at) or plan_begins(text, at)):
        return True
    if letter.isspace() or letter == ",":
        if letter.isspace() and _AMENDED.match(skeletal, at + 1):
            return True
        joined = re.compile(r"(?:\s+va|,)\s+(?:cac\s+)?").match(folded, at)
        return joined is not None and not nested and _document_at(text, skeletal, joined.end(), every)
    return False


def _document_at(text: str, skeletal: str, at: int, every: Sequence[CitationSpan]) -> bool:
    """Whether another document is cited at `at`: by number, or "Đề án số 08 ban hành kèm theo"."""
    if any(one.start == at for one in every):
        return True
    words = [span for _, span in type_words(skeletal, at, min(len(text), at + 40)) if span[0] == at]
    return bool(words) and text[at].isupper() and bool(re.match(r"\s+s\S?\s+\d", fold(text[words[0][1] :])))


# ── readings ──────────────────────────────────────────────────────────────


def _reading(passage: Passage, citation: CitationSpan, amends: str | None) -> LegalBasisReading:
    def at(span: Span | None) -> Passage:
        return passage.part(*span) if span else EMPTY

    issuer, subject = at(citation.issuer_at), at(citation.subject_at)
    if citation.number:
        name = citation.number
    else:
        stop = citation.date_at[0] if citation.date_at else citation.end
        name = passage.part(citation.start, stop).strip(",;.").text
    end = max(citation.end, citation.subject_at[1] if citation.subject_at else 0)
    return LegalBasisReading(
        id=name,
        type=citation.type,
        number=citation.number,
        date=citation.date,
        issuer=issuer.text or None,
        subject=subject.text or None,
        amends=amends,
        whole=passage.part(citation.start, end),
        type_at=at(citation.type_at),
        number_at=at(citation.number_at),
        date_at=at(citation.date_at),
        issuer_at=issuer,
        subject_at=subject,
    )


def _add(readings: list[LegalBasisReading], new: LegalBasisReading) -> None:
    """Add `new`, or let it fill what an earlier mention of the same document left open."""
    for index, old in enumerate(readings):
        same = old.id == new.id and (old.number is not None or old.date == new.date)
        if same and (old.type == new.type or old.type is None or new.type is None):
            readings[index] = _filled(old, new)
            return
    readings.append(new)


def _filled(old: LegalBasisReading, new: LegalBasisReading) -> LegalBasisReading:
    if old.type is None:
        old = replace(old, type=new.type, type_at=new.type_at)
    if old.date is None:
        old = replace(old, date=new.date, date_at=new.date_at)
    if old.issuer is None:
        old = replace(old, issuer=new.issuer, issuer_at=new.issuer_at)
    if old.subject is None:
        old = replace(old, subject=new.subject, subject_at=new.subject_at)
    return replace(old, amends=old.amends or new.amends)


def _with_unique_ids(readings: Sequence[LegalBasisReading]) -> list[LegalBasisReading]:
    seen: dict[str, int] = {}
    result = []
    for reading in readings:
        count = seen[reading.id] = seen.get(reading.id, 0) + 1
        result.append(replace(reading, id=f"{reading.id}~{count}") if count > 1 else reading)
    return result
