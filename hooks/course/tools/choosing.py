"""What a trainer calls a translated page or a section of it -> the page, and its sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..load import Source
from ..page import Page, split_language
from ..problem import suggest
from ..translation import Section, compared, fingerprints
from .environment import CourseError


@dataclass(frozen=True)
class Choice:
    """A translated page, how it stands to its original, and the sections that are meant."""

    page: Page
    compared: tuple[Section, ...]
    fingerprints: dict[str, str]
    sections: frozenset[str]


def chosen(source: Source, names: Sequence[str], language: str | None) -> list[Choice]:
    """The translations that `names` name, each once; without any, all.

    A name is a page's path, address or last part, in any language (`listening`,
    `docs/lessons/listening.ro.md`), perhaps with a section behind #. Raises CourseError with all
    names that mean nothing.
    """
    translations = _translations(source, language)
    problems: list[str] = []
    meant: dict[str, set[str]] = {}
    for name in names:
        try:
            for page, sections in _meant(name, translations, source, language):
                meant.setdefault(page.path, set()).update(sections)
        except CourseError as error:
            problems.append(str(error))
    if problems:
        raise CourseError("\n".join(problems))
    return [
        Choice(page, found, wanted, frozenset(meant.get(page.path, wanted)))
        for page, found, wanted in translations.values()
        if page.path in meant or not names
    ]


Found = tuple[Page, tuple[Section, ...], dict[str, str]]


def _translations(source: Source, language: str | None) -> dict[str, Found]:
    """The translated pages by path."""
    known = source.languages[1:]
    if language and language not in known:
        fix = suggest(language, known)
        raise CourseError(f"The course is not translated into “{language}”; {fix}")
    found: dict[str, Found] = {}
    for page in source.pages:
        original = source.original_of(page)
        if original and original is not page and language in (None, page.language):
            found[page.path] = (page, compared(page, original), fingerprints(original))
    return found


def _meant(
    name: str, translations: dict[str, Found], source: Source, language: str | None
) -> Iterator[tuple[Page, set[str]]]:
    written, _, section = name.partition("#")
    uri, told = split_language(
        written.replace("\\", "/").removeprefix("./").removeprefix("docs/"), source.languages
    )
    pages = [page for page, _, _ in translations.values() if uri in (page.uri, page.slug)]
    if told != source.languages[0]:
        pages = [page for page in pages if page.language == told]
    if not pages:
        known = {page.slug for page, _, _ in translations.values()}
        into = f" into “{language}”" if language else ""
        raise CourseError(
            f"No page “{written}” is translated{into}; {suggest(uri.rsplit('/', 1)[-1], known)}"
        )
    if len({page.language for page in pages}) > 1:
        codes = ", ".join(page.language for page in pages)
        raise CourseError(
            f"“{written}” has several translations ({codes}); add --language with the one "
            "that you have compared."
        )
    for page in pages:
        known = {part.id for part in translations[page.path][1]}
        if section and section not in known:
            fix = suggest(section, known)
            raise CourseError(f"{page.path} has no section “{section}”; {fix}")
        yield page, {section} if section else known
