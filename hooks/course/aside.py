"""Work that goes on beside this process, in a copy of it, on a processor of its own.

A copy (`os.fork`) has everything this process has made so far, without reading it again. Only
Linux makes one safely, and only while no other thread runs, which might hold a lock that nobody
would ever open in the copy; elsewhere there is `None` in place of it, and the same work is done
afterwards.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class EndedError(Exception):
    """The copy ended before its work was done; the message says how."""


class Aside(Generic[T]):
    """Work under way in a copy of this process."""

    def __init__(self, process: int, answer: int) -> None:
        self._process = process
        self._answer = os.fdopen(answer, "rb")

    def result(self) -> T:
        """What the work returned, once it is done. Raises EndedError when there will be none."""
        with self._answer:
            told = self._answer.read()
        process, self._process = self._process, 0
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if code:
            how = f"status {code}" if code > 0 else f"signal {signal.Signals(-code).name}"
            raise EndedError(how)
        result: T = pickle.loads(told)
        return result

    def stop(self) -> None:
        """End the work if it is under way, and wait until it has ended."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            self._answer.close()
            os.waitpid(self._process, 0)
            self._process = 0


def can_work_aside() -> bool:
    """Whether a copy of this process can be made safely."""
    return sys.platform == "linux" and threading.active_count() == 1


def aside(work: Callable[[], T]) -> Aside[T] | None:
    """Begin some work in a copy of this process, or return None where there can be no copy.

    What the work returns must be fit for pickling. It has to catch what it raises: the copy
    ends with whatever is left, silently.
    """
    if not can_work_aside():
        return None
    answer, end = os.pipe()
    process = os.fork()
    if process:
        os.close(end)
        return Aside(process, answer)
    status = 1
    try:
        os.close(answer)
        with os.fdopen(end, "wb") as pipe:
            pickle.dump(work(), pipe)
        status = 0
    finally:
        # No step of ending that belongs to the first process: nothing is flushed or removed.
        os._exit(status)


def together(pieces: Sequence[Callable[[], T]]) -> list[T]:
    """Do pieces of work at the same time, where that is safe; what they return, in their order.

    What holds for the work of `aside` holds for all but the first. Raises EndedError.
    """
    others = [aside(piece) for piece in pieces[1:]]
    try:
        done = [piece() for piece in pieces[:1]]
        for other, piece in zip(others, pieces[1:], strict=True):
            done.append(other.result() if other else piece())
        return done
    finally:
        for other in filter(None, others):
            other.stop()
