"""`check --fix`: shows what can be mended safely, asks, and writes it, all files or none."""

from __future__ import annotations

from pathlib import Path

import click

from ..load import read_source, read_text
from ..mend import mend, paths, worse
from ..problem import counted
from .environment import CourseError
from .progress import doing
from .reading import settings_of
from .writing import Change, line_end, read, show, write_if_agreed


def mended(root: Path, yes: bool) -> bool:
    """Mend the course in `root` after asking; False when there was something and it was not done.

    Raises CourseError when mending would make the course worse, or a file has changed.
    """
    settings = settings_of(root)
    with doing("Looking for what can be mended"):
        source = read_source(root, settings.languages, settings.modules)
        after = mend(source, {path: read_text(root / path, root)[0] for path in paths(source)})
        wrong = worse(source, after) if after else []
    if not after:
        click.echo("--fix finds nothing to mend.")
        return True
    changes = [_change(root, path, after[path]) for path in sorted(after)]
    show(root, changes)
    if wrong:
        raise CourseError(
            f"With these changes something new would be wrong ({wrong[0]}); nothing was written."
        )
    if not write_if_agreed(root, changes, yes):
        return False
    click.echo(f"{counted(len(changes), 'file')} mended.")
    return True


def _change(root: Path, path: str, text: str) -> Change:
    """A file with its new text; its byte order mark and its line ends stay."""
    now = read(root, path)
    mark = "\ufeff" if now.startswith("\ufeff") else ""
    return Change(path, mark + text.replace("\n", line_end(now)), path, now)
