"""What was made before, on disk: each result under a key that names all it was made from.

A result that is lost is made again, so nothing here raises for a folder that cannot be read or
written, and a damaged entry is none. Entries appear whole or not at all: they are written beside
their place and moved there in one step, so two builds may share the folder, and one may be killed.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import marshal
import os
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAYOUT = "3"
"""Changes with the shape of the entries; what has another one is nobody's, and ages away."""

MOST_BYTES = 256 * 1024 * 1024
"""What the entries may take together; a course of 1,000 lessons in two languages fits."""

DAY = 24 * 3600.0
_SUM = 16

Question = tuple[str, ...]
Answer = Callable[[Question], str]
"""What something is that a result may have asked for: as a text, or a fingerprint of it."""


def fingerprint(*parts: object) -> str:
    """32 hexadecimal digits that differ when one of the parts does.

    The parts are made of texts, numbers, booleans, None, and lists and mappings of these.
    """
    told = hashlib.blake2b(digest_size=16)
    for part in parts:
        # Most is text, a page's HTML for one, and needs no JSON to be told apart.
        is_text = type(part) is str
        text = str(part) if is_text else json.dumps(part, sort_keys=True, default=str)
        raw = text.encode("utf-8", "surrogatepass")
        told.update(b"%d %d\n" % (is_text, len(raw)))
        told.update(raw)
    return told.hexdigest()


@dataclass(frozen=True)
class Result:
    """What was made, and all that was asked for on the way, with the answers."""

    value: Any
    asked: Mapping[Question, str]

    def holds(self, answer: Answer) -> bool:
        """Whether everything that was asked for is still the same."""
        return all(answer(question) == told for question, told in self.asked.items())


class Store:
    """Results in `folder`; together they take at most about `most` bytes once `prune` was called.

    A value is made of texts, numbers, booleans, None, and lists, tuples and mappings of these.
    Entries are written as Python writes its compiled modules (`marshal`): packing them as JSON
    took five times as long, and each page has three. No entry outlives its version of Python when
    that is part of its key.
    """

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most
        self._number = itertools.count()
        self._grown = False

    def get(self, key: str) -> Any:
        """What is kept under `key`; None when there is nothing, or it is damaged."""
        path = self._path(key)
        try:
            raw = path.read_bytes()
            if _sum(raw[_SUM:]) != raw[:_SUM]:
                return None
            if time.time() - path.stat().st_mtime > DAY:
                os.utime(path)
            return marshal.loads(raw[_SUM:])
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep `value` under `key`; where it cannot be written, it is not kept."""
        path = self._path(key)
        packed = marshal.dumps(value)
        beside = path.with_name(f"{path.name}.{os.getpid()}.{next(self._number)}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_sum(packed) + packed)
            beside.replace(path)
            self._grown = True
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()

    def remembered(
        self, key: str, answer: Answer, make: Callable[[Callable[[Question], None]], Any]
    ) -> Result:
        """What `make` makes, or made before when all that it asked for is still the same.

        `make` is given a function to tell each of its questions to; `answer` answers them.
        """
        kept = self.get(key)
        if kept:
            known = Result(kept["value"], kept["asked"])
            if known.holds(answer):
                return known
        told: dict[Question, str] = {}

        def ask(question: Question) -> None:
            if question not in told:
                told[question] = answer(question)

        made = Result(make(ask), told)
        self.put(key, {"asked": told, "value": made.value})
        return made

    def prune(self) -> None:
        """Let go what was used longest ago, once there is too much, and what a killed build left.

        Looks at the folder only when something has been put there.
        """
        if not self._grown:
            return
        self._grown = False
        entries = sorted(_entries(self._folder), key=lambda entry: entry[1])
        total = sum(size for _, _, size in entries)
        for path, used, size in entries:
            left = path.endswith(".new") and time.time() - used > DAY
            if left or total > self._most:
                with contextlib.suppress(OSError):
                    Path(path).unlink()
                    total -= size

    def _path(self, key: str) -> Path:
        return self._folder / LAYOUT / key[:2] / key[2:]


def _sum(packed: bytes) -> bytes:
    return hashlib.blake2b(packed, digest_size=_SUM).digest()


def _entries(folder: Path) -> Iterator[tuple[str, float, int]]:
    """Path, time of last use and size of every file below `folder`."""
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            with contextlib.suppress(OSError):  # one that goes away meanwhile
                if entry.is_dir(follow_symlinks=False):
                    yield from _entries(Path(entry.path))
                else:
                    state = entry.stat(follow_symlinks=False)
                    yield entry.path, state.st_mtime, state.st_size


class Memory:
    """Results of pure functions of one text, kept while the text of that name is the same."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, Any]] = {}

    def of(self, name: Hashable, source: object, make: Callable[[], Any]) -> Any:
        """What `make` makes of `source`, or made of it last time."""
        known = self._kept.get(name)
        if known is None or known[0] != source:
            known = self._kept[name] = (source, make())
        return known[1]
