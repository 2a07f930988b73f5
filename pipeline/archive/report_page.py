"""The report as one HTML page: no script, nothing fetched, everything that comes from documents escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.archive.links import Link, outside

if TYPE_CHECKING:
    from pipeline.archive.report import Archived

_MOST_ROWS = 1000
"""Rows of a table on the page; the CSV has all."""
_MOST_MONTHS = 240
_ORDER = {"replaces": 0, "amends": 1, "implements": 2, "based on": 3, "cites": 4}
_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem;
  padding: 0 1rem; color: #1c2733 }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #cfd6dd }
table { border-collapse: collapse; width: 100% } td, th { padding: .3rem .5rem; text-align: left;
  border-bottom: 1px solid #e5e9ed; vertical-align: top; overflow-wrap: anywhere }
td.n, th.n { text-align: right; white-space: nowrap } .bad { color: #a3201d } .note { color: #5b6875 }
dl.figures { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem } dl.figures dd { margin: 0; font-size: 1.6rem }
svg { max-width: 100%; height: auto } tr:target { background: #fff3c4 }
"""


def page(archived: Archived) -> str:
    """The whole page."""
    parts = (
        _figures(archived),
        _section("Needs a person", _needs(archived.documents)),
        _section("Which plans cite which", _citations(archived.links)),
        _section("Units by number of tasks", _units(archived.units)),
        _section("Deadlines by month", _months(archived.months)),
        _section("All documents", _documents(archived.documents)),
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        f"<title>Archive report</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Archive report</h1>\n{''.join(parts)}</body>\n</html>\n"
    )


def _section(title: str, content: str) -> str:
    return f"<h2>{escape(title)}</h2>\n{content}\n"


def _figures(archived: Archived) -> str:
    states = archived.states
    skipped = states["duplicate"] + states["skipped"]
    figures = {
        "files found": sum(states.values()), "converted": states["done"], "skipped": skipped,
        "failed": states["failed"], "still to do": states["pending"], "pages": archived.totals["pages"],
        "tasks": archived.totals["tasks"], "indicators": archived.totals["indicators"],
    }  # fmt: skip
    cells = "".join(f"<div><dt>{name}</dt><dd>{value:,}</dd></div>" for name, value in figures.items())
    return f"<dl class='figures'>{cells}</dl>\n"


def _needs(documents: Sequence[dict[str, Any]]) -> str:
    """Failures first, then converted documents with findings, the most serious first."""
    failed = [d for d in documents if d["state"] == "failed"]
    doubtful = [d for d in documents if d["state"] == "done" and (d["errors"] or d["warnings"])]
    doubtful.sort(key=lambda d: (-d["errors"], -d["warnings"], d["path"]))
    rows = [
        (_file(d), f"<span class='bad'>{escape(d['code'])}</span>: {escape(d['reason'])}") for d in failed
    ]
    rows += [(_file(d), _doubts(d)) for d in doubtful]
    return _table(("document", "why"), rows) if rows else "<p>Nothing.</p>"


def _doubts(document: dict[str, Any]) -> str:
    counts: dict[str, int] = {}
    for digest in document["digest"]:
        for code, number in digest["findings"].items():
            counts[code] = counts.get(code, 0) + number
    codes = ", ".join(f"{escape(code)} {number}" for code, number in sorted(counts.items()))
    return f"{document['errors']} errors, {document['warnings']} warnings: {codes}"


def _citations(links: Sequence[Link]) -> str:
    inside = sorted((one for one in links if one.candidates), key=lambda one: _ORDER.get(one.relation, 9))
    rows = [(_plan(one), escape(one.relation), _target(one)) for one in inside]
    text = _table(("plan", "", "document of this archive"), rows) if rows else "<p>No plan cites another.</p>"
    most = [(escape(number), str(times)) for number, times in outside(links)[:50]]
    if most:
        text += "<h3>Cited most, not in this archive</h3>" + _table(("document", "plans"), most, numbers=(1,))
    return text


def _plan(one: Link) -> str:
    return _anchor(one.source.path, one.source.name)


