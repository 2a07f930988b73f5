"""What the entity layer finds in running text: the resolver's window on the spaCy pipeline."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.resolve.lean_spacy import without_commands

if TYPE_CHECKING:
    from spacy.language import Language

Group = Literal["units", "deadlines", "targets", "citations"]


@cache
def _only(group: Group) -> Language:
    """A pipeline of the one component that is asked for."""
    # Not at the top: spaCy is half of all that is loaded, and who only reads plan files does without.
    with without_commands():
        from pipeline.resolve.language_pipeline import build_pipeline  # noqa: PLC0415

    return build_pipeline((group,))


def load_entity_layer() -> None:
    """Have spaCy ready before the first document, that none waits for it."""
    for group in get_args(Group):
        _only(group)


@lru_cache(maxsize=4096)
def first_entity(text: str, group: Group) -> tuple[int, int] | None:
    """Where the first span of `group` stands in `text` (characters); None where there is none."""
    doc = _only(group)(text)
    for span in doc.spans[group]:
        place: tuple[int, int] = span._.exact
        return place
    return None
