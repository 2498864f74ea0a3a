"""Words that no dictionary knows and no list of the project accepts.

The dictionaries are Hunspell's (`dictionaries/README.md`), read by spylls. Reading one wholly
takes seconds, so only the entries are read from which one of the words in question can come.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from spylls.hunspell import Dictionary, readers
from spylls.hunspell.readers.file_reader import BaseReader, FileReader

from ..load import Source
from ..problem import Problem
from .passages import Passage, passages

FOLDER = Path(__file__).parent / "dictionaries"

_WORD = re.compile(r"(?<![\d\w])[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_CITED = re.compile(r"(?<![\w*])\*[^*\n]+\*(?!\*)|“[^”\n]*”|„[^”\n]*”|«[^»\n]*»")

Words = dict[tuple[str, str], int]
"""Path and word -> the line where the word stands first."""


def spelling_problems(source: Source) -> Iterator[Problem]:
    """Words that are misspelt, or new to the project: each once in a file, always advice.

    No dictionary is complete, so a word in doubt may be right; then the list takes it. What is
    cited (in italics or quotation marks) may be in another language of the course.
    """
    found = passages(source)
    for language in source.languages:
        own, cited = _words_of(found, language)
        unknown = misspelt((word for _, word in (*own, *cited)), language)
        foreign = unknown
        for other in source.languages:
            if other != language:
                foreign = misspelt(foreign, other)
        for listed, wrong in ((own, unknown), (cited, foreign)):
            for (path, word), line in listed.items():
                if word in wrong:
                    yield _told(path, line, word, language)


def _words_of(found: Iterable[Passage], language: str) -> tuple[Words, Words]:
    """The words of a language: its own, and those that stand in citations only."""
    own: Words = {}
    cited: Words = {}
    for passage in found:
        for line, word, quoted in passage_words(passage) if passage.language == language else ():
            (cited if quoted else own).setdefault((passage.path, word), line)
    return own, {place: line for place, line in cited.items() if place not in own}


def _told(path: str, line: int, word: str, language: str) -> Problem:
    guess = get_close_matches(word, sorted(accepted(language)), n=1, cutoff=0.8)
    meant = f" (did you mean “{guess[0]}”?)" if guess else ""
    what = f"“{word}” is in no dictionary{meant}"
    fix = f"correct it, or add it to hooks/course/lint/dictionaries/words.{language}.txt"
    return Problem(path, line, what, fix, advice=True, rule="spelling")


def passage_words(passage: Passage) -> Iterator[tuple[int, str, bool]]:
    """The words of a passage, each with its line and whether it stands in a citation.

    Capitals only (PDF) are no words.
    """
    for line, row in passage.rows():
        spans = [match.span() for match in _CITED.finditer(row)]
        for match in _WORD.finditer(row):
            word = match[0].replace("’", "'")
            if len(word) > 1 and not (word.isupper() and len(word) <= 5):
                yield line, word, bool(spans) and _inside(match.start(), spans)


def _inside(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def misspelt(words: Iterable[str], language: str) -> frozenset[str]:
    """Those of `words` that are neither in the dictionary of a language nor in its list."""
    stem = dictionary_of(language)
    listed = accepted(language)
    asked = {word for word in set(words) if not _is_listed(word, listed)}
    if not stem or not asked:
        return frozenset()
    rest = asked - _known(frozenset(asked), stem)
    parts = {part for word in rest for part in _parts(word) if not _is_listed(part, listed)}
    wrong = parts - _known(frozenset(parts), stem)
    return frozenset(word for word in rest if wrong.intersection(_parts(word)))


def dictionary_of(language: str) -> str | None:
    """The name of a language's dictionary; None when there is none."""
    return next((path.stem for path in sorted(FOLDER.glob(f"{language}_*.dic"))), None)


def _parts(word: str) -> list[str]:
    """What hyphens and apostrophes join; up to two letters are clitics (`-l`, `mi-`)."""
    parts = [part for part in re.split("[-']", word) if part]
    return [part for part in parts if len(part) > 2] or parts[:1]


