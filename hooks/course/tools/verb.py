"""What every verb has: a help with examples, and an answer to what it does not understand."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import click
from click.core import augment_usage_errors

from ..problem import nearest

CALL = ("python" if os.name == "nt" else "python3") + " course.py"
"""How a trainer calls the command."""


class Verb(click.Command):
    """A verb. `examples` are command lines without `python3 course.py`, each with what it does."""

    def __init__(self, *given: Any, examples: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; whatever is wrong with it is said to be wrong with this verb."""
        with augment_usage_errors(ctx):
            return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        write_examples(self.examples, formatter)


class Verbs(click.Group):
    """A group of verbs, listed in the order in which they were added, with an example of each."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"subcommand_metavar": "VERB …", **named})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs."""
        return list(self.commands)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write an example of each verb."""
        write_examples(examples_of(self, ctx), formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs and what each does."""
        verbs = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, verb.get_short_help_str(formatter.width)) for name, verb in verbs if verb]
        with formatter.section("Verbs"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that `args` begin with; for an unknown one the nearest is named."""
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-"):
            raise click.UsageError(f"There is no “{name}”{did_you_mean(name, known)}", ctx)
        return super().resolve_command(ctx, args)


def examples_of(command: click.Command | None, ctx: click.Context) -> dict[str, str]:
    """The examples of a verb, or the first one of each verb in a group."""
    if isinstance(command, click.Group):
        verbs = [command.get_command(ctx, name) for name in command.list_commands(ctx)]
        return dict(first for verb in verbs for first in [*examples_of(verb, ctx).items()][:1])
    return dict(command.examples) if isinstance(command, Verb) else {}


def write_examples(examples: Mapping[str, str], formatter: click.HelpFormatter) -> None:
    """Write command lines, and below each what it does."""
    with formatter.section("Examples"):
        for line, says in examples.items():
            formatter.write(f"  {CALL} {line}\n")
            with formatter.indentation(), formatter.indentation():
                formatter.write_text(says)


def did_you_mean(name: str, known: list[str]) -> str:
    """The end of a sentence about an unknown name."""
    guess = nearest(name, known)
    return f"; did you mean “{guess}”?" if guess else "."


def misuse(error: click.UsageError) -> str:
    """What was not understood, and where to read what would be."""
    context = error.ctx
    told = error.format_message()
    if isinstance(error, click.NoSuchOption) and context:
        options = [name for option in context.command.params for name in option.opts]
        long = [name for name in options if name.startswith("--")]
        told = f"There is no option {error.option_name}{did_you_mean(error.option_name, long)}"
    end = "" if told.endswith((".", "?")) else "."
    asked = context.command_path if context else CALL
    return f"{told}{end} Run {asked} --help to see what you can ask for."
