"""What is wrong with mkdocs.yml: what nobody could read a course by, and what would go silently.

MkDocs itself says of most of this nothing, or nothing with a line. What the generator needs no
word about is left to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..problem import Problem, nearest
from ..yaml_reader import UNREADABLE, Document, Where

FILE = "mkdocs.yml"

HOOK = "hooks/build_course.py"


def unusable(document: Document) -> Iterator[Problem]:
    """What keeps the languages and the modules of the course from being known."""
    data = document.data
    if data is UNREADABLE:
        return
    if not isinstance(data, Mapping):
        what, fix = "the file holds no settings", "put it back, from a copy or an earlier version"
        yield document.problem("settings", (), what, fix)
        return
    if "nav" in data:
        yield from _nav_problems(document, data["nav"], ("nav",))
    yield from _plugin_problems(document, data.get("plugins"))


def _nav_problems(document: Document, entries: Any, where: Where) -> Iterator[Problem]:
    if not isinstance(entries, list):
        what = f"no list stands at “{where[-1]}”"
        fix = "write each page on a line of its own that begins with “- ”"
        yield document.key_problem("navigation", where, what, fix)
        return
    for index, entry in enumerate(entries):
        place = (*where, index)
        if isinstance(entry, Mapping) and len(entry) == 1:
            ((title, inside),) = entry.items()
            if not isinstance(inside, str):
                yield from _nav_problems(document, inside, (*place, title))
        elif not isinstance(entry, str):
            what = "this line of the navigation is no page and no title with pages"
            fix = "write “- lessons/name.md”, or “- Title:” and its pages two spaces further in"
            yield document.problem("navigation", place, what, fix)


def _plugin_problems(document: Document, plugins: Any) -> Iterator[Problem]:
    listed = list(plugins) if isinstance(plugins, list | Mapping) else []
    each = (entry if isinstance(entry, Mapping) else [entry] for entry in listed)
    names = [name for entry in each for name in entry]
    if "i18n" not in names:
        guess = nearest("i18n", map(str, names))
        what = "the plugin “i18n”, which knows the languages, is missing"
        fix = f"write “i18n” for “{guess}”" if guess else "add it below “plugins:”, as it was"
        yield document.key_problem("settings", ("plugins",), what, fix)
        return
    for where, settings in _i18n(plugins):
        yield from _language_problems(document, where, settings)


def _i18n(plugins: Any) -> Iterator[tuple[Where, Any]]:
    """The settings of the plugin i18n, with their place."""
    if isinstance(plugins, Mapping):
        yield ("plugins", "i18n"), plugins["i18n"]
    else:
        for index, entry in enumerate(plugins):
            if entry == "i18n" or (isinstance(entry, Mapping) and "i18n" in entry):
                inside = entry["i18n"] if isinstance(entry, Mapping) else None
                yield ("plugins", index, "i18n"), inside


def _language_problems(document: Document, where: Where, settings: Any) -> Iterator[Problem]:
    languages = settings.get("languages") if isinstance(settings, Mapping) else None
    place = (*where, "languages")
    if not isinstance(languages, list) or not languages:
        what = "the plugin “i18n” names no language"
        fix = "add “languages:” below it, as it was"
        yield document.key_problem("settings", place, what, fix)
        return
    for index, entry in enumerate(languages):
        if not isinstance(entry, Mapping) or not isinstance(entry.get("locale"), str):
            what = "this language has no code"
            fix = "add “locale:” with its code, as in “locale: ro”"
            yield document.problem("settings", (*place, index), what, fix)
    entries = [entry for entry in languages if isinstance(entry, Mapping)]
    for index, entry in enumerate(languages):
        names = entry.get("nav_translations") if isinstance(entry, Mapping) else None
        if names is not None and not isinstance(names, Mapping):
            what, fix = "these are no titles with their translations", "write “Home: Acasă”, each"
            where = (*place, index, "nav_translations")
            yield document.key_problem("settings", where, what, fix)
    known = len(entries) == len(languages)
    if known and sum(entry.get("default") is True for entry in entries) != 1:
        what = "not exactly one language is the default one"
        yield document.key_problem("settings", place, what, "give “default: true” to one of them")


def settings_problems(document: Document | None) -> Iterator[Problem]:
    """What would make pages without self-checks, or a certificate that nobody gets."""
    data = document.data if document else None
    if not document or not isinstance(data, Mapping):
        return
    hooks = data.get("hooks")
    named = map(str, hooks if isinstance(hooks, list) else ())
    if not any(name.endswith("build_course.py") for name in named):
        what = "the hook that places self-checks on the pages is missing"
        yield document.key_problem("settings", ("hooks",), what, f"write below “hooks:”: - {HOOK}")
    extra = data.get("extra")
    course = extra.get("course") if isinstance(extra, Mapping) else None
    if isinstance(course, Mapping) and "mark" in course:
        yield from _mark_problems(document, course["mark"])


def _mark_problems(document: Document, mark: Any) -> Iterator[Problem]:
    if isinstance(mark, bool) or not isinstance(mark, int | float) or not 0 < mark <= 1:
        place = ("extra", "course", "mark")
        shown = document.plain.get(place, mark)
        what = f"“{shown}” stands at “mark”, and a share of 1 belongs here"
        yield document.problem("settings", place, what, "write it with a point: 0.7 for 70%")
