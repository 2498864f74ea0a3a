"""The rows of a sheet become the parts of questions, and everything wrong with them is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..problem import Problem, nearest, suggest
from .layout import KINDS, PLACE, SETTINGS, TEXTS, TRUTHS, columns, split_text_column
from .parts import SINGLE, Part, plain
from .table import Cell, Table, cell_problem, file_problem

# What spreadsheets make of true and false in the languages of this course's trainers.
TRUE = {"true", "yes", "da", "adevărat"}
FALSE = {"false", "no", "nu", "fals"}


@dataclass(frozen=True)
class SheetQuestion:
    """A question of the sheet: the self-check it belongs to, its id and its parts."""

    quiz: str
    id: str
    parts: tuple[Part, ...]

    @property
    def row(self) -> int:
        """The row in which the question itself stands."""
        return self.parts[0].row


@dataclass
class Content:
    """What a sheet says: its questions in order, and the headings it has.

    What has no column (`headings`) is not spoken of, and stays as it is.
    """

    questions: list[SheetQuestion] = field(default_factory=list)
    headings: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def to_row(quiz: str, question: str, part: Part, headings: Sequence[str]) -> list[str | bool]:
    """A part as the cells below `headings`."""
    cells: dict[str, Any] = {"quiz": quiz, "question": question, "part": part.kind, "id": part.id}
    cells |= {k: ", ".join(v) if isinstance(v, list) else v for k, v in part.settings.items()}
    cells |= {f"{name} ({code})": text for (name, code), text in part.texts.items()}
    return [cells.get(heading, "") for heading in headings]


def read_rows(table: Table, languages: Iterable[str]) -> Content:
    """The questions of a table; `languages` are those that texts may be in."""
    content = Content(problems=list(table.problems), notes=list(table.notes))
    filled = [(n, cells) for n, cells in table.rows if any(plain(c.text) or c.odd for c in cells)]
    if not filled:
        if not table.problems:
            content.problems.append(
                file_problem(table.name, "the sheet is empty", "export it anew")
            )
        return content
    headings = _headings(table.name, filled[0], languages, content)
    if any(problem.rule == "sheet-columns" for problem in content.problems):
        return content  # what stands in which column is anybody's guess
    found: dict[tuple[str, str], list[Part]] = {}
    for number, cells in filled[1:]:
        row = _Row(table.name, number, headings, cells)
        part = row.part()
        content.problems += row.problems
        if part:
            found.setdefault((row.text("quiz"), row.text("question")), []).append(part)
    content.headings = frozenset(headings.values())
    for (quiz, name), parts in found.items():
        content.problems += _part_problems(table.name, name, parts)
        heads = [part for part in parts if part.kind == "question"]
        others = [part for part in parts if part.kind != "question"]
        if heads:
            content.questions.append(SheetQuestion(quiz, name, (heads[0], *others)))
    content.problems += _repeated(table.name, content.questions)
    content.questions.sort(key=lambda question: question.row)
    return content


def _headings(
    name: str, row: tuple[int, tuple[Cell, ...]], languages: Iterable[str], content: Content
) -> dict[int, str]:
    """Which column stands at which place of the sheet."""
    number, cells = row
    codes = tuple(languages)
    known = {re.sub(r"\s+", "", heading).lower(): heading for heading in columns(codes)}
    written = {at: plain(cell.text) for at, cell in enumerate(cells) if plain(cell.text)}
    found: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for at, text in written.items():
        heading = known.get(re.sub(r"\s+", "", text).lower())
        if heading is None:
            unknown[at] = text
        elif heading in found.values():
            what = f"cell {cells[at].address}: the column “{heading}” stands here a second time"
            content.problems.append(_column_problem(name, number, what, "delete one of them"))
        else:
            found[at] = heading
    missing = [heading for heading in known.values() if heading not in found.values()]
    for heading in [heading for heading in missing if heading in PLACE]:
        what = f"the column “{heading}” is missing"
        fix = "put its heading back into the first row, or export the sheet anew"
        content.problems.append(_column_problem(name, number, what, fix))
    for at, text in unknown.items():
        _unknown_column(name, cells[at], text, missing, codes, content)
    for heading in [heading for heading in missing if heading not in PLACE]:
        content.notes.append(f"There is no column “{heading}”: what the files say there stays.")
    return found


def _unknown_column(
    name: str, cell: Cell, text: str, missing: list[str], codes: tuple[str, ...], content: Content
) -> None:
    """A heading that a trainer changed is a mistake; a column of the trainer's own is not."""
    column = split_text_column(text.lower())
    guess = nearest(text.lower(), missing)
    if column and column[1] not in codes:
        what = f"cell {cell.address}: the course has no language “{column[1]}”"
        content.problems.append(_column_problem(name, 1, what, suggest(column[1], codes)))
    elif guess:
        what = f"cell {cell.address}: unknown column “{text}”"
        content.problems.append(_column_problem(name, 1, what, f"did you mean “{guess}”?"))
    else:
        content.notes.append(f"The column “{text}” ({cell.address}) is not imported.")


def _column_problem(name: str, row: int, what: str, fix: str) -> Problem:
    return Problem(name, row, what, fix, rule="sheet-columns")


