"""The trainer's handbook: what its pages tell a trainer to type and to copy does work."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from course.check import check
from course.lint.questions import question_problems
from course.load import Source, read_source
from course.model import QUESTION_TYPES
from course.tools.cli import course, main
from small_course import LANGUAGES
from small_site import ROOT

HANDBOOK = ROOT / "docs" / "trainers" / "handbook"
ENGLISH = sorted(path for path in HANDBOOK.glob("*.md") if path.suffixes == [".md"])
PAGES = sorted(HANDBOOK.glob("*.md"))
TELLING = [*PAGES, *ROOT.glob("docs/trainers*.md"), *ROOT.glob("docs/trainers/rules*.md")]
FENCE = re.compile(r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<code>.*?)^(?P=indent)```$", re.M | re.S)
TYPED = re.compile(r'^ *(?:\$ |- run: |- )?(?:SITE_URL="[^"]*" )?python3 course\.py\b(.*)$', re.M)
QUOTED = re.compile(r"`python3 course\.py\b([^`]*)`")
SLIP = "sreve"
"""A verb that the first page types wrongly, to show what is said then."""


def page_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def in_romanian(page: Path) -> Path:
    return page.with_suffix(".ro.md")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, kind: str) -> list[str]:
    """The code blocks of one kind on a page, as they stand there."""
    return [match["code"] for match in FENCE.finditer(text_of(path)) if match["kind"] == kind]


def commands(path: Path) -> list[list[str]]:
    """What a page has the trainer type behind `python3 course.py`."""
    text = text_of(path)
    lines = [*TYPED.findall(text), *QUOTED.findall(text)]
    return [shlex.split(line, comments=True) for line in lines]


def read_line(arguments: list[str]) -> None:
    """Read a command line as `course.py` would; raises UsageError for what is not understood."""
    command: click.Command = course
    # A command keeps the help option of its first context.
    context = click.Context(course, info_name="course.py", **course.context_settings)
    while isinstance(command, click.Group) and arguments and arguments[0] != "--help":
        name, found, arguments = command.resolve_command(context, arguments)
        assert name
        assert found
        command, context = found, click.Context(found, context, name)
    if arguments:  # a verb by itself only names it
        try:
            command.make_context(context.info_name, list(arguments), context.parent)
        except click.exceptions.Exit as done:
            assert done.exit_code == 0  # --help


def test_the_handbook_has_all_its_pages_in_both_languages() -> None:
    assert {path.stem for path in ENGLISH} >= {"start", "questions", "lesson", "check", "publish"}
    assert sorted([*ENGLISH, *map(in_romanian, ENGLISH)]) == PAGES


@pytest.mark.parametrize("page", [*TELLING, ROOT / "README.md"], ids=page_name)
def test_every_command_on_a_page_is_understood(page: Path) -> None:
    for arguments in commands(page):
        if arguments[:1] != [SLIP]:
            read_line(arguments)


@pytest.mark.parametrize(
    "line", [SLIP, "serve --prot 1", "new question --id a", "new question a --type b"]
)
def test_a_command_that_is_not_understood_is_found(line: str) -> None:
    with pytest.raises(click.UsageError):
        read_line(line.split())


@pytest.mark.parametrize("page", ENGLISH, ids=page_name)
def test_both_languages_have_the_trainer_type_and_copy_the_same(page: Path) -> None:
    assert commands(page) == commands(in_romanian(page))
    ours, theirs = (
        [re.sub(r"#.*", "", block) for block in blocks(path, "yaml")]
        for path in (page, in_romanian(page))
    )
    assert ours == theirs


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_yaml_on_a_page_is_yaml(page: Path) -> None:
    for block in blocks(page, "yaml"):
        yaml.compose(block)


def complete_questions(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The examples on a page that are whole questions: as they stand there, and as data."""
    for block in blocks(path, "yaml"):
        if "type:" in block and block.startswith("  - id:"):
            yield block, yaml.safe_load(block)[0]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as a trainer has it."""
    folder = tmp_path_factory.mktemp("cursul meu ș")
    for name in ("docs", "quizzes", "overrides/fragments/pictures"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


QUIZ = "quizzes/listening.yml"


def with_quiz(copy: Path, text: str) -> Source:
    """The course with another text of a self-check, which is then put back."""
    before = text_of(copy / QUIZ)
    (copy / QUIZ).write_text(text, encoding="utf-8")
    source = read_source(copy, LANGUAGES)
    (copy / QUIZ).write_text(before, encoding="utf-8")
    return source


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_of_each_type_can_be_copied_into_the_course(copy: Path, language: str) -> None:
    page = HANDBOOK / ("questions.md" if language == "en" else "questions.ro.md")
    examples = list(complete_questions(page))
    assert [data["type"] for _, data in examples] == list(QUESTION_TYPES)
    before = text_of(copy / QUIZ)
    source = with_quiz(copy, before + "".join(f"\n{block}" for block, _ in examples))
    judged, problems = check(source)
    assert problems == []
    assert judged
    found = question_problems(source, judged)
    ours = [problem for problem in found if problem.path == QUIZ]
    assert [problem for problem in ours if problem.rule != "question-ideas"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_type_has_a_section_under_its_name(language: str) -> None:
    page = text_of(HANDBOOK / ("questions.md" if language == "en" else "questions.ro.md"))
    for name in QUESTION_TYPES:
        assert f"`{name}` {{ #{name} }}" in page, name


@pytest.mark.parametrize("page", ["start.md", "start.ro.md"])
def test_the_first_page_shows_what_a_slip_is_answered_with(
    page: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = text_of(HANDBOOK / page)
    assert main([SLIP]) == 2
    assert capsys.readouterr().err.strip() in text
    slip = text_of(copy / QUIZ).replace("level:", "levl:", 1)
    problems = check(with_quiz(copy, slip))[1]
    assert len(problems) == 2
    for problem in problems:
        assert str(problem) in text
