"""A site that is built again is byte for byte the one that a first build makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from small_course import lay_out, trainers_course
from small_site import ROOT, environment, small_site

EDITS = int(os.environ.get("REBUILT_EDITS", "6"))
SEED = os.environ.get("REBUILT_SEED", "7")
NAV = """\
nav:
  - index.md
  - Lessons:
      - listening.md
      - part/asking.md
  - Reference:
      - table.md
      - glossary.md
      - bank.md
      - teach/guide.md
"""


def complete_site(root: Path) -> Path:
    """A small project with a file of every kind, and generator and theme to be edited."""
    for folder in ("hooks", "overrides"):
        unwanted = shutil.ignore_patterns("__pycache__", "schemas", "lint/dictionaries")
        shutil.copytree(ROOT / folder, root / folder, ignore=unwanted)
    small_site(root, trainers_course())
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8").replace(f"{ROOT}/", "")
    watched = "  - quizzes\n  - overrides\n  - hooks/course/strings\n"
    settings = settings.replace("  - quizzes\n", watched, 1)
    settings = re.sub(r"(?m)^docs_dir:", f"{NAV}docs_dir:", settings)
    return lay_out(root, {"mkdocs.yml": settings})


def edited(root: Path, *options: str) -> str:
    """Compare after each of many edits; what was edited."""
    root = complete_site(root)
    done = subprocess.run(
        [sys.executable, ROOT / "tests/random_edits.py", root, str(EDITS), SEED, *options],
        env=environment() | {"PYTHONPATH": str(root / "hooks"), "SOURCE_DATE_EPOCH": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"REBUILT_SEED={SEED}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_after_each_of_many_edits_a_warm_build_is_the_cold_one(tmp_path: Path) -> None:
    """REBUILT_EDITS=200 makes more of them, REBUILT_SEED other ones."""
    assert edited(tmp_path).count("(a mistake)") <= EDITS / 2


def test_after_each_of_many_edits_what_is_served_is_the_cold_build(tmp_path: Path) -> None:
    told = edited(tmp_path, "quick")
    assert told.count("(a mistake)") <= EDITS / 2
    assert told.count("(quick)") > EDITS / 5
