"""Questions go out to a sheet and come back the same; nothing in a sheet is trusted."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from course.check import check
from course.load import Source, read_source
from course.settings import read_settings
from course.sheet.exchange import FORMATS, Import, export_questions
from course.sheet.table import guarded, guarded_csv, unguarded, unguarded_csv
from course.slips import BLANKS
from course.tools.writing import changed_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from sheet_course import QUIZ, apply, brought_back, cell, course, imported, workbook
from small_course import cases, every_type, small_course

from course import markup

ROOT = Path(__file__).resolve().parent.parent


def diff(done: Import) -> list[str]:
    found = []
    for old, new in done.changes.values():
        lines = changed_lines((old or "").splitlines(), new.splitlines(), 0)
        found += [line for line in lines if line[:1] in "-+"]
    return found


@pytest.mark.parametrize("case", cases("sheets"), ids=lambda case: str(case["name"]))
def test_import(case: dict[str, Any], tmp_path: Path) -> None:
    source = course(tmp_path)
    book = workbook(source)
    apply(book.active, case)
    if "own" in case:
        book.active.cell(1, book.active.max_column + 1).value = case["own"]
    done = brought_back(tmp_path, source, book, remove=case.get("remove", False))
    assert [str(problem) for problem in done.problems] == case.get("problems", [])
    assert diff(done) == case.get("changes", [])
    if not done.problems:
        assert done.notes == case.get("notes", [])


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_real_course_comes_back_as_it_is(suffix: str, tmp_path: Path) -> None:
    found = read_settings(ROOT)
    source = read_source(ROOT, found.languages, found.modules)
    done = export_questions(source, [], suffix)
    assert done.problems == []
    assert done.questions == sum(len(list(d.items("questions"))) for d in source.quizzes.values())
    assert "quizzes/final.yml:3: “draw” stays in the file" in done.notes
    back = imported(tmp_path, source, done.content, f"all{suffix}")
    assert (back.problems, back.notes, back.changes) == ([], [], {})


# Texts that a spreadsheet, YAML or Markdown might take for something else.
ODD = ("=1+1", "+40", "-1", "@a", "'=1", "''", "a;=b", "1-2", "007", "TRUE", "3 mai", "_x0041_")
TEXTS = st.one_of(
    st.sampled_from([*ODD, " a ", "a\n\n- b", "no", "1e5", "#REF!", "", "ș", "5 ore"]),
    # Invisible characters are a mistake of their own in a data file, hard spaces before a line too.
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], include_characters="\n"),
        max_size=20,
    ),
    st.text(st.sampled_from("'=;,\t\n-+@1 a\""), max_size=8),
).filter(lambda text: not re.search(f"[\ufffe\uffff]|\n *[{BLANKS}]", text))
IDS = ("a", "b-2", "mar-2", "true", "no", "e1")


def both(texts: st.SearchStrategy[str] = TEXTS) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(["en", "ro", "de"]), texts, min_size=1)


Fields = dict[str, st.SearchStrategy[Any]]


def items(optional: Fields | None = None, **fields: st.SearchStrategy[Any]) -> Any:
    """One to three items with a text and these fields, and ids of their own."""
    item = st.fixed_dictionaries({"text": both(), **fields}, optional=optional or {})
    names = st.lists(st.sampled_from(IDS), unique=True, min_size=1, max_size=3)
    return st.tuples(names, st.lists(item, min_size=3, max_size=3)).map(
        lambda pair: [{"id": name, **data} for name, data in zip(*pair, strict=False)]
    )


CHOICE: Fields = {"key": st.booleans(), "more": both()}
GRADES = st.sampled_from(["best", "acceptable", "risky", "damaging"])
ANSWERS = st.dictionaries(
    st.sampled_from(["en", "ro"]), st.lists(TEXTS, min_size=1, max_size=3), min_size=1
)
ROWS = st.lists(st.sampled_from(IDS), unique=True, max_size=3)
TYPES: dict[str, Fields] = {
    "single": {"options": items(CHOICE, feedback=both())},
    "multiple": {"options": items(CHOICE, feedback=both())},
    "true-false": {"options": items(CHOICE, feedback=both(), verdict=st.booleans())},
    "best-worst": {"options": items(feedback=both(), reaction=both(), grade=GRADES)},
    "order": {"steps": items(feedback=both())},
    "match": {
        "prompts": items(feedback=both(), answer=st.sampled_from(IDS)),
        "choices": items(),
        "rows": ROWS,
        "extra": ROWS,
    },
    "fill-in": {"answers": ANSWERS, "feedback": both()},
    "rewrite": {"original": both(), "models": items(), "rubric": items()},
    "reflection": {},
}
EXTRAS = {
    "hint": both(),
    "scenario": both(),
    "confidence": st.booleans(),
    "shuffle": st.booleans(),
    "ideas": st.lists(st.sampled_from(["S1-01", "S2-17"]), unique=True),
}


@st.composite
def questions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One question of each type, in the shape that the model asks for."""
    found = []
    for kind, fields in TYPES.items():
        about = {"id": f"q-{kind}", "type": kind, "objective": "keep-silent"}
        about |= {"level": "apply", "section": draw(st.sampled_from(["silence", "1-2"]))}
        more = draw(st.fixed_dictionaries({"stem": both(), **fields}, optional=EXTRAS))
        found.append(about | more)
    return found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Source]:
    root = tmp_path_factory.mktemp("course")
    return root, course(root)


