"""Authority and post as values: what a seal or the reader broke put right, by the list of posts."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.folding import fold
from pipeline.outline import Closing
from pipeline.parse.likeness import find_phrase, is_capitals, likeness, looks_like_word
from pipeline.parse.signer import (
    AUTHORITY_MARK,
    MARGIN,
    opens_authority,
    post_after_scrap,
    signer_rules,
    signs_for,
)
from pipeline.syllables import is_syllable
from pipeline.types import EMPTY, Passage


def role_value(closing: Closing) -> str | None:
    """The signer's own post, null where none was read."""
    return closing.role.text or None


def authority_value(closing: Closing) -> str | None:
    """All lines above the post as one (`TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH`), null where there are none."""
    return " ".join(line.text for line in closing.authority) or None


def mended_signature(closing: Closing) -> Closing:
    """What a seal or the reader broke in authority and post put right, by the list of posts.

    The passages keep the words they were read from.
    """
    texts = [_mended_authority(line.text) for line in closing.authority]
    if len(texts) == 1 and signs_for(closing.authority[0].text, closing.role.text):
        texts = [_as_deputy(texts[0])]
    lines = zip(closing.authority, texts, strict=True)
    acting = AUTHORITY_MARK.match(closing.role.text)  # "Q. GIÁM ĐỐC"
    mended = _mended_authority if acting else _mended
    role = _respelled(closing.role, mended(closing.role.text))
    return replace(
        closing,
        authority=tuple(_respelled(line, text) for line, text in lines),
        role=EMPTY if texts and _is_superiors(role.text, texts[-1]) else role,
    )


def _is_superiors(post: str, authority: str) -> bool:
    """`GIÁM ĐỐC` under `KT. GIÁM ĐỐC`: nobody signs for himself, so a seal has taken the `PHÓ`.

    What the post was is not known then (Decree 30/2020/NĐ-CP, Article 13).
    """
    mark = AUTHORITY_MARK.match(authority)
    stands_in = mark is not None and re.sub(r"\W", "", mark.group()).startswith("KT")
    return stands_in and bool(post) and fold(authority[mark.end() :]) == fold(post) if mark else False


def _respelled(passage: Passage, text: str) -> Passage:
    """`passage` with another text; each word at its own place where the number of words is the same."""
    places = [match.span() for match in re.finditer(r"\S+", text)]
    if len(places) != len(passage.words):
        places = [(0, len(text))] * len(passage.words)
    return Passage(text, passage.words, tuple(places))


def _as_deputy(line: str) -> str:
    """`VX GIÁM ĐỐC` over a deputy's post: the scrap is what a seal left of `KT.`; without one, as printed."""
    scrap = post_after_scrap(line)
    return line if opens_authority(line) or scrap is None else f"KT. {_mended(line[scrap:])}"


def _mended_authority(line: str) -> str:
    found = AUTHORITY_MARK.match(line)
    if found is None:
        return line
    printed = re.sub(r"\s", "", found.group()).rstrip(",:")
    return f"{printed} {_mended(line[found.end() :])}"


def _mended(text: str) -> str:
    """`PHÓ GIAÁM ĐỌC z` → `PHÓ GIÁM ĐỐC`; a post not on the list stays as it is.

    Only marks are put right where every word is a syllable (TRƯỞNG BẾN is another post than TRƯỞNG BAN).
    """
    text = text.strip(MARGIN)
    broken = not all(is_syllable(word) for word in text.split())
    places = [(post, place) for post in signer_rules().posts if (place := find_phrase(text, post, 0.78))]
    if not is_capitals(text) or not places:
        return text
    post, (start, end) = max(places, key=lambda found: _closeness(text[slice(*found[1])], found[0]))
    if not broken and fold(text[start:end]) != fold(post):
        return text
    return " ".join([*_words(text[:start]), post, *_words(text[end:])])


def _words(text: str) -> list[str]:
    """The words beside a post, without the scraps that a seal and a pen leave there."""
    return [word for word in text.split() if looks_like_word(word)]


def _closeness(printed: str, post: str) -> tuple[float, int, float]:
    """By letters, then the longer post, then by marks (THỨ and THỦ TRƯỞNG are two posts)."""
    return likeness(printed, post), len(post), fuzz.ratio(printed, post)
