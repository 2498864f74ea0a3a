"""The course's own Python environment, .venv: made once, renewed when its requirements change.

Standard library only: course.py calls this before anything is installed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from .progress import doing

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
OLD_VENV = ROOT / ".venv.old"  # the former .venv, only while it is being replaced
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "course-stamp"  # written last: an environment without it is half-made
NO_NETWORK = (  # in the words of pip 22 to 26
    r"(?i)connection[ -](error|broken|aborted|reset|failed|timeout)|max retries|timed out|"
    r"didn't respond|confirming the ssl certificate|ssl-verification"
)


class CourseError(Exception):
    """A problem the user can mend, told in one sentence."""


def set_up() -> None:
    """Make .venv if it is missing, half-made or outdated; a failure keeps the former one."""
    wanted = fingerprint(ROOT / "requirements.txt")
    clear_up()  # after a run that was killed
    if PYTHON.exists() and is_current(STAMP, wanted):
        return
    try:
        if VENV.exists():
            VENV.rename(OLD_VENV)
        with doing(
            "Setting up the course's own Python environment in .venv (once, about a minute)"
        ):
            create_venv()
            install(str(PYTHON), ROOT / "requirements.txt")
        STAMP.write_text(wanted, encoding="utf-8")
    finally:
        clear_up()


def clear_up() -> None:
    """Remove a half-made .venv, and put back the one it was to replace."""
    if not STAMP.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        if OLD_VENV.exists():
            OLD_VENV.rename(VENV)
    shutil.rmtree(OLD_VENV, ignore_errors=True)


def create_venv() -> None:
    """Make an empty environment with the Python that runs this."""
    VENV.mkdir()  # where the folder cannot be written this says why
    base = getattr(sys, "_base_executable", sys.executable)  # also when run from inside .venv
    status, output, problem = quietly(base, "-m", "venv", VENV)
    if status and re.search(r"ensurepip is not available|No module named '?venv", output):
        raise CourseError(
            "This Python lacks its venv module; on Debian or Ubuntu run: apt install python3-venv"
        )
    if status:
        raise CourseError(f"Python could not make .venv: {problem}")


def install(python: str, requirements: Path) -> None:
    """Install a requirements file for `python` with pip, whose own settings decide from where."""
    name = requirements.relative_to(ROOT).as_posix()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "pip.log"  # tells of connection errors, however quiet pip is
        pip = (python, "-m", "pip", "install", "--quiet", "--log", log, "-r", requirements)
        status, details, problem = quietly(*pip)
        details += log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    if status and not re.search(NO_NETWORK, details):
        raise CourseError(f"pip could not install {name}: {problem}")
    if status:
        host = re.search(r"(?:host='|not fetch URL \w+://(?:[^/@\s]*@)?)([^'/:\s]+)", details)
        changed, kept = "", "an environment that is already installed keeps working offline"
        if OLD_VENV.exists():
            changed, kept = "has changed and ", "the environment for the former one is kept"
        raise CourseError(
            f"{name} {changed}could not be installed because pip cannot reach "
            f"{host.group(1) if host else 'its index'}; connect and run this again ({kept})."
        )


def fingerprint(requirements: Path) -> str:
    """What an environment depends on: the Python version and the wanted packages."""
    if not requirements.is_file():
        raise CourseError(f"{requirements} is missing; fetch the whole course folder again.")
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return "{}.{} {}\n".format(*sys.version_info[:2], digest)


def is_current(stamp: Path, wanted: str) -> bool:
    """Tell whether the packages behind this stamp are complete and the wanted ones."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def quietly(*command: str | Path) -> tuple[int, str, str]:
    """Run a command; return its exit status, its output, and the line that says what failed."""
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = done.stdout.decode("utf-8", "replace")
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["no message"]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return done.returncode, output, (errors or lines)[-1]


def hand_over(*arguments: str) -> int:
    """Let the environment's Python do the rest; return its exit status.

    Ctrl-C reaches it as well; it says what there is to say.
    """
    child = subprocess.Popen([PYTHON, *arguments])
    try:
        status = child.wait()
        return 128 - status if status < 0 else status
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(timeout=5)
        raise
    finally:
        child.terminate()  # does nothing to a child that has ended


def run(root: Path, *module: str, output: IO[bytes] | None = None) -> int:
    """Run a Python module, with its arguments, in the folder `root`; return its exit status.

    A negative status is the signal that ended it. `output` takes what it prints.
    """
    command = [sys.executable, "-m", *module]
    child = subprocess.Popen(command, cwd=root, stdout=output, stderr=output)
    try:
        return child.wait()
    except KeyboardInterrupt:  # the terminal has told the child too: let it tidy up
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=3)
        raise
    finally:
        child.terminate()
