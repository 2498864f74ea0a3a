"""A small course with a question of each type, its sheet, and edits to that sheet."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from course.load import Source, read_source
from course.sheet.exchange import Import, export_questions, plan_import, read_sheet
from small_course import LANGUAGES, every_type, lay_out

QUIZ = "quizzes/listening.yml"


def course(root: Path, files: Mapping[str, str | bytes] | None = None) -> Source:
    """The source of the course laid out in `root`."""
    lay_out(root, files or every_type())
    return read_source(root, LANGUAGES)


def workbook(source: Source) -> Any:
    """The exported workbook, open."""
    done = export_questions(source, [], ".xlsx")
    assert done.problems == []
    return openpyxl.load_workbook(io.BytesIO(done.content))


def cell(sheet: Any, place: str, heading: str) -> Any:
    """The cell at `place` (“pause option wait”, “pause question”) in the column `heading`."""
    wanted = place.split()
    headings = [found.value for found in sheet[1]]
    column = headings.index(heading) + 1
    for row in range(2, sheet.max_row + 1):
        found = [sheet.cell(row, at).value or "" for at in (2, 3, 4)]
        if found[: len(wanted)] == wanted:
            return sheet.cell(row, column)
    raise LookupError(place)


def brought_back(
    root: Path, source: Source, book: Any, *, remove: bool = False, name: str = "sheet.xlsx"
) -> Import:
    """What importing the workbook would do."""
    path = root / name
    book.save(path)
    return plan_import(root, source, read_sheet(path, name), remove)


def imported(root: Path, source: Source, content: bytes, name: str) -> Import:
    """What importing a file of these bytes would do."""
    path = root / name
    path.write_bytes(content)
    return plan_import(root, source, read_sheet(path, name))


def apply(sheet: Any, case: Mapping[str, Any]) -> None:
    """Make the edits of a golden case."""
    for place, heading, value in case.get("set", ()):
        cell(sheet, place, heading).value = value
    for old, new in case.get("rename", {}).items():
        next(found for found in sheet[1] if found.value == old).value = new
    for place in case.get("delete", ()):
        sheet.delete_rows(cell(sheet, place, "id").row)
    for heading in case.get("drop", ()):
        column = next(found.column for found in sheet[1] if found.value == heading)
        sheet.delete_cols(column)
    for row in case.get("append", ()):
        headings = [found.value for found in sheet[1]]
        append(sheet, [row.get(heading) for heading in headings])
    if "merge" in case:
        sheet.merge_cells(case["merge"])


def append(sheet: Any, values: Sequence[Any]) -> None:
    sheet.append(list(values))
