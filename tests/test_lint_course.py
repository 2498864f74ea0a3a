"""The real course: the linter finds no error, and is quick enough to be run often."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from course.check import check
from course.lint import lint
from course.load import read_source
from course.settings import read_settings
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_course import LANGUAGES, every_type, lay_out
from small_site import ROOT

ODD = st.text(alphabet='a „”«»“"*_[]()`<>!-{}#/|:.\n4,% șŞ>', max_size=50)


@settings(max_examples=25, deadline=None)
@given(ODD, ODD)
def test_the_linter_never_raises_on_a_course_that_can_be_built(one: str, other: str) -> None:
    files = every_type()
    files["docs/listening.md"] = files["docs/listening.md"].replace("Say nothing.", one)
    files["docs/listening.ro.md"] = files["docs/listening.ro.md"].replace("Nu spuneți", other)
    with TemporaryDirectory() as folder:
        source = read_source(lay_out(Path(folder), files), LANGUAGES)
        course, _ = check(source)
    assume(course)
    assert course
    found = lint(source, course)
    assert found == sorted(found)


def test_the_linter_finds_no_error_in_the_course() -> None:
    told = read_settings(ROOT)
    source = read_source(ROOT, told.languages, told.modules)
    course, problems = check(source)
    assert course, problems
    assert [str(problem) for problem in lint(source, course) if not problem.advice] == []
