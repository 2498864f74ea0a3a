"""Work beside this process brings its result, or says that there is none; nothing stays behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest
from course.aside import EndedError, aside, together

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process safely")


def done_alone(work: Callable[..., None], *arguments: object) -> bool:
    """Do this in a process of its own: other tests leave threads and children in this one."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()
    return process.exitcode == 0


@linux
def test_it_knows_what_was_made_before_and_brings_its_result() -> None:
    assert done_alone(_brings_its_result)


def _brings_its_result() -> None:
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
    assert done_alone(_is_killed)


def _is_killed() -> None:
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
    assert done_alone(_ends_with, error)
    assert capfd.readouterr() == ("", "")


def _ends_with(error: BaseException) -> None:
    def fail() -> None:
        raise error

    work = aside(fail)
    assert work
    with pytest.raises(EndedError, match="status 1"):
        work.result()


@linux
def test_it_can_be_stopped_at_any_time() -> None:
    assert done_alone(_is_stopped)


def _is_stopped() -> None:
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


@linux
def test_pieces_are_done_at_the_same_time_and_come_in_order() -> None:
    assert done_alone(_come_in_order)


def _come_in_order() -> None:
    made = together([lambda place=place: (place, os.getpid()) for place in range(3)])  # type: ignore[misc]
    assert [place for place, _ in made] == [0, 1, 2]
    assert len({process for _, process in made}) == 3


@linux
def test_when_one_piece_fails_no_other_goes_on() -> None:
    assert done_alone(_none_goes_on)


def _none_goes_on() -> None:
    with pytest.raises(ZeroDivisionError):
        together([lambda: 1 / 0, lambda: time.sleep(600)])
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_where_there_can_be_no_copy_pieces_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.aside.can_work_aside", lambda: False)
    assert together([os.getpid, os.getpid]) == [os.getpid()] * 2
    assert together([]) == []
