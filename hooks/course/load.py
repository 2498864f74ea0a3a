"""A path comes in, raw data that remembers file and line goes out. Judges nothing.

What cannot be read at all (encoding, syntax, size) is kept as problems beside the data, so
that one broken file never hides the next.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from .checks.templates import template_problems
from .names import DATA, PAGE, is_plain, meant_ending, meant_name, name_problem
from .page import Page, page_from, split_language
from .place import read_marker
from .problem import Problem
from .settings import Module, unfinished
from .slips import merge_problems, odd_characters, plain_spaces, visible
from .yaml_reader import UNREADABLE, Document, parse

MAX_BYTES = 1024 * 1024

TABLES = ("challenges", "glossary", "plans", "pictures", "planner")
"""The files in quizzes/ that are no self-checks."""


@dataclass(frozen=True, eq=False)
class Source:
    """Everything a trainer wrote, unjudged. `languages` starts with the default one.

    `quizzes`, `tables`, `scenarios` and `charts` are the data files by name; `drawings` the
    texts of the pictures' templates; `files` what lies in docs/ beside the pages; `settings`
    is mkdocs.yml; `strays` tells of files that were left out for their names, and of templates
    that cannot be read; `descriptions` are the translated ones of the model's fields, by language.
    """

    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    quizzes: Mapping[str, Document]
    tables: Mapping[str, Document]
    strings: Mapping[str, Document]
    modules: tuple[Module, ...] = ()
    drawings: Mapping[str, str] = field(default_factory=dict)
    scenarios: Mapping[str, Document] = field(default_factory=dict)
    charts: Mapping[str, Document] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    settings: Document | None = None
    strays: tuple[Problem, ...] = ()
    descriptions: Mapping[str, Document] = field(default_factory=dict)

    @cached_property
    def unfinished(self) -> Mapping[str, int]:
        """The languages that are being added, which may lack texts; each with its line."""
        return unfinished(self.settings) if self.settings else {}

    @property
    def finished(self) -> tuple[str, ...]:
        """The languages that have to be complete."""
        return tuple(code for code in self.languages if code not in self.unfinished)

    @property
    def challenges(self) -> Document | None:
        """The challenge / approach table."""
        return self.tables.get("challenges")

    @property
    def data(self) -> Iterator[Document]:
        """All data files."""
        for documents in (self.quizzes, self.tables, self.scenarios, self.charts):
            yield from documents.values()

    @property
    def interface(self) -> Iterator[Document]:
        """All files with texts of the interface."""
        yield from self.strings.values()
        yield from self.descriptions.values()

    @cached_property
    def originals(self) -> tuple[Page, ...]:
        """The pages in the default language."""
        return tuple(page for page in self.pages if page.language == self.languages[0])

    @cached_property
    def by_uri(self) -> Mapping[str, Mapping[str, Page]]:
        """The versions of each page by language, by its address."""
        found: dict[str, dict[str, Page]] = {}
        for page in self.pages:
            found.setdefault(page.uri, {})[page.language] = page
        return found

    @cached_property
    def by_slug(self) -> Mapping[str, tuple[Page, ...]]:
        """The pages of all languages by the last part of their address."""
        found: dict[str, tuple[Page, ...]] = {}
        for page in self.pages:
            found[page.slug] = (*found.get(page.slug, ()), page)
        return found

    @cached_property
    def objectives(self) -> frozenset[str]:
        """The ids of all objectives."""
        return frozenset(name for page in self.pages for name in page.objectives)

    @cached_property
    def lesson_minutes(self) -> Mapping[str, int]:
        """The minutes of each lesson, by its slug; 0 for one that does not say.

        What could not be read may be a lesson; its own problem has been told already.
        """
        metas = {page.slug: page.meta.data for page in self.originals}
        found = {
            slug: minutes if type(minutes := meta.get("minutes")) is int else 0
            for slug, meta in metas.items()
            if isinstance(meta, Mapping) and "lesson" in meta
        }
        unread = (slug for slug in self.by_slug if metas.get(slug, UNREADABLE) is UNREADABLE)
        return dict.fromkeys(unread, 0) | found

    @cached_property
    def block_names(self) -> frozenset[str]:
        """The names of the blocks that have a title among the interface texts."""
        texts = self.strings.get(self.languages[0])
        keys = texts.data if texts and isinstance(texts.data, Mapping) else ()
        found = (str(key).partition("block.") for key in keys)
        return frozenset(name for before, dot, name in found if dot and not before)

    @cached_property
    def placed(self) -> Mapping[str, frozenset[str]]:
        """Kind of marker -> the names that stand behind the markers of this kind."""
        found: dict[str, set[str]] = {}
        for page in self.pages:
            for comment in page.comments:
                marker = read_marker(comment.text)
                if marker:
                    found.setdefault(marker.name, set()).update(marker.arguments)
        return {kind: frozenset(names) for kind, names in found.items()}

    @cached_property
    def whole(self) -> bool:
        """Whether the front matter of all pages could be read, and no original is missing."""
        return all(
            page.meta.data is not UNREADABLE and self.original_of(page) for page in self.pages
        )

    def original_of(self, page: Page) -> Page | None:
        """The same page in the default language."""
        return self.by_uri.get(page.uri, {}).get(self.languages[0])


def read_source(
    root: Path,
    languages: Iterable[str],
    modules: tuple[Module, ...] = (),
    *,
    templates: bool = True,
) -> Source:
    """Read the whole course below `root`.

    `languages` are the course's language codes, the default one first; a page's language is
    told by its name (`listening.ro.md`), as mkdocs-static-i18n has it. `modules` are the parts
    of the course as the navigation has them. Without `templates`, none is looked at whether Jinja
    can read it: a build does so when it compiles them.
    """
    languages = tuple(languages)
    strays: list[Problem] = []
    documents = _documents(root / "quizzes", root, strays)
    tables = {name: documents.pop(name) for name in TABLES if name in documents}
    pages = _pages(root, languages, strays)
    folder, settings = Path(__file__).parent / "strings", root / "mkdocs.yml"
    strings = {p.stem: read_yaml(p, root) for p in _files(folder, "*.yml")}
    descriptions = {p.stem: read_yaml(p, root) for p in _files(folder / "fields", "*.yml")}
    drawings = {
        p.stem: p.read_text(encoding="utf-8", errors="replace")
        for p in _files(root / "overrides/fragments/pictures", "*.svg")
    }
    return Source(
        languages,
        tuple(pages),
        documents,
        tables,
        strings,
        modules,
        drawings,
        scenarios=_documents(root / "quizzes/scenarios", root, strays),
        charts=_documents(root / "quizzes/charts", root, strays),
        files=frozenset(_other_files(root)),
        settings=read_yaml(settings, root) if settings.is_file() else None,
        strays=(*strays, *(template_problems(root) if templates else ())),
        descriptions=descriptions,
    )


def _documents(folder: Path, root: Path, strays: list[Problem]) -> dict[str, Document]:
    """The data files of a folder by name; what is left out is added to `strays`."""
    found = {}
    for path, name, problems in _named_files(folder, DATA, root, (), strays):
        document = read_yaml(path, root)
        found[name.removesuffix(DATA)] = replace(document, problems=(*problems, *document.problems))
    return found


def _pages(root: Path, languages: tuple[str, ...], strays: list[Problem]) -> list[Page]:
    """The pages in docs/; what is left out is added to `strays`."""
    found = []
    for path, name, problems in _named_files(root / "docs", PAGE, root, languages, strays):
        uri, language = split_language(name, languages)
        page = read_page(path, root, languages)
        every = (*problems, *page.problems)
        found.append(replace(page, uri=uri, language=language, problems=every))
    return found


def _named_files(
    folder: Path, ending: str, root: Path, languages: tuple[str, ...], strays: list[Problem]
) -> Iterator[tuple[Path, str, tuple[Problem, ...]]]:
    """The pages or data files of a folder, each with its name in there, and what is wrong with it.

    One that is named wrongly is read under the name that it should have, so that the rest of
    the course finds it; where that is taken, it is left out.
    """
    files = {relative(path, folder): path for path in _files(folder, _PATTERNS[ending])}
    right: dict[str, Path] = {}
    wrong: dict[str, Path] = {}
    for name, path in files.items():
        if meant_ending(name, _begins_as_page(path)) == ending:
            stem = name.removesuffix(ending)
            plain = stem != name and is_plain(split_language(stem, languages)[0])
            (right if plain else wrong)[name] = path
    for name, path in wrong.items():
        meant = meant_name(name, ending, languages)
        problem = Problem(
            relative(path, root), 1, *name_problem(name, meant, meant in right), rule="file-name"
        )
        if meant in right:
            strays.append(problem)
        else:
            right[meant] = path
            yield path, meant, (problem,)
    yield from ((path, name, ()) for name, path in right.items() if name in files)


_PATTERNS = {PAGE: "**/*", DATA: "*"}
"""Pages lie in folders of docs/ as their author likes."""


def _begins_as_page(path: Path) -> bool:
    """Whether a `.txt` begins with front matter."""
    if path.suffix.casefold() != ".txt" or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def _other_files(root: Path) -> Iterator[str]:
    """What a page may link to beside pages: files of docs/ and of the theme."""
    for folder in (root / "docs", root / "overrides"):
        for path in folder.rglob("*"):
            if path.suffix not in {".md", ".html"} and path.is_file():
                yield relative(path, folder)


def _files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder; not the hidden ones that editors and file managers leave."""
    return [path for path in sorted(folder.glob(pattern)) if not path.name.startswith(".")]


