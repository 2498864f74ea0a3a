"""The whole way: a course's questions -> a spreadsheet, and a spreadsheet -> changed files.

Nothing is written here: the bytes or texts come back, with all problems and notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ..base import GRADES
from ..checks.data import data_ids, quiz_problems
from ..load import Source
from ..model import QUESTION_TYPES, Quiz
from ..problem import Problem, suggest
from ..shape import shape_problems
from ..yaml_reader import UNREADABLE, Document
from ..yaml_rewrite import EditError, comments, questions_file, rewrite
from .csv_file import read_csv, to_csv
from .layout import KINDS, columns
from .merge import merge
from .parts import to_parts
from .rows import Content, SheetQuestion, read_rows, to_row
from .table import MAX_CELL, MAX_ROWS, Table, control_character, file_problem
from .xlsx_file import choices_of, read_xlsx, to_xlsx

FORMATS = (".xlsx", ".csv")


@dataclass
class Export:
    """A spreadsheet: its bytes, how many questions are in it, and what stays behind in files."""

    content: bytes = b""
    questions: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Import:
    """What a spreadsheet changes: path -> (text now, None for a new file; text to be)."""

    changes: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def export_questions(source: Source, names: Sequence[str], suffix: str) -> Export:
    """The questions of the self-checks `names` (of all when empty) as a spreadsheet.

    `suffix` is one of `FORMATS`.
    """
    done = Export()
    known = {name for name, quiz in source.quizzes.items() if quiz.path.endswith(".yml")}
    for name in names:
        if name not in known:
            what = f"there is no self-check “{name}”"
            fix = suggest(name, known)
            done.problems.append(Problem("quizzes", 1, what, fix, rule="unknown-id"))
    chosen = [name for name in source.quizzes if name in known and (not names or name in names)]
    for name in chosen:
        done.problems += unsound(source.quizzes[name])
    if done.problems:
        return done
    headings = columns(languages_of(source))
    rows = list(_rows(source, chosen, headings, done))
    if len(rows) >= MAX_ROWS:
        what = f"these are {len(rows)} rows, and a sheet takes {MAX_ROWS - 1}"
        done.problems.append(file_problem("quizzes", what, "name the self-checks that you need"))
    for name in chosen:
        done.notes += _staying(source.quizzes[name])
    if not done.problems and suffix == ".csv":
        done.content = to_csv(headings, rows)
    elif not done.problems:
        fixed = {"part": tuple(KINDS), "type": QUESTION_TYPES, "grade": GRADES}
        fixed |= {"level": ("recall", "apply", "judge")}
        done.content = to_xlsx(headings, rows, choices_of(headings, fixed), _how_to(source))
    return done


def unsound(document: Document) -> list[Problem]:
    """What keeps a self-check from being exported or imported into."""
    return sorted([*document.problems, *shape_problems(document, Quiz)])


def languages_of(source: Source) -> tuple[str, ...]:
    """The languages of the course, and any others that its questions have texts in."""
    others = {
        code
        for document in source.quizzes.values()
        if not unsound(document)
        for _, question in document.items("questions")
        for part in to_parts(question)
        for _, code in part.texts
    }
    return (*source.languages, *sorted(others - set(source.languages)))


def _rows(
    source: Source, names: Iterable[str], headings: Sequence[str], done: Export
) -> Iterator[list[str | bool]]:
    for name in names:
        document = source.quizzes[name]
        for where, question in document.items("questions"):
            done.questions += 1
            for part in to_parts(question):
                for text in part.texts.values():
                    done.problems += _unfit(document, where, question["id"], text)
                yield to_row(name, question["id"], part, headings)


def _unfit(document: Document, where: Any, name: str, text: str) -> Iterator[Problem]:
    found = control_character(text)
    if found:
        what = f"a text of “{name}” holds a control character ({found}), which no sheet takes"
        yield document.problem("sheet-cell", where, what, "delete it")
    if len(text) > MAX_CELL:
        what = f"a text of “{name}” has {len(text)} characters, and a cell takes {MAX_CELL}"
        yield document.problem("sheet-cell", where, what, "shorten it")


def _staying(document: Document) -> Iterator[str]:
    """What a sheet cannot carry; it stays in the file, whatever is imported."""
    for line, text in comments("\n".join(document.source)):
        yield f"{document.path}:{line}: this comment stays in the file: {text}"
    for key in document.data:
        if key != "questions":
            yield f"{document.path}:{document.key_line((key,))}: “{key}” stays in the file"


def _how_to(source: Source) -> list[list[str]]:
    """The rows of the sheet that explains the other one, a column for each language."""
    texts = [source.strings[code].data for code in source.languages if code in source.strings]
    told = [data for data in texts if isinstance(data, Mapping) and "sheet.how-to" in data]
    told_by = [[data["sheet.title"], *data["sheet.how-to"].strip().split("\n")] for data in told]
    return [list(row) for row in zip_longest(*told_by, fillvalue="")]


def read_sheet(path: Path, name: str) -> Table:
    """Read a spreadsheet, whose name tells its format. Raises OSError."""
    if path.suffix.lower() == ".csv":
        return read_csv(path, name)
    if path.suffix.lower() == ".xlsx":
        return read_xlsx(path, name)
    what = f"“{path.suffix}” is no kind of file that can be imported"
    fix = "save it as an Excel workbook without macros (.xlsx) or as CSV"
    return Table(name, problems=(file_problem(name, what, fix),))


def plan_import(root: Path, source: Source, table: Table, remove: bool = False) -> Import:
    """What importing a sheet into the course in `root` changes, and all that is wrong with it.

    With a problem there are no changes. `remove` takes out what the sheet leaves out.
    """
    content = read_rows(table, languages_of(source))
    done = Import(problems=content.problems, notes=content.notes)
    _place_problems(source, table.name, content, done)
    if done.problems:
        return _sorted(done)
    wanted = _Wanted(source, table.name, content, remove, done)
    for quiz in dict.fromkeys(question.quiz for question in content.questions):
        wanted.add(quiz)
    if any(wanted.changed.values()):
        done.problems += wanted.problems()
    if not done.problems:
        for quiz in wanted.documents:
            if wanted.changed[quiz]:
                _write(root, source, quiz, wanted.documents[quiz], done)
    if done.problems:
        done.changes = {}
    return _sorted(done)


def _sorted(done: Import) -> Import:
    done.problems = sorted(set(done.problems))
    return done


def _place_problems(source: Source, name: str, content: Content, done: Import) -> None:
    """Whether the self-checks exist, and the questions stand in those that the sheet says."""
    ids = data_ids(source)
    slugs = {page.slug for page in source.pages}
    known = {name for name, quiz in source.quizzes.items() if quiz.path.endswith(".yml")}
    told: set[str] = set()
    for question in content.questions:
        path = f"quizzes/{question.quiz}.yml"
        if question.quiz not in known | slugs and question.quiz not in told:
            what = f"there is neither a self-check nor a page “{question.quiz}”"
            done.problems.append(_row(name, question.row, what, suggest(question.quiz, known)))
        elif question.quiz in known and question.quiz not in told:
            done.problems += unsound(source.quizzes[question.quiz])
        told.add(question.quiz)
        if question.id in ids and ids[question.id][0] != path:
            what = f"the question “{question.id}” stands in {ids[question.id][0]}"
            fix = "write that self-check at “quiz”, or choose a new id"
            done.problems.append(_row(name, question.row, what, fix))


def _row(name: str, row: int, what: str, fix: str) -> Problem:
    return Problem(name, row, what, fix, rule="sheet-row")


@dataclass
class _Wanted:
    """The self-checks as they are to be, with rows of the sheet where files have lines."""

    source: Source
    name: str
    content: Content
    remove: bool
    done: Import
    documents: dict[str, Document] = field(default_factory=dict)
    changed: dict[str, bool] = field(default_factory=dict)

    def add(self, quiz: str) -> None:
        """Work out what the self-check `quiz` is to be."""
        old = self.source.quizzes.get(quiz)
        data = dict(old.data) if old else {}
        before = {question["id"]: question for question in data.get("questions", [])}
        given = {q.id: q for q in self.content.questions if q.quiz == quiz}
        questions: list[Any] = []
        lines: dict[tuple[str | int, ...], int] = {(): 0}
        for name in [*before, *(name for name in given if name not in before)]:
            lines["questions", len(questions)] = 0
            if name in given:
                self._merge(before.get(name), given[name], questions, lines)
            elif self.remove:
                self.done.notes.append(f"The question “{name}” of {quiz} is taken out.")
            else:
                self.done.notes.append(
                    f"The question “{name}” of {quiz} is not in the sheet and stays; "
                    "--remove takes it out."
                )
                questions.append(before[name])
        self._note_order(quiz, list(before), list(given))
        data["questions"] = questions
        path = f"quizzes/{quiz}.yml"
        self.documents[quiz] = Document(path, data, lines)
        self.changed[quiz] = not old or questions != old.data.get("questions", [])

    def _merge(
        self,
        old: Mapping[str, Any] | None,
        question: SheetQuestion,
        questions: list[Any],
        lines: dict[tuple[str | int, ...], int],
    ) -> None:
        merged = merge(old, question, self.content.headings, self.remove)
        for place, row in merged.rows.items():
            lines["questions", len(questions), *place] = row
        questions.append(merged.data)
        for what in merged.left_out:
            said = "is taken out" if self.remove else "is not in the sheet and stays"
            more = "" if self.remove else "; --remove takes it out"
            self.done.notes.append(f"Of the question “{question.id}”, {what} {said}{more}.")

    def _note_order(self, quiz: str, before: list[str], given: list[str]) -> None:
        both = [name for name in given if name in before]
        if both != [name for name in before if name in given]:
            self.done.notes.append(
                f"The questions of {quiz} stay in the order of their file; move them there."
            )

    def problems(self) -> Iterator[Problem]:
        """What the checks of the course find that they did not find before."""
        quizzes = {**self.source.quizzes, **self.documents}
        after = list(_checked(replace(self.source, quizzes=quizzes)))
        before = Counter((p.path, p.what) for p in _checked(self.source))
        now = Counter((p.path, p.what) for p in after)
        ours = {document.path for document in self.documents.values()}
        for problem in after:
            place = (problem.path, problem.what)
            if now[place] > before[place] and not problem.advice:
                yield self._placed(problem) if problem.path in ours else problem

    def _placed(self, problem: Problem) -> Problem:
        """Say row and sheet in place of the line and the file that are not there yet."""
        fix = re.sub(r"\bis in line 0\b", "stands in the file only", problem.fix)
        fix = re.sub(r"\bis in line (\d+)", r"is in row \1", fix)
        if problem.line:
            return replace(problem, path=self.name, fix=fix)
        return replace(problem, line=1, fix=fix)


def _checked(source: Source) -> Iterator[Problem]:
    ids = data_ids(source)
    for slug, document in source.quizzes.items():
        if document.data is not UNREADABLE:
            yield from quiz_problems(slug, document, source, ids)


def _write(root: Path, source: Source, quiz: str, document: Document, done: Import) -> None:
    """Work out the new text of a file."""
    path = root / document.path
    if quiz not in source.quizzes:
        page = next(page for page in source.originals if page.slug == quiz)
        new = questions_file(f"The self-check of {page.path}", document.data["questions"])
        done.changes[document.path] = (None, new)
        return
    old = path.read_bytes().decode("utf-8")
    try:
        new = rewrite(old, document.data)
    except EditError as error:
        problem = Problem(document.path, error.line, error.what, error.fix, rule="edit-in-place")
        done.problems.append(problem)
        return
    left = Counter(text for _, text in comments(_lined(new)))
    for line, text in comments(_lined(old)):
        left[text] -= 1
        if left[text] < 0:
            done.notes.append(f"{document.path}:{line}: this comment goes as well: {text}")
    done.changes[document.path] = (old, new)


def _lined(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
