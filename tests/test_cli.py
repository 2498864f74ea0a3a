"""The command and its verbs: help, misuse, exit status, colours, one sentence for each failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from course.tools import checking, cli, serving
from course.tools.cli import main
from course.tools.environment import CourseError
from course.tools.verb import CALL
from small_site import ROOT

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def failing(monkeypatch: Patch, error: BaseException) -> None:
    """Let `check` fail in this way."""

    def fail(root: Path) -> None:
        raise error

    monkeypatch.setattr(checking, "looked_over", fail)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_lists_every_verb_with_an_example(arguments: list[str], capsys: Capture) -> None:
    assert main(arguments) == 0
    told = capsys.readouterr().out
    verbs, examples = told.split("Verbs:")[1].split("Examples:")
    assert [line.split()[0] for line in verbs.splitlines() if line.strip()] == list(cli.VERBS)
    for verb in cli.VERBS:
        assert f"{CALL} {verb}" in examples


@pytest.mark.parametrize("verb", cli.VERBS)
def test_each_verb_has_help_with_examples_and_a_place_in_course_py(
    verb: str, capsys: Capture
) -> None:
    assert main([verb, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"Usage: {CALL} {verb}" in told
    assert f"  {CALL} {verb}" in told.split("Examples:")[1]
    before_the_environment = (ROOT / "course.py").read_text(encoding="utf-8").split('"""')[1]
    assert f"course.py {verb} " in before_the_environment


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("sreve", f"There is no “sreve”; did you mean “serve”? Run {CALL} --help"),
        ("zzz", f"There is no “zzz”. Run {CALL} --help"),
        ("--jsn", f"There is no option --jsn. Run {CALL} --help"),
        (
            "check --jsn",
            f"There is no option --jsn; did you mean “--json”? Run {CALL} check --help",
        ),
        ("check -j", f"There is no option -j. Run {CALL} check --help"),
        ("check a", f"Got unexpected extra argument (a). Run {CALL} check --help"),
        ("serve --port", f"Option '--port' requires an argument. Run {CALL} serve --help"),
        ("serve --port x", f"Invalid value for '--port': 'x' is not a valid integer. Run {CALL}"),
        ("serve --port 70000", "--port takes a number from 1 to 65535, not 70000. Run"),
        ("serve --host 192.0.2.1", "--host 192.0.2.1 is no address of this machine; leave it out."),
    ],
)
def test_misuse_is_one_line_and_status_2(line: str, sentence: str, capsys: Capture) -> None:
    assert main(line.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(sentence)
    assert len(captured.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CourseError("Odd; mend it."), "Odd; mend it."),
        (click.ClickException("Odd; mend it."), "Odd; mend it."),
        (PermissionError(13, "No", "x.md"), "Cannot use the course folder ([Errno 13] No: 'x.md')"),
    ],
)
def test_a_failure_is_one_line_and_status_1(
    error: Exception, sentence: str, monkeypatch: Patch, capsys: Capture
) -> None:
    failing(monkeypatch, error)
    assert main(["check"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(sentence)
    assert len(captured.err.splitlines()) == 1


def test_a_mistake_of_ours_is_one_sentence(
    monkeypatch: Patch, capsys: Capture, tmp_path: Path
) -> None:
    monkeypatch.setattr(checking, "read_settings", lambda root: 1 / 0)  # outside the package
    assert main(["check"], tmp_path) == 1
    *_, told = capsys.readouterr().err.splitlines()
    assert told.startswith("The command itself failed (ZeroDivisionError: division by zero; ")
    assert "; checking.py line " in told, "the last place in the package"


def test_stopped_is_130(monkeypatch: Patch, capsys: Capture) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    assert main(["check"]) == 130
    assert capsys.readouterr().err == "\nStopped.\n"


@pytest.mark.parametrize(("status", "passed_on"), [(0, 0), (3, 1), (-15, 1)])
def test_a_build_that_fails_has_status_1(
    status: int, passed_on: int, monkeypatch: Patch, tmp_path: Path
) -> None:
    monkeypatch.setattr(serving, "run", lambda *_, output: status)
    assert main(["build"], tmp_path) == passed_on


def in_a_process(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that knows `course.tools`."""
    kept = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    return subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={**kept, "PYTHONPATH": str(ROOT / "hooks"), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


COLOURED = """
import io, sys
import click
from course.tools import cli, serving
class Terminal(io.StringIO):
    def isatty(self):
        return {terminal}
serving.run = lambda *_, output: click.secho("red", fg="red") or 0
sys.stdout, out = Terminal(), sys.stdout
cli.main(["build"])
print(repr(sys.stdout.getvalue()), file=out)
"""


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [(True, {}, True), (False, {}, False), (True, {"NO_COLOR": "1"}, False)],
)
def test_colours_are_for_terminals_that_want_them(
    terminal: bool, environment: dict[str, str], coloured: bool
) -> None:
    done = in_a_process(COLOURED.format(terminal=terminal), **environment)
    assert "red" in done.stdout, done.stderr
    assert ("\\x1b[31m" in done.stdout) is coloured


def test_serving_need_not_wait_for_the_linter() -> None:
    done = in_a_process(
        "import sys; from course.tools.cli import main; main(['serve', '--help']);"
        "print('course.lint' in sys.modules, 'pydantic' in sys.modules)"
    )
    assert done.stdout.endswith("False False\n"), done.stderr
