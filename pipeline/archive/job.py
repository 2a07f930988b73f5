"""What goes to a worker and what comes back: plain values, as JSON over a pipe."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from pipeline.settings import Limits, Settings

STANDARD = "pipeline.archive.work:convert_document"
"""The function that converts one document, as module:name. Tests put another one in its place."""

State = Literal["done", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """One document to convert.

    `path` is the file as the worker sees it; where `content` is given the file was sent
    along and `path` is only its name. `settings` and `limits` are kept as JSON: the same
    bytes on every machine.
    """

    path: str
    form: Literal["yaml", "json"]
    settings: str
    limits: str
    converter: str = STANDARD
    content: bytes | None = None

    def read_settings(self) -> Settings:
        return Settings.model_validate_json(self.settings)

    def read_limits(self) -> Limits:
        return Limits.model_validate_json(self.limits)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of all plans of one document together."""

    pages: int = 0
    ocr_pages: int = 0
    tasks: int = 0
    indicators: int = 0
    legal_bases: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    `plans` are the finished files' texts: one, or several of a split document. `code` is the
    name of the error and `reason` its message, both empty for a converted document. `digest`
    is what the report needs of each plan. `cpu_seconds` and `peak_bytes` are the worker's own.
    """

    state: State
    plans: tuple[str, ...] = ()
    code: str = ""
    reason: str = ""
    counts: Counts = field(default_factory=Counts)
    digest: tuple[dict[str, Any], ...] = ()
    engine: str | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    attempts: int = 1

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self), ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        data: dict[str, Any] = json.loads(text)
        data["counts"] = Counts(**data["counts"])
        return cls(**{**data, "plans": tuple(data["plans"]), "digest": tuple(data["digest"])})


def failed(code: str, reason: str, *, seconds: float = 0.0, attempts: int = 1) -> Outcome:
    """The outcome of a document that gave no plan."""
    return Outcome("failed", code=code, reason=reason, seconds=round(seconds, 3), attempts=attempts)
