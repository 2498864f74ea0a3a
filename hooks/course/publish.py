"""A finished site takes the place of the last one in one step, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path


def staging_folder(site: Path) -> Path:
    """The empty folder beside `site` in which the next one is built."""
    staging = site.with_name(site.name + ".new")
    _remove(staging)
    return staging


def publish(staging: Path, site: Path) -> None:
    """Put the site built in `staging` in place of `site`.

    Hidden files (`.git`, `.nojekyll`) of the old site stay, as MkDocs itself leaves them. When
    the old site cannot be moved away, it stays as it is: raises OSError.
    """
    old = site.with_name(site.name + ".old")
    _remove(old)
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
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)
