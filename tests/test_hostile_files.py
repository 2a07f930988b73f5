"""Files made to harm their readers, and a thousand that were broken at random."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from PIL import Image

from pipeline.archive import ArchiveOptions, Where, archive_once
from pipeline.archive.stop import Stop
from pipeline.errors import DamagedFile, KehoachError, TooLarge
from pipeline.intake import take_in
from pipeline.intake.word_numbering import format_count
from pipeline.settings import Limits, Settings
from pipeline.types import PagedSource
from schemas import load_plan
from tests.archive_stand_ins import Silent, results
from tests.fault_archive import bomb, pdf, plan_text, png, word, zip_of
from tests.fault_engine import CONVERTER

ROOT = Path(__file__).parent.parent
MUTATIONS = int(os.environ.get("KEHOACH_MUTATIONS", "60"))
NEVER = {"WorkerLost", "TooSlow", "TooMuchMemory", "InternalError"}

BODY = '<?xml version="1.0"?>{before}<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(body: str, before: str = "", encoding: str = "utf-8") -> bytes:
    """A Word file whose document part is what a stranger wrote."""
    whole = io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/document.xml"] = BODY.format(before=before, w=W, body=body).encode(encoding)
    return zip_of(parts)


def row(cell: str, properties: str = "") -> str:
    return f"<w:tbl><w:tr>{properties}<w:tc>{cell}<w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"


def take(tmp_path: Path, name: str, content: bytes, settings: Settings | None = None) -> object:
    path = tmp_path / name
    path.write_bytes(content)
    return take_in(path, settings or Settings())


def many_parts() -> bytes:
    return zip_of({"word/document.xml": b"<a/>"} | {f"{number}": b"" for number in range(10_001)})


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
REFUSED: list[tuple[str, Callable[[], bytes], type[KehoachError]]] = [
    ("entities", lambda: docx_of("", ENTITIES), DamagedFile),
    # a declaration behind more than any reader looks at first
    ("entities behind a comment", lambda: docx_of("", f"<!--{'x' * 20_000}-->{ENTITIES}"), DamagedFile),
    ("entities in UTF-16", lambda: docx_of("", ENTITIES, "utf-16"), DamagedFile),
    ("a bomb", bomb, TooLarge),
    ("many parts", many_parts, TooLarge),
    ("nested too deep", lambda: docx_of("<w:tbl><w:tr><w:tc>" * 300), DamagedFile),
]


@pytest.mark.parametrize(("_name", "made", "error"), REFUSED, ids=[case[0] for case in REFUSED])
def test_word_files_that_are_refused(
    tmp_path: Path, _name: str, made: Callable[[], bytes], error: type[KehoachError]
) -> None:
    with pytest.raises(error):
        take(tmp_path, "x.docx", made())


BOUNDED = [
    row('<w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'),
    row('<w:tcPr><w:gridSpan w:val="1e400"/></w:tcPr>'),
    row("", '<w:trPr><w:gridBefore w:val="999999999"/></w:trPr>'),
    row("", '<w:trPr><w:gridBefore w:val="-5"/></w:trPr>'),
]


@pytest.mark.parametrize("body", BOUNDED)
def test_tables_that_lie_about_their_width(tmp_path: Path, body: str) -> None:
    source = take(tmp_path, "x.docx", docx_of(body + "<w:p><w:r><w:t>b</w:t></w:r></w:p>"))
    assert "b" in str(source)


def test_a_list_that_starts_at_a_thousand_million() -> None:
    assert format_count(10**9, "lowerLetter") == str(10**9)
    assert format_count(27, "lowerLetter") == "aa"


def test_a_text_that_is_longer_than_any_plan(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        take(tmp_path, "x.txt", b"a b\n" * 100, Settings(max_text_bytes=300))


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    head = b"<</Length %d/Filter/FlateDecode%s>>" % (len(packed), entries)
    return head + b"stream\n" + packed + b"\nendstream"


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"
IMAGE = b"/Type/XObject/Subtype/Image/Width 50000/Height 50000/ColorSpace/DeviceGray/BitsPerComponent 8"

PDFS = {
    "a page tree that holds itself": [CATALOGUE, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"],
    "a count that lies": [CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>", PAGE % b"", stream(b"")],
    "contents that are the page": [CATALOGUE, ONE_PAGE, PAGE.replace(b"4 0 R", b"3 0 R") % b""],
    "a form that draws itself": [
        CATALOGUE, ONE_PAGE, PAGE % b"/XObject<</A 5 0 R>>", stream(b"/A Do"), stream(b"/A Do", FORM),
    ],
    "an image that lies about its size": [
        CATALOGUE, ONE_PAGE, PAGE % b"/XObject<</A 5 0 R>>", stream(b"595 0 0 842 0 0 cm /A Do"),
        stream(b"abc", IMAGE),
    ],
    "contents that are a bomb": [CATALOGUE, ONE_PAGE, PAGE % b"", stream(b"0 0 m " * 1_000_000)],
    "endless saving of states": [CATALOGUE, ONE_PAGE, PAGE % b"", stream(b"q " * 30_000)],
    "a font that is its own parent": [
        CATALOGUE, ONE_PAGE, PAGE % b"/Font<</F 5 0 R>>", stream(b"BT /F 9 Tf (abc) Tj ET"),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 5 0 R/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>",
    ],
    "a length that is itself": [CATALOGUE, ONE_PAGE, PAGE % b"", b"<</Length 4 0 R>>stream\nx\nendstream"],
    "numbers beyond all bounds": [
        CATALOGUE, ONE_PAGE, (PAGE % b"").replace(b"595 842", b"1e30 -1e30"), stream(b"1e99 0 0 1e99 0 0 cm"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", PDFS)
def test_pdfs_are_read_or_refused_by_name(tmp_path: Path, name: str) -> None:
    """Whatever they are: an error of ours, or a source all of whose pages are opened or refused by name."""
    try:
        source = take(tmp_path, "x.pdf", pdf_of(PDFS[name]), Settings(max_unpacked_bytes=5_000_000))
    except KehoachError:
        return
    assert isinstance(source, PagedSource) and source.page_count <= 2
    for number in range(1, source.page_count + 1):
        try:
            page = source.page(number)
            page.raster(50)
        except KehoachError:
            continue
        assert len(page.layer) < 10


def tiff() -> bytes:
    """Two pages."""
    pages = [Image.open(io.BytesIO(png(marks))).convert("1") for marks in (1, 2)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(75, 75))
    return out.getvalue()


def _flipped(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 60))):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 40, 1000, len(content))) :]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice((1, 40, 1000)))
    return content[:end] + content[start:end] * chance.choice((1, 2, 30)) + content[end:]


MUTATIONS_OF = (_flipped, _cut, _doubled)
BASES: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: pdf(1), "docx": lambda: word(1), "tif": tiff, "txt": lambda: plan_text(1).encode(),
    # What a checksum or a compressed stream would stop at once is broken inside.
    "open.pdf": lambda: pdf(1, packed=False), "xml.docx": lambda: word(1),
}  # fmt: skip


def mutated(number: int, bases: dict[str, bytes]) -> tuple[str, bytes]:
    """File `number`: its name and content, the same on every machine."""
    chance = random.Random(number)
    kind = tuple(bases)[number % len(bases)]
    mutate = MUTATIONS_OF[number // len(bases) % len(MUTATIONS_OF)]
    if kind != "xml.docx":
        return f"{number:04d}.{kind}", mutate(bases[kind], chance)
    with zipfile.ZipFile(io.BytesIO(bases[kind])) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    part = chance.choice(("word/document.xml", "word/document.xml", *parts))
    return f"{number:04d}.{kind}", zip_of({**parts, part: mutate(parts[part], chance)})


def test_mutated_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No crash, no hang, nothing outside; each file ends with a valid plan or a reason."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    bases = {kind: make() for kind, make in BASES.items()}
    for number in range(MUTATIONS):
        name, content = mutated(number, bases)
        (folder / name).write_bytes(content)
    listener = Silent()
    options = ArchiveOptions(limits=Limits(seconds=60), converter=CONVERTER)
    tally = archive_once([folder], out, options, Where(workers=2), listener, Stop())
    wrong = [(e.path, e.reason) for e in listener.events if e.outcome and e.outcome.code in NEVER]
    assert wrong == []
    assert tally.found == MUTATIONS == tally.converted + tally.skipped + tally.failed
    made = results(out)
    assert len(made) == tally.converted > 0
    for name in list(made)[:50]:
        load_plan(out / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
