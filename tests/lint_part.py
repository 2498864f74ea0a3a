"""Golden cases for one part of the linter: one thing is changed in the small course."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from course.check import check
from course.load import Source, read_source
from course.problem import Problem
from small_course import LANGUAGES, changed, lay_out

Part = Callable[[Source], Iterable[Problem]]


def told(part: Part, root: Path, case: Any) -> list[str]:
    """What a part of the linter tells of the pages and data of a changed small course."""
    source = read_source(lay_out(root, changed(case)), LANGUAGES)
    course, problems = check(source)
    assert course, problems
    found = sorted(set(part(source)))
    return [
        f"{problem}{' (advice)' if problem.advice else ''}"
        for problem in found
        if problem.path.startswith(("docs/", "quizzes/"))
    ]
