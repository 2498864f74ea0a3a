"""What the theme's templates are given, and what stands at old addresses of pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from course.cache import fingerprint
from course.contents import Contents
from course.fingerprints import of_files
from course.model import CoursePage
from course.moves import moved, moved_names
from course.outline import scored_ids
from course.render import Strings
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, write_file

from .quick_pages import Spoken
from .state import CURRENT, Build, language_of, overrides


def tell_templates(its: Spoken) -> None:
    """Give the theme's templates what they may see of the course, besides the page's own."""
    build, course = CURRENT[0], CURRENT[0].course
    seen = {
        "strings": course.strings,
        "lesson_questions": scored_ids(course),
        "moved_names": moved_names(course),
    }
    its.env.globals.update(seen)
    its.env.globals["t"] = Strings(course.strings[its.language])
    its.env.globals["asset"] = build.assets.address
    its.env.globals["contents"] = _contents_by_section([page.url for page in its.nav.pages])
    its.frames.renew(fingerprint(build.base, its.language, seen, build.assets.addresses))


def _contents_by_section(addresses: list[str]) -> Callable[..., str]:
    """What partials/nav.html calls: the list of contents for a page, or for none (404.html)."""
    lists = Contents(addresses, get_relative_url)

    def contents(page: Page | None, caller: Callable[[], str]) -> str:
        return lists.of(page.parent, page.url, caller) if page else caller()

    return contents


def write_all_moved(env: Environment, config: MkDocsConfig) -> None:
    """Write what stands at all old addresses, in the language of this build."""
    for old, page in moved(CURRENT[0].course).items():
        _write_moved(old, page, CURRENT[0].files[page.slug], env, config)


def _write_moved(
    old: str, page: CoursePage, file: File, env: Environment, config: MkDocsConfig
) -> None:
    end = "/index.html" if config.use_directory_urls else ".html"
    target = file.dest_uri.removesuffix(page.uri + end) + old + end
    url = target.removesuffix("index.html")
    text = page.text(language_of(config))
    html = env.get_template("moved.html").render(
        language=language_of(config),
        title=text.meta.title,
        title_language=next(code for code, its in page.texts.items() if its is text),
        href=get_relative_url(file.url, url),
        base=get_relative_url(".", url),
        canonical=config.site_url and config.site_url + file.url,
        site_name=config.site_name,
    )
    write_file(html.encode("utf-8"), str(Path(config.site_dir, target)))


def base_of(settings: str, config: MkDocsConfig) -> str:
    """The fingerprint of what all pages depend on: `settings`, and the templates."""
    return fingerprint(settings, of_files([overrides(config)], TEMPLATES))


TEMPLATES = (".html", ".svg", ".xml")
"""The endings of what a template may take in."""


def is_template(name: str) -> bool:
    """Whether a template may take in the file of that name."""
    return name.endswith(TEMPLATES)


def forget(build: Build, templates: Collection[str]) -> None:
    """Let the templates of these names in overrides/ be read anew, in every language.

    MkDocs lets Jinja look at no file twice. All others stay compiled: that takes most of the time.
    """
    for its in build.languages.values():
        compiled = its.env.cache or {}
        for key in [key for key in compiled if key[1] in templates]:
            del compiled[key]


def sections_of(items: Iterable[Any]) -> Iterator[Section]:
    """All sections of a navigation, the inner ones included."""
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from sections_of(item.children)
