"""The kinds of value a plan holds: text, dates, recurrences, durations, figures.

Each checks itself and says in plain words what is wrong; the JSON Schema carries the
same rule as a pattern, so that other tools can check without this package.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, Strict

_DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_RECURRENCE = (
    r"^FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"(;(UNTIL|COUNT|INTERVAL|BYSECOND|BYMINUTE|BYHOUR|BYDAY|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYMONTH"
    r"|BYSETPOS|WKST)=[A-Z0-9+-]+(,[A-Z0-9+-]+)*)*$"
)
_DURATION = (
    r"^P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?"
    r"(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$"
)


def _composed(text: str) -> str:
    """Unicode NFC, as the contract wants every text."""
    return unicodedata.normalize("NFC", text)


def _iso_date(text: str) -> str:
    try:
        # The pattern comes first: fromisoformat also takes 20240308 and 2024-W10-5.
        if re.fullmatch(_DATE, text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise ValueError(f"{text!r} is not a calendar date; write it as YYYY-MM-DD, for example 2024-03-08")


def _recurrence(text: str) -> str:
    keys = [part.partition("=")[0] for part in text.split(";")]
    if re.fullmatch(_RECURRENCE, text, re.ASCII) and len(keys) == len(set(keys)):
        return text
    raise ValueError(f"{text!r} is not an RFC 5545 RRULE value; write for example FREQ=MONTHLY;INTERVAL=3")


def _duration(text: str) -> str:
    if re.fullmatch(_DURATION, text, re.ASCII):
        return text
    raise ValueError(f"{text!r} is not an ISO 8601 duration; write for example P20D or P18M")


def _whole(figure: float) -> float:
    """60.0 as 60, as it is printed; past 2**53 a float no longer tells whole numbers apart."""
    return int(figure) if abs(figure) < 2**53 and float(figure).is_integer() else figure


def _nothing(value: object) -> object:
    """An empty text says nothing: null."""
    return None if isinstance(value, str) and not value.strip() else value


Words = Annotated[str, Strict(), AfterValidator(_composed)]
"""Text as printed, NFC; may be empty."""

Text = Annotated[str, Strict(), Field(min_length=1), AfterValidator(_composed)]
"""Text as printed, NFC, at least one character."""

MaybeText = Annotated[Text | None, BeforeValidator(_nothing)]
"""Text, or null where the document says nothing."""

IsoDate = Annotated[
    str,
    Strict(),
    AfterValidator(_iso_date),
    Field(json_schema_extra={"format": "date", "pattern": _DATE}),
]
"""A calendar date as text, YYYY-MM-DD."""

Recurrence = Annotated[
    str, Strict(), AfterValidator(_recurrence), Field(json_schema_extra={"pattern": _RECURRENCE})
]
"""An RFC 5545 RRULE value."""

Duration = Annotated[
    str, Strict(), AfterValidator(_duration), Field(json_schema_extra={"pattern": _DURATION})
]
"""An ISO 8601 duration."""

Figure = Annotated[
    float,
    Strict(),
    Field(allow_inf_nan=False),
    AfterValidator(_whole),
    PlainSerializer(_whole, return_type=Any),
]
"""A number; whole ones without a fraction."""

Box = Annotated[tuple[Figure, ...], Field(min_length=4, max_length=4)]
"""x0, top, x1, bottom in PDF points from the top left of the upright page."""

Digest = Annotated[str, Strict(), Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal digits."""

Count = Annotated[int, Strict(), Field(ge=0)]
"""A whole number from 0."""

Ordinal = Annotated[int, Strict(), Field(ge=1)]
"""A whole number from 1."""

Share = Annotated[float, Strict(), Field(ge=0, le=1)]
"""A number between 0 and 1."""
