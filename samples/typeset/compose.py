"""Compose a plan's elements into sheets, by the layout of Decree 30/2020/NĐ-CP, Appendix I."""

from __future__ import annotations

from collections.abc import Sequence

from samples.typeset.elements import (
    Closing,
    Element,
    HeadLine,
    Letterhead,
    NewPage,
    Para,
    Plan,
    Separator,
    Table,
)
from samples.typeset.fonts import DESCENT
from samples.typeset.grid import set_table
from samples.typeset.lines import Token, break_lines, tokens
from samples.typeset.press import LEADING, LEFT, Press
from samples.typeset.sheets import Sheet

_RECIPIENT_SIZE = 12.0
_RECIPIENT_LEADING = 14.6


def compose(plan: Plan) -> tuple[Sheet, ...]:
    """The plan's pages, each word and line in its place."""
    press = Press()
    for element in plan.elements:
        _set(press, element)
    return press.finish()


def _set(press: Press, element: Element) -> None:
    match element:
        case Para():
            _set_para(press, element)
        case Table():
            set_table(press, element)
        case Letterhead():
            _set_letterhead(press, element)
        case Closing():
            _set_closing(press, element)
        case NewPage():
            press.new_page(element.landscape)
        case Separator():
            middle = LEFT + press.measure / 2
            press.rule(middle - element.length / 2, press.y + 4, middle + element.length / 2, press.y + 4)
            press.y += 12


def _set_para(press: Press, para: Para) -> None:
    leading = para.size * LEADING
    lines, breaks = _para_lines(para, press.measure)
    if not press.at_top:
        press.y += para.before
        # A heading, or two of them, takes some lines of what follows with it.
        needed = leading * (len(lines) + 3 if para.keep_with_next else 1)
        if press.room < needed and not breaks:
            press.new_page()
    for number, line in enumerate(lines):
        if number in breaks or press.room < leading - 0.01:
            press.new_page()
        indent = para.indent if number == 0 and para.align in ("justified", "left") else 0.0
        press.line(
            line,
            LEFT + indent,
            press.measure - indent,
            para.align,
            _baseline(press.y, leading, para.size),
            "body",
            last=number + 1 == len(lines),
        )
        press.y += leading


def _para_lines(para: Para, measure: float) -> tuple[list[list[Token]], frozenset[int]]:
    """Its lines, and the lines before which a page is forced."""
    if para.lines:
        breaks = frozenset(n for n, line in enumerate(para.lines) if line.startswith("\f"))
        return [tokens(line.lstrip("\f"), para.size, para.style) for line in para.lines], breaks
    words = tokens(f"{para.label} {para.text}".strip(), para.size, para.style)
    indent = para.indent if para.align in ("justified", "left") else 0.0
    return break_lines(words, measure, indent), frozenset()


def _baseline(top: float, leading: float, size: float) -> float:
    """Base line of a line whose space begins at `top`."""
    return top + leading - DESCENT * size - (leading - size * 1.107) / 2


def _set_letterhead(press: Press, head: Letterhead) -> None:
    gap = 10.0
    left_measure = press.measure * head.share - gap
    right_left = LEFT + press.measure * head.share
    right_measure = press.measure * (1 - head.share)
    top = press.y
    # The left column reaches a little into the margin, as offices print it.
    ends = (
        _set_head_column(press, head.left, LEFT - 14, left_measure + 14, top),
        _set_head_column(press, head.right, right_left, right_measure, top),
    )
    press.y = max(ends) + 14


def _set_head_column(
    press: Press, lines: Sequence[HeadLine], left: float, measure: float, top: float
) -> float:
    for line in lines:
        leading = 17.0
        x0, x1 = press.line(
            tokens(line.text, line.size, line.style),
            left,
            measure,
            "centre",
            _baseline(top, leading, line.size),
            "letterhead",
        )
        top += leading
        if line.rule:
            margin = (x1 - x0) * (1 - line.rule) / 2
            press.rule(x0 + margin, top + 1.5, x1 - margin, top + 1.5, 0.7)
            top += 9
    return top


def _set_closing(press: Press, closing: Closing) -> None:
    half = press.measure / 2
    height = 20 + _RECIPIENT_LEADING * (len(closing.recipients) + 1)
    if press.room < height:
        press.new_page()
    press.y += 8
    top = press.y
    post_end = _set_posts(press, closing.authority, LEFT + half, half, top)
    lines: list[list[Token]] = [tokens(closing.heading, _RECIPIENT_SIZE)]
    beside = 0
    for number, recipient in enumerate(closing.recipients):
        broken = break_lines(tokens(recipient, 11.5), half - 6)
        lines += broken
        if number == closing.name_beside:
            beside = len(lines) - 1
    for number, line in enumerate(lines):
        base = _baseline(top + number * _RECIPIENT_LEADING, _RECIPIENT_LEADING, _RECIPIENT_SIZE)
        press.line(line, LEFT, half, "left", base, "closing")
        if number == beside:
            press.line(tokens(closing.name, 14.0, "bold"), LEFT + half, half, "centre", base, "closing")
            press.reserve_signature((LEFT + half, post_end, LEFT + press.measure, base - 12))
    press.y = top + height


def _set_posts(press: Press, posts: Sequence[str], left: float, measure: float, top: float) -> float:
    for post in posts:
        press.line(tokens(post, 14.0, "bold"), left, measure, "centre", _baseline(top, 18, 14.0), "closing")
        top += 18
    return top
