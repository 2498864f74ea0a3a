"""The course's own scripts lose their comments and spaces on the way to the reader."""

from __future__ import annotations

import shutil
from pathlib import Path

import rjsmin


def shrink(site: Path) -> None:
    """Minify assets/*.js of a built site in place.

    The theme's own scripts lie deeper and are minified already.
    """
    for path in (site / "assets").glob("*.js"):
        _shrink(path)


def written(asset: Path, place: Path) -> None:
    """Copy an asset of the course to its place in a built site, a script minified as above."""
    shutil.copyfile(asset, place)
    if place.suffix == ".js" and place.parent.name == "assets":
        _shrink(place)


def _shrink(path: Path) -> None:
    text = rjsmin.jsmin(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8", newline="\n")
