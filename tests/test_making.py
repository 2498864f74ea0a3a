"""`course.py new`: what it writes builds at once, and says what is to be written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from course.check import check
from course.lint import lint
from course.load import Source, read_source
from course.model import QUESTION_TYPES, Course
from course.settings import read_settings
from course.tools import naming
from course.tools.cli import main
from course.tools.skeletons import FOLDER, scalar
from small_course import SETTINGS, lay_out, small_course
from small_site import ROOT, mkdocs, small_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "un curs ăîș"
    return lay_out(folder, small_course() | {"mkdocs.yml": SETTINGS})


def new(root: Path, *arguments: str) -> int:
    return main(["new", *arguments], root)


def judged(root: Path) -> tuple[Source, Course]:
    """The course in `root`, in which a build finds nothing wrong."""
    settings = read_settings(root)
    source = read_source(root, settings.languages, settings.modules)
    course, problems = check(source)
    assert problems == []
    assert course
    return source, course


def read(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_lesson_is_whole_in_all_languages(root: Path) -> None:
    others = ["--title", "ro=Cum încheiați", "--module", "lecții", "--minutes", "25"]
    assert new(root, "lesson", "How to close: “enough”, said on time", *others) == 0
    name = "how-to-close-enough-said-on-time"
    english, romanian = read(root, f"docs/{name}.md"), read(root, f"docs/{name}.ro.md")
    assert 'title: "How to close: “enough”, said on time"\n' in english
    assert "title: Cum încheiați\n" in romanian
    assert "lesson: L02\nminutes: 25\n" in english
    assert "lesson:" not in romanian
    quiz = yaml.safe_load(read(root, f"quizzes/{name}.yml"))
    assert [question["id"] for question in quiz["questions"]] == [
        f"{name}-{n}" for n in range(1, 6)
    ]
    changed = SETTINGS.replace("- listening.md\n", f"- listening.md\n      - {name}.md\n")
    assert read(root, "mkdocs.yml") == changed


def test_all_that_can_be_new_is_without_mistakes_and_marked(root: Path) -> None:
    assert new(root, "lesson", "How to close") == 0
    for kind in QUESTION_TYPES:
        assert new(root, "question", "listening", "--type", kind) == 0
    assert new(root, "scenario", "The late bill", "--lesson", "how-to-close") == 0
    assert new(root, "chart", "Who pays", "--page", "table") == 0
    assert new(root, "chart", "When to pay", "--title", "ro=Când plătiți") == 0
    ours = [each for each in lint(*judged(root)) if each.path.startswith(("docs/", "quizzes/"))]
    old = {each.path for each in ours if each.rule != "to-be-written"}
    assert old <= {"quizzes/listening.yml"}  # what the small course has from the start
    marked = {(each.path, each.line) for each in ours if each.rule == "to-be-written"}
    for path in (path for path in snapshot(root) if path.name != "mkdocs.yml"):
        lines = path.read_text(encoding="utf-8").split("\n")
        name = path.relative_to(root).as_posix()
        there = {(name, n) for n, line in enumerate(lines, 1) if "TODO" in line}
        assert there == {place for place in marked if place[0] == name}
    quiz = yaml.safe_load(read(root, "quizzes/listening.yml"))["questions"]
    ids = [question["id"] for question in quiz]
    assert ids[:3] == ["pause", "signs", "rule"]
    assert ids[3:] == [f"listening-{n}" for n in range(1, 10)]


def test_it_builds_strictly(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    settings = (
        read(root, "mkdocs.yml") + "\nnav:\n  - index.md\n  - Lessons:\n      - listening.md\n"
    )
    (root / "mkdocs.yml").write_text(settings + "      - table.md\n", encoding="utf-8")
    assert new(root, "lesson", "How to close") == 0
    assert new(root, "scenario", "The late bill", "--lesson", "listening") == 0
    assert new(root, "chart", "Who pays", "--page", "table") == 0
    done = mkdocs(root, "build", "--strict", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_third_language_gets_the_hints_of_the_first(root: Path) -> None:
    settings = SETTINGS.replace(
        "        - locale: ro", "        - {locale: de}\n        - locale: ro"
    )
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert new(root, "lesson", "How to close") == 0
    english, german = read(root, "docs/how-to-close.md"), read(root, "docs/how-to-close.de.md")
    assert "TODO: who is there" in german
    assert german.split("\n---\n")[1] == english.split("\n---\n")[1]


def test_a_question_goes_behind_the_last_one_and_changes_nothing_else(root: Path) -> None:
    before = read(root, "quizzes/listening.yml")
    (root / "quizzes/listening.yml").write_text(before + "\n# the end\n", encoding="utf-8")
    assert new(root, "question", "listening", "--id", "second-pause", "--type", "order") == 0
    after = read(root, "quizzes/listening.yml")
    assert after.startswith(before)
    assert after.endswith("\n# the end\n")
    assert "\n\n  - id: second-pause\n    type: order\n    objective: keep-silent\n" in after


def test_a_new_self_check_asks_for_every_objective(root: Path) -> None:
    path = root / "docs/listening.md"
    for each in (path, path.with_name("listening.ro.md")):
        text = each.read_text(encoding="utf-8").replace("<!-- quiz -->", "")
        text = text.replace("objectives:\n", "objectives:\n  ask: Ask.\n  wait: Wait.\n")
        each.write_text(text, encoding="utf-8")
    (root / "quizzes/listening.yml").unlink()
    assert new(root, "question", "docs/listening.ro.md", "--objective", "wait") == 0
    asked = yaml.safe_load(read(root, "quizzes/listening.yml"))["questions"]
    assert [question["objective"] for question in asked] == ["wait", "ask", "keep-silent"]
    assert judged(root)


def test_a_question_of_a_page_without_objectives_names_a_lesson(root: Path) -> None:
    assert new(root, "question", "table", "--objective", "keep-silent") == 0
    assert "section: listening#silence\n" in read(root, "quizzes/table.yml")
    assert judged(root)


WRONG = {
    ("lesson", " "): "The title is empty; write one in quotation marks.",
    ("lesson", "x" * 121): "The title has 121 signs; 120 are the most.",
    ("lesson", "a <b>"): "The title holds '<'; leave that out.",
    ("lesson", "Слушать"): ("The title has no letter a to z; add --name and a name for the files."),
    ("lesson", "Listening"): "The name “listening” is taken; choose another (--name).",
    ("lesson", "Challenges"): (
        "The name “challenges” has a meaning of its own; choose another (--name)."
    ),
    ("lesson", "Aux"): "The name “aux” has a meaning of its own; choose another (--name).",
    ("lesson", "x", "--name", "../../x"): (
        "“../../x” cannot be a name in the course; use small letters a to z first, then digits "
        "and single hyphens, 45 at most."
    ),
    ("lesson", "x", "--module", "Lesons"): (
        "The navigation has no part “Lesons”; did you mean “Lessons”?"
    ),
    ("lesson", "x", "--title", "fr=y"): (
        "--title fr=…: the course is not translated into that; use one of: ro"
    ),
    ("question", "../listening"): "There is no page “../listening”; did you mean “listening”?",
    ("question", "listening", "--section", "silent"): (
        "docs/listening.md has no heading “silent”; did you mean “silence”?"
    ),
    ("question", "listening", "--objective", "x"): (
        "No lesson has the objective “x”; use one of: keep-silent"
    ),
    ("question", "listening", "--id", "pause"): "The name “pause” is taken; choose another.",
    ("question", "table"): (
        "docs/table.md has no objectives; add --objective with one of a lesson."
    ),
    ("scenario", "x", "--lesson", "table"): (
        "docs/table.md is no lesson; a conversation belongs to one."
    ),
    ("chart", "x"): "No page has a chart yet; add --page with the one to put it on.",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_what_cannot_be_is_told_in_a_sentence_and_writes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    before = snapshot(root)
    assert new(root, *arguments) == 1
    assert capsys.readouterr().err == WRONG[arguments] + "\n"
    assert snapshot(root) == before


def test_lessons_are_numbered_beyond_ninety_nine(root: Path) -> None:
    path = root / "docs/listening.md"
    path.write_text(path.read_text(encoding="utf-8").replace("L01", "L99"), encoding="utf-8")
    assert new(root, "lesson", "Another one") == 0
    assert "lesson: L100\n" in (root / "docs/another-one.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Închideți discuția, țineți ușa", "inchideti-discutia-tineti-usa"),
        ("Größe & Łódź – smørrebrød", "grosse-lodz-smorrebrod"),
        ("The client’s 2nd “no”", "the-clients-2nd-no"),
        ("a" * 60, ""),
        ("word " * 20, "word-word-word-word-word-word-word-word-word"),
        ("Слушать", ""),
    ],
)
def test_a_title_becomes_a_plain_name(title: str, name: str) -> None:
    assert naming.slug(title) == name


@pytest.mark.parametrize("text", ["a", "a: b", "“a”", '"a"', "no", "1", "# a", "a #b", "- a", "ș"])
def test_a_title_reads_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"title: {scalar(text)}") == {"title": text}


def test_the_hints_speak_all_languages_of_the_course() -> None:
    hints = yaml.safe_load((FOLDER / "hints.yml").read_text(encoding="utf-8"))
    languages = set(read_settings(ROOT).languages)
    assert {key for key, texts in hints.items() if set(texts) != languages} == set()
    for texts in hints.values():
        assert len({tuple(re.findall(r"TODO|\{n\}", text)) for text in texts.values()}) == 1


def test_a_new_lesson_fits_the_real_course(tmp_path: Path) -> None:
    for folder in ("docs", "quizzes", "overrides"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    assert new(tmp_path, "lesson", "How to close") == 0
    assert new(tmp_path, "scenario", "The late bill", "--lesson", "listening") == 0
    assert new(tmp_path, "question", "final", "--objective", "reflect-back") == 0
    old = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    settings = read(tmp_path, "mkdocs.yml").split("\n")
    fresh = ["      - lessons/how-to-close.md", "      - practice/the-late-bill.md"]
    assert [line for line in settings if line not in fresh] == old
    assert settings[settings.index(fresh[0]) - 1] == "      - lessons/whole-conversation.md"
    assert judged(tmp_path)
