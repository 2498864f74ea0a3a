"""Python's search for garbage, held back while a course is built.

All that a build reads stays until its end, and the search goes through it again and again: with
1,000 lessons that took a sixth of the time.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

SELDOM = 50_000
"""How many new objects, less those that are gone, begin a search while pages are made."""

_USUAL = gc.get_threshold()


@contextlib.contextmanager
def collection_held_back() -> Iterator[None]:
    """No search while this lasts; those that follow leave out what there is at its end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
    gc.freeze()
    gc.set_threshold(SELDOM, *_USUAL[1:])


def collection_as_usual() -> None:
    """The build has ended."""
    gc.unfreeze()
    gc.set_threshold(*_USUAL)


def collection_over() -> None:
    """The process is about to end, which needs no last search through all that was built."""
    gc.freeze()
