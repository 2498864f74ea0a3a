"""Runs what a contender does, and takes its seconds, of the clock and of the processors."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bench.contenders import HERE, ROOT, Contender
from bench.courses import edited

Figures = dict[str, float]
"""What was measured: seconds, bytes, numbers of requests and files, by name."""

SERVED_EDITS = 3
PATIENCE = 900
"""Seconds after which a server is given up."""


@dataclass(frozen=True)
class Bench:
    """A contender with its course laid out in `root`, and the Python of its environment."""

    contender: Contender
    count: int
    python: Path
    root: Path

    def measured(self) -> Figures:
        """A build from nothing; for those who remember, two more, and edits under `serve`."""
        self.contender.lay_out(self.root, self.count)
        figures = self._timed("cold")
        site = [path.stat().st_size for path in self._site().rglob("*") if path.is_file()]
        figures |= {"site_bytes": sum(site), "site_files": len(site)}
        if self.contender.remembers:
            figures |= self._timed("same")
            self._edit(0)
            figures |= self._timed("edit")
            figures["served"] = self._served()
        return figures

    def weighed(self, python: Path) -> Figures:
        """What a browser fetches of the built site; `python` has Playwright."""
        visit = (self.contender.lesson_page(self.count, after) for after in (0, 1))
        done = subprocess.run(
            [python, HERE / "pages.py", self._site(), *visit],
            check=True,
            env=os.environ | ENVIRONMENT | {"PYTHONPATH": str(ROOT / "hooks")},
            stdout=subprocess.PIPE,
        )
        return dict(json.loads(done.stdout))

    def _site(self) -> Path:
        return self.root / "site"

    def _started(
        self, command: tuple[str, ...], log: Path, *, apart: bool = False
    ) -> subprocess.Popen[bytes]:
        """A command of the contender; `apart` from our processes, so that it ends as a whole."""
        with log.open("ab") as output:
            return subprocess.Popen(
                [self.python, *command],
                cwd=self.root,
                env=os.environ | ENVIRONMENT | self.contender.environment,
                stdout=output,
                stderr=output,
                start_new_session=apart,
            )

    def _timed(self, name: str) -> Figures:
        """Build; the seconds until the last command ends, and those of all processors."""
        log = self.root / f"{name}.log"
        before, start = _processor_seconds(), time.perf_counter()
        running = [self._started(command, log) for command in self.contender.build]
        failed = [child.args for child in running if child.wait()]
        seconds, spent = time.perf_counter() - start, _processor_seconds() - before
        if failed:
            raise SystemExit(f"{self.contender.name} failed, see {log}: {failed}")
        print(f"  {self.root.name} {name}: {seconds:.1f} s", file=sys.stderr)
        return {name: seconds, f"{name}_cpu": spent}

    def _edit(self, number: int) -> None:
        """Change one sentence of a lesson."""
        page = self.root / self.contender.edited_page(self.count)
        page.write_text(edited(page.read_text(encoding="utf-8"), number), encoding="utf-8")

    def _served(self) -> float:
        """Seconds from a saved sentence to the page that has it, under `serve`: the median."""
        port = _free_port()
        command = tuple(part.format(port=port) for part in self.contender.serve)
        server = self._started(command, self.root / "serve.log", apart=True)
        address = f"http://127.0.0.1:{port}/{self.contender.lesson_page(self.count)}"
        try:
            _wait_for(address, "</html>", server)
            times = []
            for number in range(1, SERVED_EDITS + 1):
                time.sleep(1)  # nobody saves sooner, and watchers need a moment
                self._edit(number)
                start = time.perf_counter()
                _wait_for(address, f"came with edit {number}.", server)
                times.append(time.perf_counter() - start)
            return statistics.median(times)
        finally:
            _end(server)


ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}


def _processor_seconds() -> float:
    """What all processes that were waited for have taken so far; 0 where it is not told."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415  # not on Windows

        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime
    return 0.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, text: str, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as a page has a text."""
    until = time.monotonic() + PATIENCE
    while text not in _fetched(address):
        if time.monotonic() > until or server.poll() is not None:
            raise SystemExit(f"{address} never had “{text}”")
        time.sleep(0.02)


def _fetched(address: str) -> str:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=PATIENCE) as page:
        return str(page.read().decode("utf-8"))
    return ""


def _end(server: subprocess.Popen[bytes]) -> None:
    """End a server and what it started."""
    if hasattr(os, "killpg"):
        os.killpg(server.pid, signal.SIGTERM)
    else:
        server.terminate()
    server.wait()
