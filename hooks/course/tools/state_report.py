"""How far the course has come, as `status` prints it: lines for a reader, data for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from ..load import Source
from ..overview import Overview, PageOverview, Translation
from ..translation import confirmed
from .history import commits_before
from .table import WIDTH, table
from .verb import CALL

HEAD = ("Lesson", "Words", "Min", "Questions", "Objectives")
SHOWN = 8
"""How many pages or sections are named before the rest is only counted."""


def report(root: Path, source: Source, seen: Overview) -> Iterator[str]:
    """The lines to print."""
    yield from _lesson_table(seen)
    yield from _other_pages(seen)
    yield from _stale_sections(root, source, seen)
    yield from _lacking(source, seen)


def _lesson_table(seen: Overview) -> Iterator[str]:
    languages = seen.languages[1:]
    rows = [[*HEAD, *languages]]
    rows += [
        [
            f"{page.lesson} {page.slug}",
            f"{page.words:,}",
            str(page.minutes),
            str(page.questions),
            f"{page.covered} of {page.objectives}",
            *(translation.state for translation in page.translations),
        ]
        for page in seen.lessons
    ]
    sums = [sum(getattr(page, key) for page in seen.lessons) for key in ("words", "minutes")]
    covered, objectives = (
        sum(getattr(page, key) for page in seen.lessons) for key in ("covered", "objectives")
    )
    rows.append(
        [
            f"{len(seen.lessons)} lessons",
            f"{sums[0]:,}",
            str(sums[1]),
            str(sum(page.questions for page in seen.lessons)),
            f"{covered} of {objectives}",
            *(_finished(seen.lessons, language) for language in languages),
        ]
    )
    yield from table(rows, frozenset({1, 2, 3, 4}), painted)


def _finished(pages: Sequence[PageOverview], language: str) -> str:
    found = [t.state for page in pages for t in page.translations if t.language == language]
    return f"{found.count('complete')} of {len(found)}"


def painted(cell: str) -> str:
    """A cell in the colour of what it says."""
    colours = {"complete": "green", "stale": "yellow", "unconfirmed": "yellow", "missing": "red"}
    colour = next((colour for word, colour in colours.items() if cell.strip().endswith(word)), None)
    return click.style(cell, fg=colour) if colour else cell


def _other_pages(seen: Overview) -> Iterator[str]:
    """The pages that are no lessons: how many, and those that are not complete."""
    if not seen.others:
        return
    yield ""
    done = (f"{_finished(seen.others, code)} complete in {code}" for code in seen.languages[1:])
    yield f"Other pages: {len(seen.others)}; {'; '.join(done)}."
    wanting = [
        f"  {painted(translation.state)}  {translation.path}"
        for page in seen.others
        for translation in page.translations
        if translation.state not in ("complete", "missing")
    ]
    yield from wanting[:SHOWN]
    if len(wanting) > SHOWN:
        yield f"  and {len(wanting) - SHOWN} more ({CALL} status --json has all)"


def _stale_sections(root: Path, source: Source, seen: Overview) -> Iterator[str]:
    """Where to look again, and how to see what has changed, if git can tell."""
    stale = [
        (page, translation)
        for page in seen.pages
        for translation in page.translations
        if translation.found("stale")
    ]
    if stale:
        yield ""
        yield "Stale: the original has changed since the translation was confirmed."
    for page, translation in stale:
        yield from _one_stale(root, source, page, translation)


def _one_stale(
    root: Path, source: Source, page: PageOverview, translation: Translation
) -> Iterator[str]:
    yield ""
    sections = translation.found("stale")
    ours = next(p for p in source.pages if p.path == translation.path)
    original = next(p for p in source.originals if p.path == page.path)
    titles = {heading.id: heading.text for heading in ours.headings}
    for section in sections:
        title = titles.get(section.id, "(the beginning of the page)")
        line = f"{translation.path}:{section.line} {click.style(section.id, fg='yellow')}"
        yield f"{line} {title}"[: WIDTH + len(line) - len(click.unstyle(line))]
    kept = confirmed(ours)
    commits = commits_before(root, original, {s.id: kept[s.id] for s in sections})
    found = [commits[section.id] for section in sections if section.id in commits]
    for commit in dict.fromkeys(found):
        names = ", ".join(name for name in commits if commits[name] == commit)
        about = f"  # {names}" if len(set(found)) > 1 else ""
        yield f"  See the change:  git diff {commit} -- {page.path}{about}"
    yield f"  Then:            {CALL} status --confirm {translation.path}"


def _lacking(source: Source, seen: Overview) -> Iterator[str]:
    """What languages that are being added lack, in figures."""
    for language in source.unfinished:
        found = [share for share in seen.shares if share.language == language]
        data = [share for share in found if share.path.startswith("quizzes/")]
        yield ""
        yield f"“{language}” is being added. So far it has:"
        for share in found:
            kinds = {"docs": "pages", "mkdocs.yml": "titles in the navigation"}
            if share not in data:
                kind = kinds.get(share.path, f"texts in {share.path}")
                yield f"  {share.there:>6,} of {share.total:>6,} {kind}"
        there, total = sum(share.there for share in data), sum(share.total for share in data)
        yield f"  {there:>6,} of {total:>6,} texts in quizzes/"
        yield f"  {CALL} status --missing {language} lists what it lacks."


def told(seen: Overview) -> dict[str, Any]:
    """Everything that is known, as plain data."""
    return {
        "languages": list(seen.languages),
        "pages": [
            {
                **{key: getattr(page, key) for key in ("path", "lesson", "words", "minutes")},
                **{key: getattr(page, key) for key in ("questions", "objectives", "covered")},
                "translations": [_translation(translation) for translation in page.translations],
            }
            for page in seen.pages
        ],
        "missing": [
            {"language": m.language, "path": m.path, "line": m.line, "place": m.place}
            for share in seen.shares
            for m in share.missing
        ],
    }


def _translation(translation: Translation) -> dict[str, Any]:
    return {
        "language": translation.language,
        "path": translation.path,
        "state": translation.state,
        "sections": [
            {"id": section.id, "line": section.line, "state": section.state}
            for section in translation.sections or ()
        ],
    }
