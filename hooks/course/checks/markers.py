"""What is wrong with the markers of pages, and with data that no marker places."""

from __future__ import annotations

from collections.abc import Iterator

from ..load import Source
from ..page import Comment, Page, read_allowance
from ..place import Marker, meant_marker, read_marker
from ..problem import Problem, suggest
from ..yaml_reader import UNREADABLE
from .entries import ENTRIES, entry_ids, readable

OWN = (
    *("progress", "review", "certificate", "confidence", "glossary", "phrases", "notes"),
    *("planner", "fields"),
)
"""The markers of what can stand only once on a page."""

NAMING = ("plan", "picture", "confidence", "scenario", "chart")
"""The markers that name one thing."""

TABLE_OF = {"challenges": "challenges", "plan": "plans", "picture": "pictures"}
"""The table whose entries a marker names."""


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


def marker_problems(page: Page, source: Source) -> Iterator[Problem]:
    """What is wrong with the markers of a page, each by itself and all together."""
    for comment in page.comments:
        yield from _comment_problems(page, comment, source)
    yield from _repeated_placements(page)


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
