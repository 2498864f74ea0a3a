"""When a section is stale, and that a confirmation disturbs nothing else of a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from course.confirming import with_fingerprints
from course.page import page_from, split_front_matter
from course.place import below_headings
from course.translation import compared, confirmed, fingerprint, fingerprints, stale_sections
from hypothesis import given, settings
from hypothesis import strategies as st
from small_course import cases

ORIGINAL = """\
---
title: Listening
description: How to listen.
lesson: L01
objectives:
  keep-silent: Keep silent.
---
Before.

## Silence { #silence }

Say nothing.

### No id

More.

## Again { #again }

The end.
"""
TRANSLATION = ORIGINAL.replace("lesson: L01\n", "")


def page(text: str, language: str = "en") -> Any:
    return page_from(text, "docs/a.md", "a", language)


@pytest.mark.parametrize("case", cases("translation"), ids=lambda case: str(case["name"]))
def test_only_what_needs_translating_counts(case: Any) -> None:
    changed = fingerprint(case["before"]) != fingerprint(case["after"])
    assert changed == case["stale"]


def test_a_fingerprint_is_six_hexadecimal_digits_and_stays() -> None:
    assert fingerprint("## Silence { #silence }\n\nSay nothing.") == "4ed4ff"


def test_a_section_ends_before_the_next_heading_with_an_id() -> None:
    found = fingerprints(page(ORIGINAL))
    assert list(found) == ["top", "silence", "again"]
    changed = fingerprints(page(ORIGINAL.replace("More.", "Less.")))
    assert {name for name in found if found[name] != changed[name]} == {"silence"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Listening", "title: To listen"),
        ("How to listen.", "How one listens."),
        ("Keep silent.", "Be silent."),
        ("Before.", "After."),
    ],
)
def test_the_texts_of_the_front_matter_belong_to_the_top(old: str, new: str) -> None:
    before, after = (fingerprints(page(text)) for text in (ORIGINAL, ORIGINAL.replace(old, new)))
    assert [name for name in before if before[name] != after[name]] == ["top"]


def test_other_front_matter_does_not_matter() -> None:
    assert fingerprints(page(ORIGINAL)) == fingerprints(page(ORIGINAL.replace("L01", "L02")))


def test_a_heading_in_code_begins_no_section() -> None:
    code = ORIGINAL.replace("The end.", "```\n## Not { #not }\n```")
    assert list(fingerprints(page(code))) == ["top", "silence", "again"]


def test_each_section_has_its_state_and_its_line() -> None:
    wanted = fingerprints(page(ORIGINAL))
    told = {"top": wanted["top"], "silence": "000000", "gone": "111111"}
    theirs = page(with_fingerprints(TRANSLATION, told), "ro")
    assert [(s.id, s.line, s.state) for s in compared(theirs, page(ORIGINAL))] == [
        ("top", 1, "current"),
        ("silence", 13, "stale"),
        ("again", 21, "unconfirmed"),
    ]
    assert stale_sections(theirs, page(ORIGINAL)) == ["silence"]


def test_what_was_confirmed_is_not_stale() -> None:
    theirs = page(with_fingerprints(TRANSLATION, fingerprints(page(ORIGINAL))), "ro")
    assert {section.state for section in compared(theirs, page(ORIGINAL))} == {"current"}


EDITS = {
    "at the end of the front matter": (
        "---\ntitle: x  # why\n\nhide: [toc]\n---\n---\nbody\n",
        '---\ntitle: x  # why\n\nhide: [toc]\ntranslated:\n  a: "1"\n  b: "2"\n---\n---\nbody\n',
    ),
    "in the place of the old ones": (
        "---\ntranslated:\n  b: '3'  # Ana\n  # a\n  a: \"4\"\n\n# last\ntitle: x\n---\nbody",
        '---\ntranslated:\n  # a\n  a: "1"\n  b: "2"  # Ana\n\n# last\ntitle: x\n---\nbody',
    ),
    "in the place of a list in braces": (
        "---\ntranslated: {a: 3fa91c,\n  c: 09be77}\ntitle: x\n---\n",
        '---\ntranslated:\n  a: "1"\n  b: "2"\ntitle: x\n---\n',
    ),
    "in the place of nothing": (
        "---\ntranslated:\ntitle: x\n---\n",
        '---\ntranslated:\n  a: "1"\n  b: "2"\ntitle: x\n---\n',
    ),
    "with a byte order mark and the line ends of Windows": (
        "\ufeff---\r\ntitle: x\r\n---\r\nbody\r\n",
        '\ufeff---\r\ntitle: x\r\ntranslated:\r\n  a: "1"\r\n  b: "2"\r\n---\r\nbody\r\n',
    ),
    "in empty front matter": (
        "---\n---\nbody\n",
        '---\ntranslated:\n  a: "1"\n  b: "2"\n---\nbody\n',
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_the_fingerprints_are_written(name: str) -> None:
    before, after = EDITS[name]
    assert with_fingerprints(before, {"a": "1", "b": "2"}) == after
    assert with_fingerprints(after, {"a": "1", "b": "2"}) == after


BROKEN = ["x", *(f"---\n{front}\n---\n" for front in ("- a", "{a: 1}", "a: ["))]


@pytest.mark.parametrize("text", BROKEN)
def test_a_page_that_cannot_be_read_is_left_alone(text: str) -> None:
    with pytest.raises(ValueError, match="front matter"):
        with_fingerprints(text, {"a": "1"})


NAMES = st.sampled_from(["a", "title", "hide", "top", "no-1", "hero"])
PRINTS = st.dictionaries(NAMES, st.sampled_from(["000000", "12e456", "3fa91c"]))
TEXTS = st.sampled_from(
    ["x", "a: b", "# a", "'", '"', "x\n\ny\n", "translated: {}", "---", "ș " * 60]
)
VALUES = TEXTS | st.dictionaries(NAMES, TEXTS) | st.lists(TEXTS, max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=4), PRINTS, PRINTS, st.booleans())
def test_whatever_else_stands_there_stays(
    meta: dict[str, Any], first: dict[str, str], then: dict[str, str], flow: bool
) -> None:
    told = meta | ({"translated": first} if first else {})
    front = "".join(
        f"{name}: {json.dumps(value)}\n" if flow else yaml.safe_dump({name: value})
        for name, value in told.items()
    )
    text = f"---\n{front}---\nbody\n"
    changed = with_fingerprints(text, then)
    read, body, _ = split_front_matter(changed)
    meta.pop("translated", None)
    found = yaml.safe_load(read or "")
    assert (found.pop("translated") or {}, found) == (then, meta)
    assert body == "body\n"
    assert confirmed(page(changed)) == then
    # Line for line, too.
    kept = [line for line in text.split("\n") if line in changed.split("\n")]
    assert len(kept) >= len(text.split("\n")) - 3 * len(first) - 1


def test_a_note_stands_below_its_heading() -> None:
    html = '<p>x</p><h2 id="a" data-pair="2">A <em>b</em></h2><h3 id="b">B</h3><p>y</p>'
    notes = {"top": "<!--t-->", "a": "<!--a-->", "c": "<!--c-->"}
    assert below_headings(html, notes) == (
        '<!--t--><p>x</p><h2 id="a" data-pair="2">A <em>b</em></h2><!--a-->'
        '<h3 id="b">B</h3><p>y</p>'
    )
