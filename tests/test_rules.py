"""The rules: every problem names one, and each has its place in the handbook, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
import yaml
from course.page import split_front_matter
from course.rules import ADVISED, MENDED, NEEDED, RULES, STYLE, can_be_silenced
from small_course import cases
from small_site import ROOT

CODE = ROOT / "hooks" / "course"
PAGES = {"en": "docs/trainers/rules.md", "ro": "docs/trainers/rules.ro.md"}
WORDS = {
    "en": ("Cannot be silenced.", "Can be silenced.", "Its advice can be silenced.", "Mended by"),
    "ro": (
        "Nu se poate suspenda.",
        "Se poate suspenda.",
        "Sfatul se poate suspenda.",
        "corectează",
    ),
}
TOLD = {"problem", "key_problem", "advice", "note"}


def told_rules() -> Iterator[str]:
    """The names with which the code tells of problems."""
    for path in CODE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in RULES and path.stem != "rules":
                yield str(node.value)
            if isinstance(node, ast.Call):
                yield from _rules_of(node)
    for path in (CODE / "lint" / "language").glob("*.yml"):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]:
            yield rule["rule"]


def _rules_of(call: ast.Call) -> Iterator[str]:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "rule"]
    if isinstance(call.func, ast.Attribute) and call.func.attr in TOLD:
        named += [argument for argument in call.args[:1] if len(call.args) == 4]
    for value in named:
        if isinstance(value, ast.Constant):
            yield str(value.value)


def entries(language: str) -> dict[str, str]:
    """The rules on the page in one language, each with what stands below its heading."""
    body = split_front_matter((ROOT / PAGES[language]).read_text(encoding="utf-8"))[1]
    parts = re.split(r"^### .* \{ #([\w-]+) \}$", body, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_code_tells_of_known_rules_only() -> None:
    assert set(told_rules()) - RULES == set()


def test_each_rule_is_told_of_by_the_code() -> None:
    computed = {"key-longest", "key-shortest"}  # bank.py: f"key-{name}"
    assert RULES - set(told_rules()) - computed == set()


def test_a_rule_is_needed_or_a_matter_of_style() -> None:
    assert not NEEDED & STYLE
    assert ADVISED <= NEEDED
    assert MENDED <= RULES


@pytest.mark.parametrize("language", PAGES)
def test_the_page_has_every_rule_and_no_other(language: str) -> None:
    assert set(entries(language)) == RULES


@pytest.mark.parametrize("language", PAGES)
def test_the_page_says_what_can_be_silenced_and_mended(language: str) -> None:
    never, always, advice, mended = WORDS[language]
    for rule, text in entries(language).items():
        said = advice if rule in ADVISED else always if can_be_silenced(rule) else never
        assert f"*{said}" in text, rule
        assert (mended in text) == (rule in MENDED), rule
        assert re.search(r"^(?:Example|Exemplu): ", text, re.MULTILINE), rule


def test_golden_cases_end_with_a_rule() -> None:
    for name in ("check", "charts", "scenarios", "tables", "links"):
        for case in cases(name):
            for told in case["problems"]:
                match = re.search(r"  \[([\w-]+)\](?: \(advice\))?$", told)
                assert match, told
                assert match[1] in RULES, told
