"""Serve, build, check or test the course.

  python3 course.py serve              show the course on http://127.0.0.1:8000/ while you write
  python3 course.py serve --port 8001  the same on another port
  python3 course.py build              write the finished site to site/
  python3 course.py check              list what makes questions and texts bad, in both languages
  python3 course.py test               run every check: ruff, mypy, pytest
  python3 course.py test -k quiz       run only pytest, with these arguments

In: the course files beside this script (mkdocs.yml, docs/, quizzes/, overrides/, hooks/) and the
packages pinned in requirements.txt and tests/requirements.txt. Out: .venv/ (the course's own
Python environment; delete it at will), site/ (from build) and an exit status: mkdocs' or the
checks' own, or 1 after one sentence that says what to do.
"""

# Standard library only. The file must parse and load on Python 3.6, so that an old Python gets a
# sentence and no SyntaxError: no newer syntax, and newer annotations in quotes.
import argparse
import contextlib
import errno
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLD_VENV = ROOT / ".venv.old"  # the former .venv, only while it is being replaced
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "course-stamp"  # written last: an environment without it is half-made
TEST_STAMP = VENV / "course-test-stamp"
CALL = ("python" if os.name == "nt" else "python3") + " course.py"
SWITCHED_ON = ("NO_MKDOCS_2_WARNING", "PYTHONUTF8", "PIP_DISABLE_PIP_VERSION_CHECK")
CHECKS = ("ruff check .", "ruff format --check .", "mypy", "mypy course.py")
NO_NETWORK = (  # in the words of pip 22 to 26
    r"(?i)connection[ -](error|broken|aborted|reset|failed|timeout)|max retries|timed out|"
    r"didn't respond|confirming the ssl certificate|ssl-verification"
)
BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)


class CourseError(Exception):
    """A problem the user can mend, told in one sentence."""


class Parser(argparse.ArgumentParser):
    """A command line that answers a mistake with one sentence."""

    def error(self, message):  # type: ignore[no-untyped-def]
        """Say what was not understood."""
        raise CourseError(f"{message}; {CALL} --help shows what you can ask for.")


def check_python(version: "tuple[int, ...]") -> None:
    """Stop when this Python is too old."""
    if version < OLDEST_PYTHON:
        needed, found = ("{}.{}".format(*numbers) for numbers in (OLDEST_PYTHON, version))
        python = f"py -{needed}" if os.name == "nt" else f"python{needed}"
        raise CourseError(
            f"This course needs Python {needed} or later; this is {found}. Install Python {needed} "
            f"(https://www.python.org/downloads/) and run: {python} course.py serve"
        )


def run(*command: str) -> int:
    """Run a module of the course's environment in the course folder; return its exit status."""
    child = subprocess.Popen([str(PYTHON), "-m", *command], cwd=str(ROOT))
    try:
        return child.wait()
    except KeyboardInterrupt:  # the terminal has told the child too: let it tidy up
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=3)
        raise
    finally:
        child.terminate()  # does nothing to a child that has ended


def quietly(*command: "str | Path") -> "tuple[int, str, str]":
    """Run a command; return its exit status, its output, and the line that says what failed."""
    null, pipe, both = subprocess.DEVNULL, subprocess.PIPE, subprocess.STDOUT
    done = subprocess.run(command, check=False, cwd=ROOT, stdin=null, stdout=pipe, stderr=both)
    output = done.stdout.decode("utf-8", "replace")
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["no message"]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return done.returncode, output, (errors or lines)[-1]


def fingerprint(requirements: Path) -> str:
    """Return what an environment depends on: the Python version and the wanted packages."""
    if not requirements.is_file():
        raise CourseError(f"{requirements} is missing; fetch the whole course folder again.")
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return "{}.{} {}\n".format(*sys.version_info[:2], digest)


def is_current(stamp: Path, wanted: str) -> bool:
    """Tell whether the packages behind this stamp are complete and the wanted ones."""
    return PYTHON.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def install(requirements: Path) -> None:
    """Install a requirements file with pip, whose own settings decide from where."""
    name = requirements.relative_to(ROOT).as_posix()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "pip.log"  # tells of connection errors, however quiet pip is
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--log", log, "-r", requirements)
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


