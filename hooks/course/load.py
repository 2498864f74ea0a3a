"""A path comes in, raw data that remembers file and line goes out. Judges nothing.

What cannot be read at all (encoding, syntax, size) is kept as problems beside the data, so
that one broken file never hides the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from markdown.extensions.toc import slugify

from .checks.templates import template_problems
from .names import DATA, PAGE, is_plain, meant_ending, meant_name, name_problem
from .place import read_marker
from .problem import Problem
from .rules import RULES
from .settings import Module, unfinished
from .slips import merge_problems, opening_problem, plain_spaces, visible
from .yaml_reader import UNREADABLE, Document, parse

MAX_BYTES = 1024 * 1024

FENCE = re.compile(r"\s*(`{3,}|~{3,})")
CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")

TABLES = ("challenges", "glossary", "plans", "pictures", "planner")
"""The files in quizzes/ that are no self-checks."""


@dataclass(frozen=True)
class Heading:
    """A heading of a page; `id` is None unless the author wrote `{ #id }`."""

    level: int
    text: str
    id: str | None
    line: int


@dataclass(frozen=True)
class Comment:
    """An HTML comment outside of code; `alone` when nothing else stands on its lines."""

    text: str
    line: int
    alone: bool


@dataclass(frozen=True)
class Fence:
    """A line that opens the block `name` (`/// rule | Title`), or closes one: then it is ""."""

    name: str
    line: int


@dataclass(frozen=True)
class Page:
    """A Markdown page in one language.

    `uri` is its address in docs/ without language and extension ("lessons/listening"), the
    same for all languages; `slug` is the last part of it. `meta` is its front matter.
    """

    path: str
    uri: str
    language: str
    meta: Document
    headings: tuple[Heading, ...] = ()
    comments: tuple[Comment, ...] = ()
    fences: tuple[Fence, ...] = ()
    last_line: int = 1
    body: str = ""
    first_line: int = 1
    problems: tuple[Problem, ...] = ()

    @property
    def slug(self) -> str:
        """The last part of the address, by which quizzes and other pages name this one."""
        return self.uri.rsplit("/", 1)[-1]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The ids that its text brings along: of headings, and those written out."""
        said = (heading.id for heading in self.headings if heading.id)
        written = r"""\{[^{}\n]*#([\w-]+)[^{}\n]*\}|\b(?:id|name)\s*[=:]\s*["']?([\w-]+)"""
        others = (match[1] or match[2] for match in re.finditer(written, self.body))
        return frozenset((*said, *self.unnamed_anchors, *others))

    @property
    def unnamed_anchors(self) -> list[str]:
        """The ids that headings get which have none of their own."""
        return [slugify(_said(heading.text), "-") for heading in self.headings if not heading.id]

    @property
    def objectives(self) -> list[str]:
        """The ids of a lesson's objectives, in order."""
        data = self.meta.data
        objectives = data.get("objectives") if isinstance(data, Mapping) else None
        return list(objectives) if isinstance(objectives, Mapping) else []

    def problem(self, rule: str, line: int, what: str, fix: str) -> Problem:
        """A problem at a line of this page."""
        return Problem(self.path, line, what, fix, rule=rule)


@dataclass(frozen=True, eq=False)
class Source:
    """Everything a trainer wrote, unjudged. `languages` starts with the default one.

    `quizzes`, `tables`, `scenarios` and `charts` are the data files by name; `drawings` the
    texts of the pictures' templates; `files` what lies in docs/ beside the pages; `settings`
    is mkdocs.yml; `strays` tells of files that were left out for their names,
    and of templates that cannot be read.
    is mkdocs.yml. `descriptions` are the translated ones of the model's fields, by language.
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


def read_source(root: Path, languages: Iterable[str], modules: tuple[Module, ...] = ()) -> Source:
    """Read the whole course below `root`.

    `languages` are the course's language codes, the default one first; a page's language is
    told by its name (`listening.ro.md`), as mkdocs-static-i18n has it. `modules` are the parts
    of the course as the navigation has them.
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
        strays=(*strays, *template_problems(root)),
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
    if not path.is_file():
        return "", [
            Problem(
                name,
                1,
                "this is no file that can be read",
                "delete or rename it",
                rule="unreadable-file",
            )
        ]
    size = path.stat().st_size
    if size > MAX_BYTES:
        what = f"the file has {size / 1e6:.1f} MB, 1 MB is the most"
        return "", [
            Problem(
                name,
                1,
                what,
                "split it or take out what is not course text",
                rule="unreadable-file",
            )
        ]
    try:
        raw = path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        return "", [
            Problem(name, 1, what, "correct its rights, or delete it", rule="unreadable-file")
        ]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = f"the file is not UTF-8 text (byte 0x{raw[error.start]:02X})"
        return "", [
            Problem(name, line, what, "save it again with the encoding UTF-8", rule="encoding")
        ]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text, [*_odd_characters(text, name), *merge_problems(text, name)]


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


def page_from(text: str, name: str, uri: str, language: str) -> Page:
    """The page that a text is; `name` is its path in the project."""
    text, invisible = visible(text, name)
    front, body, first_line = split_front_matter(text)
    front, hard = plain_spaces(front, name, 2) if front is not None else (None, [])
    meta = parse(front, name, first_line=2) if front is not None else Document(name, {})
    unseen = opening_problem(text, name) if front is None or meta.problems else None
    if unseen:
        meta = Document(name, UNREADABLE, problems=(unseen,))
    masked = mask_code(body)
    return Page(
        name,
        uri,
        language,
        meta,
        tuple(_headings(masked, first_line)),
        tuple(_comments(masked, first_line)),
        tuple(_fences(masked, first_line)),
        max(text.rstrip().count("\n") + 1, 1),
        without_allowances(body),
        first_line,
        (*invisible, *hard, *meta.problems),
    )


