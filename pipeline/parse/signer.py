"""Who signed: authority lines, post and name under them (thể thức đề ký)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.folding import fold
from pipeline.outline import Closing
from pipeline.parse.likeness import is_capitals, is_noise, likeness, looks_like_word, prefix_end
from pipeline.parse.strips import Strip
from pipeline.rules import load_rules
from pipeline.syllables import is_syllable
from pipeline.types import EMPTY, Passage, join_passages

_SYLLABLE = re.compile(r"[A-ZĐÀ-Ỹ][a-zđà-ỹ']{0,6}$|[A-ZĐÀ-Ỹ]{1,7}$")
AUTHORITY_MARK = re.compile(
    r"(?<![\w/.])(?:(?P<marked>[TKQ]\s?[./]\s?(?:[MTL]|UQ)\s?[.,:]?\s?|(?:TUQ|TM|KT|TL|Q)\s?[.,:]\s?)|(?:TUQ|TM|KT|TL)\s)"
    r"\s*(?=[A-ZĐÀ-Ỹ]{2})"
)
MARGIN = " .,:;*_-–|'\"„“”«»"
_ACTING = re.compile(r"\s*Q\s?[.,]\s")
_LABELLED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)/]\s*\S")
"""`II. ĐỐI TƯỢNG KIỂM TRA` is a heading, however like a post (ĐỘI TRƯỞNG) its words are."""
_POST_LIMIT = 8
"""Words: a longer line in capitals is a heading."""


@dataclass(frozen=True, slots=True)
class _SignerRules:
    marks: tuple[tuple[str, str], ...]
    posts: tuple[str, ...]
    approval: tuple[str, ...]
    instructions: tuple[str, ...]
    titles: tuple[str, ...]
    families: frozenset[str]
    folded_families: frozenset[str]
    unit_words: frozenset[str]
    folded_unit_words: frozenset[str]
    concurrent: tuple[str, ...]


@cache
def signer_rules() -> _SignerRules:
    """What `rules/closing.yaml` says of signatures."""
    rules = load_rules("closing")
    posts = [*rules["posts"], *(f"{rules['deputy']} {post}" for post in rules["posts"])]
    return _SignerRules(
        marks=tuple((word, entry["means"]) for entry in rules["authority"] for word in entry["printed"]),
        posts=tuple(sorted(posts, key=lambda post: -len(post))),
        approval=tuple(rules["approval"]),
        instructions=tuple(fold(words) for words in rules["instructions"]),
        titles=tuple(fold(title) for title in rules["name_titles"]),
        families=frozenset(name.casefold() for name in rules["family_names"]),
        folded_families=frozenset(fold(name) for name in rules["family_names"]),
        unit_words=frozenset(word.casefold() for word in rules["unit_words"]),
        folded_unit_words=frozenset(fold(word) for word in rules["unit_words"]),
        concurrent=tuple(rules["concurrent"]),
    )


def opens_authority(text: str) -> bool:
    """`TM. ỦY BAN NHÂN DÂN`, `K/T GIÁM ĐỐC`: a mark of authority and capitals after it."""
    found = AUTHORITY_MARK.match(text.lstrip(" ._-*|"))
    return found is not None and is_capitals(text)


def post_end(text: str) -> int | None:
    """Where the post that opens `text` ends, null if none does."""
    ends = [end for post in signer_rules().posts if (end := prefix_end(text, post, 0.78)) is not None]
    return max(ends, default=None)


def is_post(text: str) -> bool:
    """Whether the line is a signer's post (`PHÓ CHỦ TỊCH`, `HIỆU TRƯỞNG`), perhaps with its body's name."""
    inner = text.strip(MARGIN)
    if _LABELLED.match(inner):
        return False
    words = inner.split()
    if not 1 <= len(words) <= _POST_LIMIT or not is_capitals(inner) or is_approval(inner):
        return False
    if _opens_with_family(words[0]) and not _holds_post(inner):
        return False  # NGUYỄN TRƯỜNG SƠN is nearer to TRƯỞNG than OCR brings most posts
    return post_end(inner) is not None or post_after_scrap(inner) is not None


def _opens_with_family(word: str) -> bool:
    """Whether the word is a family name and nothing else (`PHÓ` is a post as well)."""
    rules = signer_rules()
    return word.casefold() in rules.families - rules.unit_words


def _holds_post(text: str) -> bool:
    """Whether a post stands in the line as the list has it, letter by letter."""
    return any(f" {post} " in f" {text.upper()} " for post in signer_rules().posts)


def is_approval(text: str) -> bool:
    """Whether another body's approval opens here (`PHÊ DUYỆT CỦA ...`)."""
    return any(prefix_end(text, words, 0.9) is not None for words in signer_rules().approval)


