"""Legal bases cited without a number: laws by their name, resolutions of a congress, blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.folding import fold, skeleton
from pipeline.resolve.citations import CitationSpan
from pipeline.resolve.clauses import ends_sentence, plan_begins
from pipeline.resolve.document_words import (
    Span,
    document_rules,
    opens_subject,
    read_date,
    type_words,
)

_BLANK_DATE = re.compile(r"\s*,?\s*ngay[\s./…]*(?:thang[\s./…]*)?(?:nam\s*)?(?:20\d{2})?")


def unnumbered(text: str, numbered: Sequence[CitationSpan]) -> list[CitationSpan]:
    """Bases that open a clause with a document's word and have no number.

    Laws always; others with a capital and a date, an issuer or a name of their own
    ("Nghị quyết Đại hội ..."). "Căn cứ chức năng, nhiệm vụ" and a plan in small letters
    ("căn cứ kế hoạch thanh tra đã duyệt") name no document.
    """
    folded, skeletal = fold(text), skeleton(text)
    found = []
    for start in _basis_starts(text, skeletal):
        words = [pair for pair in type_words(skeletal, start, len(text)) if pair[1][0] == start]
        if not words or any(one.start <= start < one.end for one in numbered):
            continue
        kind, at = words[0]
        stop = _clause_end(text, skeletal, start)
        if any(start <= one.start < stop and _same_document(text, at, one) for one in numbered):
            continue
        if citation := _named_document(text, folded, skeletal, kind.name, kind.law, at, stop):
            found.append(citation)
    return found


def _same_document(text: str, at: Span, numbered: CitationSpan) -> bool:
    """Whether the number belongs to the word at `at`: a law's name lies between them."""
    return numbered.type_at == at or (numbered.number_at or (0, 0))[0] - at[1] < 3


def _basis_starts(text: str, skeletal: str) -> list[int]:
    """Where a basis may begin: after "Căn cứ", "Thực hiện" ... and after each semicolon."""
    openers = "|".join(map(re.escape, document_rules().openers))
    pattern = re.compile(
        rf"(?:^|[;.]|,\s+|\d\s+va\s)\s*(?:-\s*)?(?:(?P<opener>{openers})\s*:?\s+)?(?:cac\s+)?(?=\w)"
    )
    starts = []
    for match in pattern.finditer(skeletal):
        comma = match.group().lstrip().startswith(",")
        if text[match.end()].isupper() and not (comma and match["opener"]):
            starts.append(match.end())
    return starts


def _clause_end(text: str, skeletal: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        letter = text[at]
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or (depth == 0 and letter == ";"):
            return at
        if depth == 0 and letter == "." and ends_sentence(text, at):
            return at
    return len(text)


def _named_document(
    text: str, folded: str, skeletal: str, kind: str, law: bool, at: Span, stop: int
) -> CitationSpan | None:
    end = next((i for i in range(at[1], stop) if _name_ends(text, folded, skeletal, i, law)), stop)
    blank = re.match(r"\s*s[o0]?\s*[:.…_]*\s*(?:/\S*)?", folded[at[1] : end])
    end = at[0] + len(text[at[0] : end].rstrip(" .,;:"))
    dated = read_date(folded, end)
    issued, date_at = dated if dated else (None, None)
    unfilled = _BLANK_DATE.match(folded, end)
    after = date_at[1] if date_at else unfilled.end() if unfilled else end
    of = re.compile(r"\s*,?\s*c[a-z]{1,3}a\s+(?=[^\W\d])").match(folded, after)
    issuer_at = _plain_issuer(text, folded, skeletal, of.end(), stop) if of else None
    named = text[at[1] : end].strip()
    if not named and not dated and not issuer_at:
        return None
    if not law and not (dated or issuer_at or named[:1].isupper() or (blank and "/" in blank.group())):
        return None
    name_at = (at[1] + 1, end) if law and named else None
    last = max(end, date_at[1] if date_at else 0, issuer_at[1] if issuer_at else 0)
    return CitationSpan(at[0], last, kind, at, None, None, issued, date_at, issuer_at, name_at)


def _name_ends(text: str, folded: str, skeletal: str, at: int, law: bool) -> bool:
    """Whether the printed name of a document without number ends before `at`."""
    if not text[at - 1].isspace():
        # A law's name may hold commas ("Luật Phòng, chống tham nhũng"), not a second law.
        return text[at] in '(“"' or (text[at] == "," and not (law and _goes_on(text, folded, at)))
    if read_date(folded, at) or re.match(
        r"ngay\s*[./…]*\s*(?:thang|/|nam)|nam\s+(?:19|20)\d{2}|(?:19|20)\d{2}\b|va\s+(?:luat|bo luat)",
        folded[at:],
    ):
        return not re.match(r"va\s", folded[at:]) or "sua doi" not in folded[:at]
    if law:
        return bool(re.match(r"c[a-z]{1,3}a\s+quoc hoi|duoc\s", folded[at:]))
    return bool(re.match(r"c[a-z]{1,3}a\s", folded[at:])) or opens_subject(text, folded, skeletal, at)


def _goes_on(text: str, folded: str, comma: int) -> bool:
    rest = text[comma + 1 :].lstrip()
    return (
        bool(rest)
        and (rest[0].islower() or not fold(rest).startswith(("luat", "bo luat", "nghi ")))
        and not (re.match(r"\s*(?:da\s+)?duoc\s|\s*ngay\s", folded[comma + 1 :]))
        and not plan_begins(text, comma)
    )


def _plain_issuer(text: str, folded: str, skeletal: str, start: int, stop: int) -> Span | None:
    end = stop
    for at in range(start + 1, stop):
        if text[at] in ",(:" or (text[at - 1].isspace() and opens_subject(text, folded, skeletal, at)):
            end = at
            break
        if text[at - 1].isspace() and re.match(r"(?:ngay\s\d|nam\s\d|da\s|duoc\s)", folded[at:]):
            end = at
            break
    end = start + len(text[start:end].rstrip(" .,;:"))
    return (start, end) if end > start and text[start].isupper() else None
