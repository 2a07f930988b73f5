"""Exports to take along, after corrections."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Literal
from urllib.parse import quote

from starlette.responses import Response

from pipeline.export import Wishes, export
from schemas import Plan, dump_plan

Format = Literal["xlsx", "csv", "json", "jsonl", "ics", "sqlite", "md", "yaml"]

MEDIA_TYPES: dict[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "ics": "text/calendar; charset=utf-8",
    "sqlite": "application/vnd.sqlite3",
    "md": "text/markdown; charset=utf-8",
    "yaml": "application/yaml",
}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the same plans give the same bytes."""


def download(plans: Sequence[Plan], form: Format, name: str, wishes: Wishes) -> Response:
    """The plans as a file of this format; CSV, and the YAML of several plans, as a ZIP of files."""
    if form == "yaml":
        files = tuple((f"{number:04}.yaml", dump_plan(plan).encode()) for number, plan in enumerate(plans, 1))
        made: bytes | tuple[tuple[str, bytes], ...] = files[0][1] if len(files) == 1 else files
    else:
        made = export(plans, form, wishes)
    media, suffix = MEDIA_TYPES[form], str(form)
    if isinstance(made, tuple):
        made, media, suffix = _zipped(made), "application/zip", f"{form}.zip"
    return Response(made, media_type=media, headers={"Content-Disposition": _attached(f"{name}.{suffix}")})


def _zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _attached(name: str) -> str:
    """A file to be saved, never shown as a page. RFC 6266: an ASCII name, and the true one."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name[:100])
    head, _, suffix = plain.rpartition("_")
    plain = f"{head}.{suffix}" if head else plain
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
