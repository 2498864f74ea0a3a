"""`export` and `import` as a trainer calls them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from course.tools.cli import main
from sheet_course import QUIZ, cell
from small_course import SETTINGS, every_type, lay_out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course in a folder whose path has spaces and diacritics."""
    return lay_out(tmp_path / "curs în lucru", every_type() | {"mkdocs.yml": SETTINGS})


@pytest.fixture
def sheet(folder: Path) -> Path:
    """Its questions in a workbook, with one text changed."""
    path = folder / "întrebări.xlsx"
    assert main(["export", str(path)], folder) == 0
    book: Any = openpyxl.load_workbook(path)
    cell(book.active, "pause option wait", "text (en)").value = "Stay."
    book.save(path)
    return path


def test_export_tells_what_stays_behind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "q.csv"
    assert main(["export", str(path), "listening"], folder) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        f"{QUIZ}:1: this comment stays in the file: # One example of every type of question: "
        "documentation, fixture and accessibility case at once."
    )
    assert lines[-1].startswith(f"{path}: 10 questions. To bring it back: ")
    assert main(["export", str(path)], folder) == 1
    assert capsys.readouterr().err == (
        f"{path} is there already; delete it, or give another name.\n"
    )


def test_import_shows_and_without_a_terminal_writes_nothing(
    folder: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / QUIZ).read_bytes()
    capsys.readouterr()
    assert main(["import", str(sheet)], folder) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [QUIZ, "@ line 14"]
    assert '-         text: {en: "Wait.", ro: "Așteptați."}' in lines
    assert '+         text: {en: "Stay.", ro: "Așteptați."}' in lines
    assert lines[-1] == "Nothing was written; add --yes to write 1 file."
    assert (folder / QUIZ).read_bytes() == before


def test_import_writes_with_yes_and_then_has_nothing_to_do(
    folder: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / QUIZ).read_text(encoding="utf-8")
    assert main(["import", "--yes", str(sheet)], folder) == 0
    changed = (folder / QUIZ).read_text(encoding="utf-8")
    assert changed == text.replace('en: "Wait."', 'en: "Stay."')
    capsys.readouterr()
    assert main(["import", str(sheet)], folder) == 0
    told = "Nothing to change.\n"
    assert capsys.readouterr().out == told
    assert {path.name for path in (folder / "quizzes").iterdir()} == {
        "listening.yml",
        "challenges.yml",
    }


def test_a_mistake_writes_nothing(
    folder: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book: Any = openpyxl.load_workbook(sheet)
    cell(book.active, "pause option talk", "text (en)").value = "=NOW()"
    book.save(sheet)
    before = (folder / QUIZ).read_bytes()
    capsys.readouterr()
    assert main(["import", "--yes", str(sheet)], folder) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 error; nothing was written."
    assert (folder / QUIZ).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "q.ods"], "“q.ods” tells no format; end it in .xlsx or .csv.\n"),
        (["import", "none.xlsx"], "There is no file none.xlsx; see its name and folder.\n"),
        (
            ["export", "no-such-folder/q.csv"],
            "no-such-folder/q.csv cannot be written (No such file or directory); "
            "choose another folder.\n",
        ),
    ],
)
def test_files_that_cannot_be_used(
    arguments: list[str], told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments, folder) == 1
    assert capsys.readouterr().err.endswith(told)
