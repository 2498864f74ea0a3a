"""`check`: everything that is wrong with the course, and advice where it could be better.

Reads the course, looks it over, prints what it found; writes nothing but with --fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ..graph import numbers
from ..load import read_source
from ..look import Findings, look_over
from ..model import Course
from ..settings import SettingsError, read_settings
from .mending import mended
from .progress import doing
from .report import as_github, as_json, as_text, summary
from .verb import Verb


@click.command(
    cls=Verb,
    examples={
        "check": "list what is wrong with the course, and what could be better",
        "check --fix": "mend what is safe to mend, after you have seen it",
        "check --json": "the findings for another program",
        "check --github": "the findings as GitHub shows them beside a change",
    },
)
@click.option("--json", "form", flag_value="json", help="Print the findings as JSON.")
@click.option("--github", "form", flag_value="github", help="Print annotations for GitHub.")
@click.option("--fix", "mend", is_flag=True, help="Show what can be mended safely, and ask.")
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
@click.pass_obj
def check(root: Path, form: str | None, mend: bool, yes: bool) -> int:
    """List what is wrong with the course, and what could be better.

    Every finding has its file, its line, what to do, and the name of its rule, under which
    docs/trainers/rules.md says more. Advice is for you to judge. The exit status is 1 when
    there is an error, 0 with advice alone.

    --fix mends letters, quotation marks and missing ids. It shows the changes first, and
    writes nothing unless you agree.
    """
    if mend and not mended(root, yes):
        return 1
    course, findings = looked_over(root)
    if form == "json":
        click.echo(as_json(findings))
    elif form == "github":
        click.echo("\n".join([*as_github(findings), summary(findings)]))
    else:
        counted = [*conversations(course), ""] if course and course.scenarios else []
        click.echo("\n".join([*counted, *as_text(findings)]))
    return int(findings.errors > 0)


def looked_over(root: Path) -> tuple[Course | None, Findings]:
    """The course in `root` if it is sound, and what is found about it.

    Without the languages that mkdocs.yml names nothing else can be judged.
    """
    try:
        settings = read_settings(root)
    except SettingsError as error:
        return None, Findings(error.problems)
    with doing("Reading the course and checking it") as tell:
        source = read_source(root, settings.languages, settings.modules)
        return look_over(source, tell)


def conversations(course: Course) -> Iterator[str]:
    """A line for each practice conversation: how much there is of it."""
    for name, scenario in sorted(course.scenarios.items()):
        counted = numbers(scenario.graph)
        more = "more than " if counted.more else ""
        yield (
            f"quizzes/scenarios/{name}.yml: "
            f"{more}{counted.paths} paths, {counted.endings} endings, "
            f"{counted.shortest} to {counted.longest} decisions."
        )
