"""Rows of words as a table of plain text, in columns that fit a width."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

WIDTH = 80
GAP = "  "


def table(
    rows: Sequence[Sequence[str]],
    numeric: frozenset[int] = frozenset(),
    paint: Callable[[str], str] = str,
) -> Iterator[str]:
    """The lines of a table; the first row is its head, the first column says what a row is about.

    Columns that do not fit beside the others follow in a further table, with the first column
    again. The `numeric` ones end together. `paint` may put colour on a padded cell.
    """
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    for columns in _fitting(widths):
        if columns[0] != 1:
            yield ""
        for number, row in enumerate(rows):
            cells = [row[0].ljust(widths[0])]
            for index in columns:
                width = widths[index]
                cell = row[index].rjust(width) if index in numeric else row[index].ljust(width)
                cell = cell.rstrip() if index == columns[-1] else cell
                cells.append(paint(cell) if number else cell)
            yield GAP.join(cells)


def _fitting(widths: Sequence[int]) -> Iterator[list[int]]:
    """The columns after the first, cut where a line would be full."""
    columns: list[int] = []
    room = WIDTH - widths[0]
    for index in range(1, len(widths)):
        taken = len(GAP) + widths[index]
        if columns and taken > room:
            yield columns
            columns, room = [], WIDTH - widths[0]
        columns.append(index)
        room -= taken
    yield columns
