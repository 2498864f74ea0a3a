"""The words of a search index, cut into pieces that are small for every language.

A search loads the pieces that may hold its words. Pagefind cuts by the number of places where a
word stands, and leaves out of the count those with diacritics: in Romanian its pieces grow to
several times their size in English. Here they are cut anew, by size. A file of the index is CBOR
(RFC 8949) behind a mark, compressed; a word is only measured, never read.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from pathlib import Path

SIZE = 12_000
"""Bytes of a piece before it is compressed, about; a common word alone may have more."""

TOGETHER = 4
"""Words with so many letters in common at their beginning stay together: a search for one looks
for longer ones in the same piece."""

PACKED = 6
"""How hard a piece is compressed, of 9: the last three take as long again, for a hundredth."""

LAST = "\U0010ffff"
"""Comes after every letter."""

_MARK = b"pagefind_dcd"
_NUMBERS, _TEXT, _LIST = (0, 1), 3, 4
_CHUNKS = 2
"""The place of the list of pieces in what the index says of itself."""


def cut(folder: Path, language: str, name: str) -> str:
    """Cut the index of a language in `folder`, whose description is named `name`; its new name.

    Raises ValueError where the files are not as Pagefind 1.5 writes them.
    """
    description = folder / f"pagefind.{name}.pf_meta"
    parts = _items(_read(description))
    old = [_items(chunk) for chunk in _items(parts[_CHUNKS])]
    files = [folder / "index" / f"{_string(chunk[2])}.pf_index" for chunk in old]
    words = [word for file in files for word in _words(_read(file))]
    for file in files:
        file.unlink()
    pieces = list(_pieces(words))
    names = [_write(folder / "index", f"{language}_", _list([_list(piece)])) for piece in pieces]
    spans = zip(_spans(pieces), names, strict=True)
    parts[_CHUNKS] = _list(_list(map(_as_text, (*span, name))) for span, name in spans)
    description.unlink()
    return _write(folder, f"{language}_", _list(parts), "pagefind.", ".pf_meta")


def _pieces(words: list[bytes]) -> Iterator[list[bytes]]:
    """The words, in order, piece by piece."""
    piece: list[bytes] = []
    size, last = 0, ""
    for word in words:
        text = _word(word)
        if piece and size + len(word) > SIZE and text[:TOGETHER] != last[:TOGETHER]:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size, last = size + len(word), text
    yield piece


def _spans(pieces: list[list[bytes]]) -> list[tuple[str, str]]:
    """From which word to which each piece goes: its first as short as tells it from the last one
    of the piece before, and up to where the next begins.

    For a word that is in no span, Pagefind loads pieces of shorter ones instead, which are large.
    """
    words = [(_word(piece[0]), _word(piece[-1])) for piece in pieces if piece]
    begins = [first for first, _ in words[:1]]
    for (_, before), (after, _) in pairwise(words):
        letters = zip(before, after, strict=False)
        begins.append(after[: len([*takewhile(lambda pair: pair[0] == pair[1], letters)]) + 1])
    ends = [begin[:-1] + chr(ord(begin[-1]) - 1) + LAST for begin in begins[1:]]
    return [*zip(begins, [*ends, *(last for _, last in words[-1:])], strict=True)]


def _word(item: bytes) -> str:
    """What a word is, of all that is said of it."""
    _, _, start = _head(item, 0)
    return _string(item[start : _end(item, start)])


def _read(file: Path) -> bytes:
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(_MARK):
        raise ValueError(f"{file.name} does not begin as a file of the index does")
    return data[len(_MARK) :]


def _write(folder: Path, start: str, data: bytes, head: str = "", end: str = ".pf_index") -> str:
    """Write a file of the index, named after what it holds; the name without head and end."""
    name = start + hashlib.sha256(data).hexdigest()[:10]
    (folder / f"{head}{name}{end}").write_bytes(gzip.compress(_MARK + data, PACKED, mtime=0))
    return name


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Of the item that begins at `at`: its kind, its number, and where what is in it begins."""
    kind, low = divmod(data[at], 32)
    if low < 24:
        return kind, low, at + 1
    size = 1 << (low - 24)
    if size > 8:
        raise ValueError("an item of the index has no length")
    return kind, int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size


def _end(data: bytes, at: int) -> int:
    """Where the item that begins at `at` ends."""
    left = 1
    while left:  # sees each of millions, nearly all of them numbers and short lists
        head = data[at]
        if step := _STEPS[head]:
            at += step
            left += _MORE[head]
            continue
        kind, number, at = _head(data, at)
        left -= 1
        if kind == _LIST:
            left += number
        elif kind == _TEXT:
            at += number
        else:
            raise ValueError(f"an item of the index is of the unknown kind {kind}")
    return at


def _plain_heads() -> Iterator[tuple[int, int]]:
    """For each first byte of an item: its bytes, and how many more items are to come after it.

    0 bytes stand for an item whose length is not told by its first byte alone.
    """
    for head in range(256):
        kind, low = divmod(head, 32)
        if kind in _NUMBERS and low < 28:
            yield 1 + (0 if low < 24 else 1 << (low - 24)), -1
        elif kind == _LIST and low < 24:
            yield 1, low - 1
        else:
            yield 0, 0


_STEPS, _MORE = map(tuple, zip(*_plain_heads(), strict=True))


def _words(data: bytes) -> list[bytes]:
    """The words of a piece: the first item of a list, which may be long, so it is read once."""
    _, _, start = _head(data, 0)
    return _items(data, start)


def _items(data: bytes, at: int = 0) -> list[bytes]:
    """The items of the list that begins at `at`."""
    kind, number, at = _head(data, at)
    if kind != _LIST:
        raise ValueError("where the index should have a list, there is none")
    items = []
    for _ in range(number):
        end = _end(data, at)
        items.append(data[at:end])
        at = end
    return items


def _string(item: bytes) -> str:
    kind, number, start = _head(item, 0)
    if kind != _TEXT:
        raise ValueError("where the index should have a text, there is none")
    return item[start : start + number].decode("utf-8")


def _begin(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    power = next(power for power in range(4) if number < 256 ** (1 << power))
    return bytes([kind << 5 | 24 + power]) + number.to_bytes(1 << power, "big")


def _list(items: Iterable[bytes]) -> bytes:
    items = list(items)
    return _begin(_LIST, len(items)) + b"".join(items)


def _as_text(text: str) -> bytes:
    data = text.encode("utf-8")
    return _begin(_TEXT, len(data)) + data
