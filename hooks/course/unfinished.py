"""What a language lacks: pages, interface texts, titles of modules, texts of data.

Pure functions over a source as read. Which of it is a mistake `check` decides: a language in
`extra: course: unfinished` may lack all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .checks.data import data_texts
from .load import Source
from .yaml_reader import Document


@dataclass(frozen=True)
class Missing:
    """A text that a language lacks: the file and line where it belongs, and its place there.

    `path` is the file to write it into, which may not exist; a page that is missing has the
    place "page".
    """

    language: str
    path: str
    line: int
    place: str


@dataclass(frozen=True)
class Share:
    """How many of the texts of a file a language has, and those that it lacks."""

    language: str
    path: str
    total: int
    missing: tuple[Missing, ...]

    @property
    def there(self) -> int:
        """How many texts are there."""
        return self.total - len(self.missing)


def shares(source: Source, language: str) -> tuple[Share, ...]:
    """What a language has and lacks, file by file; all pages together are the first."""
    found = [_pages(source, language), _modules(source, language), _strings(source, language)]
    found += [_data(document, source, language) for document in source.data]
    return tuple(share for share in found if share.total)


def _pages(source: Source, language: str) -> Share:
    there = {page.uri for page in source.pages if page.language == language}
    originals = source.originals
    missing = (
        Missing(language, f"docs/{page.uri}.{language}.md", 1, "page")
        for page in originals
        if page.uri not in there
    )
    return Share(language, "docs", len(originals), tuple(missing))


def _modules(source: Source, language: str) -> Share:
    """The titles in the navigation, which stand below `nav_translations`."""
    line, default = source.unfinished.get(language, 1), source.languages[0]
    missing = (
        Missing(language, "mkdocs.yml", line, f"nav_translations: {module.title[default]}")
        for module in source.modules
        if language not in module.title
    )
    return Share(language, "mkdocs.yml", len(source.modules), tuple(missing))


def _strings(source: Source, language: str) -> Share:
    path = f"hooks/course/strings/{language}.yml"
    wanted, own = source.strings.get(source.languages[0]), source.strings.get(language)
    keys = wanted.data if wanted and isinstance(wanted.data, Mapping) else {}
    there = own.data if own and isinstance(own.data, Mapping) else {}
    missing = (Missing(language, path, 1, key) for key in keys if there.get(key) is None)
    return Share(language, path, len(keys), tuple(missing))


def _data(document: Document, source: Source, language: str) -> Share:
    total, missing = 0, []
    for where, texts in data_texts(document.data, ()):
        total += 1
        if language not in texts:
            place = _place(document, where)
            line = document.key_line(where)
            missing.append(Missing(language, document.path, line, place))
    for where, question in document.items("questions"):
        answers = question.get("answers")
        if isinstance(answers, Mapping):
            total += 1
            if language not in answers:
                key = (*where, "answers")
                line = document.key_line(key)
                missing.append(Missing(language, document.path, line, _place(document, key)))
    return Share(language, document.path, total, tuple(missing))


def _place(document: Document, where: tuple[str | int, ...]) -> str:
    """A place in data as a trainer would name it: ids where there are some, else numbers."""
    names: list[str] = []
    data = document.data
    for part in where:
        data = data[part]
        named = isinstance(part, int) and isinstance(data, Mapping) and data.get("id")
        names.append(str(named or (part + 1 if isinstance(part, int) else part)))
    return ".".join(names)
