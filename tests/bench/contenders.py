"""Who takes part: what each needs, how its course is made, and how it is built and served."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench import courses
from bench.courses import Files
from bench.lessons import lesson_name

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
OURS = "course"


@dataclass(frozen=True)
class Contender:
    """One stack.

    `build` are commands for the environment’s Python, run at the same time; `serve` is one with
    `{port}` in it. `remembers`: whether a later build is spared what an earlier one did.
    `english` is the folder, of docs/ and of the site, with the English pages.
    """

    key: str
    name: str
    requirements: Path
    packages: tuple[str, ...]
    files: Callable[[int], Files]
    build: tuple[tuple[str, ...], ...]
    self_checks: str
    serve: tuple[str, ...] = ()
    remembers: bool = False
    english: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def lay_out(self, root: Path, count: int) -> None:
        """Write its course into `root`, in place of whatever is there."""
        shutil.rmtree(root, ignore_errors=True)
        for name, text in self.files(count).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if self.key == OURS:
            _bring_generator(root)

    def edited_page(self, count: int) -> str:
        """The English lesson, below the course's folder, that is edited between two builds."""
        return f"docs/{self.english}lessons/{lesson_name(count // 2)}.md"

    def lesson_page(self, count: int, after: int = 0) -> str:
        """The address of that lesson below the site, or of one some places further."""
        return f"{self.english}lessons/{lesson_name((count // 2 + after) % count)}/"


def _ours(count: int) -> Files:
    return courses.project(count, (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def _bring_generator(root: Path) -> None:
    """Copy this project's code, compiled, as pip has compiled the others'."""
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in ("hooks", "overrides"):
        shutil.copytree(ROOT / folder, root / folder, ignore=ignore)
    shutil.copyfile(ROOT / "requirements.txt", root / "requirements.txt")
    subprocess.run([sys.executable, "-m", "compileall", "-q", "hooks"], cwd=root, check=True)


MKDOCS = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "pymdown-extensions", "Markdown")
ADDRESS = "127.0.0.1:{port}"
MKDOCS_BUILD = (("-m", "mkdocs", "build", "--quiet"),)

CONTENDERS = (
    Contender(
        key=OURS,
        name="This project",
        requirements=ROOT / "requirements.txt",
        packages=MKDOCS,
        files=_ours,
        build=(("-P", "-m", "course.tools", "build"),),
        serve=("-P", "-m", "course.tools", "serve", "--port", "{port}"),
        self_checks="5, feedback for each answer, without JavaScript, too",
        remembers=True,
        environment={"PYTHONPATH": "hooks"},
    ),
    Contender(
        key="stock",
        name="MkDocs, Material, static-i18n",
        requirements=ROOT / "requirements.txt",
        packages=MKDOCS,
        files=courses.stock,
        build=MKDOCS_BUILD,
        self_checks="none",
    ),
    Contender(
        key="quiz",
        name="… with mkdocs-quiz",
        requirements=HERE / "requirements-quiz.txt",
        packages=(*MKDOCS, "mkdocs_quiz"),
        files=courses.mkdocs_quiz,
        build=MKDOCS_BUILD,
        self_checks="5, one feedback each, with JavaScript only",
    ),
    Contender(
        key="zensical",
        name="Zensical",
        requirements=HERE / "requirements-zensical.txt",
        packages=("zensical", "pymdown-extensions", "Markdown"),
        files=courses.zensical,
        build=tuple(
            ("-m", "zensical", "build", "--config-file", f"mkdocs.{language}.yml")
            for language in ("en", "ro")
        ),
        serve=("-m", "zensical", "serve", "--config-file", "mkdocs.en.yml", "--dev-addr", ADDRESS),
        self_checks="none",
        remembers=True,
        english="en/",
    ),
)
