"""`status`: how far the course has come, and the confirmation of translations.

Reads the course and prints; only `--confirm` writes, and only into the front matter of the
translations that it names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..confirming import with_fingerprints
from ..load import Source, read_source
from ..overview import Overview, PageOverview, Translation, overview
from ..translation import confirmed
from .choosing import Choice, chosen
from .environment import CourseError
from .history import commits_before
from .reading import settings_of
from .table import WIDTH, table
from .verb import CALL, Verb
from .writing import Change, read, write_all

HEAD = ("Lesson", "Words", "Min", "Questions", "Objectives")
SHOWN = 8
"""How many pages or sections are named before the rest is only counted."""


@click.command(
    cls=Verb,
    examples={
        "status": "show how far lessons and translations are",
        "status --confirm listening#silence": "a section’s translation says what its original says",
        "status --confirm --all": "every translation does",
        "status --missing de": "list every text that a new language lacks",
    },
)
@click.argument("pages", nargs=-1, metavar="[PAGE[#SECTION]]…")
@click.option("--confirm", is_flag=True, help="Note that these translations are up to date.")
@click.option("--all", "every", is_flag=True, help="With --confirm: all pages.")
@click.option("--language", metavar="CODE", help="With --confirm: only translations into it.")
@click.option("--missing", metavar="CODE", help="List every text that a language lacks.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.pass_obj
def status(root: Path, /, **given: Any) -> int:
    """Show how far lessons and translations are, or confirm translations.

    A translation is stale when its original has changed since somebody compared the two. When
    you have done so, and mended what there was to mend, --confirm notes it in the translation.
    """
    asked = _Asked(**given)
    _check_options(asked)
    settings = settings_of(root)
    source = read_source(root, settings.languages, settings.modules)
    if asked.confirm:
        lines = _confirm(root, chosen(source, asked.pages, asked.language))
    elif asked.missing:
        lines = _missing(source, asked.missing)
    elif asked.as_json:
        lines = iter([json.dumps(told(overview(source)), ensure_ascii=False, indent=1)])
    else:
        lines = report(root, source, overview(source))
    click.echo("\n".join(lines))
    return 0


@dataclass(frozen=True)
class _Asked:
    """What the command line says."""

    pages: tuple[str, ...]
    confirm: bool
    every: bool
    language: str | None
    missing: str | None
    as_json: bool


def _check_options(asked: _Asked) -> None:
    """Raise UsageError for options that make no sense together."""
    wrong = ""
    if asked.confirm and not asked.pages and not asked.every:
        wrong = (
            "Name the pages whose translations you have compared with their originals, "
            "or write --all when you have compared every one."
        )
    elif asked.confirm and asked.pages and asked.every:
        wrong = "Name pages or write --all, not both."
    elif not asked.confirm and (asked.pages or asked.every or asked.language):
        wrong = "Pages, --all and --language say what to --confirm, which is missing."
    if wrong:
        raise click.UsageError(wrong, click.get_current_context())


def _confirm(root: Path, choices: Sequence[Choice]) -> Iterator[str]:
    """Write the fingerprints of the sections chosen: into every page, or into none."""
    changes, lines, problems = [], [], []
    for choice in choices:
        kept = confirmed(choice.page)
        wanted = {
            section.id: choice.fingerprints[section.id]
            if section.id in choice.sections
            else kept[section.id]
            for section in choice.compared
            if section.id in choice.sections or section.id in kept
        }
        path, text = choice.page.path, read(root, choice.page.path)
        news = [s.id for s in choice.compared if s.id in choice.sections and s.state != "current"]
        try:
            change = Change(path, with_fingerprints(text, wanted), path)
        except ValueError as error:
            problems.append(f"{path}: {error}; run {CALL} check and mend it first.")
            continue
        if news:
            changes.append(change)
            few = len(news) <= SHOWN
            lines.append(f"{path}: confirmed {', '.join(news) if few else f'{len(news)} sections'}")
        elif len(choices) <= SHOWN:
            lines.append(f"{path}: was up to date")
    if problems:
        raise CourseError("\n".join(problems))
    write_all(root, changes)
    yield from lines
    yield f"{len(changes)} {'file' if len(changes) == 1 else 'files'} changed."


def _missing(source: Source, language: str) -> Iterator[str]:
    """Every text that a language lacks, each with the place where it belongs."""
    if language not in source.languages[1:]:
        known = ", ".join(source.languages[1:])
        raise CourseError(f"The course is not translated into “{language}”; name one of: {known}.")
    count = 0
    for share in overview(source).shares:
        for text in share.missing if share.language == language else ():
            count += 1
            yield text.path if text.place == "page" else f"{text.path}:{text.line} {text.place}"
    yield f"{count} texts have no “{language}”." if count else f"Nothing lacks in “{language}”."


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
