"""Lines laid out by hand, as the layout stage gives them to be assembled."""

from collections.abc import Sequence

from pipeline.assemble import assemble
from pipeline.geometry import Box
from pipeline.types import Grid, Line, PageLayout, Paragraph, Word

LEFT, RIGHT = 85.0, 545.0


def line(text: str, indent: float = 0.0, end: float | None = None, number: int = 1, **known: object) -> Line:
    """A line from `indent` to `end` (null: full), letters 6 points wide."""
    tokens = text.split()
    stop = RIGHT if end is None else end
    space = (stop - LEFT - indent - sum(6 * len(t) for t in tokens)) / max(1, len(tokens) - 1)
    x, words = LEFT + indent, []
    for token in tokens:
        words.append(Word(token, token, number, Box(x, 100, x + 6 * len(token), 113), 0.9, "ocr"))
        x += 6 * len(token) + space
    told = {"gap": 0.3, "indent": indent, "slack": RIGHT - stop, **known}
    return Line(tuple(words), **told)  # type: ignore[arg-type]


def short(text: str, indent: float = 0.0, **known: object) -> Line:
    tokens = text.split()
    return line(text, indent, LEFT + indent + 6 * sum(map(len, tokens)) + 4 * (len(tokens) - 1), **known)  # type: ignore[arg-type]


def pages_of(*pages: Sequence[Line | Grid]) -> list[PageLayout]:
    return [PageLayout(i, 595, 842, tuple(blocks)) for i, blocks in enumerate(pages, start=1)]


def paragraphs(*pages: Sequence[Line | Grid]) -> list[str]:
    return [block.text for block in assemble(pages_of(*pages)).blocks if isinstance(block, Paragraph)]


BODY = [
    line("Căn cứ chức năng nhiệm vụ được giao của các đơn vị thuộc phường năm nay", 36),
    line("các bộ phận chuyên môn tổ chức thực hiện nghiêm túc các nội dung đã nêu trên"),
    short("và báo cáo kết quả."),
]