def read_text(path: Path, root: Path) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file without its byte order mark, and what kept it from being read."""
    name = relative(path, root)
    raw = _bytes(path, name)
    if isinstance(raw, Problem):
        return "", [raw]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = f"the file is not UTF-8 text (byte 0x{raw[error.start]:02X})"
        fix = "save it again with the encoding UTF-8"
        return "", [Problem(name, line, what, fix, rule="encoding")]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text, [*odd_characters(text, name), *merge_problems(text, name)]


def _bytes(path: Path, name: str) -> bytes | Problem:
    """What a file holds, or what keeps it from being read; `name` is its path in the project."""
    if not path.is_file():
        what, fix = "this is no file that can be read", "delete or rename it"
    elif (size := path.stat().st_size) > MAX_BYTES:
        what = f"the file has {size / 1e6:.1f} MB, 1 MB is the most"
        fix = "split it or take out what is not course text"
    else:
        try:
            return path.read_bytes()
        except OSError as error:
            what = f"the file cannot be read ({error.strerror})"
            fix = "correct its rights, or delete it"
    return Problem(name, 1, what, fix, rule="unreadable-file")


def read_yaml(path: Path, root: Path) -> Document:
    """Read one YAML file."""
    text, problems = read_text(path, root)
    name = relative(path, root)
    if problems:
        return Document(name, UNREADABLE, problems=tuple(problems))
    text, invisible = visible(text, name)
    text, hard = plain_spaces(text, name)
    document = parse(text, name)
    return replace(document, problems=(*invisible, *hard, *document.problems))


def read_page(path: Path, root: Path, languages: tuple[str, ...]) -> Page:
    """Read one Markdown page: its front matter, headings and comments."""
    name = relative(path, root)
    uri, language = split_language(relative(path, root / "docs"), languages)
    text, problems = read_text(path, root)
    if problems:
        meta = Document(name, UNREADABLE)
        return Page(name, uri, language, meta, problems=tuple(problems))
    return page_from(text, name, uri, language)


def reread(source: Source, texts: Mapping[str, str]) -> Source:
    """The same course with other texts in some of its files, by their paths."""
    pages = {
        page.path: page_from(texts[page.path], page.path, page.uri, page.language)
        for page in source.pages
        if page.path in texts
    }
    data = {path: parse(text, path) for path, text in texts.items() if path not in pages}
    return with_files(source, pages, data)


def with_files(
    source: Source, pages: Mapping[str, Page], documents: Mapping[str, Document]
) -> Source:
    """The same course with these pages and data files, by their paths, in place of its own."""

    def data(old: Mapping[str, Document]) -> dict[str, Document]:
        return {name: documents.get(document.path, document) for name, document in old.items()}

    return replace(
        source,
        pages=tuple(pages.get(page.path, page) for page in source.pages),
        quizzes=data(source.quizzes),
        tables=data(source.tables),
        strings=data(source.strings),
        descriptions=data(source.descriptions),
        scenarios=data(source.scenarios),
        charts=data(source.charts),
    )


def relative(path: Path, root: Path) -> str:
    """`path` as seen from `root`, with forward slashes; as it is when it lies elsewhere."""
    # `relative_to` compares part by part, and this is asked for every file of a course.
    return str(path).removeprefix(f"{root}{os.sep}").replace(os.sep, "/")
