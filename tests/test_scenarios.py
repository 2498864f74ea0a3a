"""Practice conversations: what is told of each mistake, the ways through, the page and its map."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from course.model import Course
from small_course import HERE, cases, judge, lay_out, small_course

EXAMPLE = "quizzes/scenarios/lost-keys.yml"
MARKER = "<!-- scenario: lost-keys -->"


def scenario_course(case: Mapping[str, Any] | None = None) -> dict[str, str]:
    """The small course with the example on its lesson; a case edits them."""
    case = case or {}
    text = (HERE / "cases" / "scenario_example.yml").read_text(encoding="utf-8")
    for old, new in case.get("edit", []):
        assert old in text, old
        text = text.replace(old, new, 1)
    files = small_course()
    old, new = case.get("page", ("", ""))
    for name in ("docs/listening.md", "docs/listening.ro.md"):
        files[name] += f"\n{MARKER.replace(old, new)}\n"
    return files | {EXAMPLE: text} | case.get("write", {})


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course, problems = judge(lay_out(tmp_path, scenario_course()))
    assert course, problems
    return course


@pytest.mark.parametrize("case", cases("scenarios"), ids=lambda case: str(case["name"]))
def test_each_mistake_is_told_with_file_line_and_advice(tmp_path: Path, case: Any) -> None:
    course, problems = judge(lay_out(tmp_path, scenario_course(case)))
    told = [f"{problem}{' (advice)' if problem.advice else ''}" for problem in problems]
    assert told == case["problems"]
    assert (course is None) == any(not problem.advice for problem in problems)


def chain(length: int) -> list[list[str]]:
    """Edits that put `length` more decisions before the last one of the example's best path."""
    node = """  - id: more-{0}
    mood: calm
    look: {{en: a, ro: b}}
    says: {{en: a, ro: b}}
    choices:
      - {{id: a, grade: best, text: {{en: a, ro: b}}, mood: calm, reaction: {{en: a, ro: b}},
         why: {{en: a, ro: b}}, section: silence, next: {1}}}
      - {{id: b, grade: risky, text: {{en: a, ro: b}}, mood: calm, reaction: {{en: a, ro: b}},
         why: {{en: a, ro: b}}, section: silence, next: {1}}}
"""
    following = [*(f"more-{number}" for number in range(1, length)), "costs"]
    nodes = "".join(node.format(number, name) for number, name in enumerate(following))
    return [
        ["trust: 1}\n        next: costs", "trust: 1}\n        next: more-0"],
        ["  - id: costs\n", nodes + "  - id: costs\n"],
    ]


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (2, []),
        (3, [f"{EXAMPLE}:19: the best path has 6 decisions; make it 5 at most"]),
        (800, [f"{EXAMPLE}:19: the best path has 803 decisions; make it 5 at most"]),
    ],
)
def test_the_best_path_has_five_decisions_at_most(
    tmp_path: Path, length: int, told: list[str]
) -> None:
    _, problems = judge(lay_out(tmp_path, scenario_course({"edit": chain(length)})))
    assert [str(problem) for problem in problems] == told
