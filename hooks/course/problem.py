"""What is wrong with the course: the one shape in which every module says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

MOST_NAMED = 30
"""Of more names than these, none is listed."""


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

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.fix}  [{self.rule}]"


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
    return f"use one of: {', '.join(names)}" if names else "there is none yet, so take it out"
