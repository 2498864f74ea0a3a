"""What `serve` does for each edit."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from course.changes import course_anew, read_anew
from course.checks.templates import template_problems
from course.live import Live
from course.load import relative
from course.mishap import mishaps
from course.problem import Problem
from course.states import differing, states
from course.watch import Watch
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File

from .contents import answers_of
from .frames import base_of, forget, is_template, tell_templates, write_all_moved
from .quick_pages import Hooks, Pages, Spoken
from .state import CONFIGS, CURRENT, MISTAKES, MistakesError, assets_of, log, overrides, slug_of

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


QUIET = 0.03
"""Seconds without a change after which an edit is taken to be complete."""


SETTLE = 0.25
"""Seconds that belong to the browser's requests before the rest of an edit is done."""


def watch_with(server: LiveReloadServer, watch: Watch) -> None:
    """Let the server watch what it watches with `watch`, and wait less for more changes."""
    paths = [*server._watched_paths]
    for path in paths:
        server.unwatch(path)
    server.observer = watch  # type: ignore[assignment]
    server.build_delay = QUIET
    for path in paths:
        server.watch(path)


class Editing:
    """What `serve` does for each edit: shows it at once if it can, else builds the whole."""

    def __init__(self, live: Live, config: MkDocsConfig, whole: Callable[[], None]) -> None:
        self._live = live
        self._whole = whole
        self._good = CURRENT[0]
        self._read = self._good.read
        self._config = config
        self._pages = pages_of(config)
        self._strict = bool(config.strict)
        self._sound = True
        self._edit = 0
        live.mistaken = self._mistaken
        self.watch = Watch(self._good.read)

    def show(self) -> None:
        """The site is the one of the course as it was read."""
        self._live.built(self._good.source, self._good.course.strings)

    def build(self) -> None:
        """Take over what was saved since the last good build; whatever ends that is told."""
        MISTAKES.clear()
        self._edit += 1
        self._live.building()
        try:
            with errors_said() as said:
                self._build()
        except (Exception, SystemExit) as error:
            self._failed(error, said)

    def _build(self) -> None:
        good = self._good
        now = self.watch.known = states(self.watch.paths)
        paths = differing(self._read, now)
        if self._sound and not self._strict and self._edited(paths):
            self._read = now
            Thread(target=self._follow_up, args=(self._edit,), daemon=True).start()
            return
        self._pages.close()
        try:
            self._whole()
        except BaseException:
            CURRENT[:] = [good]
            self._pages.open()
            raise
        self._good, self._read, self._sound = CURRENT[0], now, True
        self._config = CONFIGS[0]
        self._pages = pages_of(self._config)
        self.show()

    def _edited(self, paths: set[str]) -> bool:
        """Show an edit at once; False for one that takes a whole build."""
        good, pictures = self._good, self._pages.pictures(paths)
        names = {relative(Path(path), good.root) for path in paths - pictures}
        theme = relative(overrides(self._config), good.root)
        assets = {name for name in names if name.startswith(f"{theme}/assets/")}
        templates = {name for name in names - assets if name.startswith(f"{theme}/")}
        texts = names - assets - templates
        html = all(n.endswith(".html") and (good.root / n).is_file() for n in templates)
        if not html or any(map(is_template, assets)):
            return False
        source = read_anew(good.source, good.root, texts)
        if source is None or any(template_problems(good.root, templates)):
            return False
        course = course_anew(good.course, source, texts)

        def change() -> None:
            good.source, good.course = source, course
            good.__dict__.pop("answers", None)
            if templates:
                good.base = base_of(good.settings, self._config)
                forget(good, {name.removeprefix(f"{theme}/") for name in templates})
            if assets:
                good.assets = assets_of(self._config)
                good.assets.write(good.site)

        interface = {document.path for document in source.interface}
        self._pages.edit(paths, change, bool(templates or texts & interface))
        if texts or templates:
            self._live.edited(source, course.strings)
        return True

    def _follow_up(self, edit: int) -> None:
        """After an edit: what the bar tells, the check of the whole course, all other pages."""
        time.sleep(SETTLE)
        if self._edit != edit:
            return
        self.show()
        try:
            self._pages.finish(lambda: self._edit == edit)
            self._live.finished()
        except Exception as error:
            self._failed(error, ())

    def _mistaken(self, problems: list[Problem]) -> None:
        """An edit that was sound by itself is none for the rest of the course."""
        self._sound = False
        self._failed(MistakesError(problems), ())

    def _failed(self, error: BaseException, said: Iterable[str]) -> None:
        known = error.problems if isinstance(error, MistakesError) else MISTAKES
        problems = known or mishaps(error, self._good.root, said)
        self._live.failed(problems)
        told = error if known else MistakesError(problems)
        log.error("%s The last good site stays on show until this is mended.", told)

    def wrapped(self, server: LiveReloadServer) -> WSGIApplication:
        """The server's application; what an edit has changed is made when it is asked for."""

        def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
            with server._epoch_cond:
                server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
            try:
                end = "index.html" if path.endswith("/") else ""
                self._pages.fresh(path.removeprefix(server.mount_path) + end)
            except Exception as error:
                self._failed(error, ())
            return server.serve_request(environ, start)

        return serve


def pages_of(config: MkDocsConfig) -> Pages:
    """The pages of the site that was just built."""
    build = CURRENT[0]

    def speak(language: str) -> None:
        its = build.languages[language]
        build.files, build.nav = {slug_of(file): file for file in its.pages}, its.nav

    def holds(file: File) -> bool:
        return build.placed[file.dest_uri].holds(answers_of(file))

    def finish(its: Spoken) -> None:
        write_all_moved(its.env, config)

    return Pages(config, build.languages, build.site, Hooks(speak, holds, tell_templates, finish))


@contextlib.contextmanager
def errors_said() -> Iterator[list[str]]:
    """What is logged as an error meanwhile."""
    said: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        yield said
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
