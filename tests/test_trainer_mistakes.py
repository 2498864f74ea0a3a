"""Edits that trainers really get wrong, and what they are told of each, word for word.

The course has a file of every kind, and mkdocs.yml. What is told is all that `check` says: one
mistake has one message, as far as one place is to be mended.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from course.settings import SettingsError, read_settings
from small_course import cases, changed, judge, lay_out, trainers_course

CASES = cases("trainer_mistakes")


def told(root: Path, case: dict[str, Any]) -> list[str]:
    """Lay out the course with a case's `edit`, `rename`, `copy` and the like; what is said."""
    files: dict[str, str | bytes] = dict(changed(case, trainers_course()))
    for old, new in case.get("copy", {}).items():
        files[new] = files[old]
    for old, new in case.get("rename", {}).items():
        files[new] = files.pop(old)
    lay_out(root, files)
    try:
        read_settings(root)
    except SettingsError as error:
        return [str(problem) for problem in error.problems]
    return [f"{problem}{' (advice)' if problem.advice else ''}" for problem in judge(root)[1]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_mistake_is_told_once_with_its_place_and_what_to_do(tmp_path: Path, case: Any) -> None:
    assert told(tmp_path, case) == case["problems"]


def test_there_are_thirty_mistakes_at_least_and_each_is_told() -> None:
    assert sum(bool(case["problems"]) for case in CASES) >= 30
