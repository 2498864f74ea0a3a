"""`check`: everything that is wrong with the course, and advice where it could be better.

Reads the course, checks it, and lints it when it is sound; prints what it found, writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from ..check import check as find_mistakes
from ..graph import numbers
from ..lint import lint
from ..load import read_source
from ..model import Course
from ..problem import Problem
from .progress import doing
from .reading import settings_of
from .verb import Verb


@click.command(
    cls=Verb,
    examples={
        "check": "list what is wrong with the course, and what could be better",
        "check --json": "the same for another program",
    },
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def check(root: Path, as_json: bool) -> int:
    """List what is wrong with the course, and what could be better.

    Every finding has its file, its line and what to do; what ends in “(advice)” is for you to
    judge. The exit status is 1 when there is an error, 0 with advice alone.
    """
    course, problems = looked_over(root)
    if as_json:
        found = [asdict(problem) for problem in problems]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        counted = [*conversations(course), ""] if course and course.scenarios else []
        click.echo("\n".join([*counted, *report(problems)]))
    return int(any(not problem.advice for problem in problems))


def looked_over(root: Path) -> tuple[Course | None, list[Problem]]:
    """The course in `root` if it is sound, and its mistakes or what the linter finds."""
    settings = settings_of(root)
    with doing("Reading the course and checking it") as tell:
        source = read_source(root, settings.languages, settings.modules, settings.unfinished)
        course, problems = find_mistakes(source)
        if course:
            tell("questions, translations, spelling")
            problems = sorted({*problems, *lint(source, course)})
    return course, problems


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


def report(problems: Iterable[Problem]) -> Iterator[str]:
    """The lines to print: file by file, errors before advice; a summary at the end."""
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.advice, problem))
    files = 0
    for _, group in groupby(ordered, key=lambda problem: problem.path):
        files += 1
        for problem in group:
            yield f"{problem}{' (advice)' if problem.advice else ''}"
        yield ""
    yield summary(ordered, files)


def summary(problems: list[Problem], files: int) -> str:
    """How many errors and how much advice there is."""
    errors = sum(not problem.advice for problem in problems)
    if not problems:
        return "Nothing to mend."
    counted = f"{errors} error{'' if errors == 1 else 's'}, {len(problems) - errors} advice"
    return f"{counted} in {files} file{'' if files == 1 else 's'}."