@pytest.mark.parametrize(("suffix", "index"), [(".csv", 0), (".xlsx", 1)])
def test_whatever_is_exported_comes_back_unchanged(
    suffix: str, index: int, shared: tuple[Path, Source]
) -> None:
    root, usual = shared

    @settings(max_examples=(30, 10)[index], deadline=None)
    @given(questions(), st.sampled_from(["block", "flow"]))
    def round_trip(made: list[dict[str, Any]], style: str) -> None:
        text = yaml.safe_dump(
            {"questions": made}, allow_unicode=True, default_flow_style=style == "flow"
        )
        (root / QUIZ).write_text(text, encoding="utf-8", newline="\n")
        quizzes = read_source(root, usual.languages).quizzes
        source = replace(usual, quizzes=quizzes)
        out = export_questions(source, [], suffix)
        assert out.problems == []
        back = imported(root, source, out.content, f"sheet{suffix}")
        assert (back.problems, back.notes, back.changes) == ([], [], {})

    round_trip()


@given(TEXTS)
def test_no_text_leaves_as_a_formula_and_each_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert unguarded_csv(guarded_csv(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r")
    for part in guarded_csv(text).replace(";", ",").replace("\n", ",").split(","):
        assert part[:1] not in tuple("=+-@\t\r")


def test_the_workbook_holds_texts_only_and_explains_itself(tmp_path: Path) -> None:
    files = every_type()
    files[QUIZ] = files[QUIZ].replace('en: "Talk."', 'en: "=HYPERLINK(1)"')
    book = workbook(course(tmp_path, files))
    sheet, how_to = book.worksheets
    assert {found.data_type for row in sheet.iter_rows() for found in row if found.value} == {"s"}
    assert cell(sheet, "pause option talk", "text (en)").value == "'=HYPERLINK(1)"
    assert sheet.freeze_panes == "E2"
    assert sheet["J5"].alignment.wrap_text
    assert (how_to.title, how_to["B1"].value) == ("How to", "Cum se folosește")


def as_csv(
    content: bytes, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n"
) -> bytes:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    "made",
    [
        lambda content: as_csv(content, ";"),
        lambda content: as_csv(content, "\t", "utf-16"),
        lambda content: as_csv(content, ";", "utf-8-sig", "\n"),
        lambda content: as_csv(content, ",", end="\r"),
        lambda content: b"sep=;\r\n" + as_csv(content, ";"),
        lambda content: as_csv(content).replace(b",true,", ",ADEVĂRAT,".encode()),
    ],
    ids=["semicolons", "utf-16 tabs", "mark and LF", "CR", "sep line", "Romanian truth"],
)
def test_csv_as_spreadsheets_write_it(made: Callable[[bytes], bytes], tmp_path: Path) -> None:
    source = course(tmp_path)
    content = made(export_questions(source, [], ".csv").content)
    done = imported(tmp_path, source, content, "sheet.csv")
    assert (done.problems, done.notes, done.changes) == ([], [], {})


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (
            lambda content: as_csv(content, encoding="utf-8").decode().encode("cp1250", "replace"),
            "sheet.csv:1: the file is no UTF-8 text (near line 5); save it as “CSV "
            "UTF-8”, or better as an Excel workbook (.xlsx)  [sheet-file]",
        ),
        (
            lambda content: content.replace(b"Talk.", b"2-Jan"),
            "sheet.csv:6: cell J6 (“text (en)”) is a number or a date (2-Jan) and no "
            "text; format the cell as text and type it again, or type an apostrophe before it  "
            "[sheet-cell]",
        ),
        (
            lambda content: content.replace(b"Talk.", b"Ta\x01lk."),
            "sheet.csv:6: cell J6 holds a control character (U+0001); delete and "
            "retype the text  [sheet-cell]",
        ),
        (
            lambda content: content + b'"open',
            "sheet.csv:44: the row cannot be read (unexpected end of data); close the "
            "quotation mark, double one inside a text, or save from a spreadsheet  [sheet-file]",
        ),
        (lambda _: b"", "sheet.csv:1: the sheet is empty; export it anew  [sheet-file]"),
        (
            lambda _: b"PK\x03\x04",
            "sheet.csv:1: the file is a workbook and no CSV; save it as “CSV UTF-8”, "
            "or better as an Excel workbook (.xlsx)  [sheet-file]",
        ),
        (
            lambda content: content.replace(b'"Talk."', b'"Talk.' + b"x" * 33_000 + b'"'),
            "sheet.csv:6: cell J6 holds 33005 characters, 32767 is the most; shorten "
            "the text  [sheet-cell]",
        ),
    ],
)
def test_csv_that_is_refused(made: Callable[[bytes], bytes], told: str, tmp_path: Path) -> None:
    source = course(tmp_path)
    content = made(export_questions(source, [], ".csv").content)
    done = imported(tmp_path, source, content, "sheet.csv")
    assert [str(problem) for problem in done.problems] == [told]
    assert done.changes == {}


