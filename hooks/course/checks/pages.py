"""What is wrong with pages: front matter, translations, headings, markers, placement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..excerpts import phrases, terms
from ..load import Source
from ..model import PageMeta
from ..page import Comment, Fence, Heading, Page, read_allowance
from ..place import Marker, meant_marker, read_marker
from ..problem import Problem, suggest
from ..shape import shape_problems
from ..translation import TOP
from ..yaml_reader import UNREADABLE, Where

OWN = (
    *("progress", "review", "certificate", "confidence", "glossary", "phrases", "notes"),
    *("planner", "fields"),
)
"""The markers of what can stand only once on a page."""

NAMING = ("plan", "picture", "confidence", "scenario", "chart")
"""The markers that name one thing."""

TABLE_OF = {"challenges": "challenges", "plan": "plans", "picture": "pictures"}
"""The table whose entries a marker names."""

ENTRIES = {
    "challenges": "rows",
    "glossary": "terms",
    "plans": "plans",
    "pictures": "pictures",
    "planner": "sections",
}
"""The list that each table is."""

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
    for comment in page.comments:
        yield from _comment_problems(page, comment, source)
    yield from _repeated_placements(page)
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
    strings = source.strings.get(source.languages[0])
    texts = strings.data if strings and isinstance(strings.data, Mapping) else {}
    known = {key.removeprefix("block.") for key in texts if key.startswith("block.")}
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
    for number, line in enumerate(page.masked.split("\n"), page.first_line):
        match = re.match(r"//\s*([\w-]+)", line) if line.startswith("//") else None
        if match:
            yield Fence(match[1], number)


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


def _comment_problems(page: Page, comment: Comment, source: Source) -> Iterator[Problem]:
    marker = read_marker(comment.text)
    if read_allowance(comment.text):
        return
    if marker is None:
        meant = meant_marker(comment.text)
        if meant:
            fix = f"did you mean “<!-- {meant} -->”, or with a name, “<!-- {meant}: … -->”?"
            yield page.problem(
                "marker", comment.line, f"“<!-- {comment.text} -->” is no marker", fix
            )
        return
    if not comment.alone:
        what = f"the marker “{comment.text}” shares its line with other text"
        yield page.problem(
            "marker", comment.line, what, "put it on a line of its own, not indented"
        )
    yield from _marker_problems(page, marker, comment.line, source)


def _marker_problems(page: Page, marker: Marker, line: int, source: Source) -> Iterator[Problem]:
    if not readable(source, TABLE_OF.get(marker.name, "")):
        return
    known = _known_names(marker.name, source)
    if marker.name == "quiz" and len(marker.arguments) > 1:
        fix = "write a marker for each"
        yield page.problem("marker", line, "a quiz marker names more than one quiz", fix)
    if marker.name == "quiz" and not marker.arguments and page.slug not in known:
        original = source.original_of(page)
        if original and original is not page and page.slug in dict(placed_quizzes(original)):
            return  # It is told of the original.
        what = f"this page has no self-check of its own (quizzes/{page.slug}.yml)"
        fix = f"write that file, or name a quiz in the marker ({suggest(page.slug, known)})"
        yield page.problem("unknown-id", line, what, fix)
    if marker.name in NAMING and len(marker.arguments) != 1:
        what = f"the marker “{marker.name}” names {len(marker.arguments) or 'nothing'}"
        fix = f"write <!-- {marker.name}: … --> with one name ({', '.join(sorted(known))})"
        yield page.problem("marker", line, what, fix)
    for name in marker.arguments:
        if name not in known:
            what = f"the marker names “{name}”, which does not exist"
            yield page.problem("unknown-id", line, what, suggest(name, known))


def _known_names(marker: str, source: Source) -> set[str]:
    """What a marker may name."""
    if marker == "quiz":
        return set(source.quizzes)
    if marker == "confidence":
        return {"before", "after"}
    if marker == "scenario":
        return set(source.scenarios)
    if marker == "chart":
        return set(source.charts)
    return entry_ids(source, TABLE_OF[marker]) if marker in TABLE_OF else set()


def markers(page: Page) -> Iterator[tuple[Marker, int]]:
    """The markers of a page, with their lines."""
    for comment in page.comments:
        marker = read_marker(comment.text)
        if marker:
            yield marker, comment.line


def placed_quizzes(page: Page) -> list[tuple[str, int]]:
    """The self-checks that a page's markers place, with their lines."""
    return [
        (name, line)
        for marker, line in markers(page)
        if marker.name == "quiz"
        for name in marker.arguments or (page.slug,)
    ]


