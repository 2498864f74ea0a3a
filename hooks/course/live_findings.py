"""What `check` finds, for the trainer's bar: looked for in a process of its own.

It takes seconds and all of a processor; in this process the pages would wait for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from .load import read_source
from .problem import Problem
from .settings import read_settings
from .states import States, states

FOLDERS = ("docs", "quizzes", "overrides/fragments/pictures", "hooks/course/strings")
"""What the check reads, besides mkdocs.yml."""

Tell = Callable[[list[Problem]], None]


class Lookout:
    """Looks the course at `root` over whenever it has changed.

    `tell_mistakes` hears what keeps it from being built, then `tell` everything that is found.
    """

    def __init__(self, root: Path, tell_mistakes: Tell, tell: Tell) -> None:
        self._root = root
        self._tell_mistakes = tell_mistakes
        self._tell = tell
        self._seen: States | None = None
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def look(self) -> bool:
        """Begin to look, unless nothing has changed; tells whether it does."""
        now = states(str(self._root / name) for name in ("mkdocs.yml", *FOLDERS))
        with self._lock:
            if now == self._seen:
                return False
            self._seen = now
            self._end()
            self._process = process = self._started()
        threading.Thread(target=self._wait, args=(process,), daemon=True).start()
        return True

    def stop(self) -> None:
        """End a search that goes on; the next call of `look` begins it anew."""
        with self._lock:
            if self._process:
                self._seen = None
            self._end()

    def _end(self) -> None:
        if self._process:
            self._process.terminate()
            self._process = None

    def _started(self) -> subprocess.Popen[str]:
        hooks = str(Path(__file__).resolve().parents[1])
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "course.live_findings", str(self._root)],
            env=os.environ | {"PYTHONPATH": hooks, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def _wait(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for tell, line in zip((self._tell_mistakes, self._tell), process.stdout, strict=False):
            with self._lock:
                current = self._process is process
            if current:
                tell([Problem(**entry) for entry in json.loads(line)])
        process.wait()
        with self._lock:
            if self._process is process:
                self._process = None


def main(root: Path) -> None:
    """Print what is found in the course at `root`, as JSON; let everything else go first.

    The first line are the mistakes that no build lets pass, the second is all there is.
    """
    if hasattr(os, "nice"):
        os.nice(10)
    # Only this process needs the linter; the builds of the other are the sooner done without.
    from .look import look_over  # noqa: PLC0415

    settings = read_settings(root)
    source = read_source(root, settings.languages, settings.modules)
    _, findings = look_over(source, tell_mistakes=_say)
    _say(findings.ordered)


def _say(problems: Iterable[Problem]) -> None:
    print(json.dumps([asdict(problem) for problem in problems]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
