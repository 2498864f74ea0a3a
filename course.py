"""The course's command: one verb for each thing a trainer does.

  python3 course.py serve    show the course on http://127.0.0.1:8000/ while you write
  python3 course.py build    write the finished site to site/
  python3 course.py check    list what is wrong with the course and what could be better
  python3 course.py new      write a new lesson, question, conversation or chart, to be filled in
  python3 course.py rename   move a page with all that points to it
  python3 course.py status   tell how far the lessons and their translations are
  python3 course.py export   write questions into a spreadsheet
  python3 course.py import   take changed questions back from a spreadsheet
  python3 course.py test     test the generator: style, types, pytest

The first run of a verb makes the course's own Python environment in .venv (about a minute, with a
network; delete .venv at will). From then on --help says more. In: the course files beside this
script. Exit status: 0 all is well, 1 something is wrong or failed, 2 not understood, 130 stopped.
"""

# Standard library only. The file must parse and load on Python 3.6, so that an old Python gets a
# sentence and no SyntaxError: no newer syntax, and newer annotations in quotes. The verbs are in
# hooks/course/tools/.
import importlib
import os
import signal
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
HOOKS = Path(__file__).resolve().parent / "hooks"
SWITCHED_ON = ("NO_MKDOCS_2_WARNING", "PYTHONUTF8", "PIP_DISABLE_PIP_VERSION_CHECK")


def too_old(version: "tuple[int, ...]") -> str:
    """Return what to do about a Python that is too old; nothing for any other."""
    if version >= OLDEST_PYTHON:
        return ""
    needed, found = ("{}.{}".format(*numbers) for numbers in (OLDEST_PYTHON, version))
    python = f"py -{needed}" if os.name == "nt" else f"python{needed}"
    return (
        f"This course needs Python {needed} or later; this is {found}. Install Python {needed} "
        f"(https://www.python.org/downloads/) and run: {python} course.py serve"
    )


def main(arguments: "list[str]") -> int:
    """Make the environment if need be, and let its Python do what the command line asks."""
    problem = too_old(sys.version_info[:2])
    if problem:
        print(problem, file=sys.stderr)
        return 1
    os.environ.update(dict.fromkeys(SWITCHED_ON, "1"))
    sys.path.insert(0, str(HOOKS))  # there `course` is the package and not this script
    environment = importlib.import_module("course.tools.environment")
    if arguments in ([], ["-h"], ["--help"]) and not environment.PYTHON.exists():
        print(__doc__)
        return 0
    try:
        environment.set_up()
        os.environ["PYTHONPATH"] = str(HOOKS)
        return int(environment.hand_over("-P", "-m", "course.tools", *arguments))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except environment.CourseError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"Cannot use the course folder ({error}); see its rights and space.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started ends, too
    sys.exit(main(sys.argv[1:]))
