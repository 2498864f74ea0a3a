"""A text and its language come in, figures and cues go out: words, sentences, reading ease.

What a cue is, is data: `cues/<language>.yml`. A language without that file has no cues, and
the rules that need them say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field

from ..base import Strict

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FOLDER = Path(__file__).parent / "cues"

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_QUOTED = re.compile(r"“[^”]*”|„[^”]*”|«[^»]*»")
_CLOSERS = "”»’)]*_"
_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x530))))
"""Those of the Latin, Greek and Cyrillic alphabets."""

_SENTENCE_END = re.compile(rf"[.!?…][{re.escape(_CLOSERS)}]*\s+(?=[“„«(—*_]*\s*[{_CAPITALS}0-9])")

Phrases = tuple[str, ...]


class Syllables(Strict):
    """How the syllables of a written word are counted."""

    vowels: str = Field(description="The letters that make syllables; neighbours make one.")
    silent: Phrases = Field(default=(), strict=False, description="Endings that make none.")
    sounded: Phrases = Field(
        default=(), strict=False, description="Endings that make one although listed as silent."
    )
    hiatus: Phrases = Field(
        default=(), strict=False, description="Letters in which neighbours make two."
    )


class Reading(Strict):
    """How hard the texts of a question may be."""

    lix: float
    flesch_kincaid: float | None = None
    syllables: Syllables | None = None


class Cues(Strict):
    """cues/<language>.yml: what gives a right answer away, and what is no content.

    A phrase matches whole words. `*` stands for any letters, `…` for up to three words. A
    phrase in small letters matches capitals as well; one with a capital only as it is.
    """

    absolutes: Phrases = Field(strict=False, description="Words that allow no exception.")
    hedges: Phrases = Field(strict=False, description="Words that leave a door open.")
    markers: Phrases = Field(strict=False, description="Politeness, empathy, collaboration.")
    negative_openings: Phrases = Field(strict=False, description="How a negative stem begins.")
    negatives: Phrases = Field(strict=False, description="What makes any stem a negative one.")
    collective: Phrases = Field(strict=False, description="“All of the above” and its like.")
    open_stems: Phrases = Field(strict=False, description="Stems that need the options.")
    references: Phrases = Field(strict=False, description="Options named by letter or place.")
    verdicts: Phrases = Field(strict=False, description="Openings that only say right or wrong.")
    praise: Phrases = Field(strict=False, description="Praise of the person.")
    stop_words: frozenset[str] = Field(strict=False, description="Words without content.")
    endings: Phrases = Field(strict=False, description="What inflection adds to a word.")
    abbreviations: Phrases = Field(
        default=(), strict=False, description="Words whose full stop ends no sentence."
    )
    alternations: dict[str, str] = Field(
        default_factory=dict, description="Last letters of a stem, and what they count as."
    )
    reading: Reading


@lru_cache(maxsize=16)
def cues(language: str) -> Cues | None:
    """The cues of a language; None when it has no file."""
    path = FOLDER / f"{language}.yml"
    if not path.is_file():
        return None
    return Cues.model_validate(yaml.load(path.read_text(encoding="utf-8"), _Loader))


def plain(text: str) -> str:
    """A Markdown text without the addresses of its links and its marks of emphasis."""
    text = re.sub(r"\]\([^)]*\)|[\[`]", "", text)
    return re.sub(r"(?<!\w)[*_]+(?=\w)|(?<=[\w.,!?…”])[*_]+(?!\w)", "", text).strip()


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, in order; clitics and compounds with a hyphen are one word."""
    return tuple(_WORD.findall(plain(text)))


def count(text: str) -> int:
    """How many words a text has."""
    return len(words(text))


