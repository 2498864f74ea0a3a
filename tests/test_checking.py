"""`course.py check`: what it prints, its status, and one sentence when it cannot work."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from course.tools.cli import main
from lint_cases import lint_course
from small_course import SETTINGS, lay_out


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small course with settings."""
    return lay_out(tmp_path, lint_course() | {"mkdocs.yml": SETTINGS})


def found(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, Any]]]:
    """The status of a check, and what it tells of pages and data."""
    status = main(["check", "--json"], root)
    told = json.loads(capsys.readouterr().out)["problems"]
    return status, [one for one in told if one["path"].startswith(("docs/", "quizzes/"))]


def test_advice_alone_is_no_failure(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = root / "docs/listening.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nA zzyzx.\n", encoding="utf-8")
    status, told = found(root, capsys)
    assert status == 0
    assert {one["rule"] for one in told} == {"spelling", "parity-blocks"}


def test_errors_and_style_come_in_one_run(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = root / "docs/listening.ro.md"
    text = page.read_text(encoding="utf-8").replace("Nu spuneți", 'Nu "spuneţi"')
    page.write_text(text + "\n[a](b.md)\n", encoding="utf-8")
    status, told = found(root, capsys)
    assert status == 1
    assert {one["rule"] for one in told} >= {"broken-link", "letters", "quotation-marks"}


def test_questions_are_judged_beside_a_page_with_a_mistake(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "docs/table.ro.md").write_text("no front matter", encoding="utf-8")
    quiz = root / "quizzes/listening.yml"
    text = re.sub(r"    ideas: .*\n", "", quiz.read_text(encoding="utf-8"), count=1)
    quiz.write_text(text, encoding="utf-8")
    status, told = found(root, capsys)
    assert status == 1
    assert "question-ideas" in {one["rule"] for one in told}


def test_a_silenced_finding_is_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = root / "docs/listening.md"
    text = page.read_text(encoding="utf-8")
    silenced = "Say nothing.\n\n<!-- allow parity-blocks: only here -->\nOne more."
    page.write_text(text.replace("Say nothing.", silenced), encoding="utf-8")
    main(["check"], root)
    told = capsys.readouterr().out
    assert "parity-blocks" in told  # it is told of in the translation, where it is missing
    assert "nothing to silence" in told


def test_annotations_for_github(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "quizzes/listening.yml").write_text("questions: []\n", encoding="utf-8")
    assert main(["check", "--github"], root) == 1
    assert (
        "::error file=quizzes/listening.yml,line=1,title=empty-field::" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "mkdocs.yml:1: the file cannot be read (No such file or directory); put it back"),
        ("a: b: c", "mkdocs.yml:1: a colon followed by a space stands inside an unquoted text"),
        ("plugins: {", "mkdocs.yml:1: "),
        ("- a list", "mkdocs.yml:1: the file holds no settings"),
        ("plugins:\n  - i18n:\n      languages: [en]", "mkdocs.yml:3: this language has no code"),
        ("plugins: 7", "mkdocs.yml:1: the plugin “i18n”, which knows the languages, is missing"),
        ("plugins:\n  - i18n", "mkdocs.yml:2: the plugin “i18n” names no language"),
        ("", "mkdocs.yml:1: the file holds no settings"),
        (b"\xff\xfe\x00", "mkdocs.yml:1: the file is not UTF-8 text"),
    ],
)
def test_settings_that_cannot_be_used_are_told_with_their_line(
    root: Path, capsys: pytest.CaptureFixture[str], text: str | bytes | None, sentence: str
) -> None:
    (root / "mkdocs.yml").unlink()
    if text is not None:
        lay_out(root, {"mkdocs.yml": text})
    assert main(["check"], root) == 1
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert sentence in captured.out