def _repeated_placements(page: Page) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for name, line in placed_quizzes(page):
        if name in seen:
            what = f"the self-check “{name}” is placed on this page a second time"
            yield page.problem(
                "placed-twice", line, what, f"take one out (the first is in line {seen[name]})"
            )
        seen.setdefault(name, line)
    tables = [line for marker, line in markers(page) if marker.name == "challenges"]
    for line in tables[1:]:
        what = "the challenge table is placed on this page a second time"
        yield page.problem(
            "placed-twice", line, what, f"name all rows in one marker (line {tables[0]})"
        )
    yield from _repeated_pieces(page)
    first: dict[str, int] = {}
    for marker, line in markers(page):
        if marker.name in OWN and first.setdefault(marker.name, line) != line:
            what = f"the marker “{marker.name}” stands on this page a second time"
            yield page.problem(
                "placed-twice", line, what, f"take one out (line {first[marker.name]} has it)"
            )
    if "review" in first and placed_quizzes(page):
        what = "the review holds every question, and this page has a self-check besides"
        yield page.problem("placed-twice", first["review"], what, "put one of them on another page")


def _repeated_pieces(page: Page) -> Iterator[Problem]:
    """A conversation or chart stands on a page once, or its parts would share their ids."""
    kinds = {"scenario": "conversation", "chart": "chart"}
    first: dict[Marker, int] = {}
    for marker, line in markers(page):
        if marker.name in kinds and first.setdefault(marker, line) != line:
            names = ", ".join(marker.arguments)
            what = f"the {kinds[marker.name]} “{names}” is placed on this page a second time"
            yield page.problem(
                "placed-twice", line, what, f"take one out (the first is in line {first[marker]})"
            )


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


def placement_problems(source: Source) -> Iterator[Problem]:
    """Data that no page places."""
    slugs = {page.slug for page in source.pages}
    placed = {name for page in source.pages for name, _ in placed_quizzes(page)} | slugs
    for name, document in source.quizzes.items():
        if name not in placed and document.data is not UNREADABLE:
            what = "no page places this self-check"
            guess = suggest(name, slugs)
            fix = f"name it after its page, or place it with <!-- quiz: {name} --> ({guess})"
            yield Problem(document.path, 1, what, fix, rule="not-placed")
    yield from _unplaced_tables(source)


def _unplaced_tables(source: Source) -> Iterator[Problem]:
    used = {
        (marker.name, name)
        for page in source.pages
        for marker, _ in markers(page)
        for name in (*marker.arguments, "")
    }
    if source.challenges and ("challenges", "") not in used:
        fix = "put <!-- challenges --> on a page"
        yield Problem(
            source.challenges.path, 1, "no page places the challenge table", fix, rule="not-placed"
        )
    planner = source.tables.get("planner")
    if planner and ("planner", "") not in used:
        yield Problem(
            planner.path,
            1,
            "no page places the planner",
            "put <!-- planner --> on one",
            rule="not-placed",
        )
    glossary = source.tables.get("glossary")
    pages = {
        page.slug
        for page in source.pages
        for marker, _ in markers(page)
        if marker.name == "glossary"
    }
    if glossary and pages != {"glossary"}:
        what = "the page glossary.md does not place the glossary, and lessons link to it there"
        yield Problem(
            glossary.path,
            1,
            what,
            "put <!-- glossary --> on docs/glossary.md alone",
            rule="not-placed",
        )
    for table, marker in (("plans", "plan"), ("pictures", "picture")):
        document = source.tables.get(table)
        for where, entry in document.items(ENTRIES[table]) if document else ():
            name = entry.get("id")
            if document and isinstance(name, str) and (marker, name) not in used:
                what = f"no page places the {marker} “{name}”"
                yield document.problem(
                    "not-placed", (*where, "id"), what, f"put <!-- {marker}: {name} --> on one"
                )


def unplaced(marker: str, name: str, what: str, source: Source, path: str) -> Iterator[Problem]:
    """A problem of the data file at `path` if no page asks for it with `marker` and its `name`.

    `what` is what a trainer calls that which the file holds.
    """
    placed = {
        argument
        for page in source.pages
        for each, _ in markers(page)
        if each.name == marker
        for argument in each.arguments
    }
    if name not in placed:
        fix = f"put <!-- {marker}: {name} --> on one"
        yield Problem(path, 1, f"no page places this {what}", fix, rule="not-placed")


def readable(source: Source, table: str) -> bool:
    """Whether a table could be read, or is not there at all; what names its entries then tells."""
    document = source.tables.get(table)
    return document is None or document.data is not UNREADABLE


def entry_ids(source: Source, table: str) -> set[str]:
    """The ids in one of the tables."""
    document = source.tables.get(table)
    entries = document.items(ENTRIES[table]) if document else ()
    return {entry["id"] for _, entry in entries if isinstance(entry.get("id"), str)}
