"""What can be wrong with a plan file, in words that tell where and what."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = 12
"""Problems spelt out in the message; `problems` always holds all of them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: `at` is the field as collection/id/field, `message` says what in words."""

    at: str
    message: str

    def __str__(self) -> str:
        return f"{self.at}: {self.message}"


class PlanFileError(ValueError):
    """Base of the errors of a plan file. `advice` is a sentence that tells what to do."""

    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class UnknownSchema(PlanFileError):
    """The file names a version of the contract that this version cannot read."""

    exit_code = 40


class InvalidPlan(PlanFileError):
    """The file breaks the contract; `problems` names each field and what is wrong with it."""

    exit_code = 41

    def __init__(self, problems: tuple[Problem, ...], name: str = "the plan") -> None:
        self.problems = problems
        count = len(problems)
        head = f"{name} breaks the contract in {count} place{'s' if count != 1 else ''}:"
        shown = [f"  {problem}" for problem in problems[:SHOWN]]
        if count > SHOWN:
            shown.append(f"  and {count - SHOWN} more.")
        super().__init__("\n".join([head, *shown]))
