"""A finished site takes the place of the last one in one step, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path


def staging_folder(site: Path) -> Path:
    """The empty folder beside `site` in which the next one is built."""
    staging = site.with_name(site.name + ".new")
    shutil.rmtree(staging, ignore_errors=True)
    return staging


def publish(staging: Path, site: Path) -> None:
    """Put the site built in `staging` in place of `site`.

    Hidden files (`.git`, `.nojekyll`) of the old site stay, as MkDocs itself leaves them.
    """
    old = site.with_name(site.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        for entry in site.glob(".*"):
            if not (staging / entry.name).exists():
                shutil.move(entry, staging / entry.name)
        site.rename(old)
    staging.rename(site)
    shutil.rmtree(old, ignore_errors=True)
