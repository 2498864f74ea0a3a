"""Results that are kept: whole or not at all, bounded, and only while all they asked for holds."""

from __future__ import annotations

import multiprocessing
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from course.asking import Answers, asking
from course.cache import Question, Store, fingerprint
from course.fingerprints import of_files, of_settings
from course.render import Renderer
from small_course import judge, lay_out, small_course
from small_site import ROOT

KEY = fingerprint("a page")


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_got_by_another_process_too(tmp_path: Path) -> None:
    value = {"html": "<p>Așteptați…</p>", "ids": ["a", "b"]}
    Store(tmp_path).put(KEY, value)
    assert Store(tmp_path).get(KEY) == value
    assert Store(tmp_path).get(fingerprint("another")) is None


@pytest.mark.parametrize("damage", [b"", b"short", None])
def test_a_damaged_entry_is_none_and_is_mended_by_the_next(tmp_path: Path, damage: Any) -> None:
    store = Store(tmp_path)
    store.put(KEY, "whole")
    (entry,) = entries(tmp_path)
    raw = entry.read_bytes()
    flipped = raw[:-1] + bytes([raw[-1] ^ 1])
    entry.write_bytes(flipped if damage is None else damage)
    assert store.get(KEY) is None
    store.put(KEY, "whole again")
    assert store.get(KEY) == "whole again"


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    store = Store(tmp_path / "file")
    store.put(KEY, "lost")
    assert store.get(KEY) is None
    store.prune()


def _write(folder: Path, text: str) -> None:
    store = Store(folder)
    for _ in range(200):
        store.put(KEY, text)


def test_two_builds_at_once_never_show_half_an_entry(tmp_path: Path) -> None:
    texts = {"a" * 200_000, "b" * 100_000}
    writers = [multiprocessing.Process(target=_write, args=(tmp_path, text)) for text in texts]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(Store(tmp_path).get(KEY))
    assert seen - {None} <= texts
    assert Store(tmp_path).get(KEY) in texts
    assert len(entries(tmp_path)) == 1


def test_what_was_used_longest_ago_goes_first_and_so_does_what_a_killed_build_left(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path, most=2000)
    keys = [fingerprint(number) for number in range(4)]
    for age, key in enumerate(keys):
        store.put(key, "x" * 600)
        path = next(path for path in entries(tmp_path) if path.name == key[2:])
        os.utime(path, (time.time() - age * 100_000,) * 2)
    assert store.get(keys[3])  # used now, so no longer the oldest
    left = path.with_name("half.1.2.new")
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    store.prune()
    kept = [key for key in keys if store.get(key)]
    assert keys[0] in kept
    assert keys[3] in kept
    assert keys[2] not in kept
    assert not left.exists()
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 2000


def test_a_result_holds_while_all_it_asked_for_does(tmp_path: Path) -> None:
    store, world, made = Store(tmp_path), {"a": "1", "b": "1", "c": "1"}, []

    def answer(question: Question) -> str:
        return world[question[0]]

    def make(ask: Any) -> str:
        made.append(1)
        ask(("a",))
        if world["a"] == "1":
            ask(("b",))
        return "/".join(world.values())

    def result() -> str:
        return str(store.remembered(KEY, answer, make).value)

    assert (result(), result(), len(made)) == ("1/1/1", "1/1/1", 1)
    world["c"] = "2"  # was not asked for
    assert (result(), len(made)) == ("1/1/1", 1)
    world["b"] = "2"
    assert (result(), len(made)) == ("1/2/2", 2)
    world["a"] = "2"
    assert (result(), len(made)) == ("2/2/2", 3)
    world["b"] = "3"  # is no longer asked for
    assert (result(), len(made)) == ("2/2/2", 3)


def test_a_piece_notes_what_it_asks_the_course_for(tmp_path: Path) -> None:
    files = small_course() | {
        "docs/other.md": "---\ntitle: Other\ndescription: Other.\n---\nText.\n"
    }
    course, _ = judge(lay_out(tmp_path, files))
    assert course
    asked: set[Question] = set()
    templates = ROOT / "overrides/fragments"
    Renderer(asking(course, asked.add), "en", templates, lambda *_: "#").quiz("listening")
    assert {("quizzes", "listening"), ("pages", "listening"), ("strings", "en")} <= asked
    assert ("pages", "other") not in asked
    assert ("lessons",) not in asked
    before = Answers(course)
    quiz = course.quizzes["listening"]
    other = replace(course, quizzes={"listening": quiz.model_copy(update={"questions": ()})})
    after = Answers(other)
    assert [question for question in asked if before(question) != after(question)] == [
        ("quizzes", "listening")
    ]
    assert before(("quizzes", "nowhere")) == ""


def test_settings_count_with_what_they_take_from_the_environment() -> None:
    text = 'site_url: !ENV [SITE_URL, "https://a.example/"]\nsite_name: !ENV NAME\n'
    one = of_settings(text, {"SITE_URL": "x", "NAME": "n", "HOME": "/a"})
    assert one == of_settings(text, {"SITE_URL": "x", "NAME": "n", "HOME": "/b"})
    assert one != of_settings(text, {"SITE_URL": "y", "NAME": "n"})
    assert one != of_settings(text, {"SITE_URL": "x", "NAME": "m"})
    assert one != of_settings(text.replace("site_name", "site_author"), {})


def test_a_template_counts_by_its_name_and_its_text(tmp_path: Path) -> None:
    lay_out(tmp_path, {"a.html": "one", "b/c.html": "two", "d.css": "style"})

    def now() -> str:
        return of_files([tmp_path], [".html"])

    first = now()
    lay_out(tmp_path, {"d.css": "other"})
    assert now() == first
    lay_out(tmp_path, {"b/c.html": "three"})
    assert now() != first
    lay_out(tmp_path, {"b/c.html": "two"})
    assert now() == first
    (tmp_path / "a.html").rename(tmp_path / "e.html")
    assert now() != first
