"""What the YAML parser complains of, in words for somebody who has never heard of a scanner.

The parser says where it stumbled; the slip often lies on the line before, or is of a kind that
it does not know. So the lines around are looked at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from .problem import Problem

DASHES = "–—−"
"""What an editor makes of hyphens."""

NAMED = re.compile(r"\s*(?:- +)*[\w-]+:(?:\s|$)")
"""A line that gives a name its content, or begins to."""


def syntax_problem(error: yaml.YAMLError, text: str, name: str, first_line: int) -> Problem:
    """Word a parser's complaint about `text`, which begins at `first_line` of the file `name`."""
    mark = getattr(error, "problem_mark", None)
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}"
    lines = text.rstrip().split("\n")
    number = min(mark.line if mark else 0, len(lines) - 1)
    if "quoted scalar" in said or "could not find expected ':'" in said:
        # The parser stumbles further down; the mistake is where the quote or the name begins.
        context = getattr(error, "context_mark", None)
        number = min(context.line, len(lines) - 1) if context else number
    for line, what, fix in _seen(lines, number, said):
        return Problem(name, line + first_line, what, fix, rule="yaml-syntax")
    unknown = (f"this is not readable as YAML ({said.strip()})", "compare it with its neighbours")
    what, fix = next((words for sign, words in PARSER_WORDS.items() if sign in said), unknown)
    return Problem(name, number + first_line, what, fix, rule="yaml-syntax")


def _seen(lines: list[str], number: int, said: str) -> Iterator[tuple[int, str, str]]:
    """What is seen in the line where the parser stumbled, or in the one before."""
    before = next((n for n in range(number - 1, -1, -1) if lines[n].strip()), number)
    for place in dict.fromkeys((number, before)):
        line = lines[place]
        if re.match(rf"\s*(?:[{DASHES}]|-\s*-\s)", line):
            what = "this line begins with a dash that is no plain hyphen"
            yield place, what, "write “- ”, a hyphen and a space"
        if re.match(r"\s*-[^\W\d_]", line) and "quoted" not in said:
            yield place, "a space is missing behind “-”", "write “- ” and then the name or text"
        if re.match(r"\s*(?:- +)*[\w-]+：", line):
            yield place, "the colon in this line is no plain one", "write “:” and a space"
    here = lines[number]
    if "\t" in here and ("cannot start any token" in said or here.startswith("\t")):
        yield number, "a tab is used for indentation", "use spaces, two for each step"
    closed = re.match(r"""\s*(?:- +)*(?:[\w-]+: +)?("[^"]*"|'[^']*')(?! *(?:#|$|:))""", here)
    if closed and "expected ',' or" not in said:
        what = "the text goes on behind its closing quotation mark"
        yield number, what, "put the whole text after >- on the next line"
    if "expected ':'" in said:
        written = re.match(r"\s*(?:- +)*([\w-]+)(:?)(.*)", here)
        if written and written[2]:
            what = f"a space is missing behind “{written[1]}:”"
            yield number, what, f"write “{written[1]}: {written[3].strip()}”"
    if "did not find expected key" in said and here.lstrip().startswith("-"):
        what = "this “-” stands at a depth at which there is no list"
        fix = "begin the line exactly below the “-” of the items above, or take the - out"
        yield number, what, fix
    if "mapping values" in said and NAMED.match(here) and ": " not in here.split(":", 1)[1]:
        depth = len(here) - len(here.lstrip())
        above = lines[before]
        if before != number and NAMED.match(above) and depth > len(above) - len(above.lstrip()):
            what = "this line is indented further than the one above it, which has its content"
            yield number, what, "begin it exactly below the name in the line above"


PARSER_WORDS = {
    "scanning an alias": (
        "a text begins with *, which YAML reads as a reference",
        "put the text in quotes, or after >- on the next line",
    ),
    "scanning an anchor": (
        "a text begins with &, which YAML reads as a reference",
        "put the text in quotes, or after >- on the next line",
    ),
    "quoted scalar": (
        "a quotation mark is opened and never closed",
        "close it, or double a ' inside '…'",
    ),
    "mapping values are not allowed": (
        "a colon followed by a space stands inside an unquoted text",
        "put the text in quotes, or after >- on the next line",
    ),
    "cannot start any token": (
        "a text begins with a character that has a meaning of its own in YAML",
        "put the text in quotes",
    ),
    "expected ',' or": (
        "a list in brackets is broken",
        "close its bracket, and put a text with commas, colons or quotes after >- on its own line",
    ),
    "did not find expected key": (
        "this line does not fit the lines above it",
        "begin it exactly below them, and put a text with quotes after >- on the next line",
    ),
    "expected '-' indicator": (
        "this line does not fit the lines above it",
        "begin it exactly below the line that it belongs with, or with “- ” below those of a list",
    ),
    "block sequence entries are not allowed": (
        "a list begins behind a colon",
        "begin it on the next line",
    ),
    "could not find expected ':'": (
        "a name lacks its colon",
        "write “name: …”, or indent the text",
    ),
}
"""What the parser says, and what that means to a trainer."""
