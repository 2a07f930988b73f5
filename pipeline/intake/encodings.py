"""Bytes to text: UTF-8, UTF-16, or one of the old 8-bit pages of Vietnamese machines."""

from __future__ import annotations

import codecs
import unicodedata

from pipeline.intake.legacy import convert, legacy_of
from pipeline.syllables import validity

_SPACES = "\n\r\t\f\v \u00a0\ufeff"
_PRINTABLE_FROM = 0.95


def decode(content: bytes) -> str | None:
    """`content` as text in NFC, or null where no encoding makes text of it.

    Of the 8-bit pages, Windows 1258 (Vietnamese) is taken where it gives valid syllables;
    else Windows 1252, by whose letters TCVN3 (ABC) and VNI are known and made Unicode.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(content, "utf-16")
    text = _strict(content, "utf-8-sig")
    if text is not None and "\0" not in text:
        return text
    for encoding, zero_at in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = content[zero_at::2][:4096].count(0)
        if zeros > len(content[:8192]) // 8:
            return _strict(content[: len(content) // 2 * 2], encoding)
    return _old_page(content)


def looks_like_text(head: bytes) -> bool:
    """True if the first bytes of a file decode to printable text (a cut last letter is forgiven)."""
    for cut in range(4):
        text = decode(head[: len(head) - cut])
        if text and _printable(text) >= _PRINTABLE_FROM:
            return True
    return False


def _old_page(content: bytes) -> str | None:
    best: tuple[float, str] | None = None
    for encoding in ("cp1258", "cp1252"):
        text = _strict(content, encoding) or _lenient(content, encoding)
        if text is None or _printable(text) < _PRINTABLE_FROM:
            continue
        share = validity(text[:20_000].split()).share
        if best is None or share > best[0] or (encoding == "cp1252" and best[0] < 0.5):
            best = (share, text)
    if best is None:
        return None
    legacy = legacy_of(best[1][:20_000].split())
    return convert(best[1], legacy) if legacy else best[1]


def _lenient(content: bytes, encoding: str) -> str | None:
    """With up to one byte in 200 that the page does not know: 0x81 and the like are left holes in it."""
    text = unicodedata.normalize("NFC", content.decode(encoding, errors="replace"))
    return text if text.count("\ufffd") * 200 <= len(text) else None


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return unicodedata.normalize("NFC", content.decode(encoding))
    except UnicodeDecodeError:
        return None


def _printable(text: str) -> float:
    if not text:
        return 0.0
    return sum(letter.isprintable() or letter in _SPACES for letter in text) / len(text)
