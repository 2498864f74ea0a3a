"""The search of a finished site: an index for each language, made by Pagefind.

Pagefind reads the pages' HTML: what the templates mark with `data-pagefind-body`, less what they
mark with `data-pagefind-ignore`. Each language has a run of its own, since one takes little more
than one processor; the pages' own `<html lang>` tells them apart.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from .aside import EndedError, together
from .search_pieces import cut

FOLDER = "pagefind"
"""Where the index lies in a site; Pagefind's script expects it there."""

ENTRY = "pagefind-entry.json"
"""The file of the index that a search reads first."""

_NEEDED = ("pagefind.js", "fragment", "index", "filter", "*.pf_meta")
"""What the search reads besides; Pagefind writes search boxes of its own beside it."""

AHEAD = ".search"
"""The folder in a site that is being built for the indexes of languages that are finished."""

UNMADE = "unmade"
"""The file in there that tells that something is missing."""

_MARK = b"data-pagefind-body"
_LANGUAGE = re.compile(rb"<html [^<>]*?\blang=\"?([\w-]+)")
_BODY = re.compile(rb"<article [^<>]*data-pagefind-body")
_END = b"</article>"
_QUIZ, _QUIZ_END = b'<form class="quiz"', b"</form>"


class SearchIndexError(Exception):
    """The index could not be made; says in one sentence why, and what to do."""


def index_search(site: Path, target: Path | None = None) -> None:
    """Write the search index of the pages below `site` into `target`, or into the site itself.

    What `index_ahead` has made of them is used. The same pages give the same bytes.
    Raises SearchIndexError.
    """
    target = target or site / FOLDER
    _remove(target)
    ahead = site / AHEAD
    if not ahead.is_dir() or (ahead / UNMADE).exists():
        _remove(ahead)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            problem = _indexed(site, Path(folder))
            if problem:
                raise SearchIndexError(f"The search could not be made by Pagefind: {problem}")
            _join(Path(folder), target)
    else:
        _join(ahead, target)
        _remove(ahead)


def index_ahead(site: Path) -> None:
    """Make the indexes of the languages whose pages stand below `site` already.

    Where one cannot be made, all are left to `index_search`, which tells why.
    """
    ahead = site / AHEAD
    if _indexed(site, ahead):
        ahead.mkdir(exist_ok=True)
        (ahead / UNMADE).touch()


def _indexed(site: Path, folder: Path) -> str:
    """Make an index for each language of a site, below `folder`; what went wrong, or ""."""
    pages = _by_language(site)
    work = [partial(_index, site, its, folder / code) for code, its in pages.items()]
    try:
        return next(filter(None, together(work)), "")
    except EndedError as error:
        return f"a process ended too early ({error}); build again"


def _by_language(site: Path) -> dict[str, list[Path]]:
    """The pages to be searched, by the language that they say they are in."""
    found: dict[str, list[Path]] = {}
    for path in sorted(site.rglob("*.html")):
        html = path.read_bytes()
        if _MARK in html:
            language = _LANGUAGE.search(html)
            code = language[1].decode().lower() if language else "unknown"
            found.setdefault(code, []).append(path)
    return found


def _index(site: Path, pages: Iterable[Path], folder: Path) -> str:
    """Make the index of pages in one language, below `folder`; what went wrong, or ""."""
    for page in pages:
        copy = folder / "pages" / page.relative_to(site)
        if not copy.parent.is_dir():
            copy.parent.mkdir(parents=True)
        copy.write_bytes(searched(page.read_bytes()))
    command = [sys.executable, "-m", "pagefind_bin", "--silent"]
    done = subprocess.run(
        [*command, "--site", str(folder / "pages"), "--output-path", str(folder / FOLDER)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not (folder / FOLDER / ENTRY).is_file():
        said = f"{done.stdout}\n{done.stderr}".split("\n")
        why = next((line.strip() for line in reversed(said) if line.strip()), "it wrote no index")
        return f"{why}; pip install -r requirements.txt installs it"
    try:
        _tidy(folder / FOLDER)
    except (ValueError, KeyError, IndexError, OSError) as error:
        fix = "pip install -r requirements.txt installs the version that fits"
        return f"its index has an unknown form ({error}); {fix}"
    return ""


def searched(html: bytes) -> bytes:
    """What Pagefind makes anything of in a page that is to be searched.

    Most of a page is its menus and its self-check, and reading that takes most of Pagefind's time.
    A page of another template than base.html is shown whole.
    """
    body, end = _BODY.search(html), html.rfind(_END)
    if not body or end < body.start():
        return html
    head, _, _ = html.partition(b"<body")
    first, *others = html[body.start() : end].split(_QUIZ)
    kept = [first, *(other.partition(_QUIZ_END)[2] for other in others)]
    return b"".join([head, b"<body>", *kept, _END, b"</body></html>"])


def _join(languages: Path, target: Path) -> None:
    """Make one index of those of all languages, whose files have names of their own."""
    target.mkdir(parents=True, exist_ok=True)
    whole: dict[str, Any] = {"languages": {}}
    for part in (language / FOLDER for language in sorted(languages.iterdir())):
        entry = json.loads((part / ENTRY).read_bytes())
        for folder, _, names in os.walk(part):
            there = target / Path(folder).relative_to(part)
            there.mkdir(exist_ok=True)
            for name in names:
                Path(folder, name).replace(there / name)
        whole = entry | {"languages": whole["languages"] | entry["languages"]}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
    (target / ENTRY).write_text(text, encoding="utf-8", newline="\n")


def _tidy(target: Path) -> None:
    """Leave only what the search reads, in small pieces, and the same each time."""
    entry = json.loads((target / ENTRY).read_bytes())
    for code, language in entry["languages"].items():
        language["hash"] = cut(target, code, language["hash"])
    (target / ENTRY).write_text(json.dumps(entry), encoding="utf-8")
    engines = {language["wasm"] or "unknown" for language in entry["languages"].values()}
    patterns = [*_NEEDED, ENTRY, *(f"wasm.{engine}.pagefind" for engine in engines)]
    needed = {path for pattern in patterns for path in target.glob(pattern)}
    for path in set(target.iterdir()) - needed:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