def _target(one: Link) -> str:
    if one.target is None:
        return f"{escape(one.number)} <span class='note'>({one.candidates} plans of this number)</span>"
    return _anchor(one.target.path, one.target.name)


def _units(units: Sequence[tuple[str, int, int]]) -> str:
    rows = [(escape(name), str(led), str(helped)) for name, led, helped in units]
    return _table(("unit", "leads", "supports"), rows, numbers=(1, 2)) if rows else "<p>None.</p>"


def _months(months: Sequence[tuple[str, int]]) -> str:
    """A bar a month, as an SVG picture with its figures as text."""
    if not months:
        return "<p>No task has a date.</p>"
    shown = months[-_MOST_MONTHS:]
    width, height, base = 26, 160, 180
    top = max(number for _, number in shown)
    bars = []
    for place, (month, number) in enumerate(shown):
        x, size = place * width + 4, round(number / top * height)
        bars.append(
            f"<rect x='{x}' y='{base - size}' width='{width - 6}' height='{size}' fill='#2f6f9f'>"
            f"<title>{month}: {number}</title></rect>"
        )
        if number:
            bars.append(f"<text x='{x + 10}' y='{base - size - 3}' text-anchor='middle'>{number}</text>")
        if month.endswith("-01") or place == 0:
            bars.append(f"<text x='{x}' y='{base + 28}'>{month[:4]}</text>")
        bars.append(f"<text x='{x + 10}' y='{base + 14}' text-anchor='middle'>{int(month[5:])}</text>")
    whole = len(shown) * width + 8
    drawn = "".join(bars)
    return (
        f"<svg viewBox='0 0 {whole} 215' width='{whole}' height='215' role='img' font-size='11' "
        f"font-family='sans-serif'><title>Tasks due by month</title>{drawn}</svg>"
    )


def _documents(documents: Sequence[dict[str, Any]]) -> str:
    rows = []
    for document in documents[:_MOST_ROWS]:
        said = document["reason"] if document["state"] != "done" else _title(document)
        rows.append(
            (_file(document), escape(document["state"]), str(document["pages"] or ""),
             str(document["tasks"] or ""), escape(said))
        )  # fmt: skip
    ids = [_identity(document["path"]) for document in documents]
    return _table(("file", "state", "pages", "tasks", ""), rows, numbers=(2, 3), ids=ids, of=len(documents))


def _title(document: dict[str, Any]) -> str:
    titles = (" ".join(filter(None, (d["number"], d["title"]))) for d in document["digest"])
    return "; ".join(titles)


def _file(document: dict[str, Any]) -> str:
    """The file's name; where it was converted, a link to the result beside the report."""
    name = escape(document["path"])
    return f"<a href='./{quote(document['output'])}'>{name}</a>" if document["state"] == "done" else name


def _anchor(path: str, name: str) -> str:
    return f"<a href='#{_identity(path)}'>{escape(name)}</a>"


def _identity(path: str) -> str:
    return "d-" + quote(path, safe="").replace("%", "_")


def _table(
    header: Sequence[str], rows: Sequence[Iterable[str]], *, numbers: Sequence[int] = (),
    ids: Sequence[str] = (), of: int | None = None,
) -> str:  # fmt: skip
    """Cells are HTML already."""

    def line(cells: Iterable[str], tag: str, identity: str = "") -> str:
        kinds = (" class=n" if place in numbers else "" for place in range(len(header)))
        inner = "".join(f"<{tag}{kind}>{cell}</{tag}>" for kind, cell in zip(kinds, cells, strict=True))
        return f"<tr{identity}>{inner}</tr>\n"

    shown = rows[:_MOST_ROWS]
    body = "".join(
        line(row, "td", f" id='{ids[place]}'" if ids else "") for place, row in enumerate(shown)
    )  # fmt: skip
    whole = len(rows) if of is None else of
    rest = f"<p class='note'>{whole - len(shown):,} more in report.csv.</p>" if whole > len(shown) else ""
    return f"<table>\n{line(map(escape, header), 'th')}{body}</table>{rest}"
