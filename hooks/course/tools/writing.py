"""Files as they are to be come in; either all of them are written, or none.

A trainer's command plans its changes first (`Change`), and shows, agrees on and makes them here.
Texts keep their line ends: what is read with `read` is written back as it was.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import click

from ..problem import counted
from .environment import CourseError


@dataclass(frozen=True)
class Change:
    """A file as it is to be: `text` at `path`, from the course's folder, with forward slashes.

    `was` is where the file stands so far: the same path, another one, or "" for a new file.
    `seen` is the text that the change was worked out from, where time may pass before it is made.
    """

    path: str
    text: str
    was: str = ""
    seen: str | None = None


def read(root: Path, path: str) -> str:
    """The text of a file below `root`, line ends and all; raises CourseError without one."""
    try:
        return (root / path).read_bytes().decode("utf-8")
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}); correct that.") from None
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not UTF-8 text; save it again as UTF-8.") from None


def line_end(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def write_all(root: Path, changes: Sequence[Change]) -> None:
    """Make the changes below `root`, all of them or none.

    Each text goes to a file beside its place first. Raises CourseError, with everything as it
    was, when a place is taken or cannot be written.
    """
    for change in changes:
        if change.path != change.was and (root / change.path).exists():
            raise CourseError(f"{change.path} is there already; choose another name.")
        if change.seen is not None and change.seen != read(root, change.was):
            what = f"{change.was} has changed meanwhile"
            raise CourseError(f"{what}; nothing was written, run this again.")
    before = {
        root / name: (root / name).read_bytes() if (root / name).is_file() else None
        for change in changes
        for name in {change.path, change.was} - {""}
    }
    folders = _missing_folders(root, changes)
    try:
        for change in changes:
            beside = _beside(root / change.path)
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(change.text.encode("utf-8"))
            if change.was:
                beside.chmod((root / change.was).stat().st_mode)
        for change in changes:
            _beside(root / change.path).replace(root / change.path)
        for change in changes:
            if change.was not in {"", change.path}:
                (root / change.was).unlink()
    except OSError as error:
        _restore(before)
        _clear_up(root, changes, folders)
        name = Path(error.filename or "").name.removeprefix(".").removesuffix(".new")
        why = f"{name} cannot be written ({error.strerror})"
        raise CourseError(f"{why}; allow it, then try again. Nothing was changed.") from None


def shown(root: Path, changes: Sequence[Change], around: int = 2) -> Iterator[str]:
    """The changes in lines: what moves where, and what changes inside.

    “- ” and “+ ” stand before what goes and comes, “@ line 12” before a place, and `around` so
    many unchanged lines.
    """
    for change in changes:
        moved = change.was != change.path
        yield f"{change.was or 'new'} -> {change.path}" if moved else change.path
        old = read(root, change.was).splitlines() if change.was else []
        yield from changed_lines(old, change.text.splitlines(), around)


def changed_lines(old: Sequence[str], new: Sequence[str], around: int) -> Iterator[str]:
    """What changes from one text to another, as `shown` has it."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(around):
        yield f"@ line {group[0][1] + 1}"
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                yield from (f"  {line}" for line in old[start:end])
            else:
                yield from (f"- {line}" for line in old[start:end])
                yield from (f"+ {line}" for line in new[new_start:new_end])


def show(root: Path, changes: Sequence[Change], around: int = 2) -> None:
    """Print the changes; on a terminal in colours."""
    colours = {"- ": "red", "+ ": "green", "@ ": "cyan"}
    for line in shown(root, changes, around):
        click.secho(line, fg=colours.get(line[:2]), bold=not line.startswith((*colours, "  ")))


def write_if_agreed(root: Path, changes: Sequence[Change], yes: bool) -> bool:
    """Make changes that were shown, if somebody at the terminal agrees or `yes` says so already.

    Tells whether they were made, and says so when they were not. Raises CourseError as
    `write_all` does.
    """
    files = counted(len(changes), "file")
    if not yes and not sys.stdin.isatty():
        click.echo(f"Nothing was written; add --yes to write {files}.")
        return False
    if not yes and not click.confirm(f"Write {files}?"):
        click.echo("Nothing was written.")
        return False
    write_all(root, changes)
    return True


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the trainer's own, so that it is there wholly or not at all.

    Raises CourseError when it cannot be written.
    """
    try:
        _beside(path).write_bytes(content)
        _beside(path).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            _beside(path).unlink(missing_ok=True)
        raise CourseError(
            f"{path} cannot be written ({error.strerror}); choose another folder."
        ) from None


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _missing_folders(root: Path, changes: Sequence[Change]) -> list[Path]:
    """The folders that are to be made, the innermost ones first."""
    parents = {parent for change in changes for parent in (root / change.path).parents}
    return sorted((path for path in parents if not path.exists()), key=lambda p: -len(p.parts))


def _restore(before: dict[Path, bytes | None]) -> None:
    for path, content in before.items():
        with contextlib.suppress(OSError):
            if content is None:
                path.unlink(missing_ok=True)
            elif not path.is_file() or path.read_bytes() != content:
                _beside(path).write_bytes(content)
                _beside(path).replace(path)


def _clear_up(root: Path, changes: Sequence[Change], folders: Sequence[Path]) -> None:
    for change in changes:
        with contextlib.suppress(OSError):
            _beside(root / change.path).unlink(missing_ok=True)
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