def unquoted(text: str) -> str:
    """A text without what somebody says in it."""
    return _QUOTED.sub(" ", text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; an abbreviation before a small letter ends none."""
    return [part for part in _SENTENCE_END.split(text.strip()) if _WORD.search(part)]


def lix(texts: Iterable[str]) -> float:
    """Björnsson's LIX (1968): words per sentence + percentage of words of over six letters."""
    found, ends = _counts(texts)
    long = sum(len(word) > 6 for word in found)
    return len(found) / ends + 100 * long / len(found) if found else 0.0


def flesch_kincaid(texts: Iterable[str], rule: Syllables) -> float:
    """The grade of Kincaid and others (1975), from words per sentence and syllables per word."""
    found, ends = _counts(texts)
    if not found:
        return 0.0
    total = sum(syllables(word, rule) for word in found)
    return 0.39 * len(found) / ends + 11.8 * total / len(found) - 15.59


def _counts(texts: Iterable[str]) -> tuple[list[str], int]:
    """All words of some texts, and the number of their sentences; a text ends one."""
    listed = list(texts)
    found = [word for text in listed for word in words(text)]
    return found, max(sum(len(sentences(text)) for text in listed), 1)


@lru_cache(maxsize=16384)
def syllables(word: str, rule: Syllables) -> int:
    """About how many syllables a written word has; never fewer than one."""
    word = word.casefold()
    number = len(re.findall(f"[{rule.vowels}]+", word))
    number += sum(word.count(letters) for letters in rule.hiatus)
    silent = word.endswith(rule.silent) and not word.endswith(rule.sounded)
    return max(number - silent, 1)


@lru_cache(maxsize=16384)
def content(text: str, language: str) -> frozenset[str]:
    """The stems of the words of a text that carry content; none in a language without cues."""
    known = cues(language)
    if not known:
        return frozenset()
    parts = re.findall(r"[^\W\d_]{3,}", plain(text).casefold())
    return frozenset(_stem(part, language) for part in parts if part not in known.stop_words)


@lru_cache(maxsize=16384)
def _stem(word: str, language: str) -> str:
    """A word without its known endings, as long as four letters remain of it."""
    known = cues(language)
    endings = [end for end in known.endings if word.endswith(end)] if known else []
    kept = max((end for end in endings if len(word) - len(end) >= 4), key=len, default="")
    if kept:
        return _stem(word.removesuffix(kept), language)
    return word[:-1] + known.alternations.get(word[-1], word[-1]) if known else word


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """What two sets share, as a part of all that is in them; 0 for empty ones."""
    return len(one & other) / len(one | other) if one and other else 0.0


def matches(text: str, phrases: Phrases) -> list[re.Match[str]]:
    """Where phrases of a cue list stand in a text, in its order."""
    found = (match for pattern in _patterns(phrases) for match in pattern.finditer(text))
    return sorted(found, key=lambda match: match.start())


def number_of(text: str, phrases: Phrases) -> int:
    """How often phrases of a cue list stand in a text."""
    return len(matches(plain(text), phrases))


@lru_cache(maxsize=256)
def _patterns(phrases: Phrases) -> tuple[re.Pattern[str], ...]:
    """One pattern for the phrases in small letters and one for the others, where there are any."""
    exact = [phrase for phrase in phrases if phrase != phrase.lower()]
    loose = [phrase for phrase in phrases if phrase == phrase.lower()]
    return tuple(_pattern(listed, flags) for listed, flags in _flagged(loose, exact) if listed)


def _flagged(loose: list[str], exact: list[str]) -> Iterator[tuple[list[str], re.RegexFlag]]:
    yield loose, re.IGNORECASE
    yield exact, re.NOFLAG


def _pattern(phrases: list[str], flags: re.RegexFlag) -> re.Pattern[str]:
    """The longest phrase goes first, so that it wins."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, ordered))})(?!\w)", flags)


def _expression(phrase: str) -> str:
    """A phrase of a cue list as a regular expression."""
    phrase = re.sub("[’']", "[’']", re.escape(phrase)).replace(r"\*", r"\w*")
    return phrase.replace(r"\ …\ ", r"(?:\s+[\w’'-]+){0,3}?\s+").replace(r"\ ", r"\s+")
