"""XLSX: a workbook with a sheet of questions and one that explains it, out and in.

What comes in was made by nobody knows whom: the archive is measured before it is opened, and
openpyxl reads its XML with defusedxml, which takes no entities.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..problem import Problem
from .layout import PLACE, TRUTHS, split_text_column
from .table import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Table,
    cell_problem,
    file_problem,
    guarded,
    text_problems,
    unguarded,
)

SHEET = "Questions"
MAX_INFLATED = 30 * 1024 * 1024
MAX_FILES = 200
WIDTHS = {"quiz": 15, "question": 24, "part": 10, "id": 16, "type": 12, "objective": 20}
TEXT_WIDTH, OTHER_WIDTH = 44, 12

if not openpyxl.DEFUSEDXML:
    raise ImportError("openpyxl does not read XML with defusedxml")


def to_xlsx(
    headings: Sequence[str],
    rows: Iterable[Sequence[str | bool]],
    choices: Mapping[str, Sequence[str]],
    how_to: Sequence[Sequence[str]],
) -> bytes:
    """The bytes of a workbook.

    `choices` are what some columns may hold; `how_to` the rows of the sheet that explains the
    other one, the first of which is its heading; without rows there is no such sheet.
    """
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    _fill(sheet, [headings, *rows], bold_parts=headings.index("part"))
    for index, heading in enumerate(headings, 1):
        column = sheet.column_dimensions[get_column_letter(index)]
        usual = TEXT_WIDTH if split_text_column(heading) else OTHER_WIDTH
        column.width = WIDTHS.get(heading, usual)
        column.number_format = "@"
    sheet.freeze_panes = sheet.cell(2, len(PLACE) + 1)
    sheet.auto_filter.ref = sheet.dimensions
    for heading, allowed in choices.items():
        _offer(sheet, get_column_letter(headings.index(heading) + 1), allowed)
    if how_to:
        _explain(book.create_sheet(), how_to)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, rows: Iterable[Sequence[str | bool]], bold_parts: int) -> None:
    shade = PatternFill("solid", fgColor="FFE8EEF2")
    for number, row in enumerate(rows, 1):
        begins = number == 1 or row[bold_parts] == "question"
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            text = str(value).lower() if isinstance(value, bool) else value
            _put(cell, text)
            if begins:
                cell.fill = shade
                cell.font = Font(bold=number == 1)


def _put(cell: Any, text: str) -> None:
    """Write a text as a text, whatever it looks like."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = "@"
    if text:
        cell.value = _escaped(guarded(text))
        cell.data_type = "s"


def _offer(sheet: Any, column: str, allowed: Sequence[str]) -> None:
    """Let a column be chosen from; other values may be typed, and the import says what is wrong."""
    listed = DataValidation("list", formula1=f'"{",".join(allowed)}"', showErrorMessage=False)
    sheet.add_data_validation(listed)
    listed.add(f"{column}2:{column}{MAX_ROWS}")


