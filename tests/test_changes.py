"""What `serve` takes for an edit of texts, and how it hears of one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from course.changes import course_anew, read_anew
from course.check import check
from course.load import read_source
from course.states import differing, states
from course.watch import Watch
from small_course import LANGUAGES, every_type, lay_out, trainers_course
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from course import watch

PAGE, QUIZ = "docs/listening.md", "quizzes/listening.yml"

TEXTS = {
    "sentence": (PAGE, "Say nothing.", "Say nothing at all. [Up](index.md)"),
    "heading": (PAGE, "## Silence {", "## Being silent {"),
    "title": (PAGE, "title: Listening", "title: To listen"),
    "objective": (PAGE, "Keep silent for five", "Keep silent for six"),
    "data": (QUIZ, "What do you do?", "What now?"),
    "table": ("quizzes/challenges.yml", "Give real dates.", "Give dates."),
}

OTHERS = {
    "heading that goes": (PAGE, "{ #silence }", "{ #silences }"),
    "objective that goes": (PAGE, "keep-silent: Keep", "keep-quiet: Keep"),
    "minutes": (PAGE, "minutes: 20", "minutes: 25"),
    "marker": (PAGE, "<!-- quiz -->", "The end."),
    "key": (QUIZ, "key: true", "key: false"),
    "id": (QUIZ, "id: wait", "id: pause-first"),
    "language": (QUIZ, ', ro: "Ce faceți?"', ""),
    "mistake": (PAGE, "Say nothing.", "[Nowhere](nowhere.md)"),
    "mistake in YAML": (QUIZ, "questions:", "questions: ["),
}


@pytest.mark.parametrize("kind", [*TEXTS, *OTHERS])
def test_an_edit_of_texts_gives_the_course_of_a_whole_reading(tmp_path: Path, kind: str) -> None:
    files = trainers_course()
    root = lay_out(tmp_path, files)
    source = read_source(root, LANGUAGES)
    course, problems = check(source)
    assert course, problems
    path, old, new = (TEXTS | OTHERS)[kind]
    assert old in files[path]
    lay_out(root, {path: files[path].replace(old, new, 1)})
    after = read_anew(source, root, {path})
    assert (after is None) == (kind in OTHERS)
    if after:
        assert course_anew(course, after, {path}) == check(read_source(root, LANGUAGES))[0]


@pytest.mark.parametrize("path", ["mkdocs.yml", "docs/new.md", "quizzes/new.yml"])
def test_other_files_are_no_edit_of_texts(tmp_path: Path, path: str) -> None:
    root = lay_out(tmp_path, every_type())
    source = read_source(root, LANGUAGES)
    lay_out(root, {path: "title: New\n"})
    assert read_anew(source, root, {path}) is None
    assert read_anew(source, root, set()) is not None


def test_files_that_differ_are_new_gone_or_changed(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"a/same": "1", "a/changed": "1", "a/b/gone": "1"})
    before = states([str(root / "a"), str(root / "single")])
    lay_out(root, {"a/changed": "22", "a/new": "1", "single": "1", "a/__pycache__/x": "1"})
    (root / "a/b/gone").unlink()
    found = differing(before, states([str(root / "a"), str(root / "single")]))
    names = {Path(path).relative_to(root).as_posix() for path in found}
    assert names == {"a/changed", "a/new", "a/b/gone", "single"}


class Heard(FileSystemEventHandler):
    """Remembers that it was told of a change."""

    def __init__(self) -> None:
        self.told = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.told.set()


@contextmanager
def watching(watched: Watch, path: Path) -> Iterator[Heard]:
    heard = Heard()
    watched.schedule(heard, str(path), recursive=True)
    watched.start()
    yield heard
    watched.stop()
    watched.join()


def test_what_was_saved_before_the_watch_began_is_told(tmp_path: Path) -> None:
    before = states([str(tmp_path)])
    lay_out(tmp_path, {"docs/a.md": "saved meanwhile"})
    with watching(Watch(before), tmp_path) as heard:
        assert heard.told.wait(5)


@pytest.mark.parametrize("watched", ["docs", "mkdocs.yml"])
def test_the_system_tells_of_a_save_and_not_of_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watched: str
) -> None:
    monkeypatch.setattr(watch, "LOOK", 3600)
    root = lay_out(tmp_path, {"docs/a.md": "one", "mkdocs.yml": "one", "beside": "one"})
    path = root / "docs/a.md" if watched == "docs" else root / "mkdocs.yml"
    with watching(Watch(states([str(root / watched)])), root / watched) as heard:
        path.read_text(encoding="utf-8")
        lay_out(root, {"beside": "two"})
        assert not heard.told.wait(0.3)
        beside = root / ".new"
        beside.write_text("two", encoding="utf-8")
        beside.replace(path)
        assert heard.told.wait(5)


def test_where_the_system_tells_nothing_the_look_around_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no more watches")

    monkeypatch.setattr(watch, "LOOK", 0.05)
    root = lay_out(tmp_path, {"docs/a.md": "one"})
    watched = Watch(states([str(root)]))
    monkeypatch.setattr(watched._observer, "schedule", refuse)
    with watching(watched, root) as heard:
        lay_out(root, {"docs/a.md": "another"})
        assert heard.told.wait(5)
