"""The search of a finished site: an index for each language, made by Pagefind.

Pagefind reads the pages' HTML: what the templates mark with `data-pagefind-body`, less what they
mark with `data-pagefind-ignore`. It tells languages apart by the pages' own `<html lang>`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

FOLDER = "pagefind"
"""Where the index lies in a site; Pagefind's script expects it there."""

ENTRY = "pagefind-entry.json"
"""The file of the index that a search reads first."""

_NEEDED = ("pagefind.js", ENTRY, "fragment", "index", "filter", "*.pf_meta", "wasm.*")
"""What the search reads; Pagefind writes search boxes of its own beside it."""

_HEAD = "The search could not be made: "


class SearchIndexError(Exception):
    """The index could not be made; says in one sentence why, and what to do."""


def index_search(site: Path, target: Path | None = None) -> None:
    """Write the search index of the pages below `site` into `target`, or into the site itself.

    The same pages give the same bytes. Raises SearchIndexError.
    """
    target = target or site / FOLDER
    _remove(target)
    _run(site, target)
    if not (target / ENTRY).is_file():
        raise SearchIndexError(f"{_HEAD}Pagefind wrote no index of {site}.")
    _tidy(target)


def _run(site: Path, target: Path) -> None:
    """Let Pagefind write the index."""
    try:
        from pagefind_bin import get_executable

        command = [str(get_executable()), "--silent", "--site", str(site)]
        done = subprocess.run(
            [*command, "--output-path", str(target)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except (ImportError, OSError) as error:
        told = " ".join(str(error).split())
        fix = "install what requirements.txt names: pip install -r requirements.txt"
        raise SearchIndexError(f"{_HEAD}Pagefind is not there ({told}); {fix}") from None
    if done.returncode:
        told = " ".join(f"{done.stderr} {done.stdout}".split())
        raise SearchIndexError(f"{_HEAD}Pagefind ended with status {done.returncode}: {told}")


def _tidy(target: Path) -> None:
    """Leave only what the search reads, in an order of its own each time."""
    needed = {path for pattern in _NEEDED for path in target.glob(pattern)}
    for path in set(target.iterdir()) - needed:
        _remove(path)
    entry = target / ENTRY
    # Its languages come in the order of a hash table, which is another one each time.
    languages = json.dumps(json.loads(entry.read_bytes()), ensure_ascii=False, sort_keys=True)
    entry.write_text(languages, encoding="utf-8", newline="\n")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