def is_concurrent(text: str) -> bool:
    """`Kiêm Giám đốc ...`: a second post of the same signer."""
    return any(prefix_end(text, word, 0.9) is not None for word in signer_rules().concurrent)


def is_signature_line(strip: Strip) -> bool:
    """Whether the line can only stand in a signature: authority, post or instruction under it."""
    text = strip.text
    return opens_authority(text) or is_post(text) or fold(text).startswith(signer_rules().instructions)


def person_name(passage: Passage) -> Passage | None:
    """The name in a signature's last line, without titles and stains around it; null if it holds none.

    A Vietnamese name is two to six capitalised syllables that open with a family name.
    """
    start = 0
    text = passage.text
    while start < len(text) and not text[start].isalpha():
        start += 1
    inner = _without_titles(passage.part(start).rstrip(".,;:*_-–|'\"/\\"))
    syllables = inner.text.split()
    # "Văn" opens a name of three syllables and more; of two it is what a seal left of a longer one.
    least = 3 if syllables[:1] == ["Văn"] else 2
    if not least <= len(syllables) <= 6 or not all(_SYLLABLE.match(word) for word in syllables):
        return None
    if not syllables[0].isupper() and any(word.isupper() and len(word) > 1 for word in syllables):
        return None  # "Lưu BTGDV" is the file copy
    if _names_a_unit(syllables) or is_post(inner.text):
        return None
    return inner if fold(syllables[0]) in signer_rules().folded_families else None


def _names_a_unit(syllables: Sequence[str]) -> bool:
    """Whether words of a unit stand among the syllables (`Sở Y Tế`, `Lưu Văn Phòng`).

    Behind a family name one of them is a given name (`Nguyễn Văn Trường`), and `Đoàn` is both. Where the
    first syllable is no family name as it stands, its marks may be misread, and marks prove nothing.
    """
    rules = signer_rules()
    first, *rest = (syllable.casefold() for syllable in syllables)
    if first not in rules.families:
        return any(fold(syllable) in rules.folded_unit_words for syllable in syllables)
    words = f" {' '.join((first, *rest))} "
    if any(" " in phrase and f" {phrase} " in words for phrase in rules.unit_words):
        return True
    held = sum(syllable in rules.unit_words for syllable in rest)
    return held > (first not in rules.unit_words)


def _without_titles(passage: Passage) -> Passage:
    while True:
        folded = fold(passage.text)
        titles = signer_rules().titles
        title = next((t for t in titles if re.match(re.escape(t) + r"(?:[.\s]|$)", folded)), None)
        if title is None or len(passage.text) <= len(title) or _is_name_start(passage.text, title):
            return passage
        rest = passage.part(len(title))
        passage = rest.part(len(rest.text) - len(rest.text.lstrip(". ,")))


def _is_name_start(text: str, title: str) -> bool:
    """`Ông` and `Bà` are family names too: only a further family name after them makes them titles."""
    following = text[len(title) :].split()
    return title in signer_rules().folded_families and (
        not following or fold(following[0]) not in signer_rules().folded_families
    )


def split_glued_signature(passage: Passage) -> tuple[Passage, Passage]:
    """A line of recipients and what a plain text glued behind it: (recipient, signature part or EMPTY)."""
    text = passage.text
    mark = next(
        (m for m in AUTHORITY_MARK.finditer(text) if m.start() > 0 and is_capitals(text[m.start() :])), None
    )
    if mark is not None and (mark["marked"] or post_end(text[mark.end() :]) is not None):
        return passage.part(0, mark.start()), passage.part(mark.start())
    for cut in (match.end() for match in re.finditer(r"[;.:,]\s+", text)):
        rest = passage.part(cut)
        if is_post(rest.text) or person_name(rest) is not None or _broken_name(rest.text):
            return passage.part(0, cut), rest
    return passage, EMPTY


