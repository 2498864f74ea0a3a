"""What one build remembers, and what MkDocs' objects say of a page and its language."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from course.aside import Aside
from course.asking import Answers
from course.assets import Assets
from course.cache import Result, Store
from course.live import ASSETS as LIVE_ASSETS
from course.live import Live
from course.load import Source
from course.model import Course
from course.page import split_language
from course.problem import Problem, counted
from course.states import States
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from .quick_pages import Spoken

KEPT = ".cache/course"
"""Where results of a build are kept for the next one, in the project; safe to delete."""


log = logging.getLogger("mkdocs.hooks.course")


# It tells of every setting it applies; among that a trainer would miss a problem.
logging.getLogger("mkdocs.plugins.mkdocs_static_i18n").setLevel(logging.WARNING)


Records = list[tuple[str, int, str]]
"""What was logged: each time the logger's name, the level and the message."""


@dataclass
class Build:
    """What one build of all languages needs to remember.

    `settings` is the fingerprint of what all pages depend on, `base` the same with the
    templates; what only some hang on, these ask for. `read` is how the files stood when they
    were read. `files` are the pages of the language that is being built, by their slugs, `nav`
    is its navigation. `placed` are the pages with their pieces, by their places in the site;
    `languages` what is left of each language's build. `others` are the other languages, while
    they are built in another process.
    """

    root: Path
    source: Source
    course: Course
    assets: Assets
    site: Path
    staging: Path
    store: Store
    settings: str
    base: str
    read: States
    files: dict[str, File] = field(default_factory=dict)
    nav: Navigation = field(default_factory=lambda: Navigation([], []))
    placed: dict[str, Result] = field(default_factory=dict)
    languages: dict[str, Spoken] = field(default_factory=dict)
    others: Aside[tuple[Records, list[Problem]]] | None = None

    @cached_property
    def answers(self) -> Answers:
        """What the pieces of pages ask the course for."""
        return Answers(self.course)


CURRENT: list[Build] = []
"""The build that is under way, or the last one."""


CONFIGS: list[MkDocsConfig] = []
"""The settings of the last good build: `serve` reads them anew for each."""


LIVE: list[Live] = []
"""What `serve` adds to the pages, while it runs."""


class MistakesError(PluginError):
    """What keeps the course from being built."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Word it for the terminal: all problems, a line each."""
        problems = [*problems]
        count = counted(len(problems), "problem")
        super().__init__("\n".join([f"{count} to mend in the course:", *map(str, problems)]))
        self.problems = problems


MISTAKES: list[Problem] = []
"""What ended the last build: MkDocs words some errors anew on their way to `serve`."""


SERVING: list[bool] = []
"""Holds something under `serve`, which makes the search when a page asks for it."""


def i18n_of(config: MkDocsConfig) -> Any:
    """The plugin that builds the course once for each language."""
    return config.plugins["i18n"]


def is_inner(config: MkDocsConfig) -> bool:
    """Whether this is the build of another language, inside that of the default one."""
    return bool(i18n_of(config).building)


def language_of(config: MkDocsConfig) -> str:
    """The language that is being built."""
    return str(i18n_of(config).current_language)


def page_language(page: Page) -> str:
    """The language that a page is written in; borrowed, it is another than that of the build."""
    return str(page.file.locale)  # type: ignore[attr-defined]


def slug_of(file: File) -> str:
    """The name of a page without folders, language and ending: what the course knows it by."""
    uri, _ = split_language(file.src_uri, CURRENT[0].course.languages)
    return uri.rsplit("/", 1)[-1]


def assets_of(config: MkDocsConfig) -> Assets:
    """The theme's style sheets, scripts and pictures, as they stand now."""
    return Assets(overrides(config) / "assets", LIVE_ASSETS)


def overrides(config: MkDocsConfig) -> Path:
    """The folder of the course's own templates and assets."""
    return Path(config.theme.custom_dir or "")
