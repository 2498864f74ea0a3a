"""What translations lack: sections whose original has changed, texts, rules for their language.

All of it is advice: a reader sees the section with a note, or the text of the original.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..load import Source
from ..page import Page
from ..problem import Problem
from ..translation import compared
from ..unfinished import Share, shares
from .language_data import language_data
from .spelling import dictionary_of
from .words import cues


def translation_problems(source: Source) -> Iterator[Problem]:
    """Where translations are stale or wanting."""
    for page in source.pages:
        original = source.original_of(page)
        if original and original is not page:
            yield from _stale(page, original)
    for language in source.languages:
        yield from _without_rules(source, language)
        for share in shares(source, language) if language in source.unfinished else ():
            yield from _wanting(source, share)


def _stale(page: Page, original: Page) -> Iterator[Problem]:
    """A section whose original is no longer the one it was confirmed against."""
    for section in compared(page, original):
        if section.state == "stale":
            what = f"the original of “{section.id}” ({original.path}) has changed since"
            what += " this translation was confirmed"
            where = f"{page.path}#{section.id}"
            fix = f"compare them, then run: python3 course.py status --confirm {where}"
            yield Problem(page.path, section.line, what, fix, True, rule="stale-translation")


def _wanting(source: Source, share: Share) -> Iterator[Problem]:
    """One finding for all that a file lacks in a language that is being added."""
    if not share.missing:
        return
    first, count = share.missing[0], f"{len(share.missing)} of {share.total}"
    code = f"“{share.language}”"
    path, line = share.path, first.line
    if share.path == "docs":
        path, line = "mkdocs.yml", source.unfinished[share.language]
        what, fix = f"{count} pages have no {code}", f"write {first.path} and the others"
    elif share.path == "mkdocs.yml":
        what = f"{count} titles of the navigation have no {code}"
        fix = f"write them below “nav_translations:” of {code}"
    elif first.path.startswith("hooks/"):
        what = f"{count} interface texts have no {code}"
        fix = f"begin with {first.place}"
        if share.language not in source.strings:
            path, line = "mkdocs.yml", source.unfinished[share.language]
            fix = f"write {share.path}; until then readers see the default language"
    else:
        what, fix = f"{count} texts have no {code}", f"begin with {first.place}"
    list_all = f"course.py status --missing {share.language} lists all"
    yield Problem(path, line, what, f"{fix} ({list_all})", True, rule="unfinished")


def _without_rules(source: Source, language: str) -> Iterator[Problem]:
    """Which parts of the linter know nothing of a language, said once."""
    lacking = {
        f"the rules of style (hooks/course/lint/language/{language}.yml)": language_data(language),
        f"the cues of questions (hooks/course/lint/cues/{language}.yml)": cues(language),
        "a dictionary (hooks/course/lint/dictionaries)": dictionary_of(language),
    }
    missing = [name for name, data in lacking.items() if not data]
    if missing:
        line = source.unfinished.get(language, 1)
        what = f"texts in “{language}” are checked without {_listed(missing)}"
        fix = "read them with more care, or add what is missing"
        yield Problem("mkdocs.yml", line, what, fix, True, rule="language-rules")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
