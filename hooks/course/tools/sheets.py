"""`export` and `import`: questions as a spreadsheet, in all languages, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path

import click

from ..load import Source, read_source
from ..sheet.exchange import FORMATS, Export, Import, export_questions, plan_import, read_sheet
from ..sheet.table import Table, write_whole
from . import writing
from .environment import CourseError
from .progress import doing
from .reading import settings_of
from .verb import CALL, Verb
from .writing import Change

CONTEXT = 2
Changes = Mapping[str, tuple[str | None, str]]


@click.command(
    cls=Verb,
    examples={
        "export questions.xlsx": "write the questions of all self-checks to a workbook",
        "export listening.csv listening": "those of one self-check as CSV",
    },
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("quizzes", metavar="[QUIZ]…", nargs=-1)
@click.pass_obj
def export(root: Path, file: Path, quizzes: tuple[str, ...]) -> int:
    """Write questions to a spreadsheet, with a column for each language.

    FILE ends in .xlsx or .csv; QUIZ is the name of a self-check, as in quizzes/QUIZ.yml. What a
    sheet cannot carry stays in the files and is listed.
    """
    if file.suffix.lower() not in FORMATS:
        raise CourseError(f"“{file.name}” tells no format; end it in {' or '.join(FORMATS)}.")
    if file.exists():
        raise CourseError(f"{file} is there already; delete it, or give another name.")
    source = _source(root)
    with doing("Writing the spreadsheet"):
        done = export_questions(source, quizzes, file.suffix.lower())
        if not done.problems:
            _write(file, done.content)
    return _told_export(file, done)


def _told_export(file: Path, done: Export) -> int:
    for problem in done.problems:
        click.echo(problem)
    for note in done.notes if not done.problems else ():
        click.echo(note)
    if done.problems:
        click.echo("Nothing was written.")
        return 1
    questions = f"{done.questions} question{'' if done.questions == 1 else 's'}"
    click.echo(f"{file}: {questions}. To bring it back: {CALL} import {file}")
    return 0


@click.command(
    "import",
    cls=Verb,
    examples={
        "import questions.xlsx": "show what a sheet changes, and ask before writing it",
        "import questions.xlsx --yes": "write it without asking",
        "import questions.xlsx --remove": "also take out what the sheet leaves out",
    },
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--remove", is_flag=True, help="Take out the rows and texts that the sheet lacks.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.pass_obj
def import_(root: Path, file: Path, remove: bool, yes: bool) -> int:
    """Bring the questions of a spreadsheet back into the course.

    Shows every change first, then asks. Only values that changed are written; comments and
    layout of the files stay. With anything wrong in the sheet nothing is written at all.
    """
    source = _source(root)
    with doing("Reading the spreadsheet"):
        done = plan_import(root, source, _table(file), remove)
    for problem in done.problems:
        click.echo(problem)
    if done.problems:
        count = len(done.problems)
        click.echo(f"{count} error{'' if count == 1 else 's'}; nothing was written.")
        return 1
    return _carry_out(root, done, yes)


def _table(file: Path) -> Table:
    try:
        return read_sheet(file, file.name)
    except FileNotFoundError:
        raise CourseError(f"There is no file {file}; see its name and folder.") from None
    except OSError as error:
        raise CourseError(
            f"{file} cannot be read ({error.strerror}); close it in the spreadsheet, and try again."
        ) from None


def _carry_out(root: Path, done: Import, yes: bool) -> int:
    """Show, ask, write."""
    for path, (old, new) in done.changes.items():
        _show(path, old or "", new)
    for note in done.notes:
        click.echo(note)
    if not done.changes:
        click.echo("Nothing to change.")
        return 0
    files = f"{len(done.changes)} file{'' if len(done.changes) == 1 else 's'}"
    if not yes and not sys.stdin.isatty():
        click.echo(f"Nothing was written; add --yes to write {files}.")
        return 1
    if not yes and not click.confirm(f"Write {files}?"):
        click.echo("Nothing was written.")
        return 1
    write_all(root, done.changes)
    click.echo(f"Written: {', '.join(done.changes)}.")
    return 0


def _show(path: str, old: str, new: str) -> None:
    """The changed lines of a file with their neighbours, in colour on a terminal."""
    click.secho(path, bold=True)
    colours = {"-": "red", "+": "green"}
    for line in changed_lines(old.splitlines(), new.splitlines()):
        click.secho(line, fg=colours.get(line[:1]))
    click.echo()


def changed_lines(old: list[str], new: list[str]) -> Iterator[str]:
    """The lines of a diff: “- ” and “+ ” before what goes and comes, “@ line 12” before a place."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(CONTEXT):
        yield f"@ line {group[0][1] + 1}"
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                yield from (f"  {line}" for line in old[start:end])
            else:
                yield from (f"- {line}" for line in old[start:end])
                yield from (f"+ {line}" for line in new[new_start:new_end])


def write_all(root: Path, changes: Changes) -> None:
    """Write all files, or none; raises CourseError, also when one has changed since it was read."""
    for path, (old, _) in changes.items():
        if _on_disk(root / path) != (None if old is None else old.encode()):
            raise CourseError(f"{path} has changed meanwhile; nothing was written, try again.")
    planned = [
        Change(path, new, "" if old is None else path) for path, (old, new) in changes.items()
    ]
    writing.write_all(root, planned)


def _on_disk(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _write(file: Path, content: bytes) -> None:
    try:
        write_whole(file, content)
    except OSError as error:
        raise CourseError(
            f"{file} cannot be written ({error.strerror}); choose another folder."
        ) from None


def _source(root: Path) -> Source:
    settings = settings_of(root)
    with doing("Reading the course"):
        return read_source(root, settings.languages, settings.modules)
