"""What is bad style in the texts of one language: letters, marks, spaces, register, calques.

What is wrong in which language is data (`language/<language>.yml`); here stands how it is
looked for. The rules see running text only: `passages` leaves out code, addresses and ids.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

from ..load import Source
from ..page import Page
from ..problem import Problem
from .language_data import (
    Compiled,
    Dialogue,
    Foreign,
    LanguageData,
    Quotes,
    compiled_rules,
    language_data,
)
from .passages import HOLE, Passage, hole, passages, without_code

_NAME = re.compile(r"\s*(?:>\s*)?\*\*[^*\n]+:\*\*\s*")
_DIRECTION = re.compile(r"\s*(?:>\s*)?\*[^*]+\*\s*(?=\S|$)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”»’)*_]*\s+|\n\s*(?:[-*+>:]|\d+\.)\s|\n\s*\n")
_EMPHASIS = re.compile(r"(?<![\w*])\*[^*\n]+\*(?!\*)|\[[^\]\n]*\]")


def language_problems(source: Source) -> Iterator[Problem]:
    """What is bad style in the pages, data and interface texts of all languages."""
    found = passages(source)
    for language in source.languages:
        data = language_data(language)
        own = [passage for passage in found if passage.language == language] if data else []
        for passage, possible in zip(own, _possible(own, language), strict=True):
            if data:
                yield from passage_problems(passage, data, possible)
    yield from _untranslated(source, found)


def _possible(found: Sequence[Passage], language: str) -> list[list[Compiled]]:
    """The patterns of a language that may be found in each passage.

    Most wait for a word that is rare: all texts are searched for it at once, which is far
    quicker than to ask each passage for each word.
    """
    low = [passage.text.lower() for passage in found]
    starts = [0, *accumulate(len(text) + 1 for text in low)]
    whole = "\n".join(low)
    possible: list[list[Compiled]] = [[] for _ in found]
    for compiled in compiled_rules(language):
        if compiled.hints:
            words = "|".join(map(re.escape, compiled.hints))
            places = (match.start() for match in re.finditer(words, whole))
            holding = sorted({bisect_right(starts, place) - 1 for place in places})
        else:
            holding = list(range(len(found)))
        for index in holding:
            possible[index].append(compiled)
    return possible


def passage_problems(
    passage: Passage, data: LanguageData, possible: Sequence[Compiled]
) -> Iterator[Problem]:
    """What is bad style in one passage; `possible` are the patterns it may hold."""
    yield from _letter_problems(passage, data)
    yield from quote_problems(passage, data.quotes)
    yield from _dialogue_problems(passage, data.dialogue)
    yield from _pattern_problems(passage, data, possible)
    if data.foreign:
        yield from _foreign_problems(passage, data.foreign)


def _at(passage: Passage, offset: int, rule: str, what: str, fix: str) -> Problem:
    return Problem(passage.path, passage.line(offset), what, fix, rule=rule)


def _letter_problems(passage: Passage, data: LanguageData) -> Iterator[Problem]:
    """Letters that only look right, and those in two pieces.

    Unicode, UAX 15 (NFC); for Romanian the Academy's DOOM3 (2021) and SR 14111: ș and ț carry
    a comma.
    """
    for wrong, right in data.letters.items():
        if wrong in passage.text:
            offset, number = passage.text.index(wrong), passage.text.count(wrong)
            what = f"the letter “{wrong}” (U+{ord(wrong[0]):04X}) stands here ({number}×)"
            fix = f"write “{right}” (U+{ord(right[0]):04X})"
            yield _at(passage, offset, "letters", what, fix)
    for line, row in passage.rows():
        if not unicodedata.is_normalized("NFC", row):
            composed = unicodedata.normalize("NFC", row)
            letter = next(b for a, b in zip(row, f"{composed} ", strict=False) if a != b)
            what = f"an accented letter (“{letter}”) is stored in two pieces"
            fix = "delete it and type it again (Unicode form NFC)"
            yield Problem(passage.path, line, what, fix, rule="letters")


def quote_problems(passage: Passage, quotes: Quotes) -> list[Problem]:
    """The language's own quotation marks, in pairs, one sort inside the other.

    DOOM3 for Romanian, New Hart's Rules for English (which leaves the choice; “…” is ours).
    """
    return [*_wrong_marks(passage, quotes), *_nesting_problems(passage, quotes)]


def _wrong_marks(passage: Passage, quotes: Quotes) -> Iterator[Problem]:
    for pattern, right in quotes.wrong.items():
        for match in re.finditer(pattern, passage.text):
            what = f"the mark {match[0].strip()} in “{_around(passage.text, match)}” is none here"
            yield _at(passage, match.start(), "quotation-marks", what, f"write {right}")


def _nesting_problems(passage: Passage, quotes: Quotes) -> Iterator[Problem]:
    opened: list[int] = []
    marks = f"[{quotes.open}{quotes.close}{quotes.inner_open}]"
    for match in re.finditer(marks, passage.text):
        offset, sign = match.start(), match[0]
        near = passage.text[offset : offset + 25].split("\n")[0]
        if sign == quotes.open:
            if opened:
                what = f"{sign} opens inside of another quotation (“{near}”)"
                fix = f"close the first, or write {quotes.inner_open}…{quotes.inner_close}"
                yield _at(passage, offset, "quotation-marks", what, fix)
            opened.append(offset)
        elif sign == quotes.close and opened:
            opened.pop()
        elif sign == quotes.close:
            what = f"{sign} closes a quotation that was never opened"
            yield _at(passage, offset, "quotation-marks", what, f"write {quotes.open} before it")
        elif sign == quotes.inner_open and not opened:
            what = f"{sign} opens outside of a quotation (“{near}”)"
            yield _at(
                passage, offset, "quotation-marks", what, f"write {quotes.open}…{quotes.close}"
            )
    for offset in opened:
        what = f"{quotes.open} is opened and never closed in this paragraph"
        yield _at(passage, offset, "quotation-marks", what, f"close it with {quotes.close}")


def _dialogue_problems(passage: Passage, dialogue: Dialogue) -> Iterator[Problem]:
    """Each turn of a dialogue begins as the language has it (DOOM3: dash and space)."""
    if not dialogue.begins or not _is_turn(passage, dialogue):
        return
    name = _NAME.match(passage.text)
    start = name.end() if name else len(re.match(r"\s*(?:>\s*)?", passage.text)[0])  # type: ignore[index]
    if not name and _DIRECTION.fullmatch(passage.text):
        return
    told = _DIRECTION.match(passage.text, start)
    start = told.end() if told else start
    if not passage.text.startswith(dialogue.begins, start):
        what = "this turn of a dialogue begins without a dash"
        fix = f"write “{dialogue.begins}” before its first word"
        yield _at(passage, start, "dialogue", what, fix)


def _is_turn(passage: Passage, dialogue: Dialogue) -> bool:
    return (
        passage.kind == "page"
        and passage.block in dialogue.blocks
        and not passage.item
        and HOLE not in passage.text[:1]
    )


def _pattern_problems(
    passage: Passage, data: LanguageData, possible: Sequence[Compiled]
) -> Iterator[Problem]:
    """Spaces, figures, register, calques, clichés: the patterns of the language's file.

    Romanian: DOOM3 for what is written, and for calques the lists of the project's translators.
    English clichés: this project's own list.
    """
    low = passage.text.lower()
    needed = {need: bool(re.search(need, low)) for need in {one.rule.needs for one in possible}}
    hopeful = [one for one in possible if needed[one.rule.needs]]
    texts = _texts_by_scope(passage, data) if hopeful else {}
    for rule, regex, instead, _ in hopeful:
        for match in regex.finditer(texts[rule.scope]):
            what = rule.what.replace("{found}", " ".join(match[0].split()))
            fix = rule.fix.replace("{instead}", instead)
            line = passage.line(match.start())
            yield Problem(passage.path, line, what, fix, rule.advice, rule=rule.rule)


def _texts_by_scope(passage: Passage, data: LanguageData) -> dict[str, str]:
    """A passage as the rules of each scope see it."""
    said_out = narration(passage, data)
    return {
        "all": passage.text,
        "narration": said_out,
        "own": _EMPHASIS.sub(_hole, said_out),
        "strings": passage.text if passage.kind == "strings" else "",
    }


def narration(passage: Passage, data: LanguageData) -> str:
    """A passage with holes for what somebody says; models to speak after stay."""
    if passage.block in data.dialogue.templates:
        return passage.text
    if _is_turn(passage, data.dialogue):
        return hole(passage.text)
    quotes = data.quotes
    said = rf"{quotes.open}[^{quotes.close}]*{quotes.close}"
    return re.sub(said, _hole, passage.text)


def _foreign_problems(passage: Passage, foreign: Foreign) -> Iterator[Problem]:
    """Sentences in the wrong language, by the share of its small words.

    This project's own threshold; titles in italics and the texts of links may be foreign.
    """
    text = _EMPHASIS.sub(_hole, passage.text)
    for start, sentence in _sentences(text):
        found = re.findall(r"[^\W\d_]+", sentence)
        hits = [word for word in found if word.casefold() in foreign.words]
        share = len(hits) / len(found) if found else 0
        if len(hits) >= foreign.least and share > foreign.share:
            begin = " ".join(sentence.split())[:40]
            what = f"“{begin}…” seems to be {foreign.name} ({share:.0%} of its words, "
            what += f"{foreign.share:.0%} at most)"
            offset = start + len(sentence) - len(sentence.lstrip())
            yield _at(passage, offset, "untranslated", what, "translate it")


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _untranslated(source: Source, found: Iterable[Passage]) -> Iterator[Problem]:
    """Lines of a translation that are those of the original, word for word.

    Lines of three words or fewer may be the same (names, loans); so may those of names and
    titles, which have fewer than two small words outside of italics and links.
    """
    first = source.languages[0]
    originals = {page.uri: _lines_of(page) for page in source.originals}
    for page in source.pages:
        if page.language != first:
            for number, row in enumerate(without_code(page.body).split("\n"), page.first_line):
                if _is_sentence(row) and row.strip() in originals.get(page.uri, ()):
                    yield _same(page.path, number, row)
    for _, group in groupby(found, key=lambda passage: (passage.kind, passage.where[:-1])):
        texts = [passage for passage in group if passage.kind == "data"]
        original = next((text.text for text in texts if text.language == first), None)
        for text in texts:
            if text.language != first and text.text == original and _is_sentence(text.text):
                yield _same(text.path, text.line(0), text.text)
    yield from _same_strings(source)


def _same_strings(source: Source) -> Iterator[Problem]:
    first = source.strings.get(source.languages[0])
    for language in source.languages[1:]:
        texts = source.strings.get(language)
        ours = texts.data if texts and isinstance(texts.data, dict) else {}
        theirs = first.data if first and isinstance(first.data, dict) else {}
        for key, text in ours.items():
            if texts and isinstance(text, str) and theirs.get(key) == text and _is_sentence(text):
                yield _same(texts.path, texts.line((key,)), text)


def _same(path: str, line: int, text: str) -> Problem:
    begin = " ".join(text.replace(HOLE, "").split())[:40]
    what = f"“{begin}…” is the same as in the original ({len(_words(text))} words, 3 at most)"
    return Problem(path, line, what, "translate it", rule="untranslated")


def _lines_of(page: Page) -> frozenset[str]:
    return frozenset(row.strip() for row in without_code(page.body).split("\n"))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", text)


def _is_sentence(text: str) -> bool:
    small = [word for word in _words(_EMPHASIS.sub("", text)) if word.islower()]
    return len(_words(text)) > 3 and len(small) > 1


def _hole(match: re.Match[str]) -> str:
    return hole(match[0])


def _around(text: str, match: re.Match[str]) -> str:
    around = text[max(match.start() - 12, 0) : match.end() + 12]
    return " ".join(around.replace(HOLE, " ").split())
