"""What one page is, and how its text is read: front matter, headings, comments, code left out.

A text comes in, a page that remembers its lines goes out. Nothing here touches a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from markdown.extensions.toc import slugify

from .problem import Problem
from .rules import RULES
from .slips import opening_problem, plain_spaces, visible
from .yaml_reader import UNREADABLE, Document, parse

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


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
    def masked(self) -> str:
        """Its text with everything in code blanked, line for line."""
        return mask_code(self.body)

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
    if "`" not in body and "~~~" not in body:
        return body
    lines, fence = [], ""
    for line in body.split("\n"):
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            closes = mark and mark[1].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closes else fence
            lines.append("")
        elif mark:
            fence = mark[1]
            lines.append("")
        else:
            code = "`" in line
            lines.append(_CODE_SPAN.sub(lambda m: " " * len(m[0]), line) if code else line)
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
    if "<!--" not in body or "allow" not in body:
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
        if not line.startswith("#"):
            continue
        match = re.match(r"(#{1,6})\s+(.*?)\s*#*\s*(?:\{[^}]*?#([\w-]+)[^}]*\})?\s*$", line)
        if match:
            yield Heading(len(match[1]), match[2], match[3], number)


def _fences(body: str, first_line: int) -> Iterator[Fence]:
    for number, line in enumerate(body.split("\n"), first_line):
        match = re.match(r"\s*/{3,}\s*([\w-]*)", line) if "///" in line else None
        if match:
            yield Fence(match[1], number)


def _comments(body: str, first_line: int) -> Iterator[Comment]:
    for match in re.finditer(r"<!--(.*?)-->", body, re.DOTALL):
        start = body.rfind("\n", 0, match.start()) + 1
        end = body.find("\n", match.end())
        around = body[start : match.start()] + body[match.end() : end if end >= 0 else len(body)]
        line = first_line + body.count("\n", 0, match.start())
        yield Comment(match[1].strip(), line, not around.strip() and match.start() - start < 4)
