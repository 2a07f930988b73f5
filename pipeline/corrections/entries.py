"""A correction, and the file that keeps those of one plan."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from schemas import Plan
from schemas.values import Box, Ordinal

FORMAT: Final = "kehoach.corrections/1"


class Pointed(BaseModel):
    """Where on the page a person pointed: PDF points from the top left of the upright page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: Ordinal
    box: Box | None = None

    @model_validator(mode="after")
    def _corners_in_order(self) -> Pointed:
        if self.box is not None and (self.box[0] > self.box[2] or self.box[1] > self.box[3]):
            raise ValueError("the box must be [x0, top, x1, bottom] with x0 <= x1 and top <= bottom")
        return self


class Correction(BaseModel):
    """One field set right, or found right, by a person.

    `old` and `new` are values of the contract, only that units are given by their names: ids
    may change when the document is converted anew. `accepted` means that the value was found
    right as it is; then both are equal.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(min_length=1, description="The evidence key: tasks/III.1/lead.")
    content_sha256: str = Field(description="SHA-256 of the document that the plan was made from.")
    old: Any
    new: Any
    when: AwareDatetime
    accepted: bool = False
    place: Pointed | None = None


class Kept(BaseModel):
    """The corrections of one plan.

    Attributes:
        entries: all of them, oldest first; undo takes the last one away.
        written: SHA-256 of the plan file as it was last written with them.
        read: the plan as the engine read it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["kehoach.corrections/1"] = FORMAT
    entries: tuple[Correction, ...]
    written: str
    read: dict[str, Any]

    def plan_as_read(self) -> Plan:
        """`read` as a plan.

        Raises:
            pydantic.ValidationError: if it is none of this version of the contract.
        """
        return Plan.model_validate(self.read)
