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
from ..overview import overview
from ..problem import counted
from ..translation import confirmed
from .choosing import Choice, chosen
from .environment import CourseError
from .reading import settings_of
from .state_report import SHOWN, report, told
from .verb import CALL, Verb
from .writing import Change, read, write_all


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
    yield f"{counted(len(changes), 'file')} changed."


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