class _Row:
    """One row of the sheet on its way to a part; notes what is wrong with it."""

    def __init__(
        self, name: str, number: int, headings: Mapping[int, str], cells: Sequence[Cell]
    ) -> None:
        self.name, self.number = name, number
        self.cells = {headings[at]: cell for at, cell in enumerate(cells) if at in headings}
        self.problems: list[Problem] = []
        beyond = [c for at, c in enumerate(cells) if at > max(headings, default=0)]
        for cell in beyond:
            if plain(cell.text):
                what = f"cell {cell.address} stands beside the table"
                fix = "a text was split, or belongs elsewhere; move it, or clear the cell"
                self.note(what, fix)

    def note(self, what: str, fix: str) -> None:
        self.problems.append(cell_problem(self.name, self.number, what, fix))

    def text(self, heading: str) -> str:
        """The text of a cell; "" for an empty one."""
        return plain(self.cells[heading].text) if heading in self.cells else ""

    def part(self) -> Part | None:
        """The part that stands in this row; None when it cannot be told."""
        missing = [name for name in ("quiz", "question", "part") if not self.text(name)]
        for name in missing:
            self.note(f"“{name}” is empty", "write in every row where it belongs")
        kind = self.text("part").lower()
        if kind and kind not in KINDS:
            where = self.cells["part"].address
            self.note(f"cell {where}: there is no part “{kind}”", suggest(kind, KINDS))
        if missing or kind not in KINDS:
            return None
        self._refuse_odd_cells()
        self._refuse_strangers(kind)
        if KINDS[kind].named and not self.text("id"):
            fix = "give it one that no other has, in lower-case letters, digits and hyphens"
            self.note(f"the {kind} has no “id”", fix)
        return Part(kind, self.text("id"), self._settings(), self._texts(), self.number)

    def _refuse_odd_cells(self) -> None:
        """Where a text belongs, what a spreadsheet made of one is not taken for it."""
        for heading, cell in self.cells.items():
            truth = heading in TRUTHS and cell.text.lower() in TRUE | FALSE
            if cell.odd and not truth:
                shown = cell.text[:30]
                what = f"cell {cell.address} (“{heading}”) is {cell.odd} ({shown}) and no text"
                fix = "format the cell as text and type it again, or type an apostrophe before it"
                self.note(what, fix)

    def _refuse_strangers(self, kind: str) -> None:
        """A part has no cells but its own."""
        own = {*PLACE[:3], *KINDS[kind].settings, *(["id"] if KINDS[kind].named else [])}
        for heading, cell in self.cells.items():
            column = split_text_column(heading)
            fits = column[0] in KINDS[kind].texts if column else heading in own
            if plain(cell.text) and not fits:
                what = f"cell {cell.address}: a row “{kind}” has no “{heading}”"
                self.note(what, "clear the cell, or move it to the row where it belongs")

    def _settings(self) -> dict[str, Any]:
        """What is told of the part; an empty cell tells nothing."""
        found: dict[str, Any] = {}
        for name in SETTINGS:
            text = self.text(name)
            if name in TRUTHS and text:
                found[name] = self._truth(name, text)
            elif name == "ideas" and text:
                found[name] = re.split(r"[\s,;]+", text.strip(" ,;"))
            elif text:
                found[name] = text
        return found

    def _truth(self, name: str, text: str) -> bool:
        if text.lower() not in TRUE | FALSE:
            where = self.cells[name].address
            self.note(f"cell {where}: “{text}” cannot stand at “{name}”", "write true or false")
        return text.lower() in TRUE

    def _texts(self) -> dict[tuple[str, str], str]:
        found = {split_text_column(heading): self.text(heading) for heading in self.cells}
        return {place: text for place, text in found.items() if place and text}


def _part_problems(name: str, question: str, parts: list[Part]) -> Iterator[Problem]:
    """A question stands in one row, and no two of its parts share an id."""
    seen: dict[tuple[str, str], int] = {}
    if not any(part.kind == "question" for part in parts):
        what = f"“{question}” has no row “question”"
        fix = "put it back, or correct “quiz” and “question” in this row"
        yield cell_problem(name, parts[0].row, what, fix)
    for part in parts:
        if part.kind == "answer":
            continue
        first = seen.setdefault((part.kind, part.id), part.row)
        if first != part.row:
            called = f"{part.kind} “{part.id}”" if part.id else f"row “{part.kind}”"
            what = f"“{question}” has a second {called}"
            fix = f"give it another id, or delete one (the first is in row {first})"
            if part.kind in {*SINGLE, "question"}:
                fix = f"delete one (the first is in row {first})"
            yield cell_problem(name, part.row, what, fix)


def _repeated(name: str, questions: list[SheetQuestion]) -> Iterator[Problem]:
    first: dict[str, SheetQuestion] = {}
    for question in questions:
        other = first.setdefault(question.id, question)
        if other is not question:
            what = f"the question id “{question.id}” is taken"
            fix = f"choose another, or correct “quiz” (it stands in row {other.row}, too)"
            yield cell_problem(name, question.row, what, fix)


def speaks_of(headings: frozenset[str], texts: str, language: str) -> bool:
    """Whether a sheet with these headings has a column for the text in the language."""
    return f"{texts} ({language})" in headings and texts in TEXTS
