"""spaCy without its command line, which is half of what `import spacy` loads and which nobody runs here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_COMMANDS = ("spacy.cli", "spacy.cli.info")


@contextmanager
def without_commands() -> Iterator[None]:
    """While spaCy is imported in here its command line is not; afterwards it can be, as ever.

    spaCy itself imports one function of it, `spacy.info`: it is loaded when it is called.
    """
    if "spacy" in sys.modules:
        yield
        return
    standing_in = {name: ModuleType(name) for name in _COMMANDS}
    standing_in["spacy.cli.info"].info = _info  # type: ignore[attr-defined]
    sys.modules.update(standing_in)
    try:
        yield
    finally:
        for name, module in standing_in.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _info(*arguments: Any, **options: Any) -> Any:
    from spacy.cli.info import info  # noqa: PLC0415 - the real one, now that it is wanted

    return info(*arguments, **options)
