"""What an edit of a text is, and a text with edits in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """In `line` (from 1) of a file, at `column` (from 0), `old` becomes `new`."""

    path: str
    line: int
    column: int
    old: str
    new: str
    rule: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits; one that overlaps another, or does not find its `old`, is left out."""
    rows = text.split("\n")
    free: dict[int, int] = {}
    for edit in sorted(set(edits), key=lambda edit: (edit.line, edit.column), reverse=True):
        index, end = edit.line - 1, edit.column + len(edit.old)
        if not 0 <= index < len(rows) or end > free.get(index, len(rows[index])):
            continue
        row = rows[index]
        if row[edit.column : end] == edit.old:
            rows[index] = row[: edit.column] + edit.new + row[end:]
            free[index] = edit.column
    return "\n".join(rows)
