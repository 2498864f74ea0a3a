"""A small site through MkDocs itself: what is built, and what a mistake leaves alone."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_course import cases, changed, small_course
from small_site import environment, mkdocs, small_site

QUIZ = "quizzes/listening.yml"


def built(root: Path, *options: str) -> Path:
    done = mkdocs(root, "build", *options)
    assert done.returncode == 0, done.stderr
    return root / "site"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_site(tmp_path_factory.mktemp("a small site ș"))
    return built(root, "--strict")


def test_a_strict_build_of_both_languages_says_nothing(tmp_path: Path) -> None:
    done = mkdocs(small_site(tmp_path), "build", "--strict", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_page_has_its_self_check_in_its_language(site: Path) -> None:
    english, romanian = read(site / "listening/index.html"), read(site / "ro/listening/index.html")
    assert "The client falls silent." in english
    assert "Clientul tace." not in english
    assert "Clientul tace." in romanian
    assert "The client falls silent." not in romanian


def test_assets_stand_on_pages_that_use_them_only(site: Path) -> None:
    def assets(page: str) -> set[str]:
        return set(re.findall(r"assets/(quiz|challenges)\.(?:js|css)", read(site / page)))

    assert assets("listening/index.html") == {"quiz"}
    assert assets("ro/table/index.html") == {"challenges"}
    assert assets("index.html") == set()


def test_a_lesson_without_a_marker_gets_its_quiz_at_its_end(tmp_path: Path) -> None:
    files = small_course()
    files["docs/listening.md"] = files["docs/listening.md"].replace("<!-- quiz -->", "The end.")
    html = read(built(small_site(tmp_path, files)) / "listening/index.html")
    assert html.index("The end.") < html.index('data-quiz="listening"')


def test_a_marker_in_a_code_fence_stays_text(tmp_path: Path) -> None:
    files = small_course()
    files["docs/table.md"] += "\n```html\n<!-- quiz: listening -->\n```\n"
    html = read(built(small_site(tmp_path, files), "--strict") / "table/index.html")
    assert "data-quiz" not in html
    assert "&lt;!-- quiz: listening --&gt;" in html


def test_a_table_in_a_lesson_shows_the_rows_of_that_lesson(tmp_path: Path) -> None:
    files = small_course()
    table = files["quizzes/challenges.yml"]
    files["quizzes/challenges.yml"] = table.replace("lesson: listening", "lesson: table", 1)
    files["docs/listening.md"] += "\n<!-- challenges -->\n"
    site = built(small_site(tmp_path, files))
    ids = re.compile(r'<tr role="row" id="([\w-]+)"')
    assert ids.findall(read(site / "listening/index.html")) == ["budget", "mistake"]
    assert ids.findall(read(site / "table/index.html")) == ["delays", "budget", "mistake"]


def test_a_missing_translation_warns_and_the_page_says_so(tmp_path: Path) -> None:
    files = small_course()
    del files["docs/listening.ro.md"]
    root = small_site(tmp_path, files)
    done = mkdocs(root, "build")
    assert done.returncode == 0
    assert "docs/listening.md:1: this page has no translation into “ro”" in done.stderr
    html = read(root / "site/ro/listening/index.html")
    assert '<html lang="ro"' in html
    article = html[html.index("<article") : html.index("</article>")]
    assert re.match(r'<article [^>]*lang="en"', article)
    notice, content = (
        article.index("nu este încă tradusă"),
        article.index("The client falls silent."),
    )
    assert notice < content
    assert re.search(r'lang="ro">\s*Această pagină nu este încă tradusă', article)


def test_strict_makes_a_missing_translation_an_error_and_keeps_the_old_site(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    before = snapshot(built(root, "--strict"))
    (root / "docs/listening.ro.md").unlink()
    done = mkdocs(root, "build", "--strict")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert snapshot(root / "site") == before
    assert not (root / "site.new").exists()


def test_what_is_silenced_with_a_reason_stops_no_strict_build(tmp_path: Path) -> None:
    files = small_course()
    heading = "\n## Unnamed\n"
    files["docs/listening.md"] += heading
    files["docs/listening.ro.md"] += heading
    done = mkdocs(small_site(tmp_path, files), "build", "--strict")
    assert done.returncode == 1
    assert "[heading-id]" in done.stderr
    for name in ("docs/listening.md", "docs/listening.ro.md"):
        files[name] = files[name].replace(heading, f"\n<!-- allow heading-id: tried -->{heading}")
    done = mkdocs(small_site(tmp_path, files), "build", "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert "allow heading-id" not in read(tmp_path / "site/listening/index.html")


MISTAKES = [case for case in cases("check") if any("(advice)" not in p for p in case["problems"])]


def test_mistakes_come_all_at_once_without_traceback_and_keep_the_old_site(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    before = snapshot(built(root, "--strict"))
    (case,) = (case for case in MISTAKES if case["name"] == "all at once")
    small_site(tmp_path, changed(case))
    done = mkdocs(root, "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if re.match(r"\s*(docs|quizzes)/", line)]
    assert [line.strip() for line in told] == case["problems"]
    assert snapshot(root / "site") == before
    assert sorted(path.name for path in root.glob("site*")) == ["site"]


def test_a_broken_template_keeps_the_old_site(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    before = snapshot(built(root))
    page = root / "docs/table.ro.md"
    page.write_text(read(page).replace("title:", "template: none.html\ntitle:"), encoding="utf-8")
    assert mkdocs(root, "build").returncode != 0
    assert snapshot(root / "site") == before
    assert not (root / "site.new").exists()


def test_files_gone_from_the_course_go_from_the_site_and_hidden_ones_stay(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    site = built(root)
    (site / ".nojekyll").write_text("", encoding="utf-8")
    for page in root.glob("docs/table*"):
        page.write_text(read(page).replace("<!-- challenges -->", ""), encoding="utf-8")
        page.rename(page.with_name(page.name.replace("table", "matrix")))
    (root / "quizzes/challenges.yml").unlink()
    built(root, "--strict")
    assert not (site / "table").exists()
    assert (site / "matrix/index.html").exists()
    assert (site / ".nojekyll").exists()


class Server:
    """`mkdocs serve` in a project, its output in a file."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = root / "serve.log"
        self._file = self.log.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{self.port}"],
            cwd=root,
            env=environment(),
            stdout=self._file,
            stderr=subprocess.STDOUT,
        )

    def get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=5) as reply:
                return str(reply.read().decode())
        except OSError:
            return ""

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < deadline, f"{what}\n{self.said()}"
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self._file.close()


