"""The course's own verbs inside its environment: `python -m course.command check`.

`course.py check` calls this. It reads the course, checks it, and lints it when it is sound; it
prints what it found and writes nothing. Status 1 with an error, 0 with advice only.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import yaml

from .check import check
from .graph import numbers
from .lint import lint
from .load import read_source
from .model import Course
from .problem import Problem
from .settings import Settings, read_settings

ROOT = Path(__file__).resolve().parents[2]


class CommandError(Exception):
    """What keeps the command from its work, told in one sentence."""


def settings_of(root: Path) -> Settings:
    """The settings of the course in `root`; raises CommandError when they cannot be used."""
    try:
        settings = read_settings(root)
    except OSError as error:
        raise CommandError(f"mkdocs.yml cannot be read ({error.strerror}); put it back.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or "unknown"
        raise CommandError(
            f"mkdocs.yml{where}: this is not readable as YAML ({said}); correct it."
        ) from None
    except (UnicodeError, AttributeError, KeyError, TypeError, ValueError):
        raise CommandError(
            "mkdocs.yml does not have its usual shape; compare it with an earlier version."
        ) from None
    if not settings.languages:
        raise CommandError(
            "mkdocs.yml names no language; add “languages:” to its plugin “i18n”, as it was."
        )
    return settings


def looked_over(root: Path) -> tuple[Course | None, list[Problem]]:
    """The course in `root` if it is sound, and its mistakes or what the linter finds."""
    settings = settings_of(root)
    source = read_source(root, settings.languages, settings.modules)
    course, problems = check(source)
    return course, problems if course is None else sorted({*problems, *lint(source, course)})


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


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Do what the command line asks; return the exit status."""
    parser = argparse.ArgumentParser("course.py", description="Look the course over.")
    verbs = parser.add_subparsers(required=True, metavar="verb")
    verb = verbs.add_parser("check", help="find what makes questions and texts bad")
    verb.add_argument("--json", action="store_true", help="print the findings as JSON")
    given = parser.parse_args(arguments)
    try:
        course, problems = looked_over(root)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    if given.json:
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        counted = [*conversations(course), ""] if course and course.scenarios else []
        print("\n".join([*counted, *report(problems)]))
    return int(any(not problem.advice for problem in problems))


def safely() -> int:
    """`main`, whose mistakes are told in one sentence, too."""
    try:
        return main()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader (`| head`) has seen enough
        sys.stderr.close()
        return 1
    except Exception as error:
        name = type(error).__name__
        print(f"The check itself failed ({name}: {error}); tell its makers.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(safely())
