"""Seconds from a save to the first answer that shows it, under `serve`; medians, kind by kind.

  python tests/bench/edit_to_page.py              this course
  python tests/bench/edit_to_page.py --lessons 1000
  python tests/bench/edit_to_page.py --build      CPU seconds of cold and warm builds instead

A page is asked for in a loop, as MkDocs' server answers when the build of it has ended.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent / "hooks")]

from bench.courses import project  # noqa: E402
from bench.lessons import lesson_name  # noqa: E402
from small_course import lay_out  # noqa: E402
from small_site import ROOT, environment  # noqa: E402
from test_build import Server, serving  # noqa: E402

Edit = tuple[str, str, str, str]
"""A file, a text in it, what goes before that text, and the page that shows it."""


def this_course(root: Path) -> dict[str, Edit]:
    for part in ("docs", "quizzes", "overrides", "hooks"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "mkdocs.yml", root)
    return _edits("lessons/listening")


def many(root: Path, lessons: int) -> dict[str, Edit]:
    for part in ("overrides", "hooks"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    lay_out(root, project(lessons, (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    return _edits(f"lessons/{lesson_name(lessons // 2)}")


def _edits(lesson: str) -> dict[str, Edit]:
    page = f"{lesson}/"
    return {
        "sentence of a lesson": (f"docs/{lesson}.md", "\n## ", "\nMARK.\n", page),
        "the same in Romanian": (f"docs/{lesson}.ro.md", "\n## ", "\nMARK.\n", f"ro/{page}"),
        "feedback of a question": (
            f"quizzes/{lesson.rsplit('/', 1)[1]}.yml",
            "MARKED",
            "MARK ",
            page,
        ),
        "title of a lesson": (f"docs/{lesson}.md", "\ndescription:", " MARK", page),
        "text of the interface": (
            "hooks/course/strings/en.yml",
            '"\n',
            " MARK",
            page,
        ),
        "style sheet": ("overrides/assets/course.css", "/* 1 ", "", "assets/course.css"),
        "template": ("overrides/partials/footer.html", "</footer>", "<!-- MARK -->", page),
    }


def changed(kind: str, text: str, edit: Edit, mark: str) -> str:
    """The text with `mark` in it, where the page shows it."""
    if kind == "feedback of a question":
        return re.sub(
            r"(feedback:\s*(?:\{en:|\n\s+en:)\s*[\">]*-?\s*)", rf"\g<1>{mark} ", text, count=1
        )
    if kind == "title of a lesson":
        return re.sub(r"(?m)^(title: [\"']?)", rf"\g<1>{mark} ", text, count=1)
    if kind == "text of the interface":
        return re.sub(r"(?m)^(theme\.privacy: \"?)", rf"\g<1>{mark} ", text, count=1)
    if kind == "style sheet":
        return f"{text}\n.{mark} {{ color: red }}\n"
    _, old, new, _ = edit
    return text.replace(old, new.replace("MARK", mark) + old, 1)


def seconds(server: Server, root: Path, kind: str, edit: Edit, rounds: int) -> list[float]:
    path, page, found = root / edit[0], edit[3], []
    text = path.read_text(encoding="utf-8")
    for number in range(rounds):
        mark = f"{kind.replace(' ', '-')}-{number}"
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(changed(kind, text, edit, mark), encoding="utf-8")
        begun = time.monotonic()
        beside.replace(path)
        while mark not in server.get(page):
            assert time.monotonic() < begun + 300, f"{kind}\n{server.said()}"
            time.sleep(0.005)
        found.append(time.monotonic() - begun)
        time.sleep(float(os.environ.get("BENCH_PAUSE", "1.5")))
    return found


def show_edits(root: Path, edits: dict[str, Edit], rounds: int) -> None:
    with serving(root) as server:
        begun = time.monotonic()
        while "</html>" not in server.get(next(iter(edits.values()))[3]):
            assert server.process.poll() is None, server.said()
            time.sleep(0.1)
        print(f"first site {time.monotonic() - begun:8.2f} s", flush=True)
        for kind, edit in edits.items():
            found = seconds(server, root, kind, edit, rounds)
            told = f"{statistics.median(found):8.2f} s  (from {min(found):.2f} to {max(found):.2f})"
            print(f"{kind:24}{told}", flush=True)


def cpu(work: Callable[[], object]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show_builds(root: Path, edits: dict[str, Edit]) -> None:
    def build() -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        subprocess.run(command, cwd=root, env=environment(), check=True)

    print(f"{'cold':24}{cpu(build):8.2f} s of the processor")
    print(f"{'nothing changed':24}{cpu(build):8.2f}")
    for kind, edit in edits.items():
        path = root / edit[0]
        path.write_text(
            changed(kind, path.read_text(encoding="utf-8"), edit, "mark"), encoding="utf-8"
        )
        print(f"{kind:24}{cpu(build):8.2f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=int)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--kinds", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        edits = many(root, asked.lessons) if asked.lessons else this_course(root)
        edits = {kind: edit for kind, edit in edits.items() if asked.kinds in kind}
        if asked.build:
            show_builds(root, edits)
        else:
            show_edits(root, edits, asked.rounds)


if __name__ == "__main__":
    main()
