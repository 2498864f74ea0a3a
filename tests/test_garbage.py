"""Python searches for garbage again when a build has ended, however it ended."""

from __future__ import annotations

import gc
import weakref

import pytest
from course.garbage import (
    SELDOM,
    collection_as_usual,
    collection_held_back,
    collection_over,
)


def test_it_is_held_back_during_a_build_only() -> None:
    usual = gc.get_threshold()
    with collection_held_back():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == SELDOM
    collection_as_usual()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == usual


def test_a_course_with_mistakes_leaves_it_as_it_was() -> None:
    usual = gc.get_threshold()
    with pytest.raises(ValueError, match="mistake"), collection_held_back():
        raise ValueError("mistake")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == usual


def test_what_a_process_has_at_its_end_is_not_searched() -> None:
    class Kept:
        pass

    one, other = Kept(), Kept()
    one.other, other.other = other, one  # type: ignore[attr-defined]
    gone = weakref.ref(one)
    collection_over()
    try:
        del one, other
        gc.collect()
        assert gone()
    finally:
        gc.unfreeze()
    gc.collect()
    assert not gone()
