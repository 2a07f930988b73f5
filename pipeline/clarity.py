"""Is every task clear? The six questions that offices are held to ("6 rõ").

Directives of the Government and of provinces ask of every task that it be clear who does it,
what is done, by when, who answers for it, what comes out of it and on whose authority.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas import Plan, Task

Answer = Literal["yes", "no", "doubtful"]

QUESTIONS = {
    "person": "Rõ người",
    "work": "Rõ việc",
    "time": "Rõ thời gian",
    "responsibility": "Rõ trách nhiệm",
    "product": "Rõ sản phẩm",
    "authority": "Rõ thẩm quyền",
}
"""The six, in the order in which they are named."""


@dataclass(frozen=True, slots=True)
class Clarity:
    """The six answers for one task.

    person: a lead is named. work: there is a title. time: a deadline that is not unclear.
    responsibility: exactly one lead. product: a product is named. authority: a document is
    cited in the task or in its section; else doubtful, for it may be cited for the whole plan.
    """

    id: str
    title: str | None
    person: Answer
    work: Answer
    time: Answer
    responsibility: Answer
    product: Answer
    authority: Answer

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All six, in the order of `QUESTIONS`."""
        return self.person, self.work, self.time, self.responsibility, self.product, self.authority

    @property
    def clear(self) -> bool:
        """No answer is no."""
        return "no" not in self.answers


def clarity_of(plan: Plan) -> tuple[Clarity, ...]:
    """The answers for each task, in the plan's order."""
    citing = [item for citation in plan.citations for item in citation.cited_in]
    tasks = {task.id for task in plan.tasks}
    sections = {_section_of(item, tasks) for item in citing} - {""}
    return tuple(_clarity(task, citing, sections) for task in plan.tasks)


def _clarity(task: Task, citing: Sequence[str], sections: set[str]) -> Clarity:
    cited = any(item == task.id or item.startswith(f"{task.id}.") for item in citing)
    cited = cited or any(task.id.startswith(f"{section}.") for section in sections)
    return Clarity(
        task.id,
        task.title,
        person=_answer(bool(task.lead)),
        work=_answer(bool(task.title)),
        time=_answer(task.deadline is not None and task.deadline.kind != "unclear"),
        responsibility=_answer(len(task.lead) == 1),
        product=_answer(bool(task.products)),
        authority="yes" if cited else "doubtful",
    )


def _section_of(item: str, tasks: set[str]) -> str:
    """The section that `item` speaks for: itself, or the one that an unlabelled paragraph stands in.

    Empty for what belongs to a task: it does not speak for the task's neighbours.
    """
    parts = item.split(".")
    if any(".".join(parts[:length]) in tasks for length in range(1, len(parts) + 1)):
        return ""
    return ".".join(parts[:-1]) if parts[-1].startswith("-") else item


def _answer(fulfilled: bool) -> Answer:
    return "yes" if fulfilled else "no"
