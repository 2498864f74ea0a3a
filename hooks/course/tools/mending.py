"""`check --fix`: shows what can be mended safely, asks, and writes it, all files or none."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

import click

from ..load import read_source, read_text
from ..mend import mend, paths, worse
from .environment import CourseError
from .progress import doing
from .reading import settings_of
from .writing import Change, line_end, read, write_all


def mended(root: Path, yes: bool) -> bool:
    """Mend the course in `root` after asking; False when there was something and it was not done.

    Raises CourseError when mending would make the course worse, or a file has changed.
    """
    settings = settings_of(root)
    with doing("Looking for what can be mended"):
        source = read_source(root, settings.languages, settings.modules)
        before = {path: read_text(root / path, root)[0] for path in paths(source)}
        after = mend(source, before)
        wrong = worse(source, after) if after else []
    if not after:
        click.echo("--fix finds nothing to mend.")
        return True
    click.echo("\n".join(coloured(difference(before, after))))
    if wrong:
        raise CourseError(
            f"With these changes something new would be wrong ({wrong[0]}); nothing was written."
        )
    if not yes and not _agreed(len(after)):
        return False
    write(root, before, after)
    click.echo(f"{_files(len(after))} mended.")
    return True


def _agreed(number: int) -> bool:
    if not sys.stdin.isatty():
        click.echo("Nothing was written; add --yes to have it written.", err=True)
        return False
    if click.confirm(f"Write this to {_files(number)}?"):
        return True
    click.echo("Nothing was written.")
    return False


def _files(number: int) -> str:
    return f"{number} file{'' if number == 1 else 's'}"


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """The lines of a unified diff of all files that change."""
    for path in sorted(after):
        old, new = before[path].splitlines(), after[path].splitlines()
        yield from unified_diff(old, new, path, path, lineterm="", n=1)


def coloured(lines: Iterator[str]) -> Iterator[str]:
    """The lines of a diff in the usual colours."""
    colours = {"-": "red", "+": "green", "@": "cyan"}
    for line in lines:
        head = line.startswith(("---", "+++"))
        yield click.style(line, fg=None if head else colours.get(line[:1]), bold=head)


def write(root: Path, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Write `after`, all files or none; byte order mark and line ends of a file stay.

    Raises CourseError when a file is no longer what it was `before`, or cannot be written.
    """
    changes = []
    for path, text in after.items():
        now = read(root, path)
        bare = now.removeprefix("\ufeff")
        if bare.replace("\r\n", "\n").replace("\r", "\n") != before[path]:
            raise CourseError(f"{path} has changed meanwhile; run this again.")
        mark = now[: len(now) - len(bare)]
        changes.append(Change(path, mark + text.replace("\n", line_end(now)), path))
    write_all(root, changes)
