"""Courses for the linter's tests: a small one without a finding, and banks made from figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from course.check import check
from course.load import Source, read_source
from course.model import Course
from small_course import HERE, LANGUAGES, lay_out, small_course

Files = Mapping[str, str | bytes]


def lint_course() -> dict[str, str]:
    """The small course with a self-check in which the linter finds nothing."""
    text = (HERE / "cases" / "lint_course.yml").read_text(encoding="utf-8")
    return small_course() | {"quizzes/listening.yml": text}


def loaded(files: Files) -> tuple[Source, Course]:
    """A course that has no mistake, as the linter gets it."""
    with TemporaryDirectory() as folder:
        source = read_source(lay_out(Path(folder), files), LANGUAGES)
        course, problems = check(source)
    assert course, problems
    return source, course


def word(number: int) -> str:
    """A word of its own for each number, with content and without an ending."""
    return "".join("bcdfghjklm"[int(digit)] + "o" for digit in f"{number:03}") + "x"


def bank(case: Mapping[str, Any]) -> dict[str, str]:
    """A course with a bank of single choices, the key in each place equally often.

    `count` says how many (12 unless told), `change` what is different, by the question's
    number: `key` (the place), `texts` (of the options), `stem`, `level`, `ideas`; `all`
    changes each question that has no change of its own.
    """
    changes = case.get("change", {})
    questions = [
        _question(number, changes.get(number, case.get("all", {})))
        for number in range(case.get("count", 12))
    ]
    files = small_course()
    files["quizzes/listening.yml"] = yaml.safe_dump({"questions": questions}, allow_unicode=True)
    return files


def _question(number: int, change: Mapping[str, Any]) -> dict[str, Any]:
    place = change.get("key", number % 3)
    stem = change.get("stem", f"{word(10 * number)} {word(10 * number + 1)}?")
    texts: Sequence[str] = change.get(
        "texts", [f"{word(10 * number + n)} {word(500 + 10 * number + n)}" for n in (2, 3, 4)]
    )
    options = [
        {"id": f"o-{n}", "text": _both(text), "feedback": _both("x")}
        | ({"key": True} if n == place else {})
        for n, text in enumerate(texts)
    ]
    return {
        "id": f"q-{number}",
        "type": "single",
        "objective": "keep-silent",
        "ideas": change.get("ideas", ["S1-36"]),
        "level": change.get("level", "apply"),
        "section": "listening#silence",
        "stem": _both(stem),
        "options": options,
    }


def _both(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)
