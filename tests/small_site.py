"""The small course as a MkDocs project of its own, with this project's hook, theme and settings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from small_course import lay_out, small_course

ROOT = Path(__file__).resolve().parent.parent


def small_site(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Lay out a project in `root`: the small course, or `files`, with mkdocs.yml."""
    settings = re.sub(r"(?ms)^nav:\n.*?(?=^\S)", "", settings_elsewhere())
    return lay_out(root, {**(files or small_course()), "mkdocs.yml": settings})


def settings_elsewhere() -> str:
    """This project's mkdocs.yml for another folder, with its hook and theme where they are."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("custom_dir: overrides", f"custom_dir: '{ROOT / 'overrides'}'")
    settings = settings.replace("- hooks/build_course.py", f"- '{ROOT / 'hooks/build_course.py'}'")
    return settings.replace("  - overrides\n  - hooks/course/strings\n", "")


def mkdocs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mkdocs in a project."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def environment() -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "COLUMNS": "400"}
