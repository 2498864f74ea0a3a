"""Writes the JSON Schemas that the model defines, for editors and for reading.

    cd hooks && ../.venv/bin/python -m course.schema

A test fails when `schemas/` and the model are out of step.
"""

from __future__ import annotations

import json
from pathlib import Path

from .model import schemas

FOLDER = Path(__file__).parent / "schemas"


def schema_texts() -> dict[str, str]:
    """The text of each schema file, by its name."""
    return {
        f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


if __name__ == "__main__":
    for name, text in schema_texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
