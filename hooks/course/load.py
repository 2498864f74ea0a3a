"""A path comes in, raw data that remembers file and line goes out. Judges nothing.

What cannot be read at all (encoding, syntax, size) is kept as problems beside the data, so
that one broken file never hides the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .problem import Problem
from .settings import Module
from .yaml_reader import UNREADABLE, Document, parse

MAX_BYTES = 1024 * 1024

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
    """An HTML comment outside of code; `alone` when nothing else stands on its line."""

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

    def problem(self, line: int, what: str, fix: str) -> Problem:
        """A problem at a line of this page."""
        return Problem(self.path, line, what, fix)


@dataclass(frozen=True)
class Source:
    """Everything a trainer wrote, unjudged. `languages` starts with the default one.

    `unfinished` are the languages that are being added, with their lines in mkdocs.yml: they
    may lack texts. `quizzes`, `tables`, `scenarios` and `charts` are the data files by name;
    `drawings` the texts of the pictures' templates.
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
    unfinished: Mapping[str, int] = field(default_factory=dict)

    @property
    def finished(self) -> tuple[str, ...]:
        """The languages that have to be complete."""
        return tuple(code for code in self.languages if code not in self.unfinished)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All data files."""
        kinds = (self.quizzes, self.tables, self.scenarios, self.charts)
        return tuple(document for kind in kinds for document in kind.values())

    @property
    def challenges(self) -> Document | None:
        """The challenge / approach table."""
        return self.tables.get("challenges")

    @property
    def originals(self) -> tuple[Page, ...]:
        """The pages in the default language."""
        return tuple(page for page in self.pages if page.language == self.languages[0])

    def original_of(self, page: Page) -> Page | None:
        """The same page in the default language."""
        return next((other for other in self.originals if other.uri == page.uri), None)


def read_source(
    root: Path,
    languages: Iterable[str],
    modules: tuple[Module, ...] = (),
    unfinished: Mapping[str, int] | None = None,
) -> Source:
    """Read the whole course below `root`.

    `languages` are the course's language codes, the default one first; a page's language is
    told by its name (`listening.ro.md`), as mkdocs-static-i18n has it. `modules` are the parts
    of the course as the navigation has them; `unfinished` the languages that are being added,
    with their lines in mkdocs.yml.
    """
    languages = tuple(languages)
    documents = _documents(root / "quizzes", root)
    tables = {name: documents.pop(name) for name in TABLES if name in documents}
    pages = (read_page(p, root, languages) for p in _files(root / "docs", "**/*.md"))
    folder = Path(__file__).parent / "strings"
    strings = {p.stem: read_yaml(p, root) for p in _files(folder, "*.yml")}
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
        scenarios=_documents(root / "quizzes/scenarios", root),
        charts=_documents(root / "quizzes/charts", root),
        unfinished=unfinished or {},
    )


def _documents(folder: Path, root: Path) -> dict[str, Document]:
    """The data files of a folder by name."""
    documents = {p.stem: read_yaml(p, root) for p in _files(folder, "*.yml")}
    for path in _files(folder, "*.yaml"):
        problem = Problem(
            relative(path, root), 1, "the name ends in .yaml", f"rename it to {path.stem}.yml"
        )
        documents[path.name] = Document(problem.path, UNREADABLE, problems=(problem,))
    return documents


def _files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder; not the hidden ones that editors and file managers leave."""
    return [path for path in sorted(folder.glob(pattern)) if not path.name.startswith(".")]


def read_text(path: Path, root: Path) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file without its byte order mark, and what kept it from being read."""
    name = relative(path, root)
    if not path.is_file():
        return "", [Problem(name, 1, "this is no file that can be read", "delete or rename it")]
    size = path.stat().st_size
    if size > MAX_BYTES:
        what = f"the file has {size / 1e6:.1f} MB, 1 MB is the most"
        return "", [Problem(name, 1, what, "split it or take out what is not course text")]
    try:
        raw = path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        return "", [Problem(name, 1, what, "correct its rights, or delete it")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = f"the file is not UTF-8 text (byte 0x{raw[error.start]:02X})"
        return "", [Problem(name, line, what, "save it again with the encoding UTF-8")]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text, list(_odd_characters(text, name))


def read_yaml(path: Path, root: Path) -> Document:
    """Read one YAML file."""
    text, problems = read_text(path, root)
    name = relative(path, root)
    return Document(name, UNREADABLE, problems=tuple(problems)) if problems else parse(text, name)


def read_page(path: Path, root: Path, languages: tuple[str, ...]) -> Page:
    """Read one Markdown page: its front matter, headings and comments."""
    name = relative(path, root)
    uri, language = split_language(relative(path, root / "docs"), languages)
    text, problems = read_text(path, root)
    if problems:
        meta = Document(name, UNREADABLE)
        return Page(name, uri, language, meta, problems=tuple(problems))
    return page_of(text, name, uri, language)


def page_of(text: str, name: str, uri: str, language: str) -> Page:
    """The page that `text` is, in a file called `name`."""
    front, body, first_line = split_front_matter(text)
    meta = parse(front, name, first_line=2) if front is not None else Document(name, {})
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
        body,
        first_line,
        meta.problems,
    )


def relative(path: Path, root: Path) -> str:
    """`path` as seen from `root`, with forward slashes; as it is when it lies elsewhere."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def split_language(uri: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """A page's path in docs/ -> its address without extension, and its language."""
    stem = uri.removesuffix(".md")
    base, dot, suffix = stem.rpartition(".")
    return (base, suffix) if dot and suffix in languages else (stem, languages[0])


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
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if fence:
            closes = mark and mark[1].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closes else fence
            lines.append("")
        elif mark:
            fence = mark[1]
            lines.append("")
        else:
            lines.append(re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", lambda m: " " * len(m[0]), line))
    return "\n".join(lines)


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
            )
        else:
            yield Problem(
                name,
                line,
                f"a control character (U+{ord(match[0]):04X}) stands in the text",
                "delete it",
            )
        return
