"""`python -m schemas` writes plan.schema.json anew from the models."""

from __future__ import annotations

from pathlib import Path

from schemas.json_schema import schema_text

TARGET = Path(__file__).with_name("plan.schema.json")


def main() -> None:
    """Write the file beside this one, with the same line ends on every system."""
    TARGET.write_bytes(schema_text().encode("utf-8"))
    print(TARGET)


if __name__ == "__main__":
    main()
