"""Pages of a plan typeset in boxes: words, lines, a letterhead, running text."""

import math

from pipeline.geometry import Box
from pipeline.types import Line, PageLayout, PageText, Rule, Word

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 85.0, 545.0


def words(x: float, y: float, text: str, size: float = 13.0, space: float | None = None) -> list[Word]:
    """A line of words from `x` on, its middle at `y`; letters are 0.48 of the size wide."""
    found = []
    for token in text.split():
        width = 0.48 * size * len(token)
        found.append(Word(token, token, 1, Box(x, y - size / 2, x + width, y + size / 2), 0.9, "ocr"))
        x += width + (space if space is not None else 0.3 * size)
    return found


def box_of(word: Word) -> Box:
    assert word.box is not None
    return word.box


def centred(y: float, text: str, middle: float = (LEFT + RIGHT) / 2) -> list[Word]:
    line = words(0, y, text)
    return words(middle - box_of(line[-1]).x1 / 2, y, text)


def justified(y: float, text: str, indent: float = 0.0) -> list[Word]:
    """A line that reaches from margin to margin."""
    tight = words(LEFT + indent, y, text, space=0)
    space = (RIGHT - box_of(tight[-1]).x1) / (len(tight) - 1)
    return words(LEFT + indent, y, text, space=space)


def body(y: float, lines: int = 4) -> list[Word]:
    """A paragraph of running text, 18 points a line."""
    text = "Các bộ phận chuyên môn của phường thực hiện nghiêm các nhiệm vụ được giao"
    found = justified(y, text, indent=36)
    for i in range(1, lines):
        found += justified(y + 18 * i, text)
    return found


def page(found: list[Word], angle: float = 0.0, rules: tuple[Rule, ...] = ()) -> PageText:
    return PageText(1, WIDTH, HEIGHT, tuple(found), rules, "ocr", "made", angle=angle)


def texts(layout: PageLayout, column: str | None = None) -> list[str]:
    return [b.text for b in layout.blocks if isinstance(b, Line) and column in (None, b.column)]


def turned(found: list[Word], degrees: float) -> list[Word]:
    """The words on a page fed crooked: downhill to the right by `degrees`."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    moved = []
    for word in found:
        place = box_of(word)
        x, y = place.centre
        dx, dy = x - WIDTH / 2, y - HEIGHT / 2
        cx, cy = WIDTH / 2 + dx * cosine - dy * sine, HEIGHT / 2 + dx * sine + dy * cosine
        half, tall = place.width / 2, place.height / 2
        box = Box(cx - half, cy - tall, cx + half, cy + tall)
        moved.append(Word(word.text, word.raw, 1, box, word.confidence, "ocr"))
    return moved


LETTERHEAD = (
    centred(60, "ỦY BAN NHÂN DÂN", 160)
    + centred(60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 400)
    + centred(76, "PHƯỜNG BẾN LAU", 160)
    + centred(76, "Độc lập - Tự do - Hạnh phúc", 400)
    + centred(104, "Số: 12/KH-UBND", 160)
    + centred(104, "Bến Lau, ngày 08 tháng 3 năm 2024", 400)
    + centred(140, "KẾ HOẠCH")
    + centred(158, "Cải cách thủ tục hành chính năm 2024")
)
