"""The server's own sentences, Vietnamese or English, from messages.yaml."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Literal, cast

import yaml
from starlette.requests import HTTPConnection

Language = Literal["vi", "en"]
LANGUAGE_COOKIE = "kehoach-language"
_LANGUAGES = ("vi", "en")
_UNKNOWN = "internal"


@cache
def _messages() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("messages.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))


def say(code: str, language: Language, **values: object) -> tuple[str, str]:
    """The message and the advice for `code`; the advice is empty where there is none."""
    found = _messages().get(code) or _messages()[_UNKNOWN]
    advice = found.get("do", {}).get(language, "")
    return found[language].format_map(_Blank(values)), advice


def known(code: str) -> bool:
    """Whether there is a sentence for `code`."""
    return code in _messages()


def language_of(connection: HTTPConnection) -> Language:
    """What was chosen at a click; Vietnamese until then."""
    chosen = connection.cookies.get(LANGUAGE_COOKIE)
    return cast(Language, chosen) if chosen in _LANGUAGES else "vi"


class _Blank(dict[str, object]):
    """A value that is not given is left blank."""

    def __missing__(self, key: str) -> str:
        return ""
