"""Python searches for garbage again when a build has ended, however it ended."""

from __future__ import annotations

import gc

import pytest
from course.garbage import SELDOM, kept_from_search, search_as_usual


def test_it_is_held_back_during_a_build_only() -> None:
    usual = gc.get_threshold()
    with kept_from_search():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == SELDOM
    search_as_usual()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == usual


def test_a_course_with_mistakes_leaves_it_as_it_was() -> None:
    usual = gc.get_threshold()
    with pytest.raises(ValueError, match="mistake"), kept_from_search():
        raise ValueError("mistake")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == usual
