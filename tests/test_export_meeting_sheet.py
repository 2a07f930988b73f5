"""The meeting sheet, read by a Markdown parser."""

from typing import Any

import pytest
from markdown_it import MarkdownIt

from pipeline.export import export
from pipeline.export.meeting_sheet import escaped
from tests.export_samples import HOSTILE, hostile_plan, sample_plan, sample_plans


def tokens(content: bytes) -> list[Any]:
    return MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(content.decode("utf-8"))


def plain(inline: Any) -> str:
    """The text of an inline token; fails for anything that is not plain text."""
    assert {child.type for child in inline.children} <= {"text", "text_special"}, inline.content
    return "".join(child.content for child in inline.children)


def cells(content: bytes) -> list[str]:
    """The text of every table cell, in order."""
    read = tokens(content)
    return [plain(read[place + 1]) for place, token in enumerate(read) if token.type == "td_open"]


def test_sample_reads_as_a_sheet() -> None:
    content = export([sample_plan("seed")], "md")
    assert isinstance(content, bytes)
    found = cells(content)
    for task in sample_plan("seed").tasks:
        assert task.id in found and task.title in found
    headings = [token for token in tokens(content) if token.type == "heading_open"]
    assert [token.tag for token in headings][:3] == ["h1", "h2", "h3"]
    assert "- **Văn bản:** Kế hoạch số 64/KH-UBND ngày 08/3/2024" in content.decode("utf-8")


def test_many_plans_follow_each_other() -> None:
    content = export(sample_plans(), "md")
    assert isinstance(content, bytes)
    assert sum(token.tag == "h1" and token.nesting == 1 for token in tokens(content)) == 3
    assert sum(token.type == "hr" for token in tokens(content)) == 2


def test_every_text_comes_back_as_text() -> None:
    content = export([hostile_plan()], "md")
    assert isinstance(content, bytes)
    found = cells(content)
    rows = [found[place : place + 7] for place in range(0, 7 * len(HOSTILE), 7)]
    assert [row[1] for row in rows] == [_in_markdown(text) for text in HOSTILE]
    assert [row[5] for row in rows] == [_in_markdown(text) for text in HOSTILE]


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_paragraph_a_list_and_a_heading_too(text: str) -> None:
    for before in ("", "- ", "# "):
        read = tokens(f"{before}{escaped(text)}\n".encode())
        assert [plain(token) for token in read if token.type == "inline"] == [_in_markdown(text)]
        assert not [token for token in read if token.type.startswith("html")]


def _in_markdown(text: str) -> str:
    """Control characters become U+FFFD; all else is there."""
    return "".join("\ufffd" if letter in "\x0b\x0c\x07\x85" else letter for letter in text)
