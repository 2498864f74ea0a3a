"""What the generator needs of mkdocs.yml: the languages, and the modules of the course.

Whatever makes it useless is told with its line, as in all other files. A language that is being
added stands in `extra: course: unfinished`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .checks.settings import FILE, unusable
from .problem import Problem
from .slips import merge_problems, plain_spaces
from .yaml_reader import UNREADABLE, Document, parse


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


_TAG = re.compile(r"(?<=[ :-])!(?:ENV|relative|!python/[\w/:.]+)(?=\s)")
"""The tags that MkDocs reads; what they stand before is read as it is."""


class SettingsError(Exception):
    """What keeps mkdocs.yml from being used: its `problems`, a line for each as a text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def read_settings(root: Path) -> Settings:
    """Read mkdocs.yml below `root`. Raises SettingsError when it cannot be used."""
    document = settings_document(root)
    problems = [*document.problems, *unusable(document)]
    if problems:
        raise SettingsError(problems)
    data = document.data
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


def settings_document(root: Path) -> Document:
    """mkdocs.yml as data that remembers its lines; its tags (`!ENV`) are passed over."""
    try:
        text = (root / FILE).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        return _unread(what, "put it back, from a copy or an earlier version", "unreadable-file")
    except UnicodeDecodeError:
        return _unread("the file is not UTF-8 text", "save it with the encoding UTF-8", "encoding")
    merged = tuple(merge_problems(text, FILE))
    if merged:
        return Document(FILE, UNREADABLE, problems=merged)
    text, hard = plain_spaces(text, FILE)
    document = parse(_TAG.sub(lambda match: " " * len(match[0]), text), FILE)
    return replace(document, problems=(*hard, *document.problems))


def _unread(what: str, fix: str, rule: str) -> Document:
    return Document(FILE, UNREADABLE, problems=(Problem(FILE, 1, what, fix, rule=rule),))


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
