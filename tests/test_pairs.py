"""The stamps for side by side: right numbers, on every block, and nothing else changed."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from course.page import split_front_matter
from course.pairs import SIGN, Stamps, stamped
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from small_course import cases
from small_site import ROOT

CASES = cases("pairs")
LESSONS = sorted(
    path for path in (ROOT / "docs/lessons").glob("*.md") if not path.name.endswith(".ro.md")
)
KEPT_APART = re.compile(r"</?(?:ul|ol|li|blockquote|p)>|\s+")
"""Python-Markdown runs a numbered list into the list above it, and two quotations into one; a
stamp between them keeps them apart, as they were written."""
STAMP = re.compile(rf"{SIGN}(?:pair|open) [\d.]*")


@pytest.mark.parametrize(
    "case", [case for case in CASES if "page" in case], ids=lambda case: str(case["name"])
)
def test_stamped(case: Any) -> None:
    lines = [line for line in stamped(case["page"], case["original"]).split("\n") if line]
    found = [
        f"{line} {lines[number + 1]}" for number, line in enumerate(lines) if STAMP.match(line)
    ]
    assert [line.replace(SIGN, "*") for line in found] == case["stamps"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "markdown" in case], ids=lambda case: str(case["name"])
)
def test_marked(case: Any) -> None:
    text = case["markdown"].replace("*", SIGN)
    assert converted(text, Stamps()).replace(SIGN, "*") == case["html"]


def test_html_that_an_extension_keeps_as_elements_is_marked_too() -> None:
    text = f"{SIGN}pair 1\n\n<div markdown>\n*a*\n</div>"
    html = Markdown(extensions=["md_in_html", Stamps()]).convert(text)
    assert html.startswith('<div data-pair="1">')


def body(path: Any) -> str:
    return split_front_matter(path.read_text(encoding="utf-8"))[1]


def converted(text: str, *own: Extension) -> str:
    """A text as the course converts it, with the extensions of mkdocs.yml and some of its own."""
    settings = re.sub(r"!ENV", "", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    extensions = yaml.safe_load(settings)["markdown_extensions"]
    options = {k: v for e in extensions if isinstance(e, dict) for k, v in e.items()}
    names = [name for e in extensions for name in (e if isinstance(e, dict) else [e])]
    return Markdown(extensions=[*names, *own], extension_configs=options).convert(text)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_both_languages_of_a_lesson_carry_the_same_stamps_and_change_in_nothing_else(
    path: Any,
) -> None:
    original, translation = body(path), body(path.with_suffix(".ro.md"))
    stamps = []
    for text in (original, translation):
        html = converted(stamped(text, original), Stamps())
        stamps.append(re.findall(r'data-pair="([^"]*)"', html))
        bare = re.sub(r' data-pair="[^"]*"', "", html)
        assert KEPT_APART.sub("", bare) == KEPT_APART.sub("", converted(text))
    assert stamps[0] == stamps[1]
    assert len(stamps[0]) == len(set(stamps[0])) > 50


PIECES = st.lists(
    st.sampled_from(
        [
            *("Text.", "- one\n- two", "1. one", "> said", "## H { #h }", "/// weak\n\nA.\n\n///"),
            *("/// rule\n\nText.\n\n///", "///", "Term\n:   One.", "```\ncode", "<!-- quiz -->"),
            *("/// details | T\n    type: x\n\nA.\n\n///", "| a |\n| - |", "", "#", "```"),
        ]
    ),
    max_size=10,
)


@given(PIECES, PIECES)
def test_no_line_of_any_page_is_lost_and_no_number_comes_twice(
    one: list[str], other: list[str]
) -> None:
    page, original = "\n\n".join(one), "\n\n".join(other)
    text = stamped(page, original)
    kept = [line for line in text.split("\n") if line.strip() and not STAMP.fullmatch(line)]
    assert kept == [line for line in page.split("\n") if line.strip()]
    numbers = re.findall(rf"{SIGN}(?:pair|open) ([\d.]+)", text)
    assert len(numbers) == len(set(numbers))
    assert SIGN not in converted(text, Stamps())
