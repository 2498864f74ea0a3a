"""The trainer's command: its verbs, its help, and one sentence for whatever goes wrong.

A verb's module is loaded when the verb is called. Exit status: 0 all is well, 1 something is
wrong or failed, 2 the command line was not understood, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from .environment import ROOT, CourseError
from .verb import CALL, Verbs, misuse

VERBS = {
    "serve": "serving",
    "build": "serving",
    "check": "checking",
    "status": "state",
    "new": "making",
    "rename": "renaming",
    "export": "sheets",
    "import": "sheets",
    "test": "testing",
}
"""Each verb and the module whose function of that name it is, in the order of the help."""


class _Course(Verbs):
    """The verbs, each loaded when it is needed: `serve` need not wait for the linter."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = import_module(f".{VERBS[cmd_name]}", __package__)
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(module, name)
        return command


@click.command(
    cls=_Course,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.pass_context
def course(ctx: click.Context) -> None:
    """Write, check, show and publish the course."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Do what the command line asks in the course folder `root`; return the exit status."""
    for stream in (sys.stdout, sys.stderr):  # in order with what is started, on any console
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="replace")
    colour = False if os.environ.get("NO_COLOR") else None  # None: on a terminal only
    try:
        status = course.main(arguments, CALL, standalone_mode=False, obj=root, color=colour)
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.UsageError as error:
        click.echo(misuse(error), err=True)
        return 2
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
    except CourseError as error:
        click.echo(error, err=True)
    except OSError as error:
        told = f"Cannot use the course folder ({error}); see its rights and space."
        click.echo(told, err=True)
    except Exception as error:
        click.echo(fault(error), err=True)
    else:
        return status if isinstance(status, int) else 0
    return 1


def fault(error: Exception) -> str:
    """What to say when the mistake is the program's own."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "hooks")]
    place = (ours or frames)[-1]
    return (
        f"The command itself failed ({type(error).__name__}: {error}; {Path(place.filename).name} "
        f"line {place.lineno}); nothing is wrong with what you did: tell its makers."
    )
