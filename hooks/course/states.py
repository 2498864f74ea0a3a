"""How files stand, to notice that one has changed; nothing is read but times and sizes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

States = Mapping[str, tuple[int, int]]
"""The time (in ns) and the size in bytes of each file, by its path."""


def states(paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Time and size of these files, and of all that lie below these folders."""
    found = {}
    for path in _files(paths):
        with contextlib.suppress(OSError):  # one that goes away meanwhile
            state = Path(path).stat()
            found[path] = (state.st_mtime_ns, state.st_size)
    return found


def _files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if Path(path).is_dir():
            for top, folders, names in os.walk(path):
                folders[:] = [name for name in folders if name != "__pycache__"]
                yield from (f"{top}{os.sep}{name}" for name in names)
        else:
            yield path


def differing(before: States, now: States) -> set[str]:
    """The paths of files that are new, gone or different."""
    return {path for path, _ in before.items() ^ now.items()}
