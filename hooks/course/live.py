"""What `serve` adds to the pages: mistakes, and the trainer's bar. Knows no MkDocs.

A WSGI application wraps the one that serves the site: it puts `fragments/live.html` at the end
of each page, and answers below /course-live/ itself. So no built site holds anything of it.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from jinja2 import TemplateError

from .borrowed import told
from .live_findings import Lookout
from .live_pages import Place, place_of
from .live_search import LiveSearch
from .load import Source
from .problem import Problem
from .render import Strings, environment
from .search_index import FOLDER as SEARCH
from .search_index import SearchIndexError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("mkdocs.hooks.course")

PREFIX = "/course-live/"
ASSETS = {"live.css": "text/css; charset=utf-8", "live.js": "text/javascript; charset=utf-8"}
_KINDS = {".js": "text/javascript; charset=utf-8", ".json": "application/json"}
PATIENCE = 25.0
"""Seconds after which a question for news is answered without any."""


class Live:
    """What the server knows of the course while it is edited.

    `root` is the project's folder, `overrides` that of the templates and assets, `site` that of
    the built site; `mount` is the path of the site's root, with slashes around it.
    """

    def __init__(self, root: Path, overrides: Path, site: Path, mount: str = "/") -> None:
        self._overrides = overrides
        self._mount = mount
        self._news = threading.Condition()
        self._version = 0
        self._mistakes: list[Problem] = []
        self._findings: list[Problem] | None = None
        self._source: Source | None = None
        self._strings: Mapping[str, Mapping[str, str]] = {}
        self.mistaken: Callable[[list[Problem]], None] = self.failed
        """Hears of mistakes in a course that is on show."""
        self._lookout = Lookout(root, self._found_mistakes, self._found)
        self._search = LiveSearch(site)

    def built(self, source: Source, strings: Mapping[str, Mapping[str, str]]) -> None:
        """A build went well: no mistake is left, and the course may have changed."""
        looking = self._lookout.look()
        self._search.site_changed()
        with self._news:
            self._source, self._strings, self._mistakes = source, strings, []
            self._findings = None if looking else self._findings
            self._tell()

    def edited(self, source: Source, strings: Mapping[str, Mapping[str, str]]) -> None:
        """An edit is on show, and nothing is wrong with it; the findings are still the old ones."""
        with self._news:
            self._source, self._strings, self._mistakes = source, strings, []
            self._tell()

    def finished(self) -> None:
        """All pages show the last edit, so the search may be made of them."""
        self._search.site_changed()

    def building(self) -> None:
        """A build begins; it needs the processor more than a search for findings does."""
        self._lookout.stop()

    def failed(self, problems: Iterable[Problem]) -> None:
        """A build failed."""
        with self._news:
            self._mistakes = list(problems)
            self._tell()

    def stop(self) -> None:
        """The server ends."""
        self._lookout.stop()
        self._search.stop()

    def _found_mistakes(self, problems: list[Problem]) -> None:
        if problems:
            self.mistaken(problems)

    def _found(self, problems: list[Problem]) -> None:
        with self._news:
            self._findings = problems
            self._tell()

    def _tell(self) -> None:
        self._version += 1
        self._news.notify_all()

    def state(self, path: str, after: int = -1) -> dict[str, object]:
        """What the page at `path` shows, once there is something newer than `after`.

        `findings` is None while they are being looked for.
        """
        with self._news:
            self._news.wait_for(lambda: self._version > after, timeout=PATIENCE)
            place = self._place(path)
            found = self._findings
            files = place.files if place else ()
            own = None if found is None else [p for p in found if p.path in files]
            return {
                "version": self._version,
                "mistakes": [asdict(problem) for problem in self._mistakes],
                "findings": own if own is None else [asdict(problem) for problem in own],
            }

    def _place(self, path: str) -> Place | None:
        return place_of(path, self._source, self._mount) if self._source else None

    def addition(self, path: str) -> bytes:
        """What stands at the end of the page at `path`; nothing when its template is broken."""
        place = self._place(path)
        language = place.language if place else next(iter(self._strings), "")
        try:
            template = environment(self._overrides / "fragments").get_template("live.html")
            html = template.render(
                t=Strings(self._strings[language]), place=place, prefix=PREFIX, language=language
            )
        except (TemplateError, KeyError):
            return b""
        return told(html).encode()

    def wrapped(self, app: WSGIApplication) -> WSGIApplication:
        """The server's application, with what this one adds to it."""

        def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
            if path.startswith(PREFIX):
                return self._own(path.removeprefix(PREFIX), environ, start)
            if path.startswith(f"{self._mount}{SEARCH}/"):
                return self._search_file(path.removeprefix(f"{self._mount}{SEARCH}/"), start)
            return _with_end(app, environ, start, lambda: self.addition(path))

        return serve

    def _search_file(self, name: str, start: StartResponse) -> Iterable[bytes]:
        try:
            body = self._search.read(name)
        except SearchIndexError as error:
            log.error(str(error))
            return _answer(start, "text/plain", b"", "500 Internal Server Error")
        kind = _KINDS.get(PurePosixPath(name).suffix, "application/octet-stream")
        status = "404 Not Found" if body is None else "200 OK"
        return _answer(start, kind, body or b"", status)

    def _own(self, name: str, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if name == "state.json":
            asked = parse_qs(environ.get("QUERY_STRING", ""))
            after = asked.get("after", [""])[0]
            page = asked.get("page", [""])[0]
            state = self.state(page, int(after) if after.isdecimal() else -1)
            return _answer(start, "application/json", json.dumps(state).encode())
        if name in ASSETS:
            try:
                body = (self._overrides / "assets" / name).read_bytes()
            except OSError:
                body = b""
            return _answer(start, ASSETS[name], body)
        return _answer(start, "text/plain", b"", "404 Not Found")


def _answer(
    start: StartResponse, kind: str, body: bytes, status: str = "200 OK"
) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
    start(status, [*headers, ("Cache-Control", "no-store")])
    return [body]


def _with_end(
    app: WSGIApplication,
    environ: WSGIEnvironment,
    start: StartResponse,
    addition: Callable[[], bytes],
) -> Iterable[bytes]:
    """What `app` answers; an HTML page gets the addition before the end of its body."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def begin(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        begun.append((status, headers))
        return lambda _: None

    answer = app(environ, begin)
    status, headers = begun[0]
    if not dict(headers).get("Content-Type", "").startswith("text/html"):
        start(status, headers)
        return answer
    page = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    before, end, after = page.rpartition(b"</body>")
    page = before + addition() + end + after if end else page
    kept = [header for header in headers if header[0].lower() != "content-length"]
    start(status, [*kept, ("Content-Length", str(len(page)))])
    return [page]
