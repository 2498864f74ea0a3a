"""The reader remembers lines and never raises, whatever it is given."""

from __future__ import annotations

import datetime

from course.yaml_reader import UNREADABLE, parse
from hypothesis import given, settings
from hypothesis import strategies as st

LETTERS = st.text(alphabet="ab:-[]{}'\"#&*!|>%@`\t\n ,?ș0", max_size=60)


def test_values_are_those_of_yaml() -> None:
    data = parse("a: no\nb: 12:30\nc: 2026-01-02\nd: text\ne: 'no'\nf: [1, ~]\n", "f").data
    assert data == {
        "a": False,
        "b": 750,
        "c": datetime.date(2026, 1, 2),
        "d": "text",
        "e": "no",
        "f": [1, None],
    }


def test_lines_of_values_and_keys() -> None:
    document = parse("a:\n  - x\n  - b: >-\n      y\n", "f", first_line=10)
    assert document.line(("a", 0)) == 11
    assert document.line(("a", 1, "b")) == 12
    assert document.key_line(("a",)) == 10
    assert document.line(("a", 1, "missing")) == 12


def test_what_was_written_is_kept_for_values_that_are_no_text() -> None:
    assert parse("a: 010\nb: x\n", "f").plain == {("a",): "010"}


def test_a_key_is_always_a_text() -> None:
    assert parse("no: nei\n12: x\n", "f").data == {"no": "nei", "12": "x"}


def test_of_two_keys_the_first_counts() -> None:
    document = parse("a: 1\na: {b: [2]}\nc: 3\n", "f")
    assert document.data == {"a": 1, "c": 3}
    assert [problem.line for problem in document.problems] == [2]


@settings(max_examples=2000, deadline=None)
@given(LETTERS)
def test_any_text_is_read_or_refused_with_a_line_of_it(text: str) -> None:
    document = parse(text, "f")
    assert document.data is not UNREADABLE or document.problems
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in document.problems)
