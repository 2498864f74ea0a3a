"""What is seen in a text before anybody reads it as YAML or Markdown: slips of programs.

Word brings hard spaces and invisible hyphens, Git leaves its marks, an editor turns hyphens
into dashes. What can be put right is read as it was meant, so that it hides no other mistake.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .problem import Problem

BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like one and are none to YAML: Word and web pages bring them along."""

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069]")
_HARD = re.compile(f"[{BLANKS}]")
_HARD_SPACE = re.compile(rf"^ *[{BLANKS}][{BLANKS} ]*|^ *(?:- +)*[\w-]+:[{BLANKS}]+", re.MULTILINE)
_DASHES = re.compile(r"[-–—−]{2,}\s*|[–—−]\s*")


def merge_problems(text: str, name: str) -> Iterator[Problem]:
    """Git leaves two versions and three lines of signs where it cannot choose."""
    if not any(sign * 7 in text for sign in "<|>"):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"(<{7}|\|{7}|>{7})(\s|$)", line):
            what = f"Git has left two versions here (“{line[:20].rstrip()}”)"
            fix = "keep one of them, and delete the lines <<<<<<<, ======= and >>>>>>>"
            yield Problem(name, number, what, fix, rule="merge")
            return


def odd_characters(text: str, name: str) -> Iterator[Problem]:
    """The first sign of a text that no editor shows."""
    match = re.search("[\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    if not match:
        return
    what, fix = f"a control character (U+{ord(match[0]):04X}) stands in the text", "delete it"
    if match[0] == "\ufeff":
        what = "an invisible byte order mark (U+FEFF) stands in the text"
        fix = "delete and retype this line"
    line = text.count("\n", 0, match.start()) + 1
    yield Problem(name, line, what, fix, rule="encoding")


def visible(text: str, name: str) -> tuple[str, list[Problem]]:
    """A text without its invisible characters, and the problem that there were some."""
    found = list(_INVISIBLE.finditer(text))
    if not found:
        return text, []
    at = found[0].start()
    before, after = re.search(r"\S*$", text[:at]), re.match(r"\S*", text[at:])
    word = _INVISIBLE.sub("", (before[0] if before else "") + (after[0] if after else ""))
    sign = unicodedata.name(found[0][0], "").casefold()
    where = f"in “{word[:30]}”" if word else "in this line"
    more = f" (and {len(found) - 1} more in this file)" if len(found) > 1 else ""
    what = f"an invisible character stands {where}: U+{ord(found[0][0]):04X}, {sign}{more}"
    fix = "delete and retype it, or paste the text without formatting"
    problem = Problem(name, text.count("\n", 0, at) + 1, what, fix, rule="encoding")
    return _INVISIBLE.sub(lambda match: _left(match[0]), text), [problem]


def _left(sign: str) -> str:
    """What an invisible character is read as: nothing, or a space where it breaks a line."""
    return " " if sign in "\u2028\u2029" else ""


def plain_spaces(text: str, name: str, first_line: int = 1) -> tuple[str, list[Problem]]:
    """YAML whose indentation is plain spaces, and the problem that some of it was not."""
    found = list(_HARD_SPACE.finditer(text)) if _HARD.search(text) else []
    if not found:
        return text, []
    line = text.count("\n", 0, found[0].end()) + first_line
    more = f" (nor in {len(found) - 1} more)" if len(found) > 1 else ""
    what = f"a space in this line is no plain one{more}: it was pasted from Word or a web page"
    fix = "delete the spaces at its beginning and behind the colon, and type them again"
    problem = Problem(name, line, what, fix, rule="encoding")
    return _HARD_SPACE.sub(lambda m: re.sub(f"[{BLANKS}]", " ", m[0]), text), [problem]


def opening_problem(text: str, name: str) -> Problem | None:
    """What keeps the front matter of a page from being seen: dashes, an empty line, no end."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    opens, line = lines[first], first + 1
    if not _DASHES.fullmatch(opens):
        what = "there is no front matter with names and colons"
        fix = "begin the file with ---, title: …, description: …, ---"
        return Problem(name, 1, what, fix, rule="missing-field")
    if opens.rstrip() != "---":
        what, fix = f"the front matter opens with “{opens.strip()}”", "write three hyphens: ---"
    elif first:
        what = "the file begins with an empty line, so its front matter is not seen"
        line, fix = 1, "delete what stands above ---"
    else:
        found = _unclosed(lines)
        if not found:
            return None
        line, what, fix = found
    return Problem(name, line, what, fix, rule="front-matter")


def _unclosed(lines: list[str]) -> tuple[int, str, str] | None:
    """Where front matter should end and does not: the line, what is wrong, what to do."""
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() in ("---", "..."):
            return None
        if _DASHES.fullmatch(line):
            what = f"the front matter is closed with “{line.strip()}”"
            return number, what, "write three hyphens: ---"
        if line and not re.match(r"\s|#|[\w-]+:", line):
            what = "the front matter is not closed above this line"
            return number, what, "write --- on a line of its own before it"
    return 1, "the front matter is never closed", "write --- on a line of its own below it"
