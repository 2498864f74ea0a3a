"""`test`: what goes to pytest, and which browser the tests get."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from course.tools import testing
from course.tools.cli import main

Patch = pytest.MonkeyPatch


@pytest.mark.parametrize(
    "arguments",
    [["-k", "quiz or bank", "-x"], ["-x", "--help"], ["-khello"], ["tests", "--", "-h"], ["--co"]],
)
def test_everything_after_test_belongs_to_pytest(
    arguments: list[str], monkeypatch: Patch, tmp_path: Path
) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(testing, "set_up_tests", lambda: None)

    def run(root: Path, *command: str) -> int:
        ran.append(command)
        return 0

    monkeypatch.setattr(testing, "run", run)
    assert main(["test", *arguments], tmp_path) == 0
    assert ran == [("pytest", *arguments)]


@pytest.fixture
def no_browser(monkeypatch: Patch, tmp_path: Path) -> Path:
    """A machine without a browser; its only folder of programs."""
    monkeypatch.delenv("COURSE_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    absolute = [place for place in testing.BROWSERS if Path(place).is_absolute()]
    monkeypatch.setattr(
        testing, "BROWSERS", [place for place in testing.BROWSERS if place not in absolute]
    )
    return tmp_path


def program(folder: Path, name: str) -> str:
    """Put a program there; return its path."""
    made = folder / (f"{name}.exe" if os.name == "nt" else name)
    made.touch(mode=0o755)
    return str(made)


def test_the_headless_shell_comes_before_chromium(no_browser: Path) -> None:
    assert testing.find_browser() is None
    chromium = program(no_browser, "chromium")
    assert testing.find_browser() == chromium
    shell = program(no_browser, "chromium-headless-shell")
    assert testing.find_browser() == shell


@pytest.mark.skipif(os.name == "nt", reason="there is no apt-get")
@pytest.mark.parametrize(
    ("packaged", "installed"),
    [
        ({"chromium-headless-shell", "chromium"}, ["chromium-headless-shell"]),
        ({"chromium"}, ["chromium-headless-shell", "chromium"]),
    ],
)
def test_root_on_debian_gets_the_shell_or_else_chromium(
    packaged: set[str], installed: list[str], monkeypatch: Patch, no_browser: Path
) -> None:
    asked = []

    def apt_get(*command: str) -> tuple[int, str, str]:
        if command[1] == "install":
            asked.append(command[-1])
            if command[-1] in packaged:
                program(no_browser, command[-1])
        return 0, "", ""

    program(no_browser, "apt-get")
    monkeypatch.setattr(testing, "quietly", apt_get)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert testing.install_browser() == str(no_browser / installed[-1])
    assert asked == installed


@pytest.mark.skipif(os.name == "nt", reason="there is no apt-get")
def test_others_install_nothing(monkeypatch: Patch, no_browser: Path) -> None:
    program(no_browser, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(testing, "quietly", lambda *_: pytest.fail("apt-get was run"))
    assert testing.install_browser() is None
