"""What is wrong with pages: front matter, translations, markers, placement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from .load import Comment, Page, Source
from .model import PageMeta
from .place import Marker, meant_marker, read_marker
from .problem import Problem, suggest
from .shape import shape_problems
from .yaml_reader import UNREADABLE

# What is the same in every language stands once, in the page of the default language.
SHARED_KEYS = ("lesson", "minutes", "ideas")


def page_problems(page: Page, source: Source) -> Iterator[Problem]:
    """What is wrong in one page, and the translation that it lacks."""
    yield from page.problems
    if page.meta.data is not UNREADABLE:
        yield from _meta_problems(page, source)
    yield from _heading_problems(page, source)
    for comment in page.comments:
        yield from _comment_problems(page, comment, source)
    yield from _repeated_placements(page)
    yield from _untranslated(page, source)


def _meta_problems(page: Page, source: Source) -> Iterator[Problem]:
    if not isinstance(page.meta.data, Mapping):
        what = "the front matter is empty"
        yield Problem(page.path, 1, what, "begin the file with ---, title: …, description: …, ---")
        return
    yield from shape_problems(page.meta, PageMeta)
    data = page.meta.data
    for key in ("title", "description"):
        if isinstance(data.get(key), str) and not data[key].strip():
            yield Problem(page.path, page.meta.line((key,)), f"“{key}” is empty", "write it")
    original = original_of(page, source)
    if original is page:
        yield from _lesson_problems(page)
    elif original and not original.problems:
        yield from _translation_problems(page, original)


def _lesson_problems(page: Page) -> Iterator[Problem]:
    data = page.meta.data
    if "lesson" not in data:
        return
    for key in ("minutes", "objectives"):
        if not data.get(key):
            what = f"a lesson lacks “{key}”"
            yield Problem(page.path, page.meta.key_line(("lesson",)), what, f"add “{key}:” to the front matter")


def _translation_problems(page: Page, original: Page) -> Iterator[Problem]:
    for key in SHARED_KEYS:
        if key in page.meta.data:
            what = f"“{key}” stands in a translation, too"
            line = page.meta.key_line((key,))
            yield Problem(page.path, line, what, f"keep it in {original.path} only")
    ours, theirs = objective_ids(page), objective_ids(original)
    if ours != theirs:
        line = page.meta.key_line(("objectives",))
        what = "the objectives are not those of " + original.path
        yield Problem(page.path, line, what, f"use these ids in this order: {', '.join(theirs) or 'none'}")


def _heading_problems(page: Page, source: Source) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for heading in page.headings:
        if heading.id and heading.id in seen:
            what = f"the heading id “{heading.id}” stands here a second time"
            yield Problem(page.path, heading.line, what, f"choose another (the first is in line {seen[heading.id]})")
        elif heading.id:
            seen[heading.id] = heading.line
    original = original_of(page, source)
    if original is None or original is page or page.problems or original.problems:
        return
    ours = [(h.level, h.id) for h in page.headings]
    theirs = [(h.level, h.id) for h in original.headings]
    if ours == theirs:
        return
    index = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    line = page.headings[index].line if index < len(ours) else 1
    expected = f"“{'#' * theirs[index][0]} … {{ #{theirs[index][1]} }}”" if index < len(theirs) else "no further heading"
    what = f"the headings are not those of {original.path}"
    yield Problem(page.path, line, what, f"here it has {expected}")


def _comment_problems(page: Page, comment: Comment, source: Source) -> Iterator[Problem]:
    marker = read_marker(comment.text)
    if marker is None:
        meant = meant_marker(comment.text)
        if meant:
            what = f"“<!-- {comment.text} -->” is no marker"
            yield Problem(page.path, comment.line, what, f"did you mean “<!-- {meant} -->”, or with a name, “<!-- {meant}: … -->”?")
        return
    if not comment.alone:
        what = f"the marker “{comment.text}” shares its line with other text"
        yield Problem(page.path, comment.line, what, "put it on a line of its own, not indented")
    yield from _marker_problems(page, marker, comment.line, source)


def _marker_problems(page: Page, marker: Marker, line: int, source: Source) -> Iterator[Problem]:
    known = {"quiz": quiz_names(source), "challenges": row_names(source), "lessons": set[str]()}
    names = marker.arguments
    if marker.name == "quiz" and len(names) > 1:
        what = "a quiz marker names more than one quiz"
        yield Problem(page.path, line, what, "write a marker for each")
    if marker.name == "quiz" and not names and page.slug not in known["quiz"]:
        what = f"this page has no self-check of its own (quizzes/{page.slug}.yml)"
        yield Problem(page.path, line, what, f"write that file, or name a quiz in the marker ({suggest(page.slug, known['quiz'])})")
    for name in names:
        if name not in known[marker.name]:
            what = f"the marker names “{name}”, which does not exist"
            yield Problem(page.path, line, what, suggest(name, known[marker.name]))


def placed_quizzes(page: Page) -> list[tuple[str, int]]:
    """The quizzes that a page's markers place, with their lines."""
    found = []
    for comment in page.comments:
        marker = read_marker(comment.text)
        if marker and marker.name == "quiz":
            found += [(name, comment.line) for name in marker.arguments or (page.slug,)]
    return found


