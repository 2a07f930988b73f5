"""A report as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from pipeline.evaluate.report import Report, Rows, Tally, Value, WrongField

WIDEST_VALUE = 100
"""Characters of a value shown; --json has them whole."""

_HEADER = ("", "strict F1", "lenient F1", "right", "expected", "given", "rows found")


def render(report: Report) -> str:
    """Scores by collection and over all, then the wrong fields with both values."""
    lines = [(score.name, score.tally, score.rows) for score in report.collections]
    table = [_HEADER, *(_row(*line) for line in lines), _row("all", report.tally, None)]
    widths = [max(len(row[column]) for row in table) for column in range(len(_HEADER))]
    out = [_aligned(row, widths) for row in table]
    out.insert(1, "  ".join("─" * width for width in widths))
    out.insert(len(out) - 1, out[1])
    return "\n".join([*out, *_wrong_lines(_named(report))]) + "\n"


def _named(report: Report) -> tuple[WrongField, ...]:
    """The wrong fields, without the plan's name where there is but one."""
    if len(report.plans) > 1:
        return report.wrong
    return tuple(replace(field, plan="") for field in report.wrong)


def _row(name: str, tally: Tally, rows: Rows | None) -> tuple[str, ...]:
    found = f"{rows.found} of {rows.gold}" if rows else ""
    if rows and rows.predicted > rows.found:
        found += f", {rows.predicted - rows.found} extra"
    counts = (tally.right, tally.expected, tally.given)
    return (name, _score(tally.f1), _score(tally.lenient_f1), *map(str, counts), found)


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    first, *figures, last = row
    middle = (figure.rjust(width) for figure, width in zip(figures, widths[1:-1], strict=True))
    return "  ".join((first.ljust(widths[0]), *middle, last)).rstrip()


def _wrong_lines(wrong: tuple[WrongField, ...]) -> Iterator[str]:
    if not wrong:
        yield "\nNo wrong fields."
        return
    close = sum(field.lenient for field in wrong)
    yield f"\nWrong fields: {len(wrong)}" + (f", {close} of them leniently right (~)" if close else "")
    for (plan, item, whole), group in groupby(wrong, key=_item_of):
        fields = list(group)
        if whole:
            yield from _whole_item(plan, item, fields)
        else:
            for field in fields:
                yield from _one_field(plan, field)


def _item_of(wrong: WrongField) -> tuple[str, str, bool]:
    return wrong.plan, wrong.at.rpartition("/")[0], wrong.whole_item


def _whole_item(plan: str, item: str, fields: list[WrongField]) -> Iterator[str]:
    """An item without counterpart takes one line, not one a field."""
    first = fields[0]
    mark, words = ("-", "not found") if first.fault == "missing" else ("+", "not in the gold")
    values = (field.gold if first.fault == "missing" else field.predicted for field in fields)
    longest = max((_shown(value) for value in values), key=len)
    yield f"{mark} {_place(plan, item)}: {words} ({len(fields)} fields): {longest}"


def _one_field(plan: str, field: WrongField) -> Iterator[str]:
    mark = {"missing": "-", "extra": "+", "different": "~" if field.lenient else "≠"}[field.fault]
    yield f"{mark} {_place(plan, field.at)}"
    start = _first_difference(_as_text(field.gold), _as_text(field.predicted))
    if field.gold is not None:
        yield f"    gold       {_shown(field.gold, start)}"
    if field.predicted is not None:
        yield f"    predicted  {_shown(field.predicted, start)}"


def _place(plan: str, at: str) -> str:
    return f"{plan}: {at}" if plan else at


def _as_text(value: Value) -> str:
    return " | ".join(value) if isinstance(value, tuple) else value or ""


def _first_difference(left: str, right: str) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(left, right, strict=False)) if one != other),
        min(len(left), len(right)),
    )


def _shown(value: Value, difference: int = 0) -> str:
    """The value, cut where it is too long so that the first difference is in sight."""
    text = _as_text(value)
    if len(text) <= WIDEST_VALUE:
        return text
    start = max(0, min(difference - WIDEST_VALUE // 2, len(text) - WIDEST_VALUE))
    end = start + WIDEST_VALUE
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