def reread(source: Source, texts: Mapping[str, str]) -> Source:
    """The same course with other texts in some of its files, by their paths."""

    def again(document: Document) -> Document:
        text = texts.get(document.path)
        return document if text is None else parse(text, document.path)

    def all_again(documents: Mapping[str, Document]) -> dict[str, Document]:
        return {name: again(document) for name, document in documents.items()}

    return replace(
        source,
        pages=tuple(
            page_from(texts[page.path], page.path, page.uri, page.language)
            if page.path in texts
            else page
            for page in source.pages
        ),
        quizzes=all_again(source.quizzes),
        tables=all_again(source.tables),
        strings=all_again(source.strings),
        descriptions=all_again(source.descriptions),
        scenarios=all_again(source.scenarios),
        charts=all_again(source.charts),
    )


def relative(path: Path, root: Path) -> str:
    """`path` as seen from `root`, with forward slashes; as it is when it lies elsewhere."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def split_language(uri: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """A page's path in docs/ -> its address without extension, and its language."""
    stem = uri.removesuffix(".md")
    base, dot, suffix = stem.rpartition(".")
    return (base, suffix) if dot and suffix in languages else (stem, next(iter(languages), ""))


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """A page -> its front matter (None without one), its body, and the body's first line."""
    match = re.match(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if not match:
        return None, text, 1
    return match[1] or "", text[match.end() :], text.count("\n", 0, match.end()) + 1


def mask_code(body: str) -> str:
    """The same text with everything in fences and code spans blanked, line for line."""
    lines, fence = [], ""
    for line in body.split("\n"):
        mark = FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            closes = mark and mark[1].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closes else fence
            lines.append("")
        elif mark:
            fence = mark[1]
            lines.append("")
        else:
            code = "`" in line
            lines.append(CODE_SPAN.sub(lambda m: " " * len(m[0]), line) if code else line)
    return "\n".join(lines)


def read_allowance(comment: str) -> tuple[str, str] | None:
    """The rule and the reason of a comment that silences one; None for any other comment.

    `comment` is the inside. With a name that is no rule it is taken for such a comment only if
    a colon follows.
    """
    match = re.fullmatch(r"allow\s+([a-z][\w-]*)\s*(?:(:)(.*))?", comment.strip(), re.DOTALL)
    if not match or not (match[2] or match[1] in RULES):
        return None
    return match[1], " ".join((match[3] or "").split())


def without_allowances(body: str) -> str:
    """A page's Markdown without the comments that silence a rule: spaces stand in their place.

    They are for trainers; learners and other pages never get them. Code keeps what it shows.
    """
    if "<!--" not in body:
        return body
    rows = body.split("\n")
    masked = mask_code(body).split("\n")
    pairs = zip(rows, masked, strict=True)
    plain = "\n".join(mask if len(mask) == len(row) else " " * len(row) for row, mask in pairs)
    parts, end = [], 0
    for match in re.finditer(r"<!--(.*?)-->", plain, re.DOTALL):
        if read_allowance(match[1]):
            parts += [body[end : match.start()], re.sub(r"[^\n]", " ", match[0])]
            end = match.end()
    return "".join([*parts, body[end:]])


def _said(heading: str) -> str:
    """A heading's text without its Markdown."""
    return re.sub(r"\]\([^)]*\)|[\[\]*_`]", "", heading)


def _headings(body: str, first_line: int) -> Iterator[Heading]:
    for number, line in enumerate(body.split("\n"), first_line):
        match = re.match(r"(#{1,6})\s+(.*?)\s*#*\s*(?:\{[^}]*?#([\w-]+)[^}]*\})?\s*$", line)
        if match:
            yield Heading(len(match[1]), match[2], match[3], number)


def _fences(body: str, first_line: int) -> Iterator[Fence]:
    for number, line in enumerate(body.split("\n"), first_line):
        match = re.match(r"\s*/{3,}\s*([\w-]*)", line)
        if match:
            yield Fence(match[1], number)


def _comments(body: str, first_line: int) -> Iterator[Comment]:
    for match in re.finditer(r"<!--(.*?)-->", body, re.DOTALL):
        start = body.rfind("\n", 0, match.start()) + 1
        end = body.find("\n", match.end())
        around = body[start : match.start()] + body[match.end() : end if end >= 0 else len(body)]
        line = first_line + body.count("\n", 0, match.start())
        yield Comment(match[1].strip(), line, not around.strip() and match.start() - start < 4)


def _odd_characters(text: str, name: str) -> Iterator[Problem]:
    for match in re.finditer("[\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text):
        line = text.count("\n", 0, match.start()) + 1
        if match[0] == "\ufeff":
            yield Problem(
                name,
                line,
                "an invisible byte order mark (U+FEFF) stands in the text",
                "delete and retype this line",
                rule="encoding",
            )
        else:
            yield Problem(
                name,
                line,
                f"a control character (U+{ord(match[0]):04X}) stands in the text",
                "delete it",
                rule="encoding",
            )
        return
