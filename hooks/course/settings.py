"""What the generator needs of mkdocs.yml: the languages, and the modules of the course.

Reads the file as plain YAML; tags that only MkDocs understands (`!ENV`) are passed over.
A language that is being added stands in `extra: course: unfinished`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .yaml_reader import Document


@dataclass(frozen=True)
class Module:
    """A part of the course, as the navigation has it: its title by language, its pages' slugs.

    The default language has its title; another one has it when `nav_translations` does.
    """

    title: Mapping[str, str]
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """The language codes, the default one first, and the sections of the navigation."""

    languages: tuple[str, ...]
    modules: tuple[Module, ...]


class _Loader(yaml.SafeLoader):
    """Reads tags it does not know as nothing."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def read_settings(root: Path) -> Settings:
    """Read mkdocs.yml below `root`. Raises OSError and yaml.YAMLError when it cannot be read."""
    data = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), _Loader) or {}
    described = _languages(data)
    codes = tuple(sorted(described, key=lambda code: not described[code].get("default")))
    translations = {code: described[code].get("nav_translations") or {} for code in codes}
    return Settings(codes, tuple(_modules(data.get("nav") or [], translations)))


def unfinished(document: Document) -> dict[str, int]:
    """What `extra: course: unfinished` of mkdocs.yml names, with the lines.

    As written: `no` is a language, too.
    """
    where: tuple[str | int, ...] = ("extra", "course", "unfinished")
    named: Any = document.data
    for key in where:
        named = named.get(key) if isinstance(named, Mapping) else None
    found: dict[str, int] = {}
    for index, name in enumerate(named if isinstance(named, list) else [named] if named else []):
        place = (*where, index) if isinstance(named, list) else where
        found.setdefault(document.plain.get(place, str(name)), document.line(place))
    return found


def _languages(data: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    plugins = [plugin for plugin in data.get("plugins") or [] if isinstance(plugin, dict)]
    i18n: dict[str, Any] = next((plugin["i18n"] for plugin in plugins if "i18n" in plugin), {})
    built = [entry for entry in i18n.get("languages", []) if entry.get("build", True)]
    return {str(entry["locale"]): entry for entry in built}


def _modules(nav: list[Any], translations: Mapping[str, Mapping[str, str]]) -> Iterator[Module]:
    for entry in nav:
        for title, children in entry.items() if isinstance(entry, dict) else ():
            if isinstance(children, list):
                default = next(iter(translations), "")
                titles = {
                    code: names.get(title, title)
                    for code, names in translations.items()
                    if title in names or code == default
                }
                yield Module(titles, tuple(_slugs(children)))


def _slugs(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        for value in entry.values() if isinstance(entry, dict) else [entry]:
            if isinstance(value, list):
                yield from _slugs(value)
            else:
                yield str(value).rsplit("/", 1)[-1].removesuffix(".md")
