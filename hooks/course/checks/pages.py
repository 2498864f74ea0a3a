"""What is wrong with pages: front matter, translations, headings, blocks, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..excerpts import phrases, terms
from ..load import Source
from ..model import PageMeta
from ..page import Fence, Heading, Page
from ..problem import Problem, suggest
from ..shape import shape_problems
from ..translation import TOP
from ..yaml_reader import UNREADABLE, Where
from .entries import entry_ids, readable
from .markers import marker_problems

SHARED_KEYS = ("lesson", "minutes", "ideas", "was")
"""What is the same in every language stands once, in the page of the default language."""


def page_problems(page: Page, source: Source) -> Iterator[Problem]:
    """What is wrong in one page, and the translation that it lacks."""
    yield from page.problems
    original = source.original_of(page)
    if page.meta.data is not UNREADABLE:
        yield from _meta_problems(page)
    yield from _repeated_headings(page)
    yield from _unnamed_headings(page, original)
    yield from _excerpt_problems(page, source)
    yield from _block_problems(page, source)
    readable = original and isinstance(original.meta.data, Mapping) and original.meta.data
    if original and readable and original is not page and not (page.problems + original.problems):
        yield from _translation_problems(page, original)
        yield from _heading_problems(page, original)
    if original is page:
        yield from _original_problems(page)
    yield from marker_problems(page, source)
    yield from _untranslated(page, source)


def _meta_problems(page: Page) -> Iterator[Problem]:
    data = page.meta.data
    if not isinstance(data, Mapping) or not data:
        what = "there is no front matter with names and colons"
        yield page.problem(
            "missing-field", 1, what, "begin the file with ---, title: …, description: …, ---"
        )
        return
    yield from shape_problems(page.meta, PageMeta)
    for key in ("title", "description"):
        if isinstance(data.get(key), str) and not data[key].strip():
            yield page.meta.problem("empty-field", (key,), f"“{key}” is empty", "write it")
    for key in ("minutes", "objectives") if "lesson" in data else ():
        if not data.get(key):
            what = f"a lesson lacks “{key}”"
            yield page.meta.key_problem(
                "missing-field", ("lesson",), what, f"add “{key}:” to the front matter"
            )


def _original_problems(page: Page) -> Iterator[Problem]:
    """An original was compared with nothing."""
    if isinstance(page.meta.data, Mapping) and "translated" in page.meta.data:
        what = "“translated” stands in a page of the default language"
        yield page.meta.key_problem("unknown-field", ("translated",), what, "take it out")


def _translation_problems(page: Page, original: Page) -> Iterator[Problem]:
    for key in SHARED_KEYS:
        if isinstance(page.meta.data, Mapping) and key in page.meta.data:
            what = f"“{key}” stands in a translation, too"
            yield page.meta.key_problem(
                "out-of-step", (key,), what, f"keep it in {original.path} only"
            )
    theirs = original.objectives
    if page.objectives != theirs:
        what = f"the objectives are not those of {original.path}"
        fix = f"use these ids in this order: {', '.join(theirs) or 'none'}"
        yield page.meta.key_problem("out-of-step", ("objectives",), what, fix)


def _excerpt_problems(page: Page, source: Source) -> Iterator[Problem]:
    """What other pages show of this one can be shown."""
    above = page.first_line - 1
    for line in phrases(page.body)[1]:
        what = "this sentence starter does not have two registers"
        fix = "write below it “:   *Formal.* …” and “:   *Plain.* …”, a line each"
        yield page.problem("phrase-registers", above + line, what, fix)
    known = entry_ids(source, "glossary")
    for name, line in terms(page.masked) if readable(source, "glossary") else ():
        if name not in known:
            what = f"the glossary has no term “{name}”"
            yield page.problem("unknown-id", above + line, what, suggest(name, known))


def _block_problems(page: Page, source: Source) -> Iterator[Problem]:
    """Blocks have a name that exists, and an end."""
    known = source.block_names
    open_ones = []
    broken = [fence for fence in _two_slashes(page) if fence.name in known]
    for fence in broken:
        what = f"the block “{fence.name}” begins with two slashes"
        yield page.problem("block", fence.line, what, f"write /// {fence.name}")
    for fence in sorted((*page.fences, *broken), key=lambda fence: fence.line):
        if fence.name:
            open_ones.append(fence)
            if fence.name not in known | {"details"}:
                what = f"there is no block “{fence.name}”"
                yield page.problem(
                    "block", fence.line, what, suggest(fence.name, known | {"details"})
                )
        elif open_ones:
            open_ones.pop()
        else:
            fix = "take the /// out, or open the block before it"
            yield page.problem(
                "block", fence.line, "a block is closed here that was never opened", fix
            )
    for fence in open_ones:
        what = f"the block “{fence.name}” is never closed"
        yield page.problem("block", fence.line, what, "write /// on a line of its own at its end")


def _two_slashes(page: Page) -> Iterator[Fence]:
    """Lines that look like the beginning of a block and lack a slash."""
    body = page.masked
    for match in re.finditer(r"^//\s*([\w-]+)", body, re.MULTILINE) if "//" in body else ():
        yield Fence(match[1], page.first_line + body.count("\n", 0, match.start()))


def _repeated_headings(page: Page) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for heading in page.headings:
        if heading.id == TOP:
            what = "a heading has the id “top”, which is the beginning of every page"
            yield page.problem("heading-id", heading.line, what, "choose another")
        if heading.id and seen.setdefault(heading.id, heading.line) != heading.line:
            what = f"the heading id “{heading.id}” stands here a second time"
            fix = f"choose another (the first is in line {seen[heading.id]})"
            yield page.problem("repeated-id", heading.line, what, fix)


def _unnamed_headings(page: Page, original: Page | None) -> Iterator[Problem]:
    """The headings of a lesson without an id, to which no question can send a reader back."""
    data = original.meta.data if original else None
    for heading in page.headings if isinstance(data, Mapping) and "lesson" in data else ():
        if not heading.id:
            what = f"the heading “{heading.text}” has no id"
            fix = "write “{ #name }” behind it, the same in all languages"
            yield Problem(page.path, heading.line, what, fix, advice=True, rule="heading-id")


def _heading_problems(page: Page, original: Page) -> Iterator[Problem]:
    """The first place where the headings of a translation and its original part ways."""

    def marks(headings: tuple[Heading, ...]) -> list[tuple[int, str | None]]:
        return [(heading.level, heading.id) for heading in headings]

    ours, theirs = marks(page.headings), marks(original.headings)
    for index in range(max(len(ours), len(theirs))):
        if ours[index : index + 1] == theirs[index : index + 1]:
            continue
        line = page.headings[index].line if index < len(ours) else page.last_line
        what = f"the headings are not those of {original.path}"
        fix = "it has no further heading"
        if index < len(theirs):
            level, name = theirs[index]
            fix = f"here it has “{'#' * level} …{f' {{ #{name} }}' if name else ''}”"
        yield page.problem("out-of-step", line, what, fix)
        return


def _untranslated(page: Page, source: Source) -> Iterator[Problem]:
    default = source.languages[0]
    if page.language != default:
        if source.original_of(page) is None:
            what = f"this translation has no page in “{default}”"
            yield page.problem(
                "file-name", 1, what, f"write docs/{page.uri}.md, or correct the file's name"
            )
        return
    for language in source.finished:
        if language not in source.by_uri[page.uri]:
            what = f"this page has no translation into “{language}”"
            fix = f"write docs/{page.uri}.{language}.md (until then readers see this text, marked)"
            yield Problem(page.path, 1, what, fix, advice=True, rule="missing-translation")


def name_problems(source: Source) -> Iterator[Problem]:
    """Lesson numbers, objective ids and page names belong to one page each."""
    owner: dict[tuple[str, str], Page] = {}
    for page in source.originals:
        for kind, name, where in _names(page):
            first = owner.setdefault((kind, name), page)
            if first is not page:
                what = f"the {kind} “{name}” is taken by {first.path}"
                yield page.meta.key_problem("repeated-id", where, what, "choose another")


def _names(page: Page) -> Iterator[tuple[str, str, Where]]:
    yield "page name", page.slug, ()
    for name in page.objectives:
        yield "objective", name, ("objectives", name)
    if isinstance(page.meta.data, Mapping) and isinstance(page.meta.data.get("lesson"), str):
        yield "lesson", page.meta.data["lesson"], ("lesson",)
