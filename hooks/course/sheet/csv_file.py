"""CSV: a list of rows out; a file that any spreadsheet may have written in."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..problem import Problem
from .layout import PLACE
from .table import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Table,
    column_name,
    file_problem,
    guarded_csv,
    looks_typed,
    text_problems,
    unguarded_csv,
)

SAVE_AS = "save it as “CSV UTF-8”, or better as an Excel workbook (.xlsx)"


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[str | bool]]) -> bytes:
    """The bytes of a CSV file: UTF-8 with a byte order mark, which Excel asks for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([str(v).lower() if isinstance(v, bool) else guarded_csv(v) for v in row])
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8")


def read_csv(path: Path, name: str) -> Table:
    """Read a CSV file; `name` is what messages call it. Raises OSError."""
    if path.stat().st_size > MAX_BYTES:
        problem = file_problem(name, "the file has more than 5 MB", "export fewer self-checks")
        return Table(name, problems=(problem,))
    try:
        text = _decoded(path.read_bytes())
    except ValueError as error:
        return Table(name, problems=(file_problem(name, str(error), SAVE_AS),))
    text, separator = _separator(text)
    csv.field_size_limit(4 * MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    problems: list[Problem] = []
    number = 0
    try:
        for number, values in enumerate(reader, 1):
            if number > MAX_ROWS or len(values) > MAX_COLUMNS:
                what = f"the sheet has more than {MAX_ROWS} rows or {MAX_COLUMNS} columns"
                problems.append(file_problem(name, what, "export fewer self-checks", number))
                break
            cells = tuple(_cell(number, at, value) for at, value in enumerate(values))
            problems += text_problems(name, number, cells)
            rows.append((number, cells))
    except csv.Error as error:
        fix = "close the quotation mark, double one inside a text, or save from a spreadsheet"
        problems.append(file_problem(name, f"the row cannot be read ({error})", fix, number + 1))
    return Table(name, tuple(rows), tuple(problems))


def _cell(row: int, column: int, value: str) -> Cell:
    text = unguarded_csv(value)
    typed = row > 1 and text == value and looks_typed(value.strip())
    return Cell(f"{column_name(column)}{row}", text, "a number or a date" if typed else "")


def _decoded(raw: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16; raises ValueError, worded for a trainer."""
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValueError("the file is a workbook and no CSV")
    if not wide and b"\x00" in raw:
        raise ValueError("the file is no UTF-8 text")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ValueError(f"the file is no UTF-8 text (near line {line})") from None


def _separator(text: str) -> tuple[str, str]:
    """The text without Excel's line `sep=`, and what separates its cells."""
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').lower().startswith("sep="):
        sign = first.strip().strip('"')[4:5] or "\t"
        if sign in ",;\t":
            return rest, sign
    first = text.splitlines()[0].lower() if text else ""
    found = {sign: sum(cell.strip('" ') in PLACE for cell in first.split(sign)) for sign in ",;\t"}
    return text, max(found, key=lambda sign: found[sign])
