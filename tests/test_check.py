"""What a trainer is told about each mistake, word for word; and that nothing hides."""

from __future__ import annotations

import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from course.check import string_problems
from course.load import MAX_BYTES, read_source
from course.yaml_reader import MAX_DEPTH
from hypothesis import given, settings
from hypothesis import strategies as st
from small_course import LANGUAGES, cases, changed, judge, lay_out, small_course


@pytest.mark.parametrize("case", cases("check"), ids=lambda case: str(case["name"]))
def test_each_mistake_is_told_with_file_line_and_advice(tmp_path: Path, case: Any) -> None:
    _, problems = judge(lay_out(tmp_path, changed(case)))
    told = [f"{problem}{' (advice)' if problem.advice else ''}" for problem in problems]
    assert told == case["problems"]


@pytest.mark.parametrize("case", cases("check"), ids=lambda case: str(case["name"]))
def test_a_course_with_an_error_never_becomes_a_model(tmp_path: Path, case: Any) -> None:
    course, problems = judge(lay_out(tmp_path, changed(case)))
    assert (course is None) == any(not problem.advice for problem in problems)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    lay_out(tmp_path, small_course())
    with (tmp_path / "quizzes" / "listening.yml").open("r+b") as file:
        file.truncate(50_000_000)
    _, problems = judge(tmp_path)
    assert [str(problem) for problem in problems] == [
        "quizzes/listening.yml:1: the file has 50.0 MB, 1 MB is the most; "
        "split it or take out what is not course text  [unreadable-file]"
    ]


def test_a_file_just_below_the_bound_is_read(tmp_path: Path) -> None:
    files = small_course()
    quiz = files["quizzes/listening.yml"]
    files["quizzes/listening.yml"] = quiz + "#" * (MAX_BYTES - len(quiz.encode()))
    assert judge(lay_out(tmp_path, files))[1] == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_is_bounded(tmp_path: Path, opening: str) -> None:
    files = small_course() | {"quizzes/listening.yml": "questions:\n  " + opening * 3000}
    _, problems = judge(lay_out(tmp_path, files))
    assert [problem.what for problem in problems if problem.path.startswith("quizzes/")] == [
        f"more than {MAX_DEPTH} lists or mappings stand inside one another"
    ]


def test_mistakes_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    files = small_course()
    files["quizzes/listening.yml"] = "a: b: c"
    files["quizzes/challenges.yml"] = "rows: 12:30"
    files["docs/listening.ro.md"] = "no front matter"
    _, problems = judge(lay_out(tmp_path, files))
    assert {problem.path for problem in problems if not problem.advice} >= {
        "quizzes/listening.yml",
        "quizzes/challenges.yml",
        "docs/listening.ro.md",
    }


def places(data: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all values in nested lists and mappings."""
    found = [where]
    children: Any = ()
    if isinstance(data, dict):
        children = data.items()
    elif isinstance(data, list):
        children = enumerate(data)
    for key, value in children:
        found += places(value, (*where, key))
    return found


ODD: Any = st.sampled_from(
    [None, True, 7, 1.5, "", "x y", [], {}, [[]], [{}], {"en": 1}, {"": None}]
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(["quizzes/listening.yml", "quizzes/challenges.yml"]), st.data())
def test_any_value_anywhere_in_the_data_is_judged_and_never_raises(name: str, data: Any) -> None:
    files = small_course()
    tree = yaml.safe_load(files[name])
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(places(tree)[1:] or [("questions",)]))
        node = tree
        for key in path:
            node = node[key]
        node[last] = copy.deepcopy(data.draw(ODD))
    files[name] = yaml.safe_dump(tree, allow_unicode=True)
    with TemporaryDirectory() as folder:
        course, problems = judge(lay_out(Path(folder), files))
    assert course or any(not problem.advice for problem in problems)


def test_a_language_without_interface_texts_is_told(tmp_path: Path) -> None:
    lay_out(tmp_path, small_course())
    source = read_source(tmp_path, (*LANGUAGES, "xx"))
    (problem,) = string_problems(source)
    assert problem.path.endswith("strings/xx.yml")
    assert problem.what == "the interface texts of this language are missing"


def test_the_project_itself_has_no_problem() -> None:
    root = Path(__file__).resolve().parent.parent
    assert judge(root)[1] == []