def _repeated_placements(page: Page) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for name, line in placed_quizzes(page):
        if name in seen:
            what = f"the self-check “{name}” is placed on this page a second time"
            yield Problem(page.path, line, what, f"take one out (the first is in line {seen[name]})")
        seen.setdefault(name, line)
    tables = [c for c in page.comments if (m := read_marker(c.text)) and m.name == "challenges"]
    for comment in tables[1:]:
        what = "the challenge table is placed on this page a second time"
        yield Problem(page.path, comment.line, what, f"name all rows in one marker (line {tables[0].line})")


def _untranslated(page: Page, source: Source) -> Iterator[Problem]:
    if page.language != source.languages[0]:
        if original_of(page, source) is None:
            what = f"this translation has no page in “{source.languages[0]}”"
            yield Problem(page.path, 1, what, f"write docs/{page.uri}.md, or correct the file's name")
        return
    there = {other.language for other in source.pages if other.uri == page.uri}
    for language in source.languages:
        if language not in there:
            what = f"this page has no translation into “{language}”"
            fix = f"write docs/{page.uri}.{language}.md; until then readers see this text with a notice"
            yield Problem(page.path, 1, what, fix, advice=True)


def title_problems(source: Source) -> Iterator[Problem]:
    """Lesson numbers and objective ids belong to one lesson each; slugs name one page."""
    originals = [p for p in source.pages if p.language == source.languages[0]]
    owner: dict[tuple[str, str], Page] = {}
    for page in originals:
        if not isinstance(page.meta.data, Mapping):
            continue
        claims = [("objective", name, ("objectives", name)) for name in objective_ids(page)]
        claims.append(("page name", page.slug, ()))
        if isinstance(page.meta.data.get("lesson"), str):
            claims.append(("lesson", page.meta.data["lesson"], ("lesson",)))
        for kind, name, where in claims:
            first = owner.setdefault((kind, name), page)
            if first is not page and (kind != "page name" or page.slug != "index"):
                what = f"the {kind} “{name}” is taken by {first.path}"
                yield Problem(page.path, page.meta.key_line(where), what, "choose another")


def placement_problems(source: Source) -> Iterator[Problem]:
    """Data that no page places."""
    slugs = {page.slug for page in source.pages}
    placed = {name for page in source.pages for name, _ in placed_quizzes(page)} | slugs
    for name, document in source.quizzes.items():
        if name not in placed:
            what = f"no page places this self-check: there is no page “{name}” and no marker names it"
            yield Problem(document.path, 1, what, suggest(name, slugs))
    markers = [m for page in source.pages for c in page.comments if (m := read_marker(c.text))]
    if source.challenges and not any(m.name == "challenges" for m in markers):
        what = "no page places the challenge table"
        yield Problem(source.challenges.path, 1, what, "put <!-- challenges --> on a page")


def original_of(page: Page, source: Source) -> Page | None:
    """The same page in the default language."""
    return next((p for p in source.pages if p.uri == page.uri and p.language == source.languages[0]), None)


def objective_ids(page: Page) -> list[str]:
    """The ids of a lesson's objectives, in order."""
    objectives = page.meta.data.get("objectives") if isinstance(page.meta.data, Mapping) else None
    return list(objectives) if isinstance(objectives, Mapping) else []


def quiz_names(source: Source) -> set[str]:
    """The names that a quiz marker may use."""
    return set(source.quizzes)


def row_names(source: Source) -> set[str]:
    """The rows that a challenges marker may name."""
    data = source.challenges.data if source.challenges else None
    rows = data.get("rows") if isinstance(data, Mapping) else None
    ids = [row.get("id") for row in rows or [] if isinstance(row, Mapping)]
    return {name for name, _ in Counter(i for i in ids if isinstance(i, str)).items()}



