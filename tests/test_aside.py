"""Work beside this process brings its result, or says that there is none; nothing stays behind."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import pytest
from course.aside import EndedError, aside

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process safely")


@linux
def test_it_knows_what_was_made_before_and_brings_its_result() -> None:
    known = {"here": os.getpid()}
    # More than a pipe holds at once.
    work = aside(lambda: (known["here"], os.getpid(), "ș" * 1_000_000))
    assert work
    first, second, text = work.result()
    assert first == os.getpid() != second
    assert len(text) == 1_000_000
    assert no_children()


@linux
def test_one_that_is_killed_is_told_of() -> None:
    work = aside(lambda: os.kill(os.getpid(), signal.SIGKILL))
    assert work
    with pytest.raises(EndedError, match="SIGKILL"):
        work.result()
    assert no_children()


@linux
@pytest.mark.parametrize("error", [ValueError(), KeyboardInterrupt(), SystemExit(0)])
def test_what_it_does_not_catch_ends_it_silently(
    error: BaseException, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    work = aside(fail)
    assert work
    with pytest.raises(EndedError, match="status 1"):
        work.result()
    assert capfd.readouterr() == ("", "")


@linux
def test_it_can_be_stopped_at_any_time() -> None:
    work = aside(lambda: time.sleep(60))
    assert work
    work.stop()
    work.stop()
    assert no_children()


def test_beside_another_thread_there_is_none() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert aside(lambda: 1) is None
    finally:
        end.set()
        thread.join()


def no_children() -> bool:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return True
