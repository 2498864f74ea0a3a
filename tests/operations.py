"""Builds a site and counts what that takes: templates rendered and compiled, files read, …"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from small_site import environment

COUNTING = Path(__file__).parent / "counting"


def operations(root: Path) -> Counter[tuple[str, str]]:
    """Build the course in `root`; (what was done, to what) -> how often.

    Done is `render` or `compile` (a template), `convert` (Markdown, by its beginning), `read` (a
    file, by its path; below `root` without it).
    """
    lines = root / "operations.txt"
    lines.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=root,
        env=environment() | {"OPERATIONS": str(lines), "PYTHONPATH": str(COUNTING)},
        check=True,
    )
    noted = lines.read_text(encoding="utf-8").replace("\\", "/")
    told = noted.replace(f"\t{root.as_posix()}/", "\t").splitlines()
    return Counter((done, name) for done, _, name in (line.partition("\t") for line in told))