def _explain(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    sheet.title = re.sub(r"[\[\]:*?/\\]", "", rows[0][0])[:31]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            _put(cell, text)
            cell.font = Font(bold=number == 1)
            sheet.column_dimensions[get_column_letter(column)].width = 80


def _escaped(text: str) -> str:
    """Excel reads `_x0041_` as an A, so that the underscore has to be written this way itself."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def read_xlsx(path: Path, name: str) -> Table:
    """Read a workbook; `name` is what messages call it. Raises OSError."""
    try:
        problems = list(_archive_problems(path, name))
        if problems:
            return Table(name, problems=tuple(problems))
        with warnings.catch_warnings():  # of styles and extensions that openpyxl leaves out
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, keep_links=False)
    except OSError:
        raise
    except Exception as error:  # whatever a broken or hostile file makes of its readers
        what = f"this is no workbook that can be read ({type(error).__name__})"
        fix = "save it in a spreadsheet as an Excel workbook (.xlsx), without a password"
        return Table(name, problems=(file_problem(name, what, fix),))
    return _read_book(book, name)


def _archive_problems(path: Path, name: str) -> Iterator[Problem]:
    if path.stat().st_size > MAX_BYTES:
        yield file_problem(name, "the file has more than 5 MB", "export fewer self-checks")
        return
    with zipfile.ZipFile(path) as archive:
        files = archive.infolist()
        if len(files) > MAX_FILES or sum(file.file_size for file in files) > MAX_INFLATED:
            fix = "export it anew, and copy your texts into that"
            yield file_problem(name, "the workbook unpacks to more than 30 MB", fix)
            return
        if any(file.filename.lower().endswith("vbaproject.bin") for file in files):
            fix = "save it as an Excel workbook (.xlsx), without macros"
            yield file_problem(name, "the workbook holds macros", fix)
        for file in files:
            # Reads no more than the archive said above, or stops with an error.
            if b"<!DOCTYPE" in archive.read(file):
                what = f"the workbook holds a document type ({file.filename})"
                yield file_problem(name, what, "save it again from a spreadsheet")


def _read_book(book: Any, name: str) -> Table:
    sheets = [sheet for sheet in book.worksheets if _has_headings(sheet)]
    if len(sheets) != 1:
        found = "no sheet" if not sheets else f"{len(sheets)} sheets"
        what = f"{found} of the workbook has the headings {', '.join(PLACE)} in its first row"
        return Table(name, problems=(file_problem(name, what, "keep them on one sheet"),))
    sheet = sheets[0]
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        what = f"the sheet has more than {MAX_ROWS} rows or {MAX_COLUMNS} columns"
        fix = "delete the empty rows and columns below and beside the questions"
        return Table(name, problems=(file_problem(name, what, fix),))
    problems = [
        cell_problem(name, merged.min_row, f"the cells {merged.coord} are merged", "split them")
        for merged in sheet.merged_cells.ranges
    ]
    rows = []
    notes = list(_notes(book, sheet))
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = tuple(_cell(cell) for cell in row)
        problems += text_problems(name, number, cells)
        problems += _formulas(name, number, row)
        notes += [f"The comment on cell {c.coordinate} is not imported." for c in row if c.comment]
        rows.append((number, cells))
    return Table(name, tuple(rows), tuple(problems), tuple(notes))


def _has_headings(sheet: Any) -> bool:
    if not hasattr(sheet, "iter_rows"):
        return False
    width = min(sheet.max_column or 0, MAX_COLUMNS)
    first = next(sheet.iter_rows(max_row=1, max_col=width, values_only=True), ()) if width else ()
    return sum(str(value).strip().lower() in PLACE for value in first) >= 2


def _notes(book: Any, sheet: Any) -> Iterator[str]:
    for other in book.worksheets:
        # The sheet that explains this one has its own title in its first cell.
        if other is not sheet and other["A1"].value != other.title:
            yield f"The sheet “{other.title}” is not imported."
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    if hidden:
        yield f"Hidden columns are imported, too: {', '.join(sorted(hidden))}."
    count = sum(bool(row.hidden) for row in sheet.row_dimensions.values())
    if count:
        yield f"Hidden rows are imported, too: {count} of them."


def _formulas(name: str, number: int, row: Sequence[Any]) -> Iterator[Problem]:
    for cell in row:
        if cell.data_type == "f":
            shown = str(getattr(cell.value, "text", cell.value))[:40]
            what = f"cell {cell.coordinate} holds a formula ({shown})"
            fix = "write the text itself; a text that begins with = needs an apostrophe before it"
            yield cell_problem(name, number, what, fix)


def _cell(cell: Any) -> Cell:
    value, address = cell.value, cell.coordinate
    if value is None or cell.data_type == "f":
        return Cell(address)
    if isinstance(value, bool):
        return Cell(address, str(value).lower(), "true or false")
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer()
        return Cell(address, str(int(value) if whole else value), "a number")
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return Cell(address, str(value), "a date or a time")
    if cell.data_type == "e":
        return Cell(address, str(value), "an error value")
    return Cell(address, unguarded(_unescaped(str(value))))


def choices_of(headings: Iterable[str], fixed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What the columns that are chosen from may hold."""
    truths = {name: ["true", "false"] for name in TRUTHS}
    known = truths | {name: list(values) for name, values in fixed.items()}
    return {name: known[name] for name in headings if name in known}
