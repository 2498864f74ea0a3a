"""What a spreadsheet file holds: cells with their addresses; what may not stand in one.

A text that a spreadsheet would take for a formula gets an apostrophe in front on the way out,
and loses it on the way in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..problem import Problem

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 32_767  # what Excel takes
MAX_BYTES = 5 * 1024 * 1024

_SIGNS = "=+\\-@\t\r＝＋－＠"
_RUNS = re.compile(f"\\A'*[{_SIGNS}]")
_RUNS_IN_CSV = re.compile(f"(?:\\A|(?<=[;,\t\n]))'*(?=[{_SIGNS}])")
_MONTH = r"(?:jan|ian|feb|mar|apr|may|mai|jun|iun|jul|iul|aug|sep|oct|nov|noi|dec)[a-zăâîșț]*\.?"
_LOOKS_TYPED = re.compile(
    rf"'*(?:[€$£]?\s*\d[\d\s.,:/%€$£-]*(?:e[+-]?\d+|[ap]m|{_MONTH}[\d\s.,:/-]*)?"
    rf"|{_MONTH}[\s.-]*\d+|true|false|adevărat|fals|#[\w/?!]+[?!]?)",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Cell:
    """A cell: its address, its text, and what it is when it is no text (“a number”)."""

    address: str
    text: str = ""
    odd: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of a sheet with their numbers, and what is wrong with the file or worth a note."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())


def column_name(index: int) -> str:
    """The letters of a column, counted from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """The text of which `guarded` made this."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def guarded_csv(text: str) -> str:
    """A text of which no spreadsheet makes a formula, a number or a date, however it splits it."""
    if looks_typed(text):
        return "'" + text
    return _RUNS_IN_CSV.sub(lambda match: "'" + match[0], text)


def unguarded_csv(text: str) -> str:
    """The text of which `guarded_csv` made this."""
    if text.startswith("'") and looks_typed(text):
        return text[1:]
    return _RUNS_IN_CSV.sub(lambda match: match[0][1:], text)


def looks_typed(text: str) -> bool:
    """Whether a spreadsheet would read a number, a date or true/false out of this text."""
    return bool(_LOOKS_TYPED.fullmatch(text))


def control_character(text: str) -> str | None:
    """The first character that no text may hold, in words; None without one."""
    match = _CONTROL.search(text)
    return f"U+{ord(match[0]):04X}" if match else None


def cell_problem(name: str, row: int, what: str, fix: str) -> Problem:
    """A problem in a row of the sheet `name`."""
    return Problem(name, row, what, fix, rule="sheet-cell")


def file_problem(name: str, what: str, fix: str, row: int = 1) -> Problem:
    """A problem with the file as a whole."""
    return Problem(name, row, what, fix, rule="sheet-file")


def text_problems(name: str, row: int, cells: Iterable[Cell]) -> Iterator[Problem]:
    """What no cell of any column may hold."""
    for cell in cells:
        found = control_character(cell.text)
        if found:
            what = f"cell {cell.address} holds a control character ({found})"
            yield cell_problem(name, row, what, "delete and retype the text")
        if len(cell.text) > MAX_CELL:
            what = f"cell {cell.address} holds {len(cell.text)} characters, {MAX_CELL} is the most"
            yield cell_problem(name, row, what, "shorten the text")
