"""What `serve` adds: saved changes show, mistakes stand in the page, the trainer's bar works."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from course.live import PATIENCE
from course.live_pages import place_of
from course.load import Source, read_source
from course.mishap import mishaps
from course.render import environment
from playwright.sync_api import Browser, Page, expect
from small_course import LANGUAGES, lay_out, small_course, trainers_course
from small_site import ROOT, mkdocs, small_site
from test_accessibility import violations
from test_build import Server, serving

QUIZ, PAGE = "quizzes/listening.yml", "docs/listening.md"
LONG = "\n\n".join(f"Paragraph {number} of a long page." for number in range(60))


def project(root: Path) -> Path:
    """The small course with a copy of the generator and the theme, so that they can be edited."""
    for folder in ("hooks", "overrides"):
        shutil.copytree(
            ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "schemas")
        )
    files = small_course()
    for name, title in ((PAGE, "More"), ("docs/listening.ro.md", "Mai mult")):
        files[name] += (
            f"\n## {title} {{ #more }}\n\n{LONG}\n\n"
            f"/// details | {title}\n\nInside.\n\n///\n\n{LONG}\n"
        )
    small_site(root, files)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8").replace(f"{ROOT}/", "")
    (root / "mkdocs.yml").write_text(
        settings.replace("  - quizzes\n", "  - quizzes\n  - overrides\n  - hooks/course/strings\n"),
        encoding="utf-8",
    )
    return root


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    root = project(tmp_path_factory.mktemp("a course ăș"))
    with serving(root) as server:
        server.wait("the first site", lambda: "course-live" in server.get("listening/"))
        yield root, server


def state(server: Server, page: str = "/listening/") -> dict[str, Any]:
    return dict(json.loads(server.get(f"course-live/state.json?page={page}") or "{}"))


def mistakes(server: Server) -> list[str]:
    return [f"{m['path']}:{m['line']}: {m['what']}; {m['fix']}" for m in state(server)["mistakes"]]


class Edit:
    """A changed file, which is itself again afterwards."""

    def __init__(self, path: Path, old: str, new: str) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        assert old in self.text
        self.changed = self.text.replace(old, new, 1)

    def __enter__(self) -> None:
        self._write(self.changed)

    def __exit__(self, *_: object) -> None:
        self._write(self.text)

    def _write(self, text: str) -> None:
        # The watcher compares times; a second edit within its resolution must count, too.
        before = self.path.stat().st_mtime
        self.path.write_text(text, encoding="utf-8", newline="\n")
        os.utime(self.path, (time.time(), max(time.time(), before + 2)))


SHOWN = {
    PAGE: ("Say nothing.", "Say nothing at all."),
    QUIZ: ("The client falls silent.", "The client is silent."),
    "overrides/fragments/quiz.html": ('<form class="', '<form class="edited '),
    "hooks/course/strings/en.yml": ("See my result", "How did I do?"),
}
"""What is changed in each kind of file; it shows on the page of the lesson."""


def test_what_is_saved_shows(served: tuple[Path, Server]) -> None:
    root, server = served
    style = Edit(root / "overrides/assets/course.css", "--c-radius: 10px", "--c-radius: 11px")
    with contextlib.ExitStack() as edits:
        for path, (old, new) in SHOWN.items():
            edits.enter_context(Edit(root / path, old, new))
        for _, new in SHOWN.values():
            server.wait(new, lambda new=new: new in server.get("listening/"))  # type: ignore[misc]
    with style:
        server.wait("style", lambda: "c-radius: 11px" in server.get("assets/course.css"))


BROKEN = {
    "quiz": (
        QUIZ,
        "type: single",
        "type: singel",
        f"{QUIZ}:3: unknown question type “singel”; did you mean “single”?",
    ),
    "template syntax": (
        "overrides/partials/footer.html",
        "{% ",
        "{% iff page %}{% ",
        r"overrides/partials/footer\.html:\d+: Jinja cannot read this template "
        r"\(Encountered unknown tag 'iff'.*\); compare the braces and tags of this line "
        r"with an earlier version",
    ),
    "template name": (
        "overrides/fragments/quiz.html",
        "{{ t(",
        "{{ nobody }}{{ t(",
        r"overrides/fragments/quiz\.html:\d+: the template is not given what it asks for "
        r"\('nobody' is undefined\); correct the name",
    ),
    "template text": (
        "overrides/fragments/quiz.html",
        't("quiz.errors")',
        't("quiz.horrors")',
        r"overrides/fragments/quiz\.html:\d+: the template asks for “quiz\.horrors”, which does "
        r"not exist;.*",
    ),
    "theme template": (
        "overrides/main.html",
        "{% block htmltitle %}",
        "{% block htmltitle %}{{ nobody.at.home }}",
        r"overrides/main\.html:\d+: the template is not given what it asks for .*",
    ),
    "settings syntax": (
        "mkdocs.yml",
        "docs_dir: docs",
        "docs_dir: [docs",
        r"mkdocs\.yml:\d+: a list in brackets is broken; close its bracket, .*",
    ),
    "settings value": (
        "mkdocs.yml",
        "docs_dir: docs",
        "docs_dir: dogs",
        r"mkdocs\.yml:\d+: “docs_dir” cannot be used \(The path .*dogs' isn't an existing .*\);.*",
    ),
}


def test_mistakes_are_told_and_go_when_they_are_mended(served: tuple[Path, Server]) -> None:
    """One after the other, without a good build between them."""
    root, server = served
    for kind, (path, old, new, wanted) in BROKEN.items():
        told = re.compile(wanted if "\\" in wanted else re.escape(wanted))
        with Edit(root / path, old, new):
            server.wait(kind, lambda told=told: any(map(told.fullmatch, mistakes(server))))  # type: ignore[misc]
            assert len(mistakes(server)) == 1
    assert "The client falls silent." in server.get("listening/")
    server.wait("mended", lambda: mistakes(server) == [])
    assert "Traceback" not in server.said()


def test_the_search_is_made_of_what_was_saved_last(served: tuple[Path, Server]) -> None:
    root, server = served
    entry = "pagefind/pagefind-entry.json"
    first = json.loads(server.get(entry))["languages"]
    assert set(first) == {"en", "ro"}
    with Edit(root / PAGE, "Say nothing.", "Say nothing whatever."):
        server.wait(
            "the search",
            lambda: json.loads(server.get(entry))["languages"]["en"] != first["en"],
        )
    assert "initSharedWorker" in server.get("pagefind/pagefind.js")


def test_a_page_knows_its_findings_and_css_begins_no_search(served: tuple[Path, Server]) -> None:
    root, server = served
    with Edit(root / "docs/listening.ro.md", "Nu spuneți", "Nu spuneţi"):
        wanted = ("letters", "docs/listening.ro.md", 9)

        def found() -> bool:
            there = state(server, "/ro/listening/").get("findings") or []
            return wanted in [(f["rule"], f["path"], f["line"]) for f in there]

        server.wait("the finding", found)
        assert wanted[1] not in [f["path"] for f in state(server)["findings"]]
        with Edit(root / "overrides/assets/course.css", "--c-radius: 10px", "--c-radius: 12px"):
            server.wait("the style", lambda: "c-radius: 12px" in server.get("assets/course.css"))
            assert state(server)["findings"] is not None


def test_a_question_for_news_waits_for_them(served: tuple[Path, Server]) -> None:
    _, server = served
    version = state(server)["version"]
    begun = time.monotonic()
    assert state(server, f"/listening/&after={version - 1}")["version"] == version
    assert time.monotonic() - begun < PATIENCE / 2
    assert "version" in state(server, "/nowhere/&after=x")


def test_a_template_broken_from_the_start_ends_without_a_traceback(tmp_path: Path) -> None:
    root = project(tmp_path)
    footer = root / "overrides/partials/footer.html"
    footer.write_text("{% iff %}", encoding="utf-8")
    done = mkdocs(root, "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "overrides/partials/footer.html:1: Jinja cannot read this template" in done.stderr


@pytest.mark.parametrize("mistaken", [False, True])
def test_all_broken_templates_are_told_of_at_once_with_the_mistakes_of_the_course(
    tmp_path: Path, mistaken: bool
) -> None:
    root = project(tmp_path)
    for name in ("partials/footer.html", "fragments/question/rewrite.html"):  # used, and not
        (root / "overrides" / name).write_text("{% iff %}", encoding="utf-8")
    if mistaken:
        page = root / PAGE
        text = page.read_text(encoding="utf-8") + "\n[Nowhere](nowhere.md)\n"
        page.write_text(text, encoding="utf-8")
    done = mkdocs(root, "build")
    assert done.returncode == 1
    assert "overrides/partials/footer.html:1: Jinja cannot read this template" in done.stderr
    assert "overrides/fragments/question/rewrite.html:1: Jinja cannot read" in done.stderr
    assert ("nowhere.md" in done.stderr) == mistaken


def test_a_built_site_holds_nothing_of_it(tmp_path: Path) -> None:
    done = mkdocs(small_site(tmp_path), "build", "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert [path for path in files if path.name.startswith("live.")] == []
    pages = [path for path in files if path.suffix in {".html", ".js", ".css", ".json"}]
    assert [path for path in pages if "course-live" in path.read_text(encoding="utf-8")] == []


# Addresses and words


@pytest.fixture
def source(tmp_path: Path) -> Source:
    files = small_course() | {"docs/trainers/rules.md": "---\ntitle: Rules\n---\n"}
    del files["docs/table.ro.md"]
    return read_source(lay_out(tmp_path, files), LANGUAGES)


def test_an_address_names_its_files_and_its_translations(source: Source) -> None:
    place = place_of("/course/ro/listening/", source, "/course/")
    assert place
    assert place.files == ("docs/listening.ro.md", QUIZ)
    assert place.others == {"en": "/course/listening/"}
    assert place.rules == "/course/ro/trainers/rules/"
    home = place_of("/", source)
    assert home
    assert (home.language, home.files, home.others) == ("en", ("docs/index.md",), {"ro": "/ro/"})


def test_an_untranslated_page_has_the_findings_of_its_original(source: Source) -> None:
    place = place_of("/ro/table/", source)
    assert place
    assert (place.language, place.files) == ("ro", ("docs/table.md", "quizzes/challenges.yml"))


@pytest.mark.parametrize("path", ["/nowhere/", "/assets/course.css", "", "/ro/ro/"])
def test_what_is_no_page_has_no_place(source: Source, path: str) -> None:
    assert place_of(path, source) is None


def test_whatever_ends_a_build_is_told_in_one_line(tmp_path: Path) -> None:
    lay_out(tmp_path, trainers_course())
    (problem,) = mishaps(ValueError("odd;\n very odd."), tmp_path)
    assert str(problem) == (
        "mkdocs.yml:1: the course could not be built (odd, very odd); undo the last change"
        "  [settings]"
    )
    (problem,) = mishaps(SystemExit("Aborted"), tmp_path, ["Plugin “x” stumbled."])
    assert "(Plugin “x” stumbled)" in problem.what
    (tmp_path / "mkdocs.yml").write_text("a: [b\n", encoding="utf-8")
    (problem,) = mishaps(ValueError("odd"), tmp_path)
    assert (problem.path, problem.rule) == ("mkdocs.yml", "yaml-syntax")


def test_a_template_that_is_missing_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    lay_out(tmp_path, {"overrides/fragments/a.html": "one\n{% include 'b.html' %}\n"})
    try:
        environment(tmp_path / "overrides/fragments").get_template("a.html").render()
    except Exception as error:
        (problem,) = mishaps(error, tmp_path)
    assert str(problem).startswith("overrides/fragments/a.html:2: there is no template “b.html”;")


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_texts_stand_in_the_string_files(language: str) -> None:
    path = ROOT / "hooks/course/strings" / f"{language}.yml"
    strings = yaml.safe_load(path.read_text(encoding="utf-8"))
    template = (ROOT / "overrides/fragments/live.html").read_text(encoding="utf-8")
    used = set(re.findall(r't\("(live\.[\w-]+)"', template))
    assert used == {key for key in strings if key.startswith("live.")}


# In the browser


@pytest.fixture
def tab(browser: Browser, served: tuple[Path, Server]) -> Iterator[Page]:
    _, server = served
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"http://127.0.0.1:{server.port}/listening/")
    yield page
    context.close()


def until(page: Page, what: str, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, what
        page.wait_for_timeout(100)


def test_a_save_keeps_the_place_in_the_page_and_a_mistake_is_announced(
    tab: Page, served: tuple[Path, Server]
) -> None:
    root, _ = served
    details = tab.locator("main details", has_text="Inside.")
    details.locator("summary").click()
    details.evaluate("box => scrollTo({ top: box.offsetTop - 200, behavior: 'instant' })")
    before = details.bounding_box()
    with Edit(root / PAGE, "Say nothing.", "Say nothing.\n\n" + "One more line.\n\n" * 5):
        expect(tab.get_by_text("One more line.").first).to_be_attached()
        expect(details).to_have_attribute("open", "")
        until(tab, "the same place", lambda: _near(details.bounding_box(), before))
    expect(tab.get_by_text("One more line.")).to_have_count(0)
    with Edit(root / QUIZ, "type: single", "type: singel"):
        alert = tab.locator(".live [role=alert]")
        expect(alert).to_contain_text(f"{QUIZ}:3")
        expect(alert).to_contain_text("unknown question type “singel”; did you mean “single”?")
        assert violations(tab) == []
    expect(alert).to_be_empty()


def _near(one: Any, other: Any) -> bool:
    return bool(one and other and abs(one["y"] - other["y"]) < 3)


def test_the_bar_folds_shows_the_key_and_leads_to_the_same_place(tab: Page) -> None:
    bar = tab.locator(".live-bar")
    counted = re.compile(r"Findings on this page: \d+")
    # A program of its own finds them, which has to begin first.
    expect(tab.locator(".live-count")).to_contain_text(counted, timeout=30_000)
    key, answer = tab.get_by_role("button", name="Answer key"), tab.locator(".quiz-answer").first
    expect(answer).to_be_hidden()
    key.press("Enter")
    expect(answer).to_be_visible()
    key.press("Enter")
    expect(answer).to_be_hidden()
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = tab.locator("footer").last.bounding_box()
    room = tab.locator(".live").bounding_box()
    assert last and room and last["y"] + last["height"] <= room["y"] + 1, "it covers the footer"
    tab.emulate_media(media="print")
    expect(tab.locator(".live")).to_be_hidden()
    tab.emulate_media(media="screen")
    tab.locator("#more").evaluate("it => scrollTo({ top: it.offsetTop - 60, behavior: 'instant' })")
    before = tab.locator("#more").bounding_box()
    tab.locator(".live-other").press("Enter")
    expect(tab).to_have_url(re.compile("/ro/listening/$"))
    until(tab, "same place", lambda: _near(tab.locator("#more").bounding_box(), before))
    bar.locator("summary").first.press("Enter")
    expect(bar).not_to_have_attribute("open", "")
    tab.reload()
    expect(bar).not_to_have_attribute("open", "")
    expect(bar).to_contain_text("Pentru formator")
