"""The words that name organisations, posts and people, and how they are found in text.

A head (từ đứng đầu) is the word a unit's name begins with: "Phòng", "Sở", "Chủ tịch". It is
looked for by its exact letters first. Heads of two or more syllables may be misread in a
letter or two ("Vin phong", "B phan"); those of one syllable only where the text has lost
its Vietnamese letters altogether.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.folding import fold, skeleton
from pipeline.resolve.unit_rules import TOKEN, HeadKind, unit_rules

_VIETNAMESE = re.compile(
    "[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĂĐƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark with its offsets in the text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a unit's name: its kind, the rule's word, and how many tokens it takes."""

    kind: HeadKind
    word: str
    length: int


def tokens_of(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of a stretch of text; a comma, semicolon, colon or bracket is one by itself."""
    stop = len(text) if end is None else end
    return tuple(Token(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, start, stop))


def damaged(text: str) -> bool:
    """Whether the text has lost its Vietnamese letters, as an engine without Vietnamese leaves it."""
    return len(text) > 12 and not _VIETNAMESE.search(text)


def starts_with(tokens: tuple[Token, ...], at: int, phrases: tuple[tuple[str, ...], ...]) -> int:
    """How many tokens at `at` form one of `phrases` (longest first); 0 for none."""
    for phrase in phrases:
        if same_words(tokens[at : at + len(phrase)], phrase):
            return len(phrase)
    return 0


def same_words(tokens: tuple[Token, ...], phrase: tuple[str, ...]) -> bool:
    """Equal words, or words equal without marks where the text has none of its own."""
    if len(tokens) != len(phrase):
        return False
    return all(
        token.lower == word or (not _VIETNAMESE.search(token.text) and skeleton(token.text) == skeleton(word))
        for token, word in zip(tokens, phrase, strict=True)
    )


def plural_at(tokens: tuple[Token, ...], at: int) -> int:
    """How many tokens at `at` make a collective ("các", "tất cả các"); 0 for none.

    "Cac", "Céc" of old OCR count; "cấp" and "cách" do not.
    """
    rules = unit_rules()
    length = starts_with(tokens, at, rules.plural)
    # "môi trường" is no "mọi trường": a single word has to be spelled as it is.
    if length > 1 or (length == 1 and (tokens[at].lower,) in rules.plural):
        return length
    if at < len(tokens):
        token = tokens[at]
        if not _VIETNAMESE.search(token.text) and re.fullmatch(r"c[aecio0]{1,2}[ac]?c", fold(token.text)):
            return 1
    return 0


def head_at(tokens: tuple[Token, ...], at: int, bad: bool = False) -> Head | None:
    """The head that begins at `at`, the longest one; `bad` says the text lost its letters."""
    if at >= len(tokens):
        return None
    rules = unit_rules()
    if _is_no_unit(tokens, at) and not _names_a_body(tokens, at):
        return None
    for length in range(min(5, len(tokens) - at), 0, -1):
        words = tuple(
            token.lower.rstrip(".") if length > 1 else token.lower for token in tokens[at : at + length]
        )
        if kind := rules.heads.get(words):
            return Head(kind, " ".join(words), length)
    for length in range(min(5, len(tokens) - at), 0, -1):
        if head := _misread_head(tokens[at : at + length], bad):
            return head
    return None


def _names_a_body(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a body of three words and more begins at `at`, whatever its first words mean elsewhere
    ("Tổ chức tín dụng")."""
    heads = unit_rules().heads
    return any(
        tuple(t.lower for t in tokens[at : at + n]) in heads for n in (5, 4, 3) if at + n <= len(tokens)
    )


def _is_no_unit(tokens: tuple[Token, ...], at: int) -> bool:
    rules = unit_rules()
    for length in (2, 3, 4):
        words = tuple(token.lower for token in tokens[at : at + length])
        if words in rules.not_units:
            # "các tổ chức", "tổ chức chính trị - xã hội": the noun, after its collective.
            noun = words == ("tổ", "chức") and (tokens[at].text[0].islower() and at > 0)
            return not noun
        misread = len(words) == length and any(not _VIETNAMESE.search(word) for word in words)
        if misread and tokens[at].capital and tuple(map(skeleton, words)) in rules.not_unit_skeletons:
            return True
    return False


def _misread_head(tokens: tuple[Token, ...], bad: bool) -> Head | None:
    rules = unit_rules()
    if any(token.text in ",;:()" for token in tokens):
        return None
    words = tuple(skeleton(token.text) for token in tokens)
    if len(tokens) == 1:
        if not (bad and tokens[0].capital):
            return None
        # "Pai" is what an engine without Vietnamese makes of "Đài".
        found = rules.skeletons.get(words) or (
            rules.skeletons.get(("d" + words[0][1:],)) if words[0][:1] in {"p", "b"} else None
        )
        return Head(found[0], found[1].lower(), 1) if found else None
    if not bad and all(_VIETNAMESE.search(token.text) for token in tokens):
        # Every syllable carries letters of its own: what it spells is what it is.
        return None
    found = _nearest_head(" ".join(words), len(tokens), bad)
    return Head(found[0], found[1].lower(), len(tokens)) if found else None


@lru_cache(maxsize=4096)
def _nearest_head(read: str, length: int, bad: bool) -> tuple[HeadKind, str] | None:
    """The only head of `length` syllables within a quarter of its letters of `read`."""
    best: tuple[int, HeadKind, str] | None = None
    for key, kind, word in unit_rules().long_heads.get(length, ()):
        # On good text one letter of a long head; "công dân" is no misread "công đoàn".
        allowed = (len(key) // 3 if len(key) >= 6 else 0) if bad else int(len(key) > 10)
        distance = Levenshtein.distance(read, key, score_cutoff=allowed)
        if distance <= allowed and _same_initial(read, key, bad) and (best is None or distance < best[0]):
            best = (distance, kind, word)
    return (best[1], best[2]) if best else None


def _same_initial(read: str, key: str, bad: bool) -> bool:
    return read[:1] == key[:1] or (bad and key[:1] == "d" and read[:1] in {"p", "b"})


def predicate_at(tokens: tuple[Token, ...], at: int, bad: bool = False) -> int:
    """How many tokens at `at` begin a predicate; 0 for none. Capitals belong to names."""
    rules = unit_rules()
    if at >= len(tokens) or tokens[at].capital:
        return 0
    if at and (tokens[at - 1].lower,) in rules.plural and head_at(tokens, at):
        return 0  # "các tổ chức chính trị - xã hội": the noun
    if _inside_no_predicate(tokens, at):
        return 0
    for length in (4, 3, 2, 1):
        words = tuple(token.lower.rstrip(".") for token in tokens[at : at + length])
        if words in rules.predicates:
            people = at + length < len(tokens) and tokens[at + length].lower == "viên"
            return 0 if people else length  # "hướng dẫn viên"
        if length > 1 and tuple(map(skeleton, words)) in rules.predicate_skeletons:
            return length
        if bad and length > 1 and _near_predicate(tuple(map(skeleton, words))):
            return length
    return 0


def _inside_no_predicate(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the word belongs to a stretch that is no predicate ("Kế hoạch tổng hợp", "chữ ký")."""
    for phrase in unit_rules().no_predicates:
        for start in range(max(0, at - len(phrase) + 1), at + 1):
            if tuple(token.lower for token in tokens[start : start + len(phrase)]) == phrase:
                return True
    return False


@lru_cache(maxsize=4096)
def _near_predicate(words: tuple[str, ...]) -> bool:
    read = " ".join(words)
    return len(read) >= 6 and any(
        len(known) == len(words)
        and Levenshtein.distance(read, " ".join(known), score_cutoff=2) <= min(2, len(read) // 5)
        for known in unit_rules().predicate_skeletons
    )


def name_verbs_at(tokens: tuple[Token, ...], at: int) -> int:
    """How many tokens at `at` are verbs that may belong to a name, joined by commas or "và"."""
    rules = unit_rules()
    position, end = at, at
    while True:
        length = next(
            (
                n
                for n in (3, 2, 1)
                if tuple(t.lower for t in tokens[position : position + n]) in rules.name_verbs
            ),
            0,
        )
        if not length:
            return end - at
        end = position + length
        if end < len(tokens) and tokens[end].lower in {",", "và"}:
            position = end + 1
        else:
            return end - at


def is_person_name(tokens: tuple[Token, ...]) -> bool:
    """Two to five capitalised words that begin with a family name, none of them a head."""
    if not 2 <= len(tokens) <= 5 or not all(token.capital and token.text.isalpha() for token in tokens):
        return False
    if any(len(token.text) > 1 and token.text.isupper() for token in tokens):
        return False
    return tokens[0].lower in unit_rules().family_names and len(tokens[-1].text) > 0
