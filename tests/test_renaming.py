"""`course.py rename`: a page moves, all that points to it follows, and nothing else changes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from course.check import check
from course.load import read_source
from course.model import Course
from course.settings import read_settings
from course.tools.cli import main
from course.tools.verb import CALL
from small_course import SETTINGS, lay_out, small_course
from small_site import ROOT

NAVIGATION = SETTINGS.replace(
    "      - listening.md\n",
    """\
      - "Hearing": 'listening.md'   # one
      - deep/relistening.md
""",
)
"""Settings whose quotes and comments have to stay, and a page that only sounds like the other."""

LINKS = """\
---
title: Links
description: All kinds of links.
---
[a](../listening.md) [b](../listening.md#silence "x") [c](<../listening.md>) [d](../listening.ro.md)
[e](relistening.md) [g](https://x.example/listening.md) [h](../table.md)

[i]: ../listening.md#silence
<a href="../listening.md">j</a> `[k](../listening.md)` [l][i] [m](./../listening.md)

```
[n](../listening.md) <!-- quiz: listening -->
```

<!-- quiz: listening -->
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    extra = {"mkdocs.yml": NAVIGATION, "docs/deep/relistening.md": LINKS}
    extra["docs/deep/relistening.ro.md"] = LINKS
    extra["quizzes/challenges.yml"] = small_course()["quizzes/challenges.yml"].replace(
        '"Give real dates."', '"Give [real](listening.md#silence) dates, listening.md."'
    )
    return lay_out(tmp_path / "curs nou ș", small_course() | extra)


def read(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def snapshot(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): read(root, str(path)) for path in files}


def judged(root: Path) -> Course:
    settings = read_settings(root)
    course, problems = check(read_source(root, settings.languages, settings.modules))
    assert problems == []
    assert course
    return course


def test_links_follow_and_what_only_looks_like_one_stays(root: Path) -> None:
    elsewhere = "\n[f](listening.md)\n"
    lay_out(root, {"docs/deep/relistening.ro.md": LINKS + elsewhere})
    assert main(["rename", "listening", "hearing"], root) == 0
    followed = LINKS
    for link in (
        *("[a](../listening", "[b](../listening", "[c](<../listening", "[d](../listening"),
        *("[i]: ../listening", 'href="../listening', "[m](./../listening"),
        "\n\n<!-- quiz: listening",
    ):
        followed = followed.replace(link, link.replace("listening", "hearing"))
    assert read(root, "docs/deep/relistening.ro.md") == followed + elsewhere


def test_pages_data_and_navigation_follow(root: Path) -> None:
    before = snapshot(root)
    assert main(["rename", "docs/listening.ro.md", "hearing"], root) == 0
    after = snapshot(root)
    names = {"docs/listening.md", "docs/listening.ro.md", "quizzes/listening.yml"}
    assert before.keys() - after.keys() == names
    assert after.keys() - before.keys() == {n.replace("listening", "hearing") for n in names}
    assert after["mkdocs.yml"] == before["mkdocs.yml"].replace("'listening.md'", "'hearing.md'")
    assert after["docs/hearing.ro.md"] == before["docs/listening.ro.md"]
    assert after["docs/hearing.md"] == before["docs/listening.md"].replace(
        "objectives:", "was: [listening]\nobjectives:"
    )
    quiz = before["quizzes/listening.yml"]
    assert after["quizzes/hearing.yml"] == quiz.replace("listening#silence", "hearing#silence")
    table = before["quizzes/challenges.yml"].replace("lesson: listening", "lesson: hearing")
    assert after["quizzes/challenges.yml"] == table.replace("listening.md", "hearing.md")
    assert judged(root).pages["hearing"].shared.was == ("listening",)


def test_back_again_and_further_on(root: Path) -> None:
    before = snapshot(root)
    assert main(["rename", "listening", "hearing"], root) == 0
    assert main(["rename", "hearing", "listening"], root) == 0
    after = snapshot(root)
    text = after["docs/listening.md"]
    assert text.replace("was: [hearing]\n", "") == before["docs/listening.md"]
    assert {n: after[n] for n in after if n != "docs/listening.md"} == {
        n: before[n] for n in before if n != "docs/listening.md"
    }
    assert main(["rename", "listening", "silence"], root) == 0
    assert judged(root).pages["silence"].shared.was == ("hearing", "listening")


def test_a_dry_run_shows_and_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(root)
    assert main(["rename", "listening", "hearing", "--dry-run"], root) == 0
    told = capsys.readouterr().out
    assert "docs/listening.md -> docs/hearing.md\n" in told
    assert "+ was: [listening]\n" in told
    assert snapshot(root) == before


WRONG = {
    ("listenin", "x"): "There is no page “listenin”; did you mean “listening”?",
    ("listening", "listening"): "docs/listening.md has that name already.",
    ("listening", "table"): "The name “table” is taken; choose another.",
    ("listening", "../x"): (
        "“../x” cannot be a name in the course; use small letters a to z first, then digits and "
        "single hyphens, 45 at most."
    ),
    ("index", "x"): "docs/index.md keeps its name: the course looks for it.",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_what_cannot_be_is_told_and_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str]
) -> None:
    before = snapshot(root)
    assert main(["rename", *arguments], root) == 1
    assert capsys.readouterr().err == WRONG[arguments] + "\n"
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (
            "quizzes/challenges.yml",
            "lesson: listening\na: b: c\n",
            "quizzes/challenges.yml:2: this is not readable as YAML; correct it.\n",
        ),
        (
            "docs/listening.md",
            "No front matter.\n",
            "docs/listening.md has no front matter; begin it with ---, title: …, ---.\n",
        ),
        (
            "docs/listening.md",
            "---\ntitle: [x\n---\n",
            "docs/listening.md: the front matter cannot be read; "
            f"run {CALL} check and mend it first.\n",
        ),
        ("docs/table.md", b"\xff", "docs/table.md is not UTF-8 text; save it again as UTF-8.\n"),
    ],
)
def test_a_broken_file_is_told_and_nothing_changes(
    root: Path, capsys: pytest.CaptureFixture[str], path: str, text: str | bytes, said: str
) -> None:
    lay_out(root, {path: text})
    before = {each: each.read_bytes() for each in root.rglob("*.*") if each.is_file()}
    assert main(["rename", "listening", "hearing"], root) == 1
    assert capsys.readouterr().err == said
    assert {each: each.read_bytes() for each in root.rglob("*.*") if each.is_file()} == before


def test_line_ends_stay(root: Path) -> None:
    path = root / "docs/listening.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["rename", "listening", "hearing"], root) == 0
    text = (root / "docs/hearing.md").read_bytes()
    assert b"was: [listening]\r\n" in text
    assert text.count(b"\n") == text.count(b"\r\n")


def test_the_byte_order_mark_stays(root: Path) -> None:
    path = root / "docs/listening.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert main(["rename", "listening", "hearing"], root) == 0
    assert read(root, "docs/hearing.md").startswith("\ufeff---\ntitle: ")


def test_a_lesson_of_the_real_course_moves_without_a_trace(tmp_path: Path) -> None:
    for folder in ("docs", "quizzes", "overrides"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    assert main(["rename", "first-move", "begin-well"], tmp_path) == 0
    settings = read_settings(tmp_path)
    course, problems = check(read_source(tmp_path, settings.languages, settings.modules))
    assert problems == []
    assert course
    reference = re.compile(r"first-move\.md|(?:lesson|section): first-move(?:#|$)", re.MULTILINE)
    for path in [*tmp_path.rglob("*.md"), *tmp_path.rglob("*.yml")]:
        assert not reference.search(path.read_text(encoding="utf-8")), path