def create_venv() -> None:
    """Make an empty environment with the Python that runs this script."""
    VENV.mkdir()  # where the folder cannot be written this says why
    base = getattr(sys, "_base_executable", sys.executable)  # also when run from inside .venv
    status, output, problem = quietly(base, "-m", "venv", VENV)
    if status and re.search(r"ensurepip is not available|No module named '?venv", output):
        raise CourseError(
            "This Python lacks its venv module; on Debian or Ubuntu run: apt install python3-venv"
        )
    if status:
        raise CourseError(f"Python could not make .venv: {problem}")


def clear_up() -> None:
    """Remove a half-made .venv, and put back the one it was to replace."""
    if not STAMP.exists():
        shutil.rmtree(str(VENV), ignore_errors=True)
        if OLD_VENV.exists():
            OLD_VENV.rename(VENV)
    shutil.rmtree(str(OLD_VENV), ignore_errors=True)


def set_up() -> None:
    """Make .venv if it is missing, half-made or outdated; a failure keeps the former one."""
    wanted = fingerprint(ROOT / "requirements.txt")
    clear_up()  # after a run that was killed
    if is_current(STAMP, wanted):
        return
    print("Setting up the course's own Python environment in .venv (once, about a minute) …")
    try:
        if VENV.exists():
            VENV.rename(OLD_VENV)
        create_venv()
        install(ROOT / "requirements.txt")
        STAMP.write_text(wanted, encoding="utf-8")
    finally:
        clear_up()


def set_up_tests() -> None:
    """Add to .venv what only the tests need, if it is missing or outdated, and find a browser."""
    wanted = fingerprint(ROOT / "tests" / "requirements.txt")
    if not is_current(TEST_STAMP, wanted):
        print("Adding the packages of the tests to .venv (once, about a minute) …")
        install(ROOT / "tests" / "requirements.txt")
        TEST_STAMP.write_text(wanted, encoding="utf-8")
    browser = find_browser()
    if not browser and sys.platform == "linux" and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium with apt-get (once, about a minute) …")
        quietly("apt-get", "update")
        quietly("apt-get", "install", "-y", "chromium")
        browser = find_browser()
    os.environ["COURSE_CHROMIUM"] = browser or ""
    if not browser:
        del os.environ["COURSE_CHROMIUM"]  # the tests then take Playwright's own
        print("Fetching Playwright's own Chromium, if it is not here yet …")
        status, _, problem = quietly(PYTHON, "-m", "playwright", "install", "chromium")
        if status:
            raise CourseError(
                f"Playwright could not fetch a browser for the tests ({problem}); install Chromium "
                "or Chrome, or set COURSE_CHROMIUM to the path of one."
            )


def find_browser() -> "str | None":
    """Return the path of COURSE_CHROMIUM or of a browser on this machine."""
    given = os.environ.get("COURSE_CHROMIUM")
    if given and not shutil.which(given):
        raise CourseError(f"COURSE_CHROMIUM names no program: {given}; correct it or unset it.")
    found = (shutil.which(os.path.expandvars(place)) for place in ([given] if given else BROWSERS))
    return next(filter(None, found), None)


