"""A course that notes what is asked of it, so that a piece of a page knows what it hangs on.

A question is a part of the course and a name in it (`("pages", "listening")`), the names of a
part (`("pages",)`), or a property of the whole (`("lessons",)`). Its answer is a fingerprint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from pydantic_core import to_json

from .cache import Question, fingerprint
from .model import Course

PARTS = ("pages", "lesson_of", "quizzes", "scenarios", "charts", "strings", "descriptions")
"""The parts of a course that are mappings: here each entry is a question of its own."""

Note = Callable[[Question], None]


class Answers:
    """The fingerprints of what can be asked of `course`; each is made once."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._known: dict[Question, str] = {}

    def __call__(self, question: Question) -> str:
        """The answer to a question; "" when there is no such entry."""
        if question not in self._known:
            self._known[question] = self._answer(*question)
        return self._known[question]

    def _answer(self, part: str, name: str | None = None) -> str:
        whole = getattr(self._course, part)
        if part not in PARTS:
            return _of(whole)
        if name is None:
            return fingerprint(list(whole))
        return _of(whole[name]) if name in whole else ""


def _of(value: object) -> str:
    """The fingerprint of models, and of what is made of them."""
    return fingerprint(to_json(value).decode())


def asking(course: Course, note: Note) -> Course:
    """`course`, which tells `note` each question that it is asked."""
    return cast(Course, _AskedCourse(course, note))


class _AskedCourse:
    def __init__(self, course: Course, note: Note) -> None:
        self._course = course
        self._note = note

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._course, name)
        if name in PARTS:
            return _AskedPart(name, value, self._note)
        self._note((name,))
        return value


class _AskedPart(Mapping[str, Any]):
    def __init__(self, name: str, part: Mapping[str, Any], note: Note) -> None:
        self._name = name
        self._part = part
        self._note = note

    def __getitem__(self, key: str) -> Any:
        self._note((self._name, key))
        return self._part[key]

    def __iter__(self) -> Iterator[str]:
        self._note((self._name,))
        return iter(self._part)

    def __len__(self) -> int:
        self._note((self._name,))
        return len(self._part)
