"""A finished site takes the place of the last one in one step, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path


def staging_folder(site: Path) -> Path:
    """The empty folder beside `site` in which the next one is built."""
    staging = site.with_name(site.name + ".new")
    remove(staging)
    return staging


def others_folder(staging: Path) -> Path:
    """Where another process stages its part of the site in `staging`."""
    return staging.with_name(staging.name + ".others")


def join(part: Path, whole: Path) -> None:
    """Move all that is in the folder `part` into `whole`, over what has the same name there."""
    for path in part.iterdir():
        there = whole / path.name
        if path.is_dir() and there.is_dir():
            join(path, there)
        else:
            path.replace(there)
    part.rmdir()


def publish(staging: Path, site: Path) -> None:
    """Put the site built in `staging` in place of `site`.

    Hidden files (`.git`, `.nojekyll`) of the old site stay, as MkDocs itself leaves them. When
    the old site cannot be moved away, it stays as it is: raises OSError.
    """
    old = site.with_name(site.name + ".old")
    remove(old)
    if site.exists():
        site.rename(old)
    try:
        staging.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    for entry in old.glob(".*") if old.is_dir() else ():
        if not (site / entry.name).exists():
            shutil.move(entry, site / entry.name)
    remove(old)


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, if it is there."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)
