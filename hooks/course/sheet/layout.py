"""The columns of a sheet, and which of them belong to which kind of row.

A row is a part of a question. What is the same in all languages has a column; each text has a
column for each language, as in “feedback (ro)”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

PLACE = ("quiz", "question", "part", "id")
"""What says where a row belongs; no sheet does without."""

ANSWERS = ("type", "key", "verdict", "grade", "answer")
TEXTS = ("text", "feedback", "reaction", "more")
ABOUT = ("objective", "level", "section", "ideas", "confidence", "shuffle")
SETTINGS = (*ANSWERS, *ABOUT)
TRUTHS = ("key", "verdict", "confidence", "shuffle")
"""The settings that are true or false."""


@dataclass(frozen=True)
class Kind:
    """What a row of one kind may hold: `settings` and `texts`; `listed` is its list in YAML."""

    settings: tuple[str, ...] = ()
    texts: tuple[str, ...] = ("text",)
    listed: str = ""
    named: bool = True


KINDS = {
    "question": Kind(("type", *ABOUT), ("text", "feedback"), named=False),
    "scenario": Kind(named=False),
    "hint": Kind(named=False),
    "original": Kind(named=False),
    "option": Kind(("key", "verdict", "grade"), TEXTS, "options"),
    "step": Kind((), ("text", "feedback"), "steps"),
    "prompt": Kind(("answer",), ("text", "feedback"), "prompts"),
    "choice": Kind(listed="choices"),
    "row": Kind((), (), "rows"),
    "extra": Kind((), (), "extra"),
    "answer": Kind(listed="answers", named=False),
    "model": Kind(listed="models"),
    "rubric": Kind(listed="rubric"),
}
"""The kinds of rows, in the order in which they stand below a question."""


def text_column(name: str, language: str) -> str:
    """The heading of the column for one text in one language."""
    return f"{name} ({language})"


def split_text_column(heading: str) -> tuple[str, str] | None:
    """The text and the language of a heading; None for another column."""
    match = re.fullmatch(r"([a-z]+) ?\(([\w-]+)\)", heading)
    return (match[1], match[2]) if match and match[1] in TEXTS else None


def columns(languages: Iterable[str]) -> list[str]:
    """All headings of a sheet, in order."""
    codes = tuple(languages)
    texts = [text_column(name, code) for name in TEXTS for code in codes]
    return [*PLACE, *ANSWERS, *texts, *ABOUT]
