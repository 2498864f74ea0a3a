"""Files as they are to be come in; either all of them are written, or none.

A trainer's command plans its changes first (`Change`), and shows or makes them here. Texts keep
their line ends: what is read with `read` is written back as it was.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .environment import CourseError


@dataclass(frozen=True)
class Change:
    """A file as it is to be: `text` at `path`, from the course's folder, with forward slashes.

    `was` is where the file stands so far: the same path, another one, or "" for a new file.
    """

    path: str
    text: str
    was: str = ""


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
    before = {
        root / name: (root / name).read_bytes() if (root / name).is_file() else None
        for change in changes
        for name in {change.path, change.was} - {""}
    }
    folders = _missing_folders(root, changes)
    try:
        for change in changes:
            _beside(root / change.path).parent.mkdir(parents=True, exist_ok=True)
            _beside(root / change.path).write_bytes(change.text.encode("utf-8"))
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


def shown(root: Path, changes: Sequence[Change]) -> Iterator[str]:
    """The changes in lines: what moves where, and what changes inside, as a diff."""
    for change in changes:
        if change.was != change.path:
            yield f"{change.was or 'new'} -> {change.path}"
        old = read(root, change.was).splitlines() if change.was else []
        if old:
            names = (change.was, change.path)
            yield from difflib.unified_diff(old, change.text.splitlines(), *names, n=0, lineterm="")


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
