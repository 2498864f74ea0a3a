"""What the hook costs: builds of the same course with it and without it, in turn.

    python tests/bench/hook_cost.py LESSONS TIMES

“Without” is no_hook.py in its place. Prints the medians, and their ratio.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "hooks")]

from bench.contenders import CONTENDERS  # noqa: E402 - once it can be found


def seconds(root: Path) -> tuple[float, float]:
    """Build the course in `root` from nothing: seconds of the clock, and of the processors."""
    for left in ("site", ".cache"):
        shutil.rmtree(root / left, ignore_errors=True)
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, spent


def main(lessons: int, times: int) -> None:
    """Print what building so many lessons takes with the hook and without, so many times."""
    with tempfile.TemporaryDirectory() as folder:
        roots = {kind: Path(folder) / kind for kind in ("with", "without")}
        for root in roots.values():
            CONTENDERS[0].lay_out(root, lessons)
        shutil.copyfile(
            Path(__file__).with_name("no_hook.py"), roots["without"] / "hooks/build_course.py"
        )
        taken = [{kind: seconds(root) for kind, root in roots.items()} for _ in range(times)]
    for place, name in enumerate(("seconds", "of the processors")):
        median = {kind: statistics.median(one[kind][place] for one in taken) for kind in roots}
        ratio = statistics.median(one["with"][place] / one["without"][place] for one in taken)
        told = ", ".join(f"{kind} {value:.1f}" for kind, value in median.items())
        print(f"{name}: {told}, ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