def can_listen(host: str, port: int) -> bool:
    """Tell whether mkdocs could serve there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name != "nt":  # as mkdocs does; on Windows it would make busy ports look free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            return False
        raise CourseError(f"--host {host} is no address of this machine; leave it out.") from None
    return True


def course_files() -> "dict[Path, tuple[int, int]]":
    """Return the time and size of every course file, to notice a change."""
    found = {}
    folders = [ROOT / name for name in ("docs", "quizzes", "overrides", "hooks")]
    for path in [ROOT / "mkdocs.yml", *(path for top in folders for path in top.rglob("*"))]:
        with contextlib.suppress(OSError):  # a file that goes away meanwhile
            if path.is_file() and path.parent.name != "__pycache__":
                found[path] = (path.stat().st_mtime_ns, path.stat().st_size)
    return found


def serve(host: str, port: int) -> int:
    """Serve the course until Ctrl-C; while it cannot be built, wait for a correction."""
    if not 0 < port < 65536:
        raise CourseError(f"--port takes a number from 1 to 65535, not {port}.")
    if not can_listen(host, port):
        others = [*range(port + 1, 65536), *range(8000, port)]
        free = next(other for other in others if can_listen(host, other))
        raise CourseError(f"Port {port} is busy or not allowed; run: {CALL} serve --port {free}")
    set_up()
    shown = "127.0.0.1" if host == "0.0.0.0" else host
    while True:
        before = course_files()
        print(f"Building the course for http://{shown}:{port}/ (Ctrl-C stops it) …")
        status = run("mkdocs", "serve", "--livereload", "--dev-addr", f"{host}:{port}")
        if status <= 0:  # ended in order, or by a signal
            return -status
        print("The course could not be built (see above); waiting for a corrected course file …")
        while course_files() == before:
            time.sleep(0.3)


def build() -> int:
    """Write the finished site to site/."""
    set_up()
    if not os.access(str(ROOT), os.W_OK):
        raise CourseError(f"{ROOT} cannot be written; copy the course to a folder of your own.")
    return run("mkdocs", "build", "--strict")


def check(as_json: bool) -> int:
    """List what the checks and the linter find in the course."""
    with contextlib.redirect_stdout(sys.stderr if as_json else sys.stdout):
        set_up()
    # The package in hooks/ shares its name with this script, which must not come first.
    os.environ.update(PYTHONPATH=str(ROOT / "hooks"), PYTHONSAFEPATH="1")
    return run("course.command", "check", *(["--json"] if as_json else []))


def test(extra: "list[str]") -> int:
    """Run every check, pytest last; with arguments only pytest."""
    set_up()
    set_up_tests()
    failed = []
    for check in () if extra else CHECKS:
        print("$", check)
        if run(*check.split()):
            failed.append(check)
    if failed:
        print("Not passed (see above):", ", ".join(failed))
    return run("pytest", *extra) or int(bool(failed))


def parse(argv: "list[str]") -> argparse.Namespace:
    """Read the command line; everything after `test` belongs to pytest."""
    own = 1 if argv[:1] == ["test"] and argv[1:2] not in (["-h"], ["--help"]) else len(argv)
    raw = argparse.RawDescriptionHelpFormatter
    parser = Parser("course.py", description=__doc__, formatter_class=raw)
    parser.set_defaults(act=lambda _: parser.print_help())
    verbs = parser.add_subparsers(metavar="verb")
    verb = verbs.add_parser("serve", help="show the course in the browser while you write")
    verb.add_argument("--port", type=int, default=8000, help="default: 8000")
    verb.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    verb.set_defaults(act=lambda given: serve(given.host, given.port))
    verb = verbs.add_parser("build", help="write the finished site to site/")
    verb.set_defaults(act=lambda _: build())
    verb = verbs.add_parser("check", help="list what makes questions and texts bad")
    verb.add_argument("--json", action="store_true", help="for other programs")
    verb.set_defaults(act=lambda given: check(given.json))
    verb = verbs.add_parser("test", help="run every check; arguments go to pytest alone")
    verb.set_defaults(act=lambda _: test(argv[own:]))
    return parser.parse_args(argv[:own])


def main(argv: "list[str]") -> int:
    """Do what the command line asks; return the exit status."""
    try:
        check_python(sys.version_info[:2])
        for stream in (sys.stdout, sys.stderr):  # in order with the children, on any console
            stream.reconfigure(line_buffering=True, errors="replace")  # type: ignore[union-attr]
        os.environ.update(dict.fromkeys(SWITCHED_ON, "1"))
        given = parse(argv)
        return given.act(given) or 0
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0 if argv[:1] == ["serve"] else 130
    except CourseError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"Cannot use the course folder ({error}); see its rights and space.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `run` ends its child
    sys.exit(main(sys.argv[1:]))