def _is_listed(word: str, listed: frozenset[str]) -> bool:
    """A listed word in small letters may begin with a capital; a name keeps its own."""
    whole = re.sub(r"'s?$", "", word)
    forms = {word, whole, whole.lower(), *([word.capitalize()] if word.isupper() else [])}
    return not forms.isdisjoint(listed)


@lru_cache(maxsize=16)
def accepted(language: str) -> frozenset[str]:
    """The project's own list for a language: one word a line, comments behind #."""
    path = FOLDER / f"words.{language}.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8").replace("’", "'").split("\n")
    return frozenset(filter(None, (line.split("#")[0].strip() for line in lines)))


@lru_cache(maxsize=16)
def _known(words: frozenset[str], stem: str) -> frozenset[str]:
    """Those of `words` that the dictionary knows.

    Most are an entry, or one with an ending; spylls judges the few that are not.
    """
    speller = _speller(stem)
    found = {word for word in words if speller.knows(word)}
    return frozenset(found | speller.lookup(words - found))


@lru_cache(maxsize=4)
def _speller(stem: str) -> _Speller:
    return _Speller(FOLDER / stem)


class _Speller:
    """A Hunspell dictionary whose entries stay text until they are needed."""

    def __init__(self, path: Path) -> None:
        self.aff: Any
        self.aff, self.context = readers.read_aff(FileReader(f"{path}.aff"))
        text = path.with_suffix(".dic").read_text(encoding=self.context.encoding)
        self.entries: dict[str, list[str]] = {}
        for line in text.split("\n")[1:]:
            entry, _, flags = line.partition("\t")[0].partition("/")
            self.entries.setdefault(entry, []).append(flags)
        self.special = set(
            filter(None, (self.aff.FORBIDDENWORD, self.aff.NEEDAFFIX, self.aff.ONLYINCOMPOUND))
        )
        self.endings: dict[str, dict[str, list[Any]]] = {}
        for rules in self.aff.SFX.values():
            for rule in rules:
                self.endings.setdefault(rule.add, {}).setdefault(rule.strip, []).append(rule)
        self.prefixes = {(r.add, r.strip) for rules in self.aff.PFX.values() for r in rules}

    def knows(self, word: str) -> bool:
        """Whether a word is plainly an entry, or one with an ending; False may be wrong."""
        return any(self._is_plain(form) for form in {word, word[:1].lower() + word[1:]})

    def _is_plain(self, word: str) -> bool:
        lines = self.entries.get(word, ())
        if any(not self.special.intersection(self.context.parse_flags(line)) for line in lines):
            return True
        for stem, rules in self._stems(word):
            for line in self.entries.get(stem, ()):
                flags = set(self.context.parse_flags(line))
                if not flags & self.special and any(
                    rule.flag in flags and rule.cond_regexp.search(stem) for rule in rules
                ):
                    return True
        return False

    def _stems(self, word: str) -> Iterator[tuple[str, list[Any]]]:
        """What a word may be made from by an ending, with the rules that would make it."""
        for cut in range(len(word) + 1):
            for strip, rules in self.endings.get(word[cut:], {}).items():
                yield word[:cut] + strip, rules

    def lookup(self, words: Iterable[str]) -> set[str]:
        """Those of `words` that spylls finds right.

        It gets only the entries from which one of the words can come: a word is an entry,
        perhaps with a prefix and an ending.
        """
        wanted: set[str] = set()
        for word in words:
            for form in {word, word.lower(), word.capitalize(), word.upper()}:
                bare = [s + form[len(a) :] for a, s in self.prefixes if form.startswith(a)]
                for rest in (form, *bare):
                    wanted.add(rest)
                    wanted.update(stem for stem, _ in self._stems(rest))
        lines = [f"{name}/{flags}" for name in wanted for flags in self.entries.get(name, ())]
        reader = BaseReader(io.StringIO("\n".join([str(len(lines)), *lines])))
        dic = readers.read_dic(reader, aff=self.aff, context=self.context)
        dictionary = Dictionary(self.aff, dic)
        return {word for word in words if dictionary.lookup(word)}
