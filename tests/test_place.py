"""Markers are found and replaced; what is no marker stays."""

from __future__ import annotations

from typing import Any

import pytest
from course.place import Marker, meant_marker, place, read_marker
from small_course import cases


@pytest.mark.parametrize("case", cases("place"), ids=lambda case: str(case["name"]))
def test_place(case: Any) -> None:
    def show(marker: Marker) -> str:
        return f"[{marker.name}: {' '.join(marker.arguments)}]"

    assert place(case["html"], show) == case["placed"]


@pytest.mark.parametrize(
    ("comment", "meant"),
    [
        ("quizz", "quiz"),
        ("Quiz", "quiz"),
        ("qiuz: listening", "quiz"),
        ("challenge", "challenges"),
        ("quiz = listening", "quiz"),
        ("quiz", None),
        ("quiz: anything", None),
        ("TODO: translate this", None),
        ("a lesson about quizzes", None),
    ],
)
def test_a_typo_in_a_marker_is_seen_and_a_comment_is_left_alone(
    comment: str, meant: str | None
) -> None:
    assert meant_marker(comment) == meant


def test_a_marker_is_read_with_its_names() -> None:
    assert read_marker(" challenges: a, b ") == Marker("challenges", ("a", "b"))