@contextlib.contextmanager
def serving(root: Path) -> Iterator[Server]:
    server = Server(root)
    try:
        yield server
    finally:
        server.stop()


def test_under_serve_a_mistake_is_shown_the_last_site_stays_and_mending_rebuilds(
    tmp_path: Path,
) -> None:
    root = small_site(tmp_path)
    quiz, page = root / QUIZ, "ro/listening/"
    good = read(quiz)

    def edit(text: str) -> None:
        # The watcher compares times; a second edit within its resolution must count, too.
        quiz.write_text(text, encoding="utf-8")
        os.utime(quiz, (time.time() + 2, time.time() + 2))

    with serving(root) as server:
        server.wait("the first site", lambda: "Clientul tace." in server.get(page))
        edit(good.replace("Clientul tace.", "Clientul tace mult."))
        server.wait("an edit", lambda: "Clientul tace mult." in server.get(page))
        edit(good.replace("type: single", "type: singel"))
        told = f"{QUIZ}:3: unknown question type “singel”; did you mean “single”?"
        server.wait("the mistake", lambda: told in server.said())
        assert "Clientul tace mult." in server.get(page)
        assert "Traceback" not in server.said()
        edit(good.replace("Clientul tace.", "Clientul oftează."))
        server.wait("the mended site", lambda: "Clientul oftează." in server.get(page))


def test_a_self_check_on_another_page_still_links_to_its_lesson(tmp_path: Path) -> None:
    files = small_course()
    files["docs/table.md"] += "\n<!-- quiz: listening -->\n"
    html = read(built(small_site(tmp_path, files), "--strict") / "table/index.html")
    assert 'href="../listening/#silence"' in html


def test_a_stray_file_beside_the_site_costs_nothing(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    site = built(root)
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("kept", encoding="utf-8")
    (root / "site.old").write_text("in the way", encoding="utf-8")
    built(root)
    assert read(site / ".git" / "config") == "kept"
    assert (site / "listening/index.html").exists()


def test_what_is_no_file_is_told_and_not_followed(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    (root / "quizzes/folder.yml").mkdir()
    (root / "quizzes/loop.yml").symlink_to("loop.yml")
    done = mkdocs(root, "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in ("folder", "loop"):
        assert f"quizzes/{name}.yml:1: this is no file that can be read" in done.stderr
