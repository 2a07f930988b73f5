"""Lines → paragraphs: where does one begin?

No single sign is enough (blank lines come and go, labels get lost, sentences end mid-line), so
each sign has a weight and their sum decides. Weights are in the unit "one clear sign is 2".
In doubt a label begins a paragraph and anything else goes on with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median, quantiles

from pipeline.assemble.label_shapes import NONE, PERHAPS, SURE, bullet, label_shape
from pipeline.folding import fold
from pipeline.rules import load_rules
from pipeline.syllables import judge
from pipeline.types import Line, PageLayout, Paragraph, Word, passage_of

_LABELLED = {SURE: 4.0, PERHAPS: 1.5, NONE: 0.0}
_ENDS_SENTENCE = re.compile(r"[.;:!?…]['\"”)\]]*(?:\s*[#*~])?$|/\.?$")
_SHORT_LABEL = re.compile(r"[A-ZĐÀ-Ỹ][^\s:]*(?:\s[^\s:.;]+){0,5}\s?:(?:\s|$)")
_CODE_LEFT = re.compile(r".*\d/$|.*/[A-ZĐ][A-ZĐ0-9/\-]*-$|^/?[A-ZĐ]*/[A-ZĐ]*-$")
_CODE_RIGHT = re.compile(r"[(\"“]?[A-ZĐ]{1,}[A-ZĐa-zđ0-9]*(?:[-/][\w-]+)*\W*$|\d{1,2}/\d{2,4}\W*$|\d{4}\W*$")
_YEAR_LEFT, _YEAR_RIGHT = re.compile(r".*\d/(?:19|20)\d$"), re.compile(r"\d\W*$")
_CENTURY_LEFT, _CENTURY_RIGHT = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)"), re.compile(r"\d\d\W*")
_LETTERS_LAST, _LETTERS_FIRST = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_SOME = 2
_BLANK_LINE = 0.8
"""In line heights: so much more white than within a paragraph is as good as an empty line."""
WORD_SPACE = 3.0
"""Points between two words, about."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in the document.

    `letters` is the length of a full line, for inputs without boxes; `em` the usual height of a
    line in points; `spacing` the gap between lines of one paragraph; `indented` says whether
    paragraphs begin with an indent, `dashes_indented` whether dash items do.
    """

    letters: float
    em: float
    spacing: float
    indented: bool
    dashes_indented: bool


def measure(pages: Sequence[PageLayout]) -> Measure:
    """What is usual over all pages; each page alone may hold too few lines to tell."""
    lines = [block for page in pages for block in page.blocks if isinstance(block, Line)]
    body = [line for line in lines if line.column == "full" and line.words]
    letters = sorted(len(line.text) for line in body) or [80]
    em = median([box.height for line in body if (box := line.box) is not None] or [12.0])
    gaps = [line.gap for line in body if line.gap is not None]
    spacing = min([quantiles(gaps, n=5)[0] if len(gaps) > 4 else 0.3, *_gap_inside(body)])
    dashes = [line.indent for line in body if line.indent is not None and bullet(line.text)]
    flush = [line for line in body if line.indent is not None and line.indent < em]
    indents = [line for line in body if line.indent is not None and em <= line.indent < 6 * em]
    return Measure(
        _full_line(letters, boxed=any(line.box is not None for line in body)),
        em,
        spacing,
        len(flush) >= 3 and len(indents) >= 3,
        len(dashes) >= 4 and sum(indent > em for indent in dashes) >= 0.75 * len(dashes),
    )


def _gap_inside(body: Sequence[Line]) -> list[float]:
    """The usual gap above lines that go on in the middle of a sentence, where there are some: a plan of short
    paragraphs has next to none among its lines."""
    inside = [
        line.gap
        for line in body
        if line.gap is not None and line.text[0].islower() and label_shape(line.text, "") == NONE
    ]
    return [median(inside)] if len(inside) >= _SOME else []


def _full_line(letters: Sequence[int], boxed: bool) -> float:
    """The length of a full line. Where some lines of a text are far longer than most, nobody wrapped it:
    then each line is a paragraph, and the longest is the measure."""
    usual = letters[int(0.85 * (len(letters) - 1))]
    unwrapped = not boxed and len(letters) > 2 and letters[-3] > 1.3 * usual
    return float(letters[-1] if unwrapped else usual)


def starts(line: Line, current: Sequence[Line], usual: Measure) -> bool:
    """True where `line` begins a paragraph and does not go on with `current` (at least one line)."""
    above = current[-1]
    if line.begins is not None:
        return line.begins
    if line.column != "full" or above.column != "full":
        return True
    if "centre" in (line.alignment, above.alignment):
        return True
    return score(line, current, usual) > 0


def score(line: Line, current: Sequence[Line], usual: Measure) -> float:
    """How much speaks for a new paragraph (above 0) or against it."""
    above = current[-1]
    label = label_shape(line.text, above.text)
    total = -0.5 + _LABELLED[label]
    total += _room_above(line, above, usual)
    total += _indentation(line, current, usual)
    total += _spacing(line, current, usual)
    total += _wording(line, above, label)
    total += _weight_of_type(line, above)
    if _cut_at_dash(line, above, usual):
        total -= 5.0
    return total


def _weight_of_type(line: Line, above: Line) -> float:
    """A line all in bold over one without any is a heading, whose text goes on below it."""
    if all(word.bold for word in above.words) and not any(word.bold for word in line.words):
        return 2.5
    return 0.5 if above.bold != line.bold else 0.0


def _room_above(line: Line, above: Line, usual: Measure) -> float:
    """The line before ended although the first word of this one would have fitted on it."""
    first = line.words[0]
    if above.slack is not None and first.box is not None:
        spare = above.slack - first.box.width - WORD_SPACE
        if spare > usual.em:
            return 2.5
        return 0.5 if spare > 0.3 * usual.em else -1.5
    spare = usual.letters - len(above.text) - 1 - len(first.text)
    if spare > 0.3 * usual.letters:
        return 2.5
    return 0.6 if spare > 0.12 * usual.letters else -1.2


def _indentation(line: Line, current: Sequence[Line], usual: Measure) -> float:
    above = current[-1]
    if line.indent is None or above.indent is None:
        return 0.0
    deeper = line.indent - above.indent
    if abs(deeper) <= 0.5 * usual.em:
        begins = len(current) == 1 and usual.indented and usual.em < line.indent < 6 * usual.em
        return 1.0 if begins else 0.0
    if deeper < 0:
        return -1.0 if len(current) == 1 and line.indent < usual.em else 0.0
    if len(current) == 1 and _hangs(line, above, usual):
        return -2.0
    return 2.0 if deeper < 8 * usual.em else 0.5


def _hangs(line: Line, above: Line, usual: Measure) -> bool:
    """A hanging indent: the line stands below the text behind the label of the line before."""
    if len(above.words) < 2 or label_shape(above.text, "") == NONE:
        return False
    text, this = above.words[1].box, line.words[0].box
    return text is not None and this is not None and abs(text.x0 - this.x0) < 0.4 * usual.em


def _spacing(line: Line, current: Sequence[Line], usual: Measure) -> float:
    if line.gap is None:
        return 0.0
    if line.words[0].box is None:
        # Blank lines of a text file: one is a sign; none is one only where this paragraph had one.
        return 2.0 if line.gap >= 1 else -1.0 if (current[0].gap or 0) >= 1 else 0.0
    wider = line.gap - usual.spacing
    return 2.5 if wider > _BLANK_LINE else 1.5 if wider > 0.35 else 0.0


def _wording(line: Line, above: Line, label: int) -> float:
    text, before = line.text, above.text
    total = 0.0
    if label == NONE:
        first = next((letter for letter in text if letter.isalnum()), "")
        total += -3.0 if first.islower() else 0.3
        if _capitals(before) != _capitals(text) and len(before) > 6:
            total += 1.5
    if _ENDS_SENTENCE.search(before):
        # "Đơn vị thực hiện: ...", "Nơi nhận:": a word or two and a colon open a line of their own.
        alone = label == NONE and (_SHORT_LABEL.match(text) or fold(text).startswith(_openings()))
        return total + (2.0 if alone else 1.0)
    return total - (1.5 if before.endswith((",", "-", "–", "(")) else 0.5)


@cache
def _openings() -> tuple[str, ...]:
    return tuple(map(fold, load_rules("paragraphs")["openings"]))


def _capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 4 and sum(map(str.isupper, letters)) > 0.85 * len(letters)


def _cut_at_dash(line: Line, above: Line, usual: Measure) -> bool:
    """A name with a dash, cut by the line end: at the margin where dash items are indented, below a
    line that was full ("Tư pháp" | "- Hộ tịch")."""
    flush = usual.dashes_indented and line.indent is not None and line.indent < 0.5 * usual.em
    return flush and line.text[0] in "-–—" and _room_above(line, above, usual) < 0


# ── joining ───────────────────────────────────────────────────────────────


def join_lines(lines: Sequence[Line], cut: Callable[[Line, Line], bool] | None = None) -> Paragraph:
    """One paragraph of these lines: one space between words, none where `cut` says that a line end
    cut a word (by default within a code)."""
    cut = cut or _code_cut
    cuts = {id(above.words[-1]) for above, line in pairwise(lines) if cut(above, line)}
    passage = passage_of(
        [word for line in lines for word in line.words], joined=lambda left, _: id(left) in cuts
    )
    first = lines[0]
    bold = sum(len(line.words) for line in lines if line.bold) * 2 > len(passage.words)
    return Paragraph(passage, first.column, first.alignment, bold, first.gap, tuple(lines))


def _code_cut(above: Line, line: Line) -> bool:
    return code_goes_on(above.words[-1], line.words[0])


def cut_in_cell(above: Line, line: Line) -> bool:
    """True where the line end cut a code, a year ("01/01/20" | "26") or a word ("buổi/thá" | "ng").

    A cell narrower than a word cuts anywhere. A word was cut where its rest is no syllable by itself
    and both together are one; a year where its rest is all that stands in the line.
    """
    left, right = above.words[-1], line.words[0]
    if code_goes_on(left, right):
        return True
    if _CENTURY_LEFT.fullmatch(left.text):
        return len(line.words) == 1 and _CENTURY_RIGHT.fullmatch(right.text) is not None
    start, rest = _LETTERS_LAST.search(left.text), _LETTERS_FIRST.match(right.text)
    if start is None or rest is None or not rest[0].islower():
        return False
    return judge(rest[0]) is False and judge(start[0] + rest[0]) is True


def code_goes_on(left: Word, right: Word) -> bool:
    """True for a document number or date cut by a line end: "6858/QĐ-" | "BYT", "29/" | "02/2024".

    A narrow cell cuts a year too: "9/202" | "6".
    """
    if _YEAR_LEFT.match(left.text) and _YEAR_RIGHT.match(right.text):
        return True
    return bool(_CODE_LEFT.match(left.text) and _CODE_RIGHT.match(right.text))
