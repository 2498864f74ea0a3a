"""`export` and `import`: questions as a spreadsheet, in all languages, and back."""

from __future__ import annotations

from pathlib import Path

import click

from ..load import Source, read_source
from ..problem import counted
from ..sheet.exchange import FORMATS, Export, Import, export_questions, plan_import, read_sheet
from ..sheet.table import Table
from .environment import CourseError
from .progress import doing
from .reading import settings_of
from .verb import CALL, Verb
from .writing import Change, show, write_if_agreed, write_whole


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
            write_whole(file, done.content)
    return _told_export(file, done)


def _told_export(file: Path, done: Export) -> int:
    for problem in done.problems:
        click.echo(problem)
    for note in done.notes if not done.problems else ():
        click.echo(note)
    if done.problems:
        click.echo("Nothing was written.")
        return 1
    click.echo(
        f"{file}: {counted(done.questions, 'question')}. To bring it back: {CALL} import {file}"
    )
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
        click.echo(f"{counted(len(done.problems), 'error')}; nothing was written.")
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
    changes = [
        Change(path, new, "" if old is None else path, old)
        for path, (old, new) in done.changes.items()
    ]
    show(root, changes)
    for note in done.notes:
        click.echo(note)
    if not changes:
        click.echo("Nothing to change.")
        return 0
    if not write_if_agreed(root, changes, yes):
        return 1
    click.echo(f"Written: {', '.join(done.changes)}.")
    return 0


def _source(root: Path) -> Source:
    settings = settings_of(root)
    with doing("Reading the course"):
        return read_source(root, settings.languages, settings.modules)
