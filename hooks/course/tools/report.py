"""Findings come in, what a trainer or a program reads of them goes out, line by line.

Three forms: for a terminal (by file, errors before advice), for other programs (JSON), and
for GitHub, which shows its lines beside the changed text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby

import click

from ..look import Findings
from ..problem import Problem, counted
from ..rules import place


def as_text(findings: Findings) -> Iterator[str]:
    """The lines for a terminal, with colours for click.echo; a summary at the end."""
    for _, group in groupby(findings.ordered, key=lambda problem: problem.path):
        for problem in group:
            kind = "advice: " if problem.advice else ""
            colour = "yellow" if problem.advice else "red"
            where = click.style(f"{problem.path}:{problem.line}:", bold=True)
            rule = click.style(f"[{problem.rule}]", fg=colour)
            yield f"{where} {kind}{problem.what}; {problem.fix}  {rule}"
            yield click.style(f"    {place(problem.rule)}", dim=True)
        yield ""
    yield summary(findings)


def summary(findings: Findings) -> str:
    """How many errors, how much advice, and how many silenced findings there are."""
    files = len({problem.path for problem in findings.problems})
    silenced = f" {len(findings.silenced)} silenced." if findings.silenced else ""
    if not findings.problems:
        return f"Nothing to mend.{silenced}"
    errors, where = counted(findings.errors, "error"), counted(files, "file")
    return f"{errors}, {findings.advice} advice in {where}.{silenced}"


def as_json(findings: Findings) -> str:
    """One object: the problems, what is silenced and why, and the counts."""
    told = [_told(problem) for problem in findings.ordered]
    silenced = [_told(one.problem) | {"reason": one.reason} for one in findings.silenced]
    found = {
        "problems": told,
        "silenced": silenced,
        "errors": findings.errors,
        "advice": findings.advice,
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def _told(problem: Problem) -> dict[str, object]:
    return asdict(problem) | {"handbook": place(problem.rule)}


def as_github(findings: Findings) -> Iterator[str]:
    """A workflow command for each problem, which GitHub shows at its line."""
    for problem in findings.ordered:
        level = "warning" if problem.advice else "error"
        where = f"file={_property(problem.path)},line={problem.line}"
        text = f"{problem.what}; {problem.fix} ({place(problem.rule)})"
        yield f"::{level} {where},title={_property(problem.rule)}::{_message(text)}"


def _message(text: str) -> str:
    """A text with what would end a workflow command written otherwise."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A value of a workflow command: a comma or colon would end it, too."""
    return _message(text).replace(":", "%3A").replace(",", "%2C")
