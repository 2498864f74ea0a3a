"""What a trainer, another program and GitHub read of the findings."""

from __future__ import annotations

import json

import click
from course.look import Findings
from course.problem import Problem
from course.silence import Silenced
from course.tools.report import as_github, as_json, as_text, summary

ADVICE = Problem("docs/b.md", 9, "odd", "mend it", True, rule="calque")
ERROR = Problem("docs/b.md", 12, "wrong", "mend it", rule="letters")
OTHER = Problem("docs/a, b: 100%.md", 1, "50% of\nit", "mend it", rule="spaces")
FOUND = Findings((ADVICE, ERROR), (Silenced(OTHER, "their word"),))


def test_errors_stand_before_advice_with_their_place_in_the_handbook() -> None:
    assert [click.unstyle(line) for line in as_text(FOUND)] == [
        "docs/b.md:12: wrong; mend it  [letters]",
        "    docs/trainers/rules.md#letters",
        "docs/b.md:9: advice: odd; mend it  [calque]",
        "    docs/trainers/rules.md#calque",
        "",
        "1 error, 1 advice in 1 file. 1 silenced.",
    ]


def test_the_summary_counts_what_is_silenced() -> None:
    assert summary(Findings(())) == "Nothing to mend."
    assert summary(Findings((), FOUND.silenced)) == "Nothing to mend. 1 silenced."


def test_json_has_the_counts_and_the_reasons() -> None:
    told = json.loads(as_json(FOUND))
    assert (told["errors"], told["advice"]) == (1, 1)
    assert told["problems"][0] == {
        "path": "docs/b.md",
        "line": 12,
        "what": "wrong",
        "fix": "mend it",
        "advice": False,
        "rule": "letters",
        "handbook": "docs/trainers/rules.md#letters",
    }
    assert [one["reason"] for one in told["silenced"]] == ["their word"]


def test_annotations_are_escaped() -> None:
    assert list(as_github(Findings((OTHER, ADVICE)))) == [
        "::error file=docs/a%2C b%3A 100%25.md,line=1,title=spaces::"
        "50%25 of%0Ait; mend it (docs/trainers/rules.md#spaces)",
        "::warning file=docs/b.md,line=9,title=calque::"
        "odd; mend it (docs/trainers/rules.md#calque)",
    ]
