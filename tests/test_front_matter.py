"""One key of the front matter is found and changed by its lines, and nothing else moves."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from course.front_matter import FrontMatter, front_matter
from hypothesis import given, settings
from hypothesis import strategies as st

PAGE = """\
---
# first
title: "a: b"  # why
was:
  - one

  # two
  - two
  # behind

# above
hide: [toc,
  nav]
text: |
  x
  # no comment
none:
"last" : x
---
title: not this
"""


def front(text: str) -> FrontMatter:
    found = front_matter(text)
    assert found
    return found


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("title", ['title: "a: b"  # why']),
        ("was", ["was:", "  - one", "", "  # two", "  - two"]),
        ("hide", ["hide: [toc,", "  nav]"]),
        ("text", ["text: |", "  x", "  # no comment"]),
        ("none", ["none:"]),
        ("last", ['"last" : x']),
        ("two", []),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_key_has_its_lines(key: str, lines: list[str], end: str) -> None:
    assert front(PAGE.replace("\n", end)).lines_of(key) == lines


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_come_in_their_place_with_mark_and_line_ends(mark: str, end: str) -> None:
    text = mark + PAGE.replace("\n", end)
    old = end.join(["was:", "  - one", "", "  # two", "  - two"])
    changed = str(front(text).with_lines("was", ["was: [x]", "# y"], before="title"))
    assert changed == text.replace(old, f"was: [x]{end}# y")
    assert str(front(text).with_lines("was", [])) == text.replace(old + end, "")


def test_a_new_key_comes_before_another_or_at_the_end() -> None:
    page = front("---\na: 1\n# b\nb: 2\n...\nbody")
    assert str(page.with_lines("c", ["c: 3"], before="b")) == (
        "---\na: 1\n# b\nc: 3\nb: 2\n...\nbody"
    )
    assert str(page.with_lines("c", ["c: 3"], before="d")) == (
        "---\na: 1\n# b\nb: 2\nc: 3\n...\nbody"
    )
    assert str(front("---\n---").with_lines("c", ["c: 3"])) == "---\nc: 3\n---"


def test_line_ends_that_are_mixed_stay_so() -> None:
    text = "---\r\na: 1\nb: 2\r\n---\nbody\r\n"
    assert str(front(text).with_lines("b", ["b: 3"])) == text.replace("2", "3")


@pytest.mark.parametrize("text", ["", "x", " ---\na: 1\n---\n", "---\na: 1\n", "\ufeffx"])
def test_a_page_may_have_none(text: str) -> None:
    assert front_matter(text) is None


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("a: [", "cannot be read"),
        ("a: &x [1]\nb: *x", "cannot be read"),
        ("a: &x\n  - *x", "cannot be read"),
        ("- a", "has no names and colons"),
        ("{a: 1}", "stands in braces, not in lines of its own"),
    ],
)
def test_what_cannot_be_read_is_not_changed(rows: str, what: str) -> None:
    page = front(f"---\n{rows}\n---\n")
    with pytest.raises(ValueError, match=f"^the front matter {what}$"):
        page.lines_of("a")
    with pytest.raises(ValueError, match=f"^the front matter {what}$"):
        page.with_lines("a", [])


NAMES = st.sampled_from(["a", "title", "no", "top"])
LEAVES = st.sampled_from(["x", "a: b", "# a", "", "x\n\n# y\n", "---", "ș " * 60, None, 1])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4), NAMES, st.booleans())
def test_whatever_else_stands_there_stays(meta: dict[str, Any], key: str, flow: bool) -> None:
    rows = [
        f"# above {name}\n{json.dumps(name)}: {json.dumps(value)}\n"
        if flow
        else f"# above {name}\n{yaml.safe_dump({name: value}, allow_unicode=True)}"
        for name, value in meta.items()
    ]
    page = front(f"---\n{''.join(rows)}---\nbody\n")
    assert str(page.with_lines(key, page.lines_of(key))) == str(page)
    changed = page.with_lines(key, [f"'{key}': new"])
    read = yaml.safe_load("\n".join(changed.rows))
    assert read == {str(name): value for name, value in meta.items()} | {key: "new"}
    comments = [row for row in changed.rows if row.startswith("# above")]
    assert comments == [f"# above {name}" for name in meta]
