"""The issuer of a cited document: "của Bộ trưởng Bộ Y tế", up to what the document is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.folding import fold, skeleton
from pipeline.resolve.clauses import plan_begins
from pipeline.resolve.document_words import DAY, Span, document_rules, opens_subject

OF = re.compile(r"\s*[.,]?\s*c[a-z]{1,3}a\s+")
_TOKEN = re.compile(r"\S+")
_PROPOSED = re.compile(r"\bde nghi cua\s+(?=\S)([^;.()]{3,120}?)\s+tai\s*(?:cac\s*)?$")
"""What stands before "Tờ trình số ..." where the preamble names the proposer first."""


def issuer_after(text: str, folded: str, skeletal: str, at: int) -> Span | None:
    """The issuer after "của", up to what the document is about or the end of its clause."""
    of = OF.match(folded, at) or _bare_issuer(text, skeletal, at)
    if of is None:
        return None
    tokens = list(_TOKEN.finditer(text, of.end()))[:25]
    for index, token in enumerate(tokens):
        if index and _ends_issuer(text, folded, skeletal, tokens, index):
            end = tokens[index - 1].end()
            break
        stop = re.search(r"[;)”\"]|[.,:](?=$)|[.:](?=\s)", token.group())
        if stop and not (token.group().endswith(",") and _comma_in_name(text, of.end(), token.end())):
            end = token.start() + stop.start()
            break
    else:
        end = tokens[-1].end() if tokens else of.end()
    end = of.end() + len(text[of.end() : end].rstrip(" .,;:"))
    return (of.end(), end) if end > of.end() else None


def _bare_issuer(text: str, skeletal: str, at: int) -> re.Match[str] | None:
    """The gap before an issuer printed without "của" ("ngày 01/3/2019 Bộ Nội vụ về việc")."""
    gap = re.compile(r",?\s+").match(text, at)
    if gap is not None and text[at] == "," and plan_begins(text, at):
        return None  # "..., UBND xã ban hành Kế hoạch": this plan's issuer
    if gap is None or not text[gap.end() : gap.end() + 1].isupper():
        return None
    return gap if skeletal.startswith(document_rules().issuer_heads, gap.end()) else None


def issuer_before(folded: str, at: int) -> Span | None:
    """The issuer in "theo đề nghị của Sở Nội vụ tại Tờ trình số ..."; `at` is where the type begins."""
    found = _PROPOSED.search(folded, 0, at)
    return found.span(1) if found else None


def _ends_issuer(text: str, folded: str, skeletal: str, tokens: Sequence[re.Match[str]], index: int) -> bool:
    token = tokens[index]
    word = folded[token.start() : token.end()].strip(",.;:")
    if token.group().startswith("(") or re.match(DAY + r"\d", folded[token.start() :]):
        return True
    if opens_subject(text, folded, skeletal, token.start()):
        return not (word == "ve" and _field_of_committee(text, folded, skeletal, tokens, index))
    rules = document_rules()
    pair = skeletal[token.start() : tokens[min(index + 1, len(tokens) - 1)].end()].rstrip(",.;:")
    if skeleton(word) in rules.issuer_ends or pair in rules.issuer_ends:
        return text[token.start()].islower()
    if word == "nam" and re.match(r"\s*\d{4}", folded[token.end() :]):
        return True
    follows = skeletal[token.end() :].lstrip()
    return word in {"va", "cung"} and (
        any(follows.startswith(kind.key) for kind in rules.types) or follows.startswith(("so ", "cac "))
    )


def _field_of_committee(
    text: str, folded: str, skeletal: str, tokens: Sequence[re.Match[str]], index: int
) -> bool:
    """Whether "về" only says what a steering committee is for ("Ban Chỉ đạo ... về an toàn thực phẩm"):
    then nothing in the clause says what its document is about."""
    if not skeletal.startswith("ban chl dao ", tokens[0].start()):
        return False
    start = tokens[index].end()
    clause = re.match(r"[^;.]*", folded[start:])
    stop = start + (clause.end() if clause else 0)
    begins = start + len(folded[start:stop]) - len(folded[start:stop].lstrip())
    verb = folded.startswith("viec ", begins) or opens_subject(text, folded, skeletal, begins)
    return not verb and re.search(r"\sve\s", folded[start:stop]) is None


def _comma_in_name(text: str, start: int, comma_end: int) -> bool:
    """A comma inside one name: "Bộ Văn hóa, Thể thao và Du lịch"."""
    ahead = re.match(r"\s+[A-ZĐ]\S*(?:\s\S+){0,3}?\svà\s[A-ZĐ]", text[comma_end:])
    head = fold(text[start:comma_end]).removeprefix("bo truong ")
    return bool(ahead) and head.startswith(("bo ", "so ", "phong ", "giam doc so ")) and "," not in head[:-1]
