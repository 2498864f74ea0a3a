"""Comments that silence a rule: for which lines they hold, and what is wrong with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from course.load import read_source
from course.page import without_allowances
from course.problem import Problem
from course.rules import RULES
from course.silence import silence
from small_course import LANGUAGES, cases, changed, lay_out


def finding(text: str) -> Problem:
    path, line, rule, advice = re.fullmatch(r"(\S+):(\d+) (\S+)( advice)?", text).groups()  # type: ignore[union-attr]
    return Problem(path, int(line), "odd", "mend it", bool(advice), rule=rule)


def short(problem: Problem) -> str:
    """A problem with a comment as it is told, any other by its place and rule."""
    if problem.rule != "silence":
        return f"{problem.path}:{problem.line} {problem.rule}"
    place, what = str(problem).split(": ", 1)
    return f"{place}: {'advice: ' if problem.advice else ''}{what}"


@pytest.mark.parametrize("case", cases("silence"), ids=lambda case: str(case["name"]))
def test_what_is_silenced_and_what_is_left(tmp_path: Path, case: Any) -> None:
    source = read_source(lay_out(tmp_path, changed(case)), LANGUAGES)
    left, silenced = silence(map(finding, case["found"]), source, RULES)
    assert [short(problem) for problem in left] == case["left"]
    assert [one.reason for one in silenced] == case["silenced"]


def test_of_rules_that_were_not_judged_nothing_is_said(tmp_path: Path) -> None:
    case = {"edit": {"docs/listening.md": ["Say", "<!-- allow calque: theirs -->\nSay"]}}
    source = read_source(lay_out(tmp_path, changed(case)), LANGUAGES)
    assert silence([], source, frozenset()) == ([], [])


def test_the_comment_never_reaches_a_page() -> None:
    page = "A\n\n<!-- allow calque: x\n y -->\nB `<!-- allow loan: c -->`\n<!-- quiz -->\n"
    left = without_allowances(page)
    assert "calque" not in left
    assert "`<!-- allow loan: c -->`" in left
    assert "<!-- quiz -->" in left
    assert [len(row) for row in left.split("\n")] == [len(row) for row in page.split("\n")]


def test_a_page_is_read_without_it(tmp_path: Path) -> None:
    case = {"edit": {"docs/listening.md": ["Say", "<!-- allow calque: theirs -->\nSay"]}}
    source = read_source(lay_out(tmp_path, changed(case)), LANGUAGES)
    assert all("allow" not in page.body for page in source.pages)
