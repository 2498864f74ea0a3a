"""Says what is being done; on a terminal also for how long, or how far it has come.

Standard library only. Goes to standard error, so that what a verb prints can be piped.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def doing(what: str) -> Iterator[Callable[[str], None]]:
    """Say what is being done, in plain words, while it is being done.

    Gives a function that takes how far it has come ("lesson 34 of 82"); until it is called, a
    terminal shows the seconds. Elsewhere one line says what is being done, and no more.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        print(f"{what} …", file=sys.stderr, flush=True)
        yield lambda _: None
        return
    line = _Line(what)
    thread = threading.Thread(target=line.tick, daemon=True)
    thread.start()
    try:
        yield line.tell
    finally:
        line.ended.set()
        thread.join()
        print(file=sys.stderr)


class _Line:
    """One line on a terminal, written again and again."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.far = ""
        self.shown = ""
        self.began = time.monotonic()
        self.ended = threading.Event()

    def tell(self, far: str) -> None:
        """Say how far it has come; shown with the next tick."""
        self.far = far

    def tick(self) -> None:
        """Write the line until it has ended, a last time then."""
        self._write()
        while not self.ended.wait(0.2):
            self._write()
        self._write()

    def _write(self) -> None:
        seconds = int(time.monotonic() - self.began)
        far = self.far or (f"{seconds} s" if seconds else "")
        room = shutil.get_terminal_size().columns - 1
        text = f"{self.what} … {far}"[:room].ljust(room)
        if text != self.shown:
            print(f"\r{text}", end="", file=sys.stderr, flush=True)
            self.shown = text
