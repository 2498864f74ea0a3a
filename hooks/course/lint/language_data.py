"""language/<language>.yml as typed data: what is bad style in one language, and how it is told.

A third language adds a file; a language without one skips these rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml
from pydantic import Field

from ..base import Strict

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FOLDER = Path(__file__).parent / "language"

Scope = Literal["all", "narration", "own", "strings"]
"""Where a rule applies: everywhere; outside of what somebody says; outside of italics and the
texts of links as well, where titles stand; in the interface texts only."""


class Quotes(Strict):
    """The quotation marks of a language."""

    open: str
    close: str
    inner_open: str
    inner_close: str
    wrong: dict[str, str] = Field(description="A pattern of wrong marks, and what belongs there.")


class Dialogue(Strict):
    """The blocks of a lesson in which people talk."""

    blocks: frozenset[str] = Field(strict=False, description="Paragraphs there are speech.")
    begins: str = Field(default="", description="How a turn begins, after the name in bold.")
    templates: frozenset[str] = Field(
        default=frozenset(),
        strict=False,
        description="Blocks with quoted models, to which the rules for the reader apply.",
    )


class Foreign(Strict):
    """By which words a sentence in the wrong language is told."""

    name: str = Field(description="The other language, as a trainer would call it.")
    words: frozenset[str] = Field(strict=False, description="Small words of that language only.")
    share: float = Field(description="Which part of a sentence they may be.")
    least: int = Field(description="With fewer of them a sentence is never told.")


class Length(Strict):
    """How long a lesson is against its original."""

    of: str = Field(description="The original's language.")
    advice: tuple[float, float] = Field(strict=False)
    error: tuple[float, float] = Field(strict=False)
    least: int = Field(description="An original with fewer words is not measured.")


class Pattern(Strict):
    """What is found by a regular expression, and what to write for it."""

    find: str
    instead: str = ""

    @property
    def hints(self) -> tuple[str, ...]:
        """Beginnings of words without which it finds nothing, to look for first; () if unknown.

        They are read from a pattern that begins with a word, or with a choice of words.
        """
        outside = re.sub(r"\[[^\]]*\]", "", self.find)
        while outside != (bare := re.sub(r"\([^()]*\)", "", outside)):
            outside = bare
        begin = re.match(r"\\b(?:\(\?:([^()?*+\[\]{}\\]+)\)|([\w -]{3,}))(?![?*+{\w])", self.find)
        if not begin or "|" in outside:
            return ()
        return tuple((begin[1] or begin[2]).lower().split("|"))


class Rule(Strict):
    """Patterns with the same name, reason and place."""

    rule: str = Field(description="The name in the report.")
    what: str = Field(description="What is wrong; {found} is the place in the text.")
    fix: str = Field(default="write “{instead}”")
    scope: Scope = "all"
    advice: bool = False
    needs: str = Field(default="", description="A cheap pattern without which none is found.")
    exact: bool = Field(default=False, description="true where capitals matter.")
    patterns: tuple[Pattern, ...] = Field(strict=False)

    def compiled(self) -> Iterator[Compiled]:
        """The patterns, ready to use."""
        flags = re.NOFLAG if self.exact else re.IGNORECASE
        for pattern in self.patterns:
            yield Compiled(self, re.compile(pattern.find, flags), pattern.instead, pattern.hints)


class Compiled(NamedTuple):
    """A pattern, ready to use, with the rule it belongs to."""

    rule: Rule
    regex: re.Pattern[str]
    instead: str
    hints: tuple[str, ...]


class LanguageData(Strict):
    """language/<language>.yml."""

    letters: dict[str, str] = Field(default_factory=dict, description="Wrong letter -> right one.")
    quotes: Quotes
    dialogue: Dialogue
    foreign: Foreign | None = None
    length: Length | None = None
    rules: tuple[Rule, ...] = Field(default=(), strict=False)


@lru_cache(maxsize=16)
def language_data(language: str) -> LanguageData | None:
    """The data of a language; None when it has no file."""
    path = FOLDER / f"{language}.yml"
    if not path.is_file():
        return None
    return LanguageData.model_validate(yaml.load(path.read_text(encoding="utf-8"), _Loader))


@lru_cache(maxsize=16)
def compiled_rules(language: str) -> tuple[Compiled, ...]:
    """All patterns of a language."""
    data = language_data(language)
    return tuple(ready for rule in (data.rules if data else ()) for ready in rule.compiled())
