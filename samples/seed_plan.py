"""The seed plan: its correct text, set with the original's own line and page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from samples.typeset.elements import (
    Cell,
    Closing,
    Element,
    HeadLine,
    Letterhead,
    NewPage,
    Para,
    Plan,
    Row,
    Separator,
    Style,
    Table,
)

# Where the parts stand in the text file, as half-open ranges of lines from 0.
_TITLE = 5
_BODY = slice(7, 343)
_LABEL = re.compile(r"(?P<roman>[IVX]+\. )|(?P<number>\d+(\.\d+)*\. )|[a-zđ]\) |-|Sản phẩm:")
_ROW_CUT_BY_THE_PAGE = "10"


def seed_plan(text: Path) -> Plan:
    """The seed plan from its text file (one printed line a line, form feeds before pages)."""
    lines = text.read_text(encoding="utf-8").split("\n")
    tables = [i for i, line in enumerate(lines) if line.startswith("[TABLE")]
    return Plan(
        name="seed",
        title="Kế hoạch cải cách thủ tục hành chính trọng tâm năm 2024 phường Biên Giang",
        elements=(
            _letterhead(),
            Para("KẾ HOẠCH", align="centre", style="bold", before=8),
            Para(lines[_TITLE], align="centre", style="bold", before=0),
            Separator(),
            *_body(lines[_BODY]),
            _closing(lines),
            *_first_appendix(lines, tables[0]),
            *_second_appendix(lines, tables[1]),
        ),
        seed=64,
    )


def _letterhead() -> Letterhead:
    return Letterhead(
        left=(
            HeadLine("ỦY BAN NHÂN DÂN", size=13),
            HeadLine("PHƯỜNG BIÊN GIANG", size=13, rule=0.4),
            HeadLine("Số: 64 /KH-UBND", style="regular", size=13),
        ),
        right=(
            HeadLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12.5),
            HeadLine("Độc lập - Tự do - Hạnh phúc", size=13.5, rule=1.0),
            HeadLine("Biên Giang, ngày 08 tháng 3 năm 2024", style="italic", size=13.5),
        ),
    )


def _body(lines: Sequence[str]) -> Iterator[Para]:
    section = ""
    for printed in _paragraphs(lines):
        first = printed[0].lstrip("\f")
        label = _LABEL.match(first)
        if label and label["roman"]:
            section = label["roman"].strip()
        style = _heading_style(label["number"] if label else None, bool(label and label["roman"]), section)
        yield Para(
            " ".join(line.lstrip("\f") for line in printed),
            style=style,
            lines=tuple(printed),
            before=3.6,
        )


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Printed lines, paragraph by paragraph; page numbers are left out."""
    current: list[str] = []
    after_blank = True
    for line in lines:
        bare = line.lstrip("\f")
        if bare.isdecimal():  # a page number; what follows it begins the page
            pending = "\f"
            after_blank = True
            current, done = [], current
            if done:
                yield done
            current = [pending]
            continue
        if not bare:
            after_blank = True
            continue
        begins = _LABEL.match(bare) or (after_blank and not line.startswith("\f"))
        if current == ["\f"]:
            current = [f"\f{bare}"]
        elif begins and current:
            yield current
            current = [line]
        else:
            current.append(line)
        after_blank = False
    if current:
        yield current


def _heading_style(number: str | None, roman: bool, section: str) -> Style:
    """Decree 30/2020/NĐ-CP: section headings bold; here the tasks' own headings bold italic."""
    if roman:
        return "bold"
    if number and section == "III.":
        return "bold" if number.count(".") == 1 else "bolditalic"
    return "regular"


def _closing(lines: Sequence[str]) -> Closing:
    start = lines.index("Nơi nhận:")
    printed = [line for line in lines[start + 1 : start + 16] if line.startswith("- ")]
    name = "Đỗ Thị Thu Hà"
    beside = next(i for i, line in enumerate(printed) if line.endswith(name))
    return Closing(
        recipients=tuple(line.removesuffix(name).strip() for line in printed),
        # Lost in the OCR text: what such a plan says above the signature.
        authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        name=name,
        name_beside=beside,
    )


def _first_appendix(lines: Sequence[str], table: int) -> Iterator[Element]:
    yield NewPage()
    first, second, caption = lines[table - 4 : table - 1]
    yield from _appendix_head("PHỤ LỤC 1", (first, second), (caption,))
    columns, group, *rows = _table_rows(lines, table)
    yield Table(
        widths=(35, 143, 39, 71, 102, 73),
        header=(_header(columns),),
        rows=(
            Row((Cell(tuple(group), style="bolditalic", columns=6), *[None] * 5)),
            *(_indicator_row(row) for row in rows),
        ),
        size=12.5,
        padding=6.4,
    )


def _indicator_row(row: Sequence[str]) -> Row:
    number, name, unit, target, lead, support = row
    return Row(
        (
            _centred(number),
            Cell((name,), align="justified"),
            _centred(unit),
            _centred(target),
            _centred(lead),
            _centred(support),
        ),
        cut_after=2 if number == _ROW_CUT_BY_THE_PAGE else None,
    )


def _second_appendix(lines: Sequence[str], table: int) -> Iterator[Element]:
    yield NewPage()
    title, caption = lines[table - 3 : table - 1]
    # The original breaks the caption before the blank day's "/03/2024".
    before, after = caption.split(" /03/2024")
    yield from _appendix_head("PHỤ LỤC 2", (title,), (before, f"/03/2024{after}"))
    columns, group, *rows = _table_rows(lines, table)
    number, _, name = group[0].partition(" ")
    yield Table(
        widths=(36, 184, 60, 66, 56, 76),
        header=(_header(columns),),
        rows=(
            Row((_centred(number, "bold"), Cell((name,), style="bold", columns=5), *[None] * 4)),
            *(
                Row(
                    (
                        _centred(row[0]),
                        Cell((row[1],), align="justified"),
                        *(_centred(text) for text in row[2:]),
                    )
                )
                for row in rows
            ),
        ),
        size=13,
    )


def _appendix_head(name: str, titles: Sequence[str], captions: Sequence[str]) -> Iterator[Para]:
    yield Para(name, align="centre", style="bold", before=0)
    for title in titles:
        yield Para(title, align="centre", style="bold", before=0)
    for caption in captions:
        yield Para(caption, align="centre", style="italic", before=0)


def _table_rows(lines: Sequence[str], start: int) -> list[list[str]]:
    end = lines.index("[/TABLE]", start)
    return [line.lstrip("\f").split("\t") for line in lines[start + 1 : end]]


def _header(columns: Sequence[str]) -> Row:
    return Row(tuple(_centred(name, "bold") for name in columns))


def _centred(text: str, style: Style = "regular") -> Cell:
    return Cell((text,), align="centre", style=style)
