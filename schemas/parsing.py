"""From YAML or JSON text to plain data, refusing what a plan never holds."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import yaml

from schemas.errors import InvalidPlan, Problem

WHOLE_FILE = "(file)"
DEEPEST = 40
MOST_VALUES = 5_000_000
"""Aliases can make a few lines stand for more values than any memory holds."""

# The parser in C is about ten times as fast; what it gives is the same.
_FASTEST: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlanLoader(_FASTEST):  # type: ignore[misc, valid-type]
    """PyYAML's safe loader that keeps bare dates as text and refuses repeated keys."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's own class attribute)
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value!r} stands twice", key.start_mark
                    )
                seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def read_source(source: Path | str) -> tuple[str, str]:
    """The text of `source` and the name to use for it in messages.

    A `Path`, or a `str` of one line that does not open with `{`, is a file; any other
    `str` is the text itself. Raises OSError for a file that cannot be read, `InvalidPlan`
    for one that is not UTF-8.
    """
    if isinstance(source, str) and ("\n" in source or source.lstrip().startswith("{")):
        return source, "the plan"
    path = Path(source)
    try:
        return path.read_bytes().decode("utf-8-sig"), path.name
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 text (byte {error.start} cannot be read)"
        raise InvalidPlan((Problem(WHOLE_FILE, message),), path.name) from error


def parse(text: str, name: str) -> dict[str, Any]:
    """The mapping that `text` holds, JSON if it opens with `{` and YAML otherwise.

    Raises `InvalidPlan` when it is neither, or holds what a plan never holds.
    """
    try:
        data = _from_json(text) if text.lstrip().startswith("{") else _from_yaml(text)
    except yaml.YAMLError as error:
        raise InvalidPlan((Problem(WHOLE_FILE, _yaml_words(error)),), name) from error
    except (ValueError, RecursionError) as error:
        raise InvalidPlan((Problem(WHOLE_FILE, f"cannot be read: {error}"),), name) from error
    if not isinstance(data, dict):
        message = "is empty" if data is None else "must be a mapping that begins with its schema"
        raise InvalidPlan((Problem(WHOLE_FILE, message),), name)
    return data


def _from_yaml(text: str) -> object:
    # bandit B506: the loader is a subclass of the safe one.
    data: object = yaml.load(text, Loader=_PlanLoader)
    _check_plain(data)
    return data


def _from_json(text: str) -> object:
    try:
        data: object = json.loads(text, object_pairs_hook=_once_each)
    except json.JSONDecodeError:
        # Flow-style YAML opens with a brace, too.
        return _from_yaml(text)
    _check_plain(data)
    return data


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands twice")
    return mapping


def _check_plain(data: object) -> None:
    """Raise ValueError unless `data` is mappings, lists and scalars of a sane depth and size."""
    level: list[object] = [data]
    count = 0
    for _ in range(DEEPEST):
        count += len(level)
        if count > MOST_VALUES:
            raise ValueError(f"more than {MOST_VALUES} values")
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise ValueError(f"nested more than {DEEPEST} deep")


def _inside(value: object) -> list[Any]:
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise ValueError(f"the key {key!r} must be text; put it in quotes")
        return list(value.values())
    if isinstance(value, list):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is not a number")
    if value is None or isinstance(value, str | int | float):
        return []
    raise ValueError(f"a value of type {type(value).__name__} has no place in a plan")


def _yaml_words(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable"
    mark = getattr(error, "problem_mark", None)
    where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return f"is not valid YAML{where}: {problem}"
