"""`serve` and `build`: the address, the wait for a correction, what a build says."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from typing import IO

import pytest
from course.tools import serving
from course.tools.cli import main
from course.tools.serving import course_files, serve_until_stopped
from small_course import SETTINGS, lay_out

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def test_a_busy_port_suggests_a_free_one(tmp_path: Path, capsys: Capture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assert main(["serve", "--port", str(port)], tmp_path) == 1
        told = capsys.readouterr().err
        assert told.startswith(f"Port {port} is busy or not allowed; run: ")
        with socket.create_server(("127.0.0.1", int(told.rsplit(maxsplit=1)[1]))):
            pass


def test_it_starts_again_only_after_a_change(monkeypatch: Patch, tmp_path: Path) -> None:
    statuses, naps = [1, 0], []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            lay_out(tmp_path, {"quizzes/listening.yml": "mended"})

    monkeypatch.setattr(serving, "run", lambda *_: statuses.pop(0))
    monkeypatch.setattr(time, "sleep", nap)
    assert serve_until_stopped(tmp_path, "127.0.0.1", 8000) == 0
    assert (statuses, len(naps)) == ([], 3)


def test_a_server_that_was_ended_is_not_waited_for(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setattr(serving, "run", lambda *_: -15)
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("waited"))
    assert serve_until_stopped(tmp_path, "127.0.0.1", 8000) == -15


def test_a_change_is_seen_but_not_what_python_caches(tmp_path: Path) -> None:
    before = course_files(tmp_path)
    lay_out(tmp_path, {"hooks/__pycache__/build.pyc": ""})
    assert course_files(tmp_path) == before
    for name in ("mkdocs.yml", "quizzes/a.yml", "overrides/a.html", "hooks/a.py", "docs/ro/b.md"):
        lay_out(tmp_path, {name: "new"})
        after = course_files(tmp_path)
        assert after != before, name
        before = after


def test_a_build_says_how_it_ended(monkeypatch: Patch, tmp_path: Path, capsys: Capture) -> None:
    def build(root: Path, *command: str, output: IO[bytes]) -> int:
        assert (root, command) == (tmp_path, ("mkdocs", "build", "--strict", "--quiet"))
        output.write("docs/a.md:1: odd; „mend” it\n".encode())
        return 1

    monkeypatch.setattr(serving, "run", build)
    assert main(["build"], tmp_path) == 1
    captured = capsys.readouterr()
    assert captured.out == "Not built (see above).\n"
    assert captured.err.endswith("…\ndocs/a.md:1: odd; „mend” it\n")

    monkeypatch.setattr(serving, "run", lambda *_, output: 0)
    assert main(["build"], tmp_path) == 0
    assert capsys.readouterr().out == "The finished site is in site/.\n"


def test_a_folder_that_cannot_be_written_is_not_built(
    monkeypatch: Patch, tmp_path: Path, capsys: Capture
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert main(["build"], tmp_path) == 1
    told = f"{tmp_path} cannot be written; copy the course to a folder of your own.\n"
    assert capsys.readouterr().err == told


def test_a_mistake_in_the_settings_is_told_with_its_line(tmp_path: Path, capsys: Capture) -> None:
    lay_out(tmp_path, {"mkdocs.yml": SETTINGS.replace("      - listening", "\t- listening")})
    assert main(["build"], tmp_path) == 1
    assert capsys.readouterr().err == (
        "mkdocs.yml:7: a tab is used for indentation; use spaces, two for each step  "
        "[yaml-syntax]\n"
    )
