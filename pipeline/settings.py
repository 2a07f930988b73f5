"""What a user may set, checked once at the edge."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

FINEST_DPI = 240
"""The resolution that pages of small print are drawn at, unless `Settings.dpi` says otherwise."""
DOUBTFUL_BELOW = 0.8
"""A field under this confidence is doubtful: one bound for overlay, page and exports."""


class Settings(BaseModel):
    """Settings of one conversion; immutable, the defaults suit an office scan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: str = Field(
        default="auto",
        description="tesseract, tesserocr, or auto: tesserocr where it and the model are found.",
    )
    lang: str = "vie"
    dpi: int | None = Field(
        default=None,
        ge=72,
        le=600,
        description="Resolution of the page image given to OCR, dots an inch; null: as each page needs.",
    )
    pages: tuple[int, ...] | None = Field(
        default=None, description="Pages to read, counted from 1; null for all."
    )
    mend: bool = Field(default=True, description="Mend the Vietnamese that OCR broke.")
    allow_secret: bool = False
    split: bool = False
    max_file_bytes: int = 500_000_000
    max_text_bytes: int = 20_000_000
    max_unpacked_bytes: int = Field(
        default=400_000_000, description="Bytes of a DOCX unpacked, or of one page's PDF content."
    )
    max_pages: int = 2_000
    max_page_pixels: int = 200_000_000
    ocr_timeout: float = Field(default=120.0, gt=0, description="Seconds for one reading of one page.")


LIMITS_OF_A_FILE = (
    "max_file_bytes", "max_text_bytes", "max_unpacked_bytes", "max_pages", "max_page_pixels", "ocr_timeout",
)  # fmt: skip
"""Settings that bound a conversion but do not change what it gives."""


class Limits(BaseModel):
    """What one document of an archive may take before its worker process is ended."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: float = Field(default=3600.0, gt=0, description="Seconds for a whole document.")
    page_seconds: float = Field(default=600.0, gt=0, description="Seconds without any page being finished.")
    memory_bytes: int = Field(
        default=2_000_000_000, ge=100_000_000, description="Bytes of memory above what an idle worker has."
    )
