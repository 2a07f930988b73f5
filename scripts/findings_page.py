"""Writes docs/findings.md anew from pipeline/rules/findings.yaml: `python scripts/findings_page.py`."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "pipeline" / "rules" / "findings.yaml"
PAGE = ROOT / "docs" / "findings.md"

_HEAD = """\
# Findings

What `findings` in a plan can hold. The codes are stable: programs may rely on them. The sentence is what a
clerk reads in the plan; `{names}` are filled in. This page is made from `pipeline/rules/findings.yaml` by
`python scripts/findings_page.py`.

- **error**: do not use the result without looking at the document.
- **warning**: a person should look.
- **info**: worth knowing, nothing to check.
"""


def page() -> str:
    """The page as it should be."""
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    lines = [_HEAD, "| code | severity | meaning | sentence |", "|---|---|---|---|"]
    for code, rule in rules.items():
        cells = (f"`{code}`", rule["severity"], rule["en"], rule["vi"])
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
