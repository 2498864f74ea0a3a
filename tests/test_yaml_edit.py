"""One thing in a YAML text is changed; all else stays as it is, sign for sign."""

from __future__ import annotations

import pytest
from course.tools.environment import CourseError
from course.tools.yaml_edit import replaced, sections, with_page

NAV = """\
# The course.
site_url: !ENV [SITE_URL, "https://x.example/"]   # an address
nav:
  - Home: index.md
  - Foundations:  # the first part
      - 'lessons/one.md'
      - Two: lessons/two.md   # last
      # a word at the end

  - Practice:
    - a.md
    - Deep:
        - b.md
        - c.md
theme: {name: material}
"""


def added(text: str, part: str, uri: str = "lessons/new.md") -> list[str]:
    """The lines that are new, once everything else has been found unchanged."""
    section = next(each for each in sections(text) if each.title == part)
    new = with_page(text, section, uri).split("\n")
    old = text.split("\n")
    place = next(n for n, line in enumerate(new) if n >= len(old) or line != old[n])
    count = len(new) - len(old)
    assert new[:place] + new[place + count :] == old
    return [old[place - 1].strip(), *new[place : place + count]]


def test_a_page_goes_to_the_end_of_its_part() -> None:
    assert added(NAV, "Foundations") == [
        "- Two: lessons/two.md   # last",
        "      - lessons/new.md",
    ]
    assert added(NAV, "Practice") == ["- c.md", "    - lessons/new.md"]
    assert added(NAV, "") == ["- c.md", "  - lessons/new.md"]


def test_line_ends_and_a_missing_last_one_stay() -> None:
    windows = NAV.replace("\n", "\r\n")
    part = sections(windows)[1]
    assert with_page(windows, part, "x.md").count("\r\n") == NAV.count("\n") + 1
    assert with_page(windows, part, "x.md").replace("\r\n", "\n") == with_page(NAV, part, "x.md")
    short = "nav:\n- a.md"
    assert with_page(short, sections(short)[0], "x.md") == "nav:\n- a.md\n- x.md\n"


def test_a_list_in_brackets_is_refused() -> None:
    text = "nav:\n  - Foundations: [lessons/one.md]\n"
    with pytest.raises(CourseError) as told:
        with_page(text, sections(text)[1], "x.md")
    assert str(told.value) == (
        "mkdocs.yml: the part “Foundations” of nav is written in an unusual way; "
        "write it as a list with one page in each line."
    )


def test_no_navigation_has_no_parts() -> None:
    assert sections("site_name: x\n") == []


def test_values_are_replaced_in_their_quotes() -> None:
    text = "# one\na: one  # one\nb: 'one'\nc: [\"one\", two]\nd:\n  one: {a: one}\ne: >-\n  one\n"
    told = replaced(text, "x.yml", lambda key, value: "1" if value == "one" else value)
    assert told == ("# one\na: 1  # one\nb: '1'\nc: [\"1\", two]\nd:\n  one: {a: 1}\ne: >-\n  1\n")


def test_broken_yaml_is_told_with_its_line() -> None:
    with pytest.raises(CourseError) as told:
        replaced("a: b\nc: d: e\n", "quizzes/x.yml", lambda _, value: value)
    assert str(told.value) == "quizzes/x.yml:2: this is not readable as YAML; correct it."
