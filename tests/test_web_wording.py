"""The sources of the web page: both languages say the same, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "pipeline" / "web"


def words_of(language: str) -> dict[str, Any]:
    text = (WEB / "wording" / f"{language}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def leaves(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in words.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}.{key}")
        else:
            yield f"{path}.{key}", value


def test_both_languages_say_the_same() -> None:
    """The same keys, and the same {names} in each sentence."""
    vietnamese, english = dict(leaves(words_of("vi"))), dict(leaves(words_of("en")))
    assert vietnamese.keys() == english.keys()
    names = {key: [set(re.findall(r"\{\w+\}", one[key])) for one in (vietnamese, english)] for key in english}
    assert {key: both for key, both in names.items() if both[0] != both[1]} == {}


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    """What the content security policy would stop, found before a browser does."""
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|\|\s*safe\b|autoescape"
    )
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    elsewhere = re.compile(r"https?://(?!www\.w3\.org/)")
    for path in [*WEB.rglob("*.html"), *WEB.rglob("*.js"), *WEB.rglob("*.css"), *WEB.rglob("*.svg")]:
        text = path.read_text(encoding="utf-8")
        assert not elsewhere.search(text), path.name
        assert not (inline if path.suffix == ".html" else markup).search(text), path.name
