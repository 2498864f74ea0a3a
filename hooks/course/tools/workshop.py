"""The course that a trainer adds to or changes: what is in it, and where new things go."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..checks.markers import markers
from ..load import Source, read_source
from ..page import Page
from ..problem import suggest
from ..settings import Settings
from .environment import CourseError
from .naming import checked_title
from .reading import settings_of
from .skeletons import Skeletons, titled
from .writing import Change, read
from .yaml_edit import Section, sections, with_page


@dataclass(frozen=True)
class Workshop:
    """A course to work on: its folder, its settings, and everything in it, unjudged."""

    root: Path
    settings: Settings
    source: Source

    @property
    def skeletons(self) -> Skeletons:
        """The skeletons in the languages of the course."""
        return Skeletons(self.settings.languages)

    @property
    def original(self) -> str:
        """The default language."""
        return self.settings.languages[0]

    def path(self, uri: str, language: str) -> str:
        """Where the page `uri` stands in a language."""
        return f"docs/{uri}{'' if language == self.original else f'.{language}'}.md"

    def page(self, name: str) -> Page:
        """The original page that somebody names by its name, its address or its file."""
        plain = self.plain(name)
        for page in self.source.originals:
            if plain in {page.slug, page.uri}:
                return page
        known = {page.slug for page in self.source.originals}
        raise CourseError(f"There is no page “{name}”; {suggest(plain, known)}")

    def plain(self, name: str) -> str:
        """A name without what a path has around it."""
        plain = name.replace("\\", "/").removeprefix("./").removeprefix("docs/").removesuffix(".md")
        for language in self.settings.languages:
            plain = plain.removesuffix(f".{language}")
        return plain

    def titles(self, title: str, others: Mapping[str, str]) -> dict[str, str]:
        """The title in each language; where it is not given, it is marked as to be written."""
        known = self.settings.languages[1:]
        for language in others:
            if language not in known:
                what = f"--title {language}=…: the course is not translated into that"
                raise CourseError(f"{what}; {suggest(language, known)}")
        checked = {language: checked_title(text) for language, text in others.items()}
        return titled(checked_title(title), checked, self.settings.languages)


@dataclass(frozen=True)
class Place:
    """Where a new page goes: its folder in docs/, and a part of the navigation.

    `settings` is the text of mkdocs.yml; without a part, MkDocs lists all pages by itself.
    """

    folder: str
    settings: str
    part: Section | None

    def entered(self, name: str) -> list[Change]:
        """What enters the page `name` into the navigation."""
        if not self.part:
            return []
        text = with_page(self.settings, self.part, posixpath.join(self.folder, f"{name}.md"))
        return [Change("mkdocs.yml", text, "mkdocs.yml")]


def workshop(root: Path) -> Workshop:
    """The course in `root`; raises CourseError when its settings cannot be used."""
    settings = settings_of(root)
    return Workshop(root, settings, read_source(root, settings.languages, settings.modules))


def place(shop: Workshop, module: str, alike: Iterable[Page], folder: str) -> Place:
    """Where a page like those of `alike` belongs.

    In the part of the navigation called `module` in any language; else in the last one that
    holds a page like it, else in the last one. In the folder of the last page like it there, or
    anywhere, else in `folder`.
    """
    text, uris = read(shop.root, "mkdocs.yml"), [page.uri for page in alike]
    found = sections(text)
    names = {
        title.casefold(): part
        for part, known in zip(found[1:], shop.settings.modules, strict=False)
        for title in {part.title, *known.title.values()}
    }
    if module and module.casefold() not in names:
        fix = suggest(module, {part.title for part in found[1:]})
        raise CourseError(f"The navigation has no part “{module}”; {fix}")
    fitting = [part for part in found[1:] if set(uris) & set(_uris(part))] or found
    part = names[module.casefold()] if module else fitting[-1] if fitting else None
    beside = [uri for uri in _uris(part) if uri in uris] or uris or [f"{folder}/"]
    return Place(posixpath.dirname(beside[-1]), text, part)


def _uris(part: Section | None) -> list[str]:
    return [page.removesuffix(".md") for page in part.pages] if part else []


def lesson_number(page: Page) -> str:
    """The number of a lesson; "" for another page."""
    data = page.meta.data if isinstance(page.meta.data, Mapping) else {}
    return str(data.get("lesson") or "")


def title_of(shop: Workshop, page: Page, language: str) -> str:
    """A page's title in a language, or in the default one where it has none."""
    pages = [each for each in shop.source.pages if each.uri == page.uri]
    its = next((each for each in pages if each.language == language), page)
    return str(its.meta.data.get("title", "")) if isinstance(its.meta.data, Mapping) else ""


def placed(page: Page, marker: str) -> int:
    """How many markers of this kind a page has."""
    return sum(found.name == marker for found, _ in markers(page))
