"""The course as a learner gets it: built once, served on this machine, opened in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from course.tools.testing import find_browser
from hosting import served
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from small_site import ROOT, mkdocs
from windows import Opener, Windows

settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole course, built strictly."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = mkdocs(ROOT, "build", "--strict", "--quiet", "--site-dir", str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done.stderr
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built course is served, with a slash at its end."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the one COURSE_CHROMIUM names, the machine's, or Playwright's own."""
    with sync_playwright() as playwright:
        # A container's root may not use the sandbox; without the others Chromium calls home.
        arguments = ["--no-sandbox", "--disable-background-networking"]
        program = find_browser()
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """The browser's windows, which outlive the tests."""
    return Windows(browser)


@pytest.fixture
def open_page(windows: Windows, address: str) -> Iterator[Opener]:
    """Opens a page of the course by its path."""
    opener = Opener(windows, address)
    yield opener
    assert opener.end() == []
