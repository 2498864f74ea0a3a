"""`course.py check`: what it prints, its status, and one sentence when it cannot work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from course.problem import Problem
from course.tools import checking
from course.tools.cli import main
from small_course import lay_out, small_course

SETTINGS = """\
plugins:
  - i18n:
      languages:
        - {locale: en, default: true}
        - {locale: ro}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small course with settings; what is told of the interface's texts is not its matter."""
    lay_out(tmp_path, small_course() | {"mkdocs.yml": SETTINGS})
    monkeypatch.setattr(checking, "lint", lambda source, course: [])
    return tmp_path


def test_nothing_to_mend(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"], root) == 0
    assert capsys.readouterr().out == "Nothing to mend.\n"


FOUND = [
    Problem("docs/b.md", 9, "odd", "mend it", True, rule="calque"),
    Problem("docs/b.md", 12, "wrong", "mend it", False, rule="letters"),
    Problem("docs/a.md", 1, "odd", "mend it", True, rule="spelling"),
]


def test_findings_by_file_with_errors_first(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "lint", lambda source, course: FOUND)
    assert main(["check"], root) == 1
    assert capsys.readouterr().out.split("\n") == [
        "docs/a.md:1: odd; mend it  [spelling] (advice)",
        "",
        "docs/b.md:12: [letters] wrong; mend it",
        "docs/b.md:9: [calque] odd; mend it (advice)",
        "",
        "1 error, 2 advice in 2 files.",
        "",
    ]


def test_advice_alone_is_no_failure(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "lint", lambda source, course: FOUND[:1])
    assert main(["check"], root) == 0


def test_findings_as_json(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "lint", lambda source, course: FOUND[1:2])
    assert main(["check", "--json"], root) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert told == {
        "path": "docs/b.md",
        "line": 12,
        "what": "wrong",
        "fix": "mend it",
        "advice": False,
        "rule": "letters",
    }


def test_a_course_that_does_not_build_is_not_linted(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> list[Problem]:
        raise AssertionError("linted")

    monkeypatch.setattr(checking, "lint", refuse)
    (root / "quizzes/listening.yml").write_text("questions: []\n", encoding="utf-8")
    assert main(["check"], root) == 1
    assert "there are no questions" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "mkdocs.yml cannot be read (No such file or directory); put it back."),
        ("a: b: c", "mkdocs.yml:1: this is not readable as YAML"),
        ("plugins: {", "mkdocs.yml:1: this is not readable as YAML"),
        ("- a list", "mkdocs.yml does not have its usual shape"),
        ("plugins:\n  - i18n:\n      languages: [en, ro]", "does not have its usual shape"),
        ("plugins: 7", "mkdocs.yml does not have its usual shape"),
        ("nav: {Home: index.md}", "mkdocs.yml names no language"),
        ("", "mkdocs.yml names no language"),
        (b"\xff\xfe\x00", "mkdocs.yml"),
    ],
)
def test_settings_that_cannot_be_used_are_one_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], text: str | bytes | None, sentence: str
) -> None:
    (root / "mkdocs.yml").unlink()
    if text is not None:
        lay_out(root, {"mkdocs.yml": text})
    assert main(["check"], root) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert sentence in captured.err
