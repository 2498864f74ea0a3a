"""`new`: a lesson, a question, a conversation or a chart to begin with, in all languages.

Asks for what is missing on a terminal only; elsewhere the defaults hold.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from ..lint.unwritten import MARK
from ..model import QUESTION_TYPES
from .new_pages import new_chart, new_lesson, new_scenario
from .new_question import new_question
from .verb import CALL, Verb, Verbs
from .workshop import Workshop, workshop
from .writing import Change, write_all


@click.group(cls=Verbs)
def new() -> None:
    """Begin a lesson, a question, a conversation or a chart.

    All files it needs are written, in all languages; the course builds at once. What is to be
    written in them is marked with TODO, and “check” lists it.
    """


def _titles(ctx: click.Context, option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """“ro=Titlul” as it is given -> {"ro": "Titlul"}."""
    pairs = [text.partition("=") for text in given]
    for language, equals, title in pairs:
        if not (language and equals and title):
            raise click.BadParameter('write it like ro="Titlul".', ctx, option)
    return {language: title for language, _, title in pairs}


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def add(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return add


_TITLE = _options(
    click.argument("title"),
    click.option(
        "titles",
        "--title",
        metavar='ro="…"',
        multiple=True,
        callback=_titles,
        help="The title in another language.",
    ),
    click.option("--name", default="", help="The name of the files; else made of the title."),
)
_MODULE = click.option(
    "--module", default="", help="The part of the navigation; else the last that has its like."
)


@new.command(
    cls=Verb,
    examples={
        'new lesson "How to close"': "a lesson at the end of the last module",
        'new lesson "How to close" --title ro="Cum încheiați" --module Prepare': "says more of it",
    },
)
@_TITLE
@_MODULE
@click.option(
    "--minutes", type=click.IntRange(1, 240), default=30, show_default=True, help="How long."
)
@click.pass_obj
def lesson(
    root: Path, title: str, titles: dict[str, str], name: str, module: str, minutes: int
) -> None:
    """Begin a lesson: its pages, its self-check, its place in the navigation."""
    shop = workshop(root)
    titles = _asked(shop, titles)
    _write(root, new_lesson(shop, title, titles, module, minutes, name))


@new.command(
    cls=Verb,
    examples={
        "new question listening": "a question with one right option",
        "new question listening --type order --section silence": "another type, about a section",
    },
)
@click.argument("lesson")
@click.option(
    "--type",
    "kind",
    type=click.Choice(QUESTION_TYPES),
    default="single",
    show_default=True,
    help="What the learner does.",
)
@click.option("--objective", default="", help="Its id; else the one with fewest questions.")
@click.option("--section", default="", help="The id of a heading; else the first of the page.")
@click.option("--id", "name", default="", help="The question's own id; else the next free one.")
@click.pass_obj
def question(root: Path, lesson: str, kind: str, objective: str, section: str, name: str) -> None:
    """Add a question to the self-check of LESSON."""
    shop = workshop(root)
    _write(root, new_question(shop, lesson, kind, objective, section, name))


@new.command(
    cls=Verb,
    examples={
        'new scenario "The late bill" --lesson listening': "a conversation and its page",
    },
)
@_TITLE
@click.option("--lesson", required=True, help="The lesson that it practises.")
@_MODULE
@click.pass_obj
def scenario(
    root: Path, title: str, titles: dict[str, str], name: str, lesson: str, module: str
) -> None:
    """Begin a practice conversation, with a page of its own."""
    shop = workshop(root)
    titles = _asked(shop, titles)
    _write(root, new_scenario(shop, title, titles, lesson, module, name))


@new.command(
    cls=Verb,
    examples={'new chart "Who pays" --title ro="Cine plătește"': "a chart below the others"},
)
@_TITLE
@click.option("--page", default="", help="Where it stands; else where most charts stand.")
@click.pass_obj
def chart(root: Path, title: str, titles: dict[str, str], name: str, page: str) -> None:
    """Begin a decision chart, on a page that is there."""
    shop = workshop(root)
    titles = _asked(shop, titles)
    _write(root, new_chart(shop, title, titles, page, name))


def _asked(shop: Workshop, titles: dict[str, str]) -> dict[str, str]:
    """The titles in other languages; on a terminal, those that are missing are asked for."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return titles
    missing = [language for language in shop.settings.languages[1:] if language not in titles]
    asked = {
        language: click.prompt(
            f"The title in “{language}” (Enter: later)", default="", show_default=False
        )
        for language in missing
    }
    return titles | {language: title for language, title in asked.items() if title.strip()}


def _write(root: Path, changes: Sequence[Change]) -> None:
    """Write the files, and say which."""
    write_all(root, changes)
    for change in changes:
        click.echo(f"{'changed' if change.was else 'new':8} {change.path}")
    click.echo(f"It builds as it is. “{CALL} check” lists what is to be written ({MARK}).")
