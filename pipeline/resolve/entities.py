"""What the entity layer finds in running text: the resolver's window on the spaCy pipeline."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.resolve.lean_spacy import without_commands

if TYPE_CHECKING:
    from spacy.language import Language

Group = Literal["units", "deadlines", "targets", "citations"]
_GROUPS: tuple[Group, ...] = get_args(Group)


@cache
def load_entity_layer() -> Language:
    """The spaCy pipeline, built once: before the first document where none is to wait for it."""
    # Not at the top: spaCy is half of all that is loaded, and who only reads plan files does without.
    with without_commands():
        from pipeline.resolve.language_pipeline import shared_pipeline  # noqa: PLC0415

    return shared_pipeline()


@lru_cache(maxsize=4096)
def first_entity(text: str, group: Group) -> tuple[int, int] | None:
    """Where the first span of `group` stands in `text` (characters); None where there is none."""
    doc = load_entity_layer()(text, disable=[other for other in _GROUPS if other != group])
    for span in doc.spans[group]:
        place: tuple[int, int] = span._.exact
        return place
    return None
