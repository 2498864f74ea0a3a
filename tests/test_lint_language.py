"""Bad style in one language, told word for word; and its data."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from course.lint.language import language_problems, passage_problems
from course.lint.language_data import FOLDER, LanguageData, Pattern, compiled_rules, language_data
from course.lint.passages import HOLE, Passage, without_code
from hypothesis import given
from hypothesis import strategies as st
from lint_part import told
from small_course import cases

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yml"))


@pytest.mark.parametrize("case", cases("lint_language"), ids=lambda case: str(case["name"]))
def test_bad_style_is_told(tmp_path: Path, case: Any) -> None:
    assert told(language_problems, tmp_path, case) == case["problems"]


def data_of(language: str) -> LanguageData:
    data = language_data(language)
    assert data
    return data


def found(text: str, kind: str = "page", language: str = "ro") -> list[str]:
    passage, patterns = Passage("a.md", language, kind, text, ((0, 1),)), compiled_rules(language)
    return [problem.rule for problem in passage_problems(passage, data_of(language), patterns)]


def test_a_command_to_tu_is_one_in_the_interface_only() -> None:
    assert found("Alege o variantă.", "strings") == ["register"]
    assert found("Alegeți o variantă.", "strings") == []
    assert found("Alege o variantă și pleacă.", "data") == []


def test_a_language_without_data_has_no_rules() -> None:
    assert language_data("xx") is None
    assert compiled_rules("xx") == ()


@pytest.mark.parametrize(
    ("find", "hints"),
    [
        (r"\bagre(?:a|ez)\b", ("agre",)),
        (r"\b(?:tu|tine)\b", ("tu", "tine")),
        (r"\bla o primă\b(?! (?:vedere|etapă))", ("la o primă",)),
        (r"\bjourneys?\b", ()),
        (r"\bone\b|\btwo\b", ()),
        (r"\b(?:one )?two\b", ()),
        (r"\b(?:one|two\w*)\b", ()),
        (r"\w-ți\b", ()),
    ],
)
def test_what_is_looked_for_first_is_in_all_that_a_pattern_finds(
    find: str, hints: tuple[str, ...]
) -> None:
    assert Pattern(find=find).hints == hints


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_read_as_they_are_written(language: str) -> None:
    """An unquoted `on` or `no` would be a truth value, and never match."""
    raw = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    assert all(isinstance(word, str) for word in raw["foreign"]["words"])
    assert all("{found}" in rule.what for rule in data_of(language).rules)


@given(st.text(alphabet='a „”«»"*[]()`<>!-{}#/|:.\n4,% șŞ', max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    masked = without_code(text)
    assert masked.count("\n") == text.count("\n")
    assert not set(re.sub(HOLE, "", masked)) - set(text)
    for kind in ("page", "meta", "data", "strings"):
        found(masked, kind)
