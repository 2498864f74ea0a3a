"""`test`: what the makers of the generator run, and CI: style, types, pytest."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from .environment import ROOT, CourseError, fingerprint, install, is_current, quietly, run
from .progress import doing
from .verb import Verb

CHECKS = ("ruff check .", "ruff format --check .", "mypy", "mypy course.py")
STAMP = Path(sys.prefix) / "course-test-stamp"
BROWSERS = (
    "chromium-headless-shell",  # needs half the time of the others to open
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)


class _Passing(Verb):
    """A verb whose arguments belong to another program, all but a lone --help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = args[:1] in (["-h"], ["--help"])
        return super().parse_args(ctx, args if own else ["--", *args])


@click.command(
    cls=_Passing,
    examples={
        "test": "run every test, as CI does",
        "test -k quiz": "run pytest alone, with arguments",
    },
)
@click.argument("arguments", nargs=-1, metavar="[ARGUMENTS OF PYTEST]")
@click.pass_obj
def test(root: Path, arguments: tuple[str, ...]) -> int:
    """Test the generator: style, types, pytest.

    The first time this adds what the tests need to .venv, and finds or fetches a browser.
    """
    set_up_tests()
    if os.environ.get("NO_COLOR"):
        os.environ["TERM"] = "dumb"  # mypy heeds nothing else
    failed = []
    for check in () if arguments else CHECKS:
        click.echo(f"$ {check}")
        if run(root, *check.split()):
            failed.append(check)
    if failed:
        click.echo(f"Not passed (see above): {', '.join(failed)}")
    return int(bool(run(root, "pytest", *arguments) or failed))


def set_up_tests() -> None:
    """Install what only the tests need, if it is missing or outdated, and find a browser."""
    requirements = ROOT / "tests" / "requirements.txt"
    wanted = fingerprint(requirements)
    if not is_current(STAMP, wanted):
        with doing("Adding the packages of the tests to .venv (once, about a minute)"):
            install(sys.executable, requirements)
        STAMP.write_text(wanted, encoding="utf-8")
    browser = find_browser() or install_browser()
    if browser:
        os.environ["COURSE_CHROMIUM"] = browser
        return
    with doing("Fetching Playwright's own Chromium, if it is not here yet"):
        status, _, problem = quietly(sys.executable, "-m", "playwright", "install", "chromium")
    if status:
        raise CourseError(
            f"Playwright could not fetch a browser for the tests ({problem}); install Chromium "
            "or Chrome, or set COURSE_CHROMIUM to the path of one."
        )


def find_browser() -> str | None:
    """The path of COURSE_CHROMIUM or of a browser on this machine."""
    given = os.environ.get("COURSE_CHROMIUM")
    if given and not shutil.which(given):
        raise CourseError(f"COURSE_CHROMIUM names no program: {given}; correct it or unset it.")
    found = (shutil.which(os.path.expandvars(place)) for place in ([given] if given else BROWSERS))
    return next(filter(None, found), None)


def install_browser() -> str | None:
    """The path of a browser from Debian's packages, where this may install them."""
    if not (sys.platform == "linux" and shutil.which("apt-get") and os.geteuid() == 0):
        return None
    with doing("Installing Chromium with apt-get (once, about a minute)"):
        quietly("apt-get", "update")
        for package in ("chromium-headless-shell", "chromium"):
            quietly("apt-get", "install", "-y", package)
            if browser := find_browser():
                return browser
    return None
