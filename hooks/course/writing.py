"""A file is written as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put `text` into a file, as UTF-8 and with its line ends as they are, in one step.

    It is written to a new file beside it, which then takes its place; so a full disk or a lost
    power leaves the old one. A link stays a link, and the rights stay. Raises OSError.
    """
    path = path.resolve()
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(text.encode("utf-8"))
        if path.exists():
            shutil.copymode(path, beside)
        else:
            beside.chmod(0o666 & ~_mask())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _mask() -> int:
    """What rights new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
