"""A folder on this machine, served as a static host would."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from windows import EMPTY

NOTHING = b'<!doctype html><title>-</title><link rel="icon" href="data:,">'


KEPT = "public, max-age=31536000, immutable"
"""What the handbook asks a host to say of files whose addresses carry a stamp."""


class Host(SimpleHTTPRequestHandler):
    """Serves files, and 404.html for what is not there, as static hosts do."""

    def do_GET(self) -> None:
        if self.path == f"/{EMPTY}":
            self._answer(NOTHING, "text/html")
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        self._answer(page.read_bytes() if code == HTTPStatus.NOT_FOUND else b"", "text/html", code)

    def end_headers(self) -> None:
        # A window sees many tests, some of which build their pages anew.
        stamped = "?v=" in self.path
        self.send_header("Cache-Control", KEPT if stamped else "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _answer(self, body: bytes, kind: str, code: int = HTTPStatus.OK) -> None:
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class PackingHost(Host):
    """A host that packs texts, besides, as the handbook asks."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in {".html", ".css", ".js", ".svg"} or not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), 9, mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, host: type[Host] = Host) -> Iterator[str]:
    """Serve a built site; its address, with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
