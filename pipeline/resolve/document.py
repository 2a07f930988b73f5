"""The plan's `document` part, from the letterhead and the closing block."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.outline import Closing, HeadValues, Letterhead, Outline
from pipeline.resolve.record import Record
from pipeline.types import Passage
from schemas import Document, Period, Signer


def document_of(outline: Outline, record: Record) -> Document:
    """The document itself, with evidence and with findings for what could not be read."""
    _prove_head(outline.letterhead, outline.values, record)
    _prove_closing(outline.closing, record)
    _flag_unread(outline, record)
    values = outline.values
    closing = outline.closing
    return Document(
        type=values.type,
        number=values.number,
        date=values.date,
        place=values.place,
        issuer=values.issuer,
        parent=values.parent,
        title=values.title,
        period=Period(start=values.period[0], end=values.period[1]) if values.period else None,
        signer=Signer(
            authority=_joined(closing.authority),
            role=closing.role.text or None,
            name=closing.name.text or None,
        ),
        recipients=tuple(recipient.text for recipient in closing.recipients),
        urgency=values.urgency,
        secrecy=values.secrecy,
    )


def _joined(lines: Sequence[Passage]) -> str | None:
    return " ".join(line.text for line in lines if line) or None


def _prove_head(head: Letterhead, values: HeadValues, record: Record) -> None:
    read = {
        "type": (head.type, values.type),
        "number": (head.number, values.number),
        "date": (head.date, values.date),
        "place": (head.place, values.place),
        "issuer": (head.issuer, values.issuer),
        "parent": (head.parent, values.parent),
        "title": (head.title, values.title),
        "urgency": (head.urgency, values.urgency),
        "secrecy": (head.secrecy, values.secrecy),
    }
    for name, (passage, value) in read.items():
        if value is not None:
            record.prove(f"document/{name}", passage)
    if values.period is not None:
        record.prove("document/period", head.title)


def _prove_closing(closing: Closing, record: Record) -> None:
    record.prove("document/signer.authority", *closing.authority)
    record.prove("document/signer.role", closing.role)
    record.prove("document/signer.name", closing.name)
    record.prove("document/recipients", *closing.recipients)


def _flag_unread(outline: Outline, record: Record) -> None:
    values = outline.values
    if values.secrecy:
        record.flag("secret-document", "document/secrecy", text=values.secrecy)
    missing = {
        "number-not-read": ("document/number", values.number),
        "date-not-read": ("document/date", values.date),
        "issuer-not-read": ("document/issuer", values.issuer),
        "title-not-read": ("document/title", values.title),
        "signer-not-read": ("document/signer.name", outline.closing.name.text or None),
    }
    for code, (at, value) in missing.items():
        if value is None:
            record.flag(code, at)
    if outline.closing.authority and not outline.closing.role:
        record.flag("post-not-read", "document/signer.role")
    if outline.further:
        record.flag("several-documents", None, pages=", ".join(map(str, outline.further)))
