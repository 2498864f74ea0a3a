"""Browser windows that tests take in turn, since opening one costs more than any page in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

EMPTY = "empty.html"
"""The address, below each site, of a page in which nothing stands and nothing runs."""

LAID_OUT = """() => [...document.querySelectorAll(".quiz-question")].every((question) =>
  getComputedStyle(question).contentVisibility === "visible")"""

USUAL_SIZE = {"width": 1280, "height": 720}


@dataclass
class Window:
    """A page in a context of its own, and what went wrong in it since a test took it.

    `patient`: the page may complain, as it does of a network that a test has cut.
    """

    page: Page
    site: str
    options: Mapping[str, Any]
    patient: bool = False
    wrong: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note errors, warnings, and requests to other hosts."""
        self.page.on("request", self._judge_request)
        self.page.on("pageerror", lambda error: self._complain(f"an error in a script: {error}"))
        self.page.on("console", self._judge_message)

    def leave(self) -> None:
        """Forget what a test did: its pages, routes, storage, sizes and media."""
        page = self.page
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.unroute_all(behavior="ignoreErrors")
        page.goto(self.site + EMPTY)
        if self.options.get("java_script_enabled", True):
            page.evaluate("{ localStorage.clear(); sessionStorage.clear(); }")
        page.emulate_media(media="null")
        page.set_viewport_size(self.options.get("viewport", USUAL_SIZE))
        page.mouse.move(0, 0)

    def _note(self, what: str) -> None:
        self.wrong.append(what)

    def _judge_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self._note(f"a request to another host: {request.url}")

    def _judge_message(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self._complain(said.text)

    def _complain(self, what: str) -> None:
        if not self.patient:
            self._note(what)


class Windows:
    """The windows of a session that no test has taken."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[Window]] = {}

    def take(self, site: str, script: str, options: Mapping[str, Any]) -> Window:
        """A window in which `script` runs before those of each page; an old one if there is one."""
        free = self._free.get(_kind(site, script, options))
        return free.pop() if free else self.new(site, script, options)

    def new(self, site: str, script: str, options: Mapping[str, Any]) -> Window:
        """A window that nobody had before."""
        page = self._browser.new_context(**options).new_page()
        if script:
            page.add_init_script(script)
        window = Window(page, site, options)
        window.watch()
        page.goto(site + EMPTY)
        return window

    def give_back(self, window: Window, script: str) -> None:
        """Let another test have the window."""
        window.leave()
        window.patient, window.wrong = False, []
        self._free.setdefault(_kind(window.site, script, window.options), []).append(window)

    def close(self, site: str) -> None:
        """Close the free windows of a site."""
        for kind in [kind for kind in self._free if kind.startswith(site)]:
            for window in self._free.pop(kind):
                window.page.context.close()


def _kind(site: str, script: str, options: Mapping[str, Any]) -> str:
    return f"{site} {script} {sorted(options.items())}"


class Opener:
    """Opens pages of a site for one test; what goes wrong in them fails it.

    Called with a page's path. `kept` are texts to put into localStorage before, `script` runs
    before the page's own scripts. `alone` asks for a window that no other test has had or will
    have: for what cannot be undone in one. `patient` lets the page complain. Further keyword
    arguments are those of a Playwright context (viewport, java_script_enabled, …).
    """

    def __init__(self, windows: Windows, site: str) -> None:
        self._windows = windows
        self._site = site
        self._taken: list[tuple[Window, str, bool]] = []

    def __call__(
        self,
        path: str,
        *,
        kept: Mapping[str, str] | None = None,
        script: str = "",
        alone: bool = False,
        patient: bool = False,
        **options: Any,
    ) -> Page:
        get = self._windows.new if alone else self._windows.take
        window = get(self._site, script, options)
        window.patient = patient
        self._taken.append((window, script, alone))
        page = window.page
        page.set_default_timeout(10_000)
        if kept:
            page.evaluate("kept => Object.assign(localStorage, kept)", dict(kept))
        page.goto(self._site + path)
        return page

    def end(self) -> list[str]:
        """Give all windows back; what went wrong in them."""
        wrong: list[str] = []
        for window, script, alone in self._taken:
            if alone or window.page.is_closed():
                wrong += window.wrong
                window.page.context.close()
            else:
                noted = window.wrong
                self._windows.give_back(window, script)
                wrong += noted
        return wrong


def laid_out(page: Page) -> Page:
    """The page once all its questions are laid out; until then, some have no `innerText`."""
    page.wait_for_function(LAID_OUT)
    return page
