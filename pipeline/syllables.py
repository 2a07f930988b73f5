"""Is this a Vietnamese syllable? By its build: onset + rhyme + tone, no word list.

Written Vietnamese is one syllable a word, and the syllable has a strict form: one of
27 onsets, one of about 160 rhymes, one of six tones, and rhymes that end in p, t, c, ch
take only two of them. Text that an engine without Vietnamese has made, or a PDF whose font
map is broken, keeps to this form in less than half of its words; real text in nearly all.

Imports nothing of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_ONSETS = frozenset({"ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr",
           "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""})  # fmt: skip
_LONGEST_ONSET = max(map(len, _ONSETS))

_TABLE_OF_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on
    ong ooc oong op ot  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uyp uych uyên uyêt uyn uynh uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yên yêm yêng yêt yêu ynh yt ych
"""
_RHYMES = frozenset(_TABLE_OF_RHYMES.split())
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_LEVEL = "ngang"
_CHECKED_TONES = ("sắc", "nặng")
_SHAPED = frozenset("ăâêôơư")
_Y_ONSETS = frozenset({"", "h", "k", "l", "m", "s", "t", "v", "qu", "b", "n"})

_PIECES = re.compile(r"[^\W_]+|[^\w\s]", re.UNICODE)
_NOT_TEXT = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_ROMAN = re.compile(r"[IVXLC]+")


def is_syllable(word: str) -> bool:
    """True if `word`, outer punctuation and case apart, is built like a Vietnamese syllable."""
    plain = unicodedata.normalize("NFC", word).lower()
    return _built_like_syllable(plain.strip(" .,;:!?()[]{}\"'“”‘’«»…-–—/*"))


def judge(token: str) -> bool | None:
    """True for a good word, False for a bad one, None for what proves nothing.

    Figures, document numbers (64/KH-UBND), abbreviations in capitals and lone letters
    prove nothing: they look alike in good and in bad readings.
    """
    if _NOT_TEXT.search(token):
        return False
    verdicts = {_judge_piece(piece) for piece in _PIECES.findall(unicodedata.normalize("NFC", token))}
    if False in verdicts:
        return False
    return True if True in verdicts else None


@dataclass(frozen=True, slots=True)
class Validity:
    """How many of the `counted` tokens are `valid` syllables."""

    valid: int
    counted: int

    @property
    def share(self) -> float:
        """0 to 1; 0 where nothing could be counted."""
        return self.valid / self.counted if self.counted else 0.0

    @property
    def percent(self) -> str:
        return f"{100 * self.share:.0f} %"


def validity(tokens: Iterable[str]) -> Validity:
    """Judge all `tokens`, leave out those that prove nothing."""
    verdicts = [verdict for verdict in map(judge, tokens) if verdict is not None]
    return Validity(sum(verdicts), len(verdicts))


@lru_cache(maxsize=16384)
def _judge_piece(piece: str) -> bool | None:
    letters = [letter for letter in piece if letter.isalpha()]
    if not letters:
        return None
    if not all(_latin(letter) for letter in letters):
        return False
    if len(letters) < len(piece):
        # QH15, PL1 are printed so; a digit inside a lower-case word is an engine's slip.
        return None if piece.upper() == piece else False
    if _built_like_syllable(piece.lower()):
        # A lone letter is a syllable by its build but also what noise is read as.
        return True if len(piece) > 1 else None
    short = len(piece) <= 6 and sum(letter.isupper() for letter in piece) * 2 > len(piece)
    return None if len(piece) == 1 or short or _ROMAN.fullmatch(piece) else False


def _latin(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0].lower() in "abcdefghijklmnopqrstuvwxyzđ"


@lru_cache(maxsize=16384)
def _built_like_syllable(word: str) -> bool:
    if not word or len(word) > 8:
        return False
    bare, tone, toned_at = _take_tone(word)
    if bare is None:
        return False
    onsets = (end for end in range(_LONGEST_ONSET + 1) if bare[:end] in _ONSETS)
    return _tone_well_placed(bare, toned_at) and any(_fits(bare[:end], bare[end:], tone) for end in onsets)


def _take_tone(word: str) -> tuple[str | None, str, int]:
    """The word without its tone mark, the tone, and where it stood (-1: none)."""
    bare, tone, toned_at = "", _LEVEL, -1
    for letter in word:
        kept, own = _parted(letter)
        if own != _LEVEL:
            if toned_at >= 0:
                return None, tone, toned_at
            tone, toned_at = own, len(bare)
        bare += kept
    return bare, tone, toned_at


@lru_cache(maxsize=4096)
def _parted(letter: str) -> tuple[str, str]:
    """A letter without its tone mark, and the tone."""
    marks = unicodedata.normalize("NFD", letter)
    tones = [_TONES[mark] for mark in marks if mark in _TONES]
    kept = "".join(mark for mark in marks if mark not in _TONES)
    return unicodedata.normalize("NFC", kept), tones[0] if tones else _LEVEL


def _tone_well_placed(bare: str, toned_at: int) -> bool:
    """A letter with a mark of its own (ê, ơ ...) draws the tone; else both old and new style pass."""
    shaped = [index for index, letter in enumerate(bare) if letter in _SHAPED]
    if toned_at < 0:
        return True
    return toned_at == shaped[-1] if shaped else bare[toned_at] in "aeiouy"


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    if rhyme not in _RHYMES:
        return False
    if rhyme.endswith(("p", "t", "c", "ch")) and tone not in _CHECKED_TONES:
        return False
    front = rhyme[0] in "eêiy"
    if onset in ("k", "gh", "ngh") and not front:
        return False
    if onset in ("c", "ng") and front:
        return False
    if onset == "g" and front and rhyme[0] != "i":
        return False
    if onset == "qu" and rhyme[0] in "uo":
        return False
    if onset == "" and rhyme.startswith("iê"):
        return False
    if rhyme[0] == "y":
        return onset in _Y_ONSETS if rhyme == "y" else onset in ("", "qu")
    return True
