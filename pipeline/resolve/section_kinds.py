"""What a section is for: objectives, requirements, tasks, assignments, or facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import fuzz

from pipeline.folding import fold, skeleton
from pipeline.outline import Item, Node, OutlineTable
from pipeline.rules import load_rules

_FACT_WORDS = 7

SectionKind = Literal["objectives", "requirements", "joint", "tasks", "steps", "organisation", "facts"]


def plain_words(text: str) -> str:
    """Folded words of `text` with single spaces: "MỤC ĐÍCH, YÊU CẦU" → "muc dich yeu cau"."""
    return " ".join(re.findall(r"[^\W_]+|%", fold(text)))


def kind_of_heading(heading: str) -> SectionKind:
    """The kind of the first rule of `rules/sections.yaml` that fits, "facts" where none does."""
    rule = rule_of_heading(heading)
    kind: SectionKind = rule["kind"] if rule else "facts"
    return kind


@lru_cache(maxsize=1024)
def rule_of_heading(heading: str) -> dict[str, Any] | None:
    """The first rule of `rules/sections.yaml` that fits a heading; None where none does."""
    words = plain_words(heading)
    for rule in load_rules("sections")["kinds"]:
        starts = any(_begins(words, plain_words(phrase)) for phrase in rule.get("start", ()))
        if starts or any(holds(words, plain_words(phrase)) for phrase in rule.get("within", ())):
            found: dict[str, Any] = rule
            return found
    return None


def runs_in(head: str) -> bool:
    """Whether `head` before a colon is a sub-heading ("Mục tiêu chung", "Mục tiêu đến năm 2030")."""
    words = re.sub(r"\s(?:den|giai doan|nam)\b[\d\s]*(?:nam)?[\d\s]*$", "", plain_words(head))
    return any(words == plain_words(phrase) for phrase in load_rules("sections")["run_in"])


def states_fact(text: str) -> bool:
    """Whether an item only states a fact about the whole ("2. Thời gian, địa điểm", "3. Đối tượng: ...")."""
    head = text.partition(":")[0]
    return len(head.split()) <= _FACT_WORDS and _opens(head, "fact_items")


def only_groups(heading: str) -> bool:
    """Whether a heading only says what kind of list follows ("1. Nhiệm vụ", "2. Biện pháp:")."""
    words = plain_words(heading)
    return any(words == plain_words(phrase) for phrase in load_rules("sections")["grouping"])


def states_unaddressed(text: str) -> bool:
    """Whether an item of "Tổ chức thực hiện" tells nobody to do anything ("Kinh phí: ...")."""
    return _opens(text, "unaddressed")


def is_remark(item: Item) -> bool:
    """Whether a paragraph is a bracket that only says where more stands ("(Chi tiết tại Phụ lục)")."""
    text = item.text.text.rstrip(" .;/")
    bracketed = item.kind == "none" and text.startswith("(") and text.endswith(")")
    return bracketed and any(
        holds(plain_words(text), plain_words(word)) for word in load_rules("paragraphs")["remarks"]
    )


def is_inspection(title: str) -> bool:
    """Whether a plan of this title inspects somebody ("Kiểm tra công tác ...")."""
    return _opens(title, "inspections")


def _opens(text: str, name: str) -> bool:
    words = plain_words(text[:80])
    return any(f"{words} ".startswith(plain_words(phrase) + " ") for phrase in load_rules("sections")[name])


def holds(words: str, phrase: str) -> bool:
    """Whether `phrase` stands in `words`, both folded, with a tolerance for OCR."""
    if f" {phrase} " in f" {words} ":
        return True
    # partial_ratio would find a short heading in a long phrase just as well
    return 7 < len(phrase) <= len(words) + 1 and fuzz.partial_ratio(skeleton(phrase), skeleton(words)) >= 88


def _begins(words: str, phrase: str) -> bool:
    head = words[: len(phrase) + 1]
    return f"{head} ".startswith(phrase + " ") or (
        len(phrase) > 6 and fuzz.ratio(skeleton(phrase), skeleton(head)) >= 85
    )


def holds_any(text: str, name: str) -> bool:
    """Whether `text` holds a wording of the list `name` in `rules/sections.yaml`."""
    words = plain_words(text)
    return any(holds(words, plain_words(phrase)) for phrase in load_rules("sections")[name])


def is_labelled(node: Node) -> bool:
    """A numbered or lettered item, not a dash, a paragraph or a table."""
    return isinstance(node, Item) and node.kind not in ("dash", "plus", "none")


def items(nodes: Sequence[Node]) -> Iterator[Item]:
    """The items among `nodes`."""
    return (node for node in nodes if isinstance(node, Item))


def tables(nodes: Sequence[Node]) -> Iterator[OutlineTable]:
    """The tables anywhere below `nodes`, in order."""
    for node in nodes:
        if isinstance(node, OutlineTable):
            yield node
        else:
            yield from tables(node.children)


def owned_tables(nodes: Sequence[Node], owner: str) -> Iterator[tuple[str, OutlineTable]]:
    """The tables anywhere below `nodes`, each with the id of the deepest labelled item that holds it."""
    for node in nodes:
        if isinstance(node, OutlineTable):
            yield owner, node
        else:
            yield from owned_tables(node.children, node.id if is_labelled(node) else owner)


def has_labelled(nodes: Sequence[Node]) -> bool:
    """Whether any numbered or lettered item stands anywhere below."""
    return any(is_labelled(node) or has_labelled(node.children) for node in items(nodes))
