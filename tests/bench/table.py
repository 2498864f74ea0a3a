"""Records of measurements -> tables in Markdown: medians, and ratios against this project."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

NOTHING = "–"


@dataclass(frozen=True)
class Record:
    """What one contender took in one round: `figures` by name, in seconds, bytes and numbers.

    `state` tells what was measured, so that a record of other code is not taken for one of this.
    """

    contender: str
    state: str
    lessons: int
    round: int
    day: str
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """A contender as tables show it."""

    key: str
    name: str
    self_checks: str


@dataclass(frozen=True)
class Column:
    """A column: its heading, the figure it shows and how, and whether it tells the ratio, too."""

    heading: str
    figure: str
    shown: Callable[[float], str]
    compared: bool = False
    beside: str = ""
    """A figure that is added in brackets: a number of requests."""


def seconds(value: float) -> str:
    """Seconds with about three digits."""
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s" if value < 100 else f"{value:.0f} s"


def kilobytes(value: float) -> str:
    """Bytes in kilobytes of 1,000 bytes."""
    return f"{value / 1000:,.1f} KB" if value < 100_000 else f"{value / 1000:,.0f} KB"


def megabytes(value: float) -> str:
    """Bytes in megabytes of a million bytes."""
    return f"{value / 1e6:,.1f} MB"


BUILDING = (
    Column("Cold build", "cold", seconds, compared=True),
    Column("CPU", "cold_cpu", seconds, compared=True),
    Column("Again, unchanged", "same", seconds),
    Column("After one sentence", "edit", seconds),
    Column("Saved to served", "served", seconds),
    Column("Site", "site_bytes", megabytes, compared=True),
)
READING = (
    Column("First visit", "first_bytes", kilobytes, compared=True, beside="first_requests"),
    Column("Next lesson", "next_bytes", kilobytes, compared=True, beside="next_requests"),
    Column("First search result", "search_bytes", kilobytes, beside="search_requests"),
)


def report(records: Iterable[Record], rows: Sequence[Row], sizes: Iterable[int]) -> str:
    """The tables for some numbers of lessons; all others are compared with the first row."""
    kept = [*records]
    parts = []
    for size in sorted(sizes):
        these = [record for record in kept if record.lessons == size]
        if these:
            rounds = len({record.round for record in these})
            parts.append(f"**{size:,} lessons in two languages** ({_rounds(rounds)})")
            parts.append(_table(these, rows, BUILDING))
            parts.append(_table(these, rows, READING, checks=True))
    return "\n\n".join(parts)


def growth(records: Iterable[Record], rows: Sequence[Row]) -> str:
    """How the seconds of a cold build grow with the lessons, and what each one costs."""
    kept = [*records]
    sizes = sorted({record.lessons for record in kept})
    lines = [["", *(f"{size:,} lessons" for size in sizes)]]
    for row in rows:
        cells = [row.name]
        for size in sizes:
            told = _median(kept, row.key, size, "cold")
            each = "" if told is None else f" ({told / size * 1000:.0f} ms each)"
            cells.append(NOTHING if told is None else seconds(told) + each)
        lines += [cells] if cells[1:] != [NOTHING] * len(sizes) else []
    return _markdown(lines)


def ratio(records: Iterable[Record], key: str, base: str, figure: str) -> float | None:
    """How many times as much as `base` a contender took: the median of the rounds' own ratios.

    A round that only one of them has, and one in which `base` took nothing, are passed over.
    """
    theirs, ours = _by_round(records, key, figure), _by_round(records, base, figure)
    ratios = [theirs[number] / ours[number] for number in theirs if ours.get(number)]
    return statistics.median(ratios) if ratios else None


def _table(
    records: Sequence[Record], rows: Sequence[Row], columns: Sequence[Column], checks: bool = False
) -> str:
    lines = [["", *(column.heading for column in columns), *(["Self-checks"] if checks else [])]]
    for row in rows:
        if any(record.contender == row.key for record in records):
            cells = [_cell(records, row.key, rows[0].key, column) for column in columns]
            lines.append([row.name, *cells, *([row.self_checks] if checks else [])])
    return _markdown(lines)


def _cell(records: Sequence[Record], key: str, base: str, column: Column) -> str:
    values = _by_round(records, key, column.figure).values()
    if not values:
        return NOTHING
    told = column.shown(statistics.median(values))
    if column.beside:
        beside = _by_round(records, key, column.beside).values()
        told += f" in {statistics.median(beside):.0f}"
    times = ratio(records, key, base, column.figure) if column.compared and key != base else None
    return told if times is None else f"{told} (×{times:.2f})"


def _median(records: Iterable[Record], key: str, size: int, figure: str) -> float | None:
    sized = (record for record in records if record.lessons == size)
    values = _by_round(sized, key, figure).values()
    return statistics.median(values) if values else None


def _by_round(records: Iterable[Record], key: str, figure: str) -> dict[int, float]:
    return {
        record.round: record.figures[figure]
        for record in records
        if record.contender == key and figure in record.figures
    }


def _rounds(number: int) -> str:
    return "one round" if number == 1 else f"medians of {number} rounds"


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    head, *rest = lines
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, marks, *rest))
