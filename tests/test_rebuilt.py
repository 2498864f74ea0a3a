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

EDITS = int(os.environ.get("REBUILT_EDITS", "30"))
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
    settings = re.sub(r"(?m)^docs_dir:", f"{NAV}docs_dir:", settings)
    return lay_out(root, {"mkdocs.yml": settings})


def test_after_each_of_many_edits_a_warm_build_is_the_cold_one(tmp_path: Path) -> None:
    """REBUILT_EDITS=200 makes more of them, REBUILT_SEED other ones."""
    root = complete_site(tmp_path)
    done = subprocess.run(
        [sys.executable, ROOT / "tests/random_edits.py", root, str(EDITS), SEED],
        env=environment() | {"PYTHONPATH": str(root / "hooks"), "SOURCE_DATE_EPOCH": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"REBUILT_SEED={SEED}\n{done.stdout}\n{done.stderr}"
    broken = done.stdout.count("(a mistake)")
    assert broken < EDITS / 2, done.stdout
