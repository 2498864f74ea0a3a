"""Lays out a small course in a folder, so that a test can change one thing in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from course.check import check
from course.load import read_source
from course.model import Course
from course.problem import Problem
from course.settings import Module

HERE = Path(__file__).parent
LANGUAGES = ("en", "ro")


def cases(name: str) -> list[dict[str, Any]]:
    """The golden cases in tests/cases/<name>.yml."""
    return list(yaml.safe_load((HERE / "cases" / f"{name}.yml").read_text(encoding="utf-8")))


def small_course() -> dict[str, str]:
    """Path -> text of a course in which nothing is wrong."""
    text = (HERE / "cases" / "small_course.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def lay_out(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write `files` below `root`."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root


def changed(
    case: Mapping[str, Any], course: Mapping[str, str] | None = None
) -> dict[str, str | bytes]:
    """A course, or the small one, with a case's `edit`, `write`, `delete` and `encode` applied.

    `types: true` begins with a question of every type.
    """
    usual = every_type() if case.get("types") else small_course()
    files: dict[str, str | bytes] = dict(course or usual)
    for name, (old, new) in case.get("edit", {}).items():
        text = files[name]
        assert isinstance(text, str)
        assert old in text, f"{old!r} is not in {name}"
        files[name] = text.replace(old, new, 1)
    files |= case.get("write", {})
    for name in case.get("delete", []):
        del files[name]
    for name, encoding in case.get("encode", {}).items():
        text = files[name]
        assert isinstance(text, str)
        files[name] = text.encode(encoding, errors="replace")
    return files


def judge(root: Path, modules: tuple[Module, ...] = ()) -> tuple[Course | None, list[Problem]]:
    """Load and check the course in `root`."""
    return check(read_source(root, LANGUAGES, modules))


def every_type() -> dict[str, str]:
    """The small course with a self-check that has a question of every type."""
    text = (HERE / "cases" / "question_types.yml").read_text(encoding="utf-8")
    return small_course() | {"quizzes/listening.yml": text}


def trainers_course() -> dict[str, str]:
    """A sound course that has a file of every kind, with mkdocs.yml and its navigation."""
    files = small_course()
    for name in ("reference_course", "chart_course"):
        text = (HERE / "cases" / f"{name}.yml").read_text(encoding="utf-8")
        files |= yaml.safe_load(text)
    example = (HERE / "cases" / "scenario_example.yml").read_text(encoding="utf-8")
    files["quizzes/scenarios/lost-keys.yml"] = example
    for name in ("docs/listening.md", "docs/listening.ro.md"):
        files[name] += "\n<!-- scenario: lost-keys -->\n"
    return files | {"mkdocs.yml": _with_pages(SETTINGS)}


def _with_pages(settings: str) -> str:
    """Settings whose navigation has the pages, too, that the small course lacks."""
    more = {
        "      - listening.md\n": ["part/asking.md"],
        "      - table.md\n": ["glossary.md", "bank.md", "teach/guide.md"],
    }
    for line, pages in more.items():
        settings = settings.replace(line, line + "".join(f"      - {page}\n" for page in pages))
    return settings


SETTINGS = """\
# The settings of a course, as mkdocs.yml has them.
site_name: A small course
site_url: !ENV [SITE_URL, "https://small.example/"]
nav:
  - Home: index.md
  - Lessons:
      - listening.md
  - Reference:
      - table.md
hooks:
  - hooks/build_course.py
extra:
  course:
    mark: 0.7
plugins:
  - i18n:
      docs_structure: suffix
      languages:
        - locale: en
          default: true
          name: English
        - locale: ro
          name: Română
          nav_translations:
            Home: Acasă
            Lessons: Lecții
"""
"""mkdocs.yml of the small course; a test that needs other settings changes them."""
