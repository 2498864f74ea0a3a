"""Letters and quotation marks as their language has them: passages come in, edits go out.

Only running text is touched: what `passages` leaves out (code, addresses, HTML, ids) stays.
Quotation marks are changed where they pair up beyond doubt, and the linter then finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from .lint.language import quote_problems
from .lint.language_data import LanguageData, Quotes, language_data
from .lint.passages import HOLE, Passage, passages
from .load import Source
from .mend_edit import Edit
from .yaml_reader import Document, Span

DOUBLE = '"“”„‟«»'
OPENERS, CLOSERS = "([{—–-/", ")]}.,;:!?…—–-/"
ESCAPES = {"x": 2, "u": 4, "U": 8}
NAMED = {"n": "\n", "t": "\t", "r": "\r", "_": "\u00a0", "N": "\x85", "e": "\x1b", "0": "\0"}


class Change(NamedTuple):
    """At `start` of a passage's text, `old` becomes `new`."""

    start: int
    old: str
    new: str
    rule: str


class Unit(NamedTuple):
    """A sign of a text that is no space, and how it is written where in the file."""

    line: int
    column: int
    raw: str
    sign: str


def text_edits(source: Source) -> Iterator[Edit]:
    """All edits of letters and marks in a course."""
    documents = {document.path: document for document in (*source.data, *source.interface)}
    documents |= {page.path: page.meta for page in source.pages}
    for passage in passages(source):
        data = language_data(passage.language)
        changes = list(changes_in(passage, data)) if data else []
        if changes and passage.kind == "page":
            yield from _page_edits(passage, changes)
        elif changes:
            yield from _data_edits(passage, changes, documents[passage.path])


def changes_in(passage: Passage, data: LanguageData) -> Iterator[Change]:
    """What is to be changed in one passage."""
    yield from _letters(passage.text, data.letters)
    yield from _marks(passage, data.quotes)


def _letters(text: str, letters: Mapping[str, str]) -> Iterator[Change]:
    """Letters in one piece (NFC), and those that only look right."""
    if unicodedata.is_normalized("NFC", text) and not any(wrong in text for wrong in letters):
        return
    table = str.maketrans(dict(letters))
    clusters = re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]*", text, re.DOTALL)
    for match in clusters:
        new = match[0]
        for _ in range(3):  # a letter that is put right may compose anew with a sign behind it
            new = unicodedata.normalize("NFC", new).translate(table)
        if new != match[0]:
            yield Change(match.start(), match[0], new, "letters")


def _marks(passage: Passage, quotes: Quotes) -> list[Change]:
    """Quotation marks and apostrophes, unless it is in doubt what they are."""
    text = passage.text
    if not quote_problems(passage, quotes):
        return []
    changes = _paired(text, quotes)
    if changes is None:
        return []
    if any(re.fullmatch(wrong, "'") for wrong in quotes.wrong):
        for match in re.finditer(r"(?<=[^\W\d_])['´`](?=[^\W\d_])", text):
            changes.append(Change(match.start(), match[0], "’", "quotation-marks"))
    mended = list(text)
    for change in changes:
        mended[change.start] = change.new
    return [] if quote_problems(replace(passage, text="".join(mended)), quotes) else changes


def _paired(text: str, quotes: Quotes) -> list[Change] | None:
    """The marks that are to be others, each with its partner; None when one is in doubt."""
    pairs = ((quotes.open, quotes.close), (quotes.inner_open, quotes.inner_close))
    changes, depth = [], 0
    for match in re.finditer(f"[{DOUBLE}]", text):
        opens, closes = _direction(text, match.start())
        if opens == closes or (opens and depth == len(pairs)) or (closes and not depth):
            return None
        depth += -1 if closes else 0
        right = pairs[depth][closes]
        depth += 1 if opens else 0
        if right != match[0]:
            changes.append(Change(match.start(), match[0], right, "quotation-marks"))
    return None if depth else changes


def _direction(text: str, place: int) -> tuple[bool, bool]:
    """Whether the mark at `place` can open, and can close; by what stands around it."""
    before = text[:place].rstrip("*_")[-1:]
    after = text[place + 1 :].lstrip("*_")[:1]
    room_before = not before or before.isspace() or before in OPENERS or before in "“„«"
    room_after = not after or after.isspace() or after in CLOSERS or after in "”»’"
    joined_before = bool(before) and not before.isspace() and before not in "([{"
    joined_after = bool(after) and not after.isspace() and after not in ")]}.,;:!?"
    return room_before and joined_after, room_after and joined_before and not (
        room_before and joined_after
    )


def _page_edits(passage: Passage, changes: list[Change]) -> Iterator[Edit]:
    for change in changes:
        line = passage.line(change.start)
        start = next(offset for offset, number in passage.starts if number == line)
        yield Edit(passage.path, line, change.start - start, change.old, change.new, change.rule)


def _data_edits(passage: Passage, changes: list[Change], document: Document) -> Iterator[Edit]:
    """The edits of a text of a data file, written as YAML has it."""
    span, value = document.spans.get(passage.where), _value(document, passage)
    if span is None or len(value) != len(passage.text):
        return
    units = list(units_of(document, span))
    if [unit.sign for unit in units] != [sign for sign in value if not sign.isspace()]:
        return
    for change in changes:
        first = sum(not sign.isspace() for sign in value[: change.start])
        parts = units[first : first + len(change.old)]
        if parts and HOLE not in change.old and parts[0].line == parts[-1].line:
            raw = "".join(part.raw for part in parts)
            line, column = parts[0].line, parts[0].column
            yield Edit(passage.path, line, column, raw, change.new, change.rule)


def _value(document: Document, passage: Passage) -> str:
    value = document.data
    for part in passage.where:
        value = value[part]
    return str(value)


def units_of(document: Document, span: Span) -> Iterator[Unit]:
    """The signs of a text in YAML that are no spaces, each as it is written."""
    block = span.style in {"|", ">"}
    for line in range(span.first + block, span.last + 1):
        row = document.source[line - document.first_line]
        start, end = 0, len(row)
        if not block:
            start = span.column + len(span.style) if line == span.first else 0
            end = span.end - len(span.style) if line == span.last else end
        yield from _row_units(row, line, start, end, span.style)


def _row_units(row: str, line: int, column: int, end: int, style: str) -> Iterator[Unit]:
    while column < end:
        raw, sign = row[column], row[column]
        if style == "'" and row[column : column + 2] == "''":
            raw = "''"
        elif style == '"' and raw == "\\":
            raw = row[column : column + 2 + ESCAPES.get(row[column + 1 : column + 2], 0)]
            sign = _unescaped(raw)
        if sign and not sign.isspace():
            yield Unit(line, column, raw, sign)
        column += len(raw)


def _unescaped(raw: str) -> str:
    """The sign that an escape in double quotes stands for; "" for a line's end."""
    kind = raw[1:2]
    if kind in ESCAPES:
        try:
            return chr(int(raw[2:], 16))
        except ValueError:
            return ""
    return NAMED.get(kind, kind)
