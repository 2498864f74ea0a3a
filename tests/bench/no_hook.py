"""Stands in for hooks/build_course.py, to see what that costs: templates are given what they ask
for, assets and search are made, and nothing else: no check, no self-check, no stamps, and
MkDocs' and mkdocs-static-i18n's own ways, one language after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from course.assets import Assets
from course.render import Strings
from course.search_index import index_search
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

HOOKS = Path(__file__).resolve().parent


def _assets(config: MkDocsConfig) -> Assets:
    return Assets(Path(config.theme.custom_dir or "") / "assets")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the theme's files, as the hook does."""
    for file in [file for file in files if file.src_dir in config.theme.dirs]:
        files.remove(file)
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Give the templates a page's address."""
    page.meta["uri"] = page.file.src_uri.split(".")[0]
    return markdown


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the templates what they ask for."""
    folder = HOOKS / "course" / "strings"
    strings = {
        path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in folder.glob("*.yml")
    }

    def contents(_: Page | None, caller: Callable[[], str]) -> str:
        return caller()

    env.globals |= {
        "asset": _assets(config).address,
        "t": Strings(strings[str(config.theme["language"])]),
        "strings": strings,
        "lesson_questions": {},
        "moved_names": "",
        "contents": contents,
    }
    return env


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """After the last language: assets and search."""
    plugin: Any = config.plugins["i18n"]
    if not plugin.building:
        _assets(config).write(Path(config.site_dir))
        index_search(Path(config.site_dir))