def _broken_name(text: str) -> bool:
    """A name whose first syllable was not read (`D% Thi Thu Ha`): the middle word gives it away."""
    words = text.split()
    if not 3 <= len(words) <= 5 or fold(words[1]) not in ("thi", "van"):
        return False
    return all(word[0].isupper() for word in words) and all(_SYLLABLE.match(word) for word in words[1:])


def read_signature(strips: Sequence[Strip]) -> tuple[Closing, list[Passage]]:
    """Authority, post and name out of the lines of one signature, top to bottom; and what was none of it."""
    authority: list[Passage] = []
    post: list[Passage] = []
    below: list[Passage] = []
    name, rest = EMPTY, []
    strips = [strip for strip in strips if not is_noise(strip.text)]
    for index, strip in enumerate(strips):
        found = person_name(strip.passage)
        if found is None and _broken_name(strip.text.strip(" *.")):
            found = strip.passage.strip("*.")
        follows = strips[index + 1].text if index + 1 < len(strips) else ""
        if is_approval(strip.text):
            rest.append(strip.passage)
        elif opens_authority(strip.text) or (not post and signs_for(strip.text, follows)):
            authority.extend(post)
            authority.append(strip.passage.strip("*_|-– "))
            post = []
        elif name and is_post(strip.text):
            below.append(strip.passage.strip("*_|„“”"))
        elif is_post(strip.text) or (post and not name and _post_goes_on(strip.text, follows)):
            post.append(strip.passage.strip("*_|„“”"))
        elif found is not None and (not name or _is_likelier(found, name)):
            rest += [name] if name else []
            name = found
        elif authority and not post and _ends_authority(strip.text, follows):
            authority.append(strip.passage)
        elif (
            not name
            and is_capitals(strip.text)
            and len(list(filter(looks_like_word, strip.text.split()))) >= 2
        ):
            (post or authority).append(strip.passage)
        else:
            rest.append(strip.passage)
    # A post below the name is the signer's other one; it only counts where the one above was not read.
    post, rest = (post, [*rest, *below]) if post else (below, rest)
    if not post and authority and _ACTING.match(authority[-1].text):
        post = [authority.pop()]  # "Q. GIÁM ĐỐC" with nothing below it is the post itself
    if not post and not any(opens_authority(line.text) for line in authority):
        rest, authority = [*authority, *rest], []
    return Closing(authority=tuple(authority), role=join_passages(post), name=name), rest


def _post_goes_on(text: str, follows: str) -> bool:
    """A further post, or the one word of a long one between two lines (`... HÀNH` / `CHÍNH` / `VÀ ...`)."""
    one_word = is_capitals(text) and is_syllable(text.strip(MARGIN)) and is_capitals(follows)
    return is_concurrent(text) or (one_word and len(follows.split()) > 1)


def _ends_authority(text: str, follows: str) -> bool:
    """The last word of a name over two lines (`TM. BAN THƯỜNG VỤ HUYỆN` / `ĐOÀN`), right above the post."""
    return is_capitals(text) and is_syllable(text.strip(MARGIN)) and is_post(follows)


def _is_likelier(found: Passage, name: Passage) -> bool:
    """A name in mixed letters below one in capitals, which a seal gave (`SỞ` over `Y TẾ`)."""
    return is_capitals(name.text) and len(name.words) < 3 and not is_capitals(found.text)


def signs_for(line: str, follows: str) -> bool:
    """Whether `line` names the superior that the deputy in the line below stands in for.

    The mark (`KT.`) may be under a seal; a deputy's line below the head's own post proves it
    (Decree 30/2020/NĐ-CP, Article 13).
    """
    deputy = load_rules("closing")["deputy"]
    end = prefix_end(follows, deputy, 0.9)
    scrap = post_after_scrap(line)
    post = line[scrap:] if scrap is not None else line
    return end is not None and is_capitals(line) and likeness(post, follows[end:]) >= 0.75


def post_after_scrap(text: str) -> int | None:
    """Where the post begins behind a scrap of at most four characters (`VX GIÁM ĐỐC`), else null."""
    first, _, rest = text.partition(" ")
    return len(first) + 1 if len(first) <= 4 and rest and post_end(rest) is not None else None
