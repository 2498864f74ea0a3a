"""What is wrong with the course: the one shape in which every module says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

MOST_NAMED = 30
"""Of more names than these, none is listed."""

LONGEST_NAME = 60
"""How much of a name is shown: as long as an id may be."""

MOST_LINES = 3
"""In how many lines of a file the same is said."""

_LONG = re.compile(r"“([^“”]{60})[^“”]{20,}(?=”)|(\S{100})\S{100,}")
"""A quotation or a word that is longer than anybody reads."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, worded for a trainer.

    `path` is relative to the project's folder, with forward slashes; `line` counts from 1;
    `what` says what is wrong, `fix` what to do. An `advice` does not stop a build, but
    `--strict` turns it into an error. `rule` is the name of the rule that it breaks
    (`rules.py`), under which docs/trainers/rules.md tells more.
    """

    path: str
    line: int
    what: str
    fix: str
    advice: bool = False
    rule: str = field(kw_only=True)

    def __post_init__(self) -> None:
        """Cut what is quoted, so that a line without an end does not fill the screen."""
        for name in ("what", "fix"):
            object.__setattr__(self, name, _LONG.sub(_cut, getattr(self, name)))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.fix}  [{self.rule}]"


def _cut(match: re.Match[str]) -> str:
    return f"“{match[1]}…" if match[1] else f"{match[2]}…"


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in the order of files and lines, each once.

    What is said of more than `MOST_LINES` lines of a file in the same words has one cause; it is
    said once, with the other lines.
    """
    alike: dict[Problem, list[Problem]] = {}
    for problem in sorted(set(problems)):
        alike.setdefault(replace(problem, line=0), []).append(problem)
    return sorted(told for same in alike.values() for told in _told(same))


def _told(same: list[Problem]) -> list[Problem]:
    if len(same) <= MOST_LINES:
        return same
    lines = [str(problem.line) for problem in same[1:]]
    more = f" and {len(lines) - MOST_NAMED} more" if len(lines) > MOST_NAMED else ""
    fix = f"{same[0].fix} (so, too, in the lines {', '.join(lines[:MOST_NAMED])}{more})"
    return [replace(same[0], fix=fix)]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when none comes close."""
    found = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def suggest(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the nearest known one, or the list of them."""
    names = sorted(known)
    guess = nearest(name, names)
    if guess:
        return f"did you mean “{guess}”?"
    if len(names) > MOST_NAMED:
        return f"it is like none of the {len(names)} there are, so correct it or take it out"
    short = (each if len(each) <= LONGEST_NAME else f"{each[:LONGEST_NAME]}…" for each in names)
    return f"use one of: {', '.join(short)}" if names else "there is none yet, so take it out"


def counted(number: int, what: str) -> str:
    """A number and what it counts: “1 file”, “2 files”."""
    return f"{number} {what}{'' if number == 1 else 's'}"
