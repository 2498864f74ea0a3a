"""What is being done: a line anywhere, a counter on a terminal."""

from __future__ import annotations

import io
import sys
import time

import pytest
from course.tools.progress import doing


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    with doing("Reading the lessons") as tell:
        tell("34 of 82")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "Reading the lessons …\n")


def test_a_terminal_shows_how_far_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    with pytest.raises(ValueError, match="odd"), doing("Reading the lessons") as tell:
        tell("34 of 82")
        raise ValueError("odd")
    *_, last, end = terminal.getvalue().replace("\n", "\r").split("\r")
    assert (last.rstrip(), len(last), end) == ("Reading the lessons … 34 of 82", 39, "")


def test_a_terminal_shows_the_seconds_until_then(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    with doing("Waiting"):
        now += 12.5
    assert terminal.getvalue().split("\r")[-1].rstrip() == "Waiting … 12 s"


def test_a_terminal_that_cannot_rewrite_a_line_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "dumb")
    with doing("Waiting"):
        pass
    assert terminal.getvalue() == "Waiting …\n"