def repacked(content: bytes, change: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """A workbook with files of its archive changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in dict.fromkeys([*old.namelist(), *change]):
            wanted = change.get(name)
            kept = old.read(name) if name in old.namelist() else b""
            made = wanted(kept) if callable(wanted) else wanted
            new.writestr(name, kept if made is None else made)
    return out.getvalue()


SHEET_XML = "xl/worksheets/sheet1.xml"
ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "macros": (
        lambda content: repacked(content, {"xl/vbaProject.bin": b"x"}),
        "the workbook holds macros; save it as an Excel workbook (.xlsx), without macros",
    ),
    "a bomb": (
        lambda content: repacked(content, {"xl/media/a.bin": b"\0" * (31 * 1024 * 1024)}),
        "the workbook unpacks to more than 30 MB; export it anew, and copy your texts into that",
    ),
    "an entity": (
        lambda content: repacked(
            content, {SHEET_XML: lambda xml: xml.replace(b"<worksheet", ENTITY + b"<worksheet", 1)}
        ),
        f"the workbook holds a document type ({SHEET_XML}); save it again from a spreadsheet",
    ),
    "an entity in UTF-16": (
        lambda content: repacked(
            content,
            {
                SHEET_XML: lambda xml: (
                    (ENTITY + b"<worksheet>&b;</worksheet>").decode().encode("utf-16")
                )
            },
        ),
        "this is no workbook that can be read (ValueError); save it in a spreadsheet as an "
        "Excel workbook (.xlsx), without a password",
    ),
    "a far cell": (
        lambda content: repacked(
            content,
            {
                SHEET_XML: lambda xml: xml.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
                )
            },
        ),
        "the sheet has more than 20000 rows or 100 columns; delete the empty rows and columns "
        "below and beside the questions",
    ),
    "half a file": (
        lambda content: content[: len(content) // 2],
        "this is no workbook that can be read (BadZipFile); save it in a spreadsheet as an Excel "
        "workbook (.xlsx), without a password",
    ),
    "too large a file": (
        lambda content: content + b"\0" * (6 * 1024 * 1024),
        "the file has more than 5 MB; export fewer self-checks",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_workbooks_are_refused(kind: str, tmp_path: Path) -> None:
    source = course(tmp_path)
    made, told = HOSTILE[kind]
    content = made(export_questions(source, [], ".xlsx").content)
    done = imported(tmp_path, source, content, "sheet.xlsx")
    assert [str(problem) for problem in done.problems] == [f"sheet.xlsx:1: {told}  [sheet-file]"]


def test_other_kinds_of_files_are_refused(tmp_path: Path) -> None:
    done = imported(tmp_path, course(tmp_path), b"", "sheet.xlsm")
    assert [str(problem) for problem in done.problems] == [
        "sheet.xlsm:1: “.xlsm” is no kind of file that can be imported; save it as an "
        "Excel workbook without macros (.xlsx) or as CSV  [sheet-file]"
    ]


def test_what_a_workbook_holds_besides_is_told(tmp_path: Path) -> None:
    source = course(tmp_path)
    book = workbook(source)
    sheet = book.active
    book.create_sheet("Ideas")
    sheet["J5"].comment = Comment("Too short?", "A trainer")
    sheet.column_dimensions["N"].hidden = True
    sheet.row_dimensions[7].hidden = True
    assert brought_back(tmp_path, source, book).notes == [
        "The sheet “Ideas” is not imported.",
        "Hidden columns are imported, too: N.",
        "Hidden rows are imported, too: 1 of them.",
        "The comment on cell J5 is not imported.",
    ]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    source = course(tmp_path)
    rows = [row[::-1] for row in workbook(source).active.iter_rows(values_only=True)]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    done = brought_back(tmp_path, source, book)
    assert (done.problems, done.notes, done.changes) == ([], [], {})


def test_moved_rows_move_options_and_not_questions(tmp_path: Path) -> None:
    source = course(tmp_path)
    rows = list(workbook(source).active.iter_rows(values_only=True))
    book = openpyxl.Workbook()
    for row in [rows[0], *rows[:0:-1]]:
        book.active.append(row)  # type: ignore[union-attr]
    done = brought_back(tmp_path, source, book)
    assert done.notes == [
        "The questions of listening stay in the order of their file; move them there."
    ]
    old, new = (yaml.safe_load(text or "")["questions"] for text in done.changes[QUIZ])
    assert [question["id"] for question in new] == [question["id"] for question in old]
    assert [step["id"] for step in new[4]["steps"]] == ["answer", "check-back", "listen", "ask"]


NEW = (
    ("table", "fresh", "question", "", "reflection", "Why?", "De ce?"),
    ("table", "fresh", "hint", "", "", "*Think*: of 1.", "Gândiți-vă."),
)


def with_new_questions(source: Source) -> Any:
    book = workbook(source)
    sheet = book.active
    for quiz, name, part, number, kind, en, ro in NEW:
        about = ("keep-silent", "judge", "listening#silence") if part == "question" else ()
        sheet.append([quiz, name, part, number, kind, "", "", "", "", en, ro, *[""] * 6, *about])
    return book


def test_a_new_self_check_is_written_in_the_style_of_the_course(tmp_path: Path) -> None:
    source = course(tmp_path)
    done = brought_back(tmp_path, source, with_new_questions(source))
    assert done.problems == []
    assert done.changes == {
        "quizzes/table.yml": (
            None,
            "# The self-check of docs/table.md\nquestions:\n  - id: fresh\n    type: reflection\n"
            "    objective: keep-silent\n    level: judge\n    section: listening#silence\n"
            "    hint:\n      en: >-\n        *Think*: of 1.\n      ro: >-\n        Gândiți-vă.\n"
            "    stem:\n      en: >-\n        Why?\n      ro: >-\n        De ce?\n",
        )
    }


def test_a_changed_question_keeps_its_answers(tmp_path: Path) -> None:
    """Learners' answers stand under the question's id and the stamp of its key."""
    source = course(tmp_path)
    before, _ = check(source)
    book = workbook(source)
    for place in ("pause question", "pause option talk", "word question"):
        cell(book.active, place, "text (en)").value = "Something else"
    done = brought_back(tmp_path, source, book)
    (tmp_path / QUIZ).write_text(done.changes[QUIZ][1], encoding="utf-8")
    after, problems = check(read_source(tmp_path, source.languages))
    assert problems == []
    assert before is not None and after is not None
    stamps = [[(q.id, q.stamp) for q in c.quizzes["listening"].questions] for c in (before, after)]
    assert stamps[0] == stamps[1]


def test_a_course_with_a_mistake_is_neither_exported_nor_imported_into(tmp_path: Path) -> None:
    good = course(tmp_path)
    book = workbook(good)
    files = small_course()
    files[QUIZ] = files[QUIZ].replace("level: apply", "level: 3", 1)
    broken = course(tmp_path, files)
    told = [
        f"{QUIZ}:6: “3” cannot stand at “level”; use one of: apply, judge, recall  [unknown-value]"
    ]
    assert [str(p) for p in export_questions(broken, [], ".csv").problems] == told
    assert [str(p) for p in brought_back(tmp_path, broken, book).problems] == told


def test_names_of_self_checks(tmp_path: Path) -> None:
    source = course(tmp_path)
    assert export_questions(source, ["listening"], ".csv").questions == 10
    told = [str(problem) for problem in export_questions(source, ["listning"], ".csv").problems]
    assert told == [
        "quizzes:1: there is no self-check “listning”; did you mean “listening”?  [unknown-id]"
    ]


def test_imported_html_is_refused_and_would_be_cleaned(tmp_path: Path) -> None:
    source = course(tmp_path)
    text = 'Go <script>alert(1)</script><a href="javascript:alert(1)" onclick="x()">on</a>'
    book = workbook(source)
    cell(book.active, "pause option wait", "text (en)").value = text
    done = brought_back(tmp_path, source, book)
    assert len(done.problems) == 3
    assert done.changes == {}
    html = markup.inline(text, lambda uri, anchor: uri + anchor)
    assert "script" not in html
    assert "onclick" not in html


def test_import_writes_nothing_by_itself(tmp_path: Path) -> None:
    source = course(tmp_path)
    before = (tmp_path / QUIZ).read_bytes()
    book = workbook(source)
    cell(book.active, "pause option wait", "text (en)").value = "Stay."
    assert brought_back(tmp_path, source, book).changes
    assert (tmp_path / QUIZ).read_bytes() == before
