"""What a build does grows with the lessons and not with their square: counted, not timed.

Three courses that grow by the same number of lessons: with a step that looks at all pages for
each page, the second step costs more than the first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bench.courses import project
from operations import operations
from small_course import LANGUAGES, lay_out
from small_site import settings_elsewhere

SIZES = (10, 40, 70)
"""Numbers of lessons, ten to a section. From 60 pages on a page lists its own section only."""
PAGE = "lessons/lesson-0003/index.html"


@dataclass(frozen=True)
class Built:
    """A course with so many lessons, its site, and what building it took."""

    lessons: int
    site: Path
    done: Counter[tuple[str, str]] = field(repr=False)

    def by_kind(self) -> Counter[str]:
        """How often each kind of thing was done; files by their endings."""
        kinds: Counter[str] = Counter()
        for (done, name), times in self.done.items():
            of = {"read": Path(name).suffix, "convert": ""}.get(done, name)
            kinds[f"{done} {of}"] += times
        return kinds

    def most_reads(self, folder: str) -> int:
        """How often the file of `folder` that is read most was read."""
        return max(
            times
            for (done, name), times in self.done.items()
            if done == "read" and name.startswith(folder)
        )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, ...]:
    """The three courses, built."""

    def build(lessons: int) -> Built:
        root = tmp_path_factory.mktemp(f"lessons-{lessons}")
        lay_out(root, project(lessons, settings_elsewhere()))
        return Built(lessons, root / "site", operations(root))

    return tuple(build(lessons) for lessons in SIZES)


def test_more_lessons_cost_what_as_many_before_cost(built: tuple[Built, ...]) -> None:
    few, more, most = (course.by_kind() for course in built)
    for kind in most:
        assert most[kind] - more[kind] <= (more[kind] - few[kind]) * 1.1 + 1, kind


def test_a_page_and_its_self_check_are_rendered_once(built: tuple[Built, ...]) -> None:
    for course in built:
        kinds = course.by_kind()
        assert kinds["render main.html"] == (course.lessons + 1) * len(LANGUAGES)
        assert kinds["render quiz.html"] == course.lessons * len(LANGUAGES)
        assert kinds["render lessons.html"] == len(LANGUAGES)


def test_more_lessons_need_no_more_templates(built: tuple[Built, ...]) -> None:
    few, _, most = ({*course.by_kind()} for course in built)
    assert {kind for kind in few ^ most if kind.startswith("compile")} == set()


def test_a_self_check_is_read_once_and_a_page_a_few_times(built: tuple[Built, ...]) -> None:
    """The course reads a page, MkDocs does, and a translation reads its original."""
    for course in built:
        assert course.most_reads("quizzes/") == 1
        assert course.most_reads("docs/") <= 4


def test_a_page_is_hardly_longer_in_a_longer_course(built: tuple[Built, ...]) -> None:
    """The name of each further section may stand in it, but not that of each further lesson."""
    few, _, most = (len((course.site / PAGE).read_bytes()) for course in built)
    assert most < few * 1.05
