"""Unknown words are told once in a file; the quick way agrees with spylls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from course.lint.spelling import FOLDER, accepted, misspelt, spelling_problems
from lint_part import told
from small_course import cases
from spylls.hunspell import Dictionary

WORDS = {
    "ro_RO": (
        "copiii oamenilor mergeau necinstit reîncepeți spuneți frumoasele Bucureștiului "
        "Ana clienților învinovățire nespusă conversațiile mergg fruumos negândit refaci "
        "conversațți PDF șapte autobuzele necopil reom"
    ),
    "en_GB": (
        "clients unhappily rewritten disagreed colour color behaviours London’s undoing "
        "nothingg apologises apologizs mistakenly reunhappy quizzes walked walkd British"
    ),
}


@pytest.mark.parametrize("case", cases("lint_spelling"), ids=lambda case: str(case["name"]))
def test_unknown_words_are_told(tmp_path: Path, case: Any) -> None:
    assert told(spelling_problems, tmp_path, case) == case["problems"]


@pytest.mark.parametrize("stem", WORDS)
def test_the_entries_that_are_read_are_all_that_count(stem: str) -> None:
    whole = Dictionary.from_files(str(FOLDER / stem))
    words = WORDS[stem].replace("’", "'").split()
    wrong = {word for word in words if not whole.lookup(word)}
    assert 0 < len(wrong) < len(words) / 2
    assert misspelt(words, stem[:2]) == wrong


@pytest.mark.parametrize("stem", WORDS)
def test_the_dictionaries_are_clean_and_counted(stem: str) -> None:
    count, *entries = (FOLDER / f"{stem}.dic").read_text(encoding="utf-8").splitlines()
    assert int(count) == len(entries)
    for ending in ("aff", "dic"):
        text = (FOLDER / f"{stem}.{ending}").read_text(encoding="utf-8")
        assert not set(text) & set("\u015e\u015f\u0162\u0163")


@pytest.mark.parametrize("language", ["en", "ro"])
def test_the_projects_own_words_are_needed(language: str) -> None:
    path = FOLDER / f"words.{language}.txt"
    listed = [line for line in path.read_text(encoding="utf-8").split("\n") if line[:1] not in "# "]
    assert len(listed) == len(set(listed)) == len(accepted(language)) > 0


def test_a_language_without_a_dictionary_is_not_checked() -> None:
    assert misspelt(["xqzw"], "xx") == frozenset()
