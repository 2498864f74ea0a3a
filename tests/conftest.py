"""The course as a learner gets it: built once, served on this machine, opened in a browser."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright
from small_site import ROOT, mkdocs

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole course, built strictly."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = mkdocs(ROOT, "build", "--strict", "--quiet", "--site-dir", str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done.stderr
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files, and 404.html for what is not there, as static hosts do.

    The theme's search reads the whole course anew on each page, which takes most of a test's
    time; only tests that ask for `search_index` get it.
    """

    with_search = False

    def do_GET(self) -> None:
        if not self.path.endswith("/search_index.json") or _Quiet.with_search:
            return super().do_GET()
        index = json.loads(Path(self.translate_path(self.path)).read_text(encoding="utf-8"))
        body = json.dumps(index | {"docs": index["docs"][:1]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        body = page.read_bytes() if code == 404 else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built course is served, with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def search_index() -> Iterator[None]:
    """The search finds what it would find."""
    _Quiet.with_search = True
    yield
    _Quiet.with_search = False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the one COURSE_CHROMIUM names, the machine's, or Playwright's own."""
    with sync_playwright() as playwright:
        # A container's root may not use the sandbox; without the others Chromium calls home.
        arguments = ["--no-sandbox", "--disable-background-networking"]
        program = os.environ.get("COURSE_CHROMIUM") or shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the course by its path; what goes wrong in it fails the test.

    Keyword arguments are those of a Playwright context (viewport, java_script_enabled, …).
    """
    contexts, wrong = [], []

    def refuse(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            wrong.append(f"a request to another host: {request.url}")

    def open_it(path: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", refuse)
        page.on("pageerror", lambda error: wrong.append(f"an error in a script: {error}"))
        page.on(
            "console",
            lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None,
        )
        page.goto(address + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []
