"""What a browser fetches to show a lesson, the next one, and the first result of a search.

Run in the environment of requirements-pages.txt with a built site; prints JSON. The host is like a
usual static one: it compresses text with gzip, and lets a browser keep what it fetched for ten
minutes. Bytes are those that the host sent, headers included.
"""

from __future__ import annotations

import argparse
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from course.tools.testing import find_browser
from playwright.sync_api import Browser, sync_playwright

TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}
PATIENCE = 60_000
"""Milliseconds that a page may take."""


class Host(SimpleHTTPRequestHandler):
    """Serves files compressed, and notes how many bytes each request took."""

    protocol_version = "HTTP/1.1"
    sent: list[int]

    def do_GET(self) -> None:
        """Answer with a file, compressed when it is text, or with 404."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = path.read_bytes() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in TEXT:
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.sent[-1].append(self.headed + len(body))  # type: ignore[attr-defined]

    def flush_headers(self) -> None:
        """Send the headers, and note their size."""
        self.headed = sum(map(len, getattr(self, "_headers_buffer", ())))
        super().flush_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[ThreadingHTTPServer]:
    """Serve a site; `sent` has a list for each step, with the bytes of each request."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(folder)))
    server.sent = [[]]  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def weighed(browser: Browser, folder: Path, visit: tuple[str, str], word: str) -> dict[str, int]:
    """Bytes and requests for a first page, for a next one, and more for a search's first result."""
    with hosted(folder) as server:
        sent: list[list[int]] = server.sent  # type: ignore[attr-defined]
        context = browser.new_context()
        page = context.new_page()
        for path in visit:
            address = f"http://127.0.0.1:{server.server_port}/{path}"
            page.goto(address, wait_until="networkidle", timeout=PATIENCE)
            sent.append([])
        page.keyboard.press("/")
        page.wait_for_timeout(500)
        page.keyboard.type(word)
        page.locator("mark").first.wait_for(state="visible", timeout=PATIENCE)
        context.close()
    figures: dict[str, int] = {}
    for name, step in zip(("first", "next", "search"), sent, strict=True):
        figures |= {f"{name}_bytes": sum(step), f"{name}_requests": len(step)}
    return figures


def main() -> None:
    """Weigh the pages of a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("visit", nargs=2, help="the addresses of two lessons, below the folder")
    parser.add_argument("--word", default="silence", help="what is searched for")
    wanted = parser.parse_args()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        print(json.dumps(weighed(browser, wanted.folder, tuple(wanted.visit), wanted.word)))
        browser.close()


if __name__ == "__main__":
    main()
