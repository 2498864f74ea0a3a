"""`check --fix`: shows what can be mended safely, asks, and writes it, all files or none."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

import click

from ..load import read_source, read_text
from ..mend import mend, paths, worse
from .environment import CourseError
from .progress import doing
from .reading import settings_of


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
    """Write `after`; each file whole, and none at all when one of them cannot be written.

    Byte order mark, line ends and rights of a file stay. Raises CourseError when a file is no
    longer what it was `before`.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for path, text in after.items():
            target = (root / path).resolve()
            if read_text(target, root)[0] != before[path]:
                raise CourseError(f"{path} has changed meanwhile; run this again.")
            written.append((_beside(target, text), target))
        while written:
            temporary, target = written[-1]
            temporary.replace(target)
            written.pop()
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _beside(target: Path, text: str) -> Path:
    """A new file with `text` beside `target`, with its mark, line ends and rights."""
    raw = target.read_bytes()
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    if b"\r\n" in raw and raw.count(b"\r\n") == raw.count(b"\n"):
        text = text.replace("\n", "\r\n")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(mark + text.encode("utf-8"))
    shutil.copymode(target, name)
    return Path(name)
