"""Under `serve`: pages of the built site, made anew one by one; MkDocs' part of a quick edit.

An edit of texts is shown at once: what MkDocs knows after a build (files, navigation, templates)
stays in memory, and a page is rendered when somebody asks for it. All others follow when nothing
else is to be done, so that the site becomes the one that a whole build would make.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import (
    _build_page,
    _build_theme_template,
    _populate_page,
    get_context,
)
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from .kept_pages import Frames


@dataclass(frozen=True)
class Spoken:
    """A language as its build left it: files, navigation, templates, and its own settings."""

    language: str
    files: Files
    nav: Navigation
    env: Environment
    frames: Frames
    settings: Mapping[str, Any]
    theme: Mapping[str, Any]

    @property
    def pages(self) -> list[File]:
        """Its pages, as `serve` shows them."""
        return [*self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)]


def spoken(
    language: str,
    config: MkDocsConfig,
    files: Files,
    nav: Navigation,
    env: Environment,
    frames: Frames,
) -> Spoken:
    """What there is of the language that is being built.

    mkdocs-static-i18n writes its settings over those of the last one, and cannot go back twice.
    """
    own = {
        name
        for described in config.plugins["i18n"].config.languages
        for name, value in described.items()
        if name in config.data and name != "theme" and value is not None
    }
    settings = {name: deepcopy(config[name]) for name in sorted(own | {"extra"})}
    theme = {name: deepcopy(config.theme[name]) for name in config.theme}
    return Spoken(language, files, nav, env, frames, settings, theme)


@dataclass(frozen=True)
class Hooks:
    """What the pages need of the course.

    `speak` is told the language of the next page; `holds` tells whether all that a page's pieces
    asked for is as it was. `edited` is told of a language whose templates may see something
    else, `finish` of one whose pages are made.
    """

    speak: Callable[[str], None]
    holds: Callable[[File], bool]
    edited: Callable[[Spoken], None]
    finish: Callable[[Spoken], None]


class Pages:
    """The pages of the site in the folder `site`, as the last whole build made them."""

    def __init__(
        self, config: MkDocsConfig, languages: Mapping[str, Spoken], site: Path, hooks: Hooks
    ) -> None:
        self._config = config
        self._languages = languages
        self._site = site
        self._hooks = hooks
        self._lock = threading.RLock()
        self._waiting = 0
        self._language = ""
        self._version = 0
        self._made: dict[str, int] = {}
        self._edited: set[str] = set()
        self._closed = False
        self._looked_at: deque[str] = deque(maxlen=2)
        self._places = {
            file.dest_uri: (code, file) for code, its in languages.items() for file in its.pages
        }
        for _, file in self._places.values():
            file.abs_dest_path = str(site / file.dest_uri)

    def close(self) -> None:
        """A whole build begins: nothing is made here until `open`, or ever again."""
        with self._first():
            self._closed = True

    def open(self) -> None:
        """The whole build failed; these pages stay on show."""
        with self._lock:
            self._closed = False
            self._language = ""

    def pictures(self, paths: set[str]) -> set[str]:
        """Those of `paths` that the site holds as they are."""
        return {file.abs_src_path for file in self._pictures(paths) if file.abs_src_path}

    def _pictures(self, paths: set[str]) -> Iterator[File]:
        for its in self._languages.values():
            for file in its.files:
                if not file.is_documentation_page() and file.abs_src_path in paths:
                    yield file

    def edit(self, paths: set[str], change: Callable[[], None], everywhere: bool) -> None:
        """Take over an edit of the files at `paths`; `change` lets the course know of it.

        Pages among them are converted, since others show their titles; only those are rendered
        that somebody looks at. So these are good before the next edit, which may be a mistake.
        What shows `everywhere`, a template or a text of the interface, touches all pages.
        """
        with self._first():
            change()
            self._version += 1
            for file in self._pictures(paths):
                shutil.copyfile(str(file.abs_src_path), self._site / file.dest_uri)
            for code, file in self._places.values():
                if everywhere or self._touched(file) & paths:
                    self._edited.add(file.dest_uri)
                if file.abs_src_path in paths:
                    self._populate(code, file)
            for its in self._languages.values():
                self._hooks.edited(its)
            for place in [*self._looked_at]:
                self._renew(place)

    def _touched(self, file: File) -> set[str]:
        """The files whose edit changes a page's text: its own, and the original's."""
        versions = [file, *file.alternates.values()]  # type: ignore[attr-defined]
        return {str(version.abs_src_path) for version in versions}

    def _populate(self, code: str, file: File) -> None:
        self._speak(code)
        assert file.page
        _populate_page(file.page, self._config, self._languages[code].files)
        self._edited.discard(file.dest_uri)

    def _speak(self, code: str) -> None:
        """Give MkDocs' settings the state that they have in the build of a language."""
        if code != self._language:
            its = self._languages[code]
            for name, value in its.settings.items():
                self._config[name] = deepcopy(value)
            for name, value in its.theme.items():
                self._config.theme[name] = deepcopy(value)
            i18n: Any = self._config.plugins["i18n"]
            i18n.current_language = code
            self._hooks.speak(code)
            self._language = code

    def fresh(self, place: str) -> None:
        """See to it that the page at `place`, a path in the site, is the one of the last edit."""
        if place not in self._places:
            return
        if place not in self._looked_at:
            self._looked_at.append(place)
        if self._made.get(place, 0) != self._version:
            with self._first():
                if not self._closed:
                    self._renew(place)

    @contextmanager
    def _first(self) -> Iterator[None]:
        """Comes before what is made while nobody waits: a lock alone knows no order."""
        self._waiting += 1
        try:
            with self._lock:
                yield
        finally:
            self._waiting -= 1

    def _renew(self, place: str) -> None:
        if self._made.get(place, 0) == self._version:
            return
        code, file = self._places[place]
        its, page = self._languages[code], file.page
        assert page
        if place in self._edited or not self._hooks.holds(file):
            self._populate(code, file)
        self._speak(code)
        context = get_context(its.nav, its.pages, self._config, page)
        page.active = True
        context = self._config.plugins.on_page_context(
            context, page=page, config=self._config, nav=its.nav
        )
        page.active = False
        template = page.meta.get("template", "main.html")
        if its.frames.rendered.get(place) != its.frames.key(template, dict(context)):
            excluded = file.inclusion in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
            _build_page(page, self._config, its.pages, its.nav, its.env, excluded=excluded)
        self._made[place] = self._version

    def finish(self, wanted: Callable[[], bool]) -> None:
        """Make all pages, and what else shows their titles, as long as that is `wanted`."""
        pages: Iterator[Callable[[], None]] = (
            partial(self._renew, place) for place in self._places
        )
        for step in chain(pages, *map(self._last_steps, self._languages)):
            while self._waiting:
                time.sleep(PAUSE)
            with self._lock:
                if self._closed or not wanted():
                    return
                step()

    def _last_steps(self, code: str) -> Iterator[Callable[[], None]]:
        """What a build does besides pages: its check of links, the site's map, 404.html."""
        its = self._languages[code]

        def check(file: File) -> None:
            assert file.page
            level = self._config.validation.links.anchors
            file.page.validate_anchor_links(files=its.files, log_level=level)

        def finish() -> None:
            self._speak(code)
            self._hooks.finish(its)

        def render(name: str) -> None:
            self._speak(code)
            _build_theme_template(name, its.env, its.files, self._config, its.nav)

        yield from (partial(check, file) for file in its.pages)
        yield finish
        yield from (partial(render, name) for name in self._config.theme.static_templates)


PAUSE = 0.003
"""Seconds after which to look again whether somebody still waits for a page."""
