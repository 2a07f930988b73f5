"""Where a plan comes from: its file, the places its fields were read from, and what is doubtful."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from schemas.part import Part
from schemas.values import Box, Count, Digest, MaybeText, Ordinal, Share, Text, Words

Severity = Literal["error", "warning", "info"]
EvidenceOrigin = Literal["ocr", "text_layer", "person"]


class Finding(Part):
    """Something a person should look at."""

    severity: Severity = Field(description="How serious it is.")
    code: Text = Field(description="A stable code, for example missing-lead.")
    at: MaybeText = Field(description="The field it concerns as collection/id/field; null for the whole.")
    message: Text = Field(description="A sentence that a clerk understands.")


class Reading(Part):
    """How the pages were read."""

    ocr: Count = Field(description="Pages read by OCR.")
    text_layer: Count = Field(description="Pages read from their text layer.")


class Source(Part):
    """The file a plan was made from, and with what."""

    file: Text = Field(description="Name of the file, without folders.")
    sha256: Digest = Field(description="SHA-256 of the file, 64 hexadecimal digits in lower case.")
    pages: Count = Field(description="Number of pages.")
    reading: Reading = Field(description="How many pages were read in which way.")
    engine: MaybeText = Field(description="OCR engine, its version and language; null where none was used.")
    version: Text = Field(description="Version of kehoach.")


class Place(Part):
    """A place in the document that a field was read from."""

    page: Ordinal = Field(description="Page, counted from 1.")
    box: Box | None = Field(
        description="x0, top, x1, bottom in PDF points from the top left of the upright page; "
        "null for inputs without pages."
    )
    text: Words = Field(description="The text as read.")
    confidence: Share = Field(description="How sure the reading is, 0 to 1, calibrated.")
    mended: MaybeText = Field(default=None, description="The text after mending, where it differs.")
    origin: EvidenceOrigin | None = Field(default=None, description="Where the text came from.")
    prepared: MaybeText = Field(default=None, description="How the page image was treated before OCR.")
    line: Ordinal | None = Field(
        default=None, description="Line of an input without pages, counted from 1; null otherwise."
    )

    @model_validator(mode="after")
    def _corners_in_order(self) -> Place:
        if self.box is not None and (self.box[0] > self.box[2] or self.box[1] > self.box[3]):
            raise ValueError("the box must be [x0, top, x1, bottom] with x0 <= x1 and top <= bottom")
        return self


Places = Annotated[tuple[Place, ...], Field(min_length=1)]
