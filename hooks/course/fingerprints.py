"""Fingerprints of what every page depends on: the generator, its packages, settings, templates."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from .cache import fingerprint

_ENV = re.compile(r"!ENV\s+(\[[^\]]*\]|\S+)")
_GENERATOR = Path(__file__).resolve().parents[1]


@lru_cache
def of_generator() -> str:
    """That of the generator's own code, of Python and of all packages that are installed.

    Asked once a process, as Python reads its code once.
    """
    code = {path.relative_to(_GENERATOR).as_posix(): path for path in _GENERATOR.rglob("*.py")}
    texts = {name: path.read_text(encoding="utf-8") for name, path in code.items()}
    installed = {
        entry.name
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for entry in folder.glob("*.dist-info")
    }
    return fingerprint(sys.version, sys.platform, texts, sorted(installed))


def of_settings(text: str, environment: Mapping[str, str]) -> str:
    """That of mkdocs.yml, and of the environment's variables that it names."""
    words = {word for told in _ENV.findall(text) for word in re.findall(r"\w+", told)}
    return fingerprint(text, {word: environment.get(word) for word in words})


def of_files(folders: Iterable[Path], endings: Iterable[str]) -> str:
    """That of all files below `folders` whose names end with one of `endings`."""
    endings = tuple(endings)
    texts = {
        (number, path.relative_to(folder).as_posix()): path.read_bytes()
        for number, folder in enumerate(folders)
        for path in _below(folder)
        if path.name.endswith(endings)
    }
    return fingerprint([[*name, text.hex()] for name, text in sorted(texts.items())])


def _below(folder: Path) -> Iterable[Path]:
    for top, _, names in os.walk(folder):
        yield from (Path(top, name) for name in names)
