"""The document rules as data: YAML files that a clerk could read, and their loader."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

_FASTEST: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_rules(name: str) -> Any:
    """The content of `rules/<name>.yaml`. Callers turn it into their own frozen types at once."""
    text = resources.files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_FASTEST)
