"""The search of a finished site: an index for each language, made by Pagefind.

Pagefind reads the pages' HTML: what the templates mark with `data-pagefind-body`, less what they
mark with `data-pagefind-ignore`. It tells languages apart by the pages' own `<html lang>`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from .search_pieces import cut

FOLDER = "pagefind"
"""Where the index lies in a site; Pagefind's script expects it there."""

ENTRY = "pagefind-entry.json"
"""The file of the index that a search reads first."""

_NEEDED = ("pagefind.js", "fragment", "index", "filter", "*.pf_meta")
"""What the search reads besides; Pagefind writes search boxes of its own beside it."""


class SearchIndexError(Exception):
    """The index could not be made; says in one sentence why, and what to do."""


def index_search(site: Path, target: Path | None = None) -> None:
    """Write the search index of the pages below `site` into `target`, or into the site itself.

    The same pages give the same bytes. Raises SearchIndexError.
    """
    target = target or site / FOLDER
    _remove(target)
    command = [sys.executable, "-m", "pagefind_bin", "--silent"]
    done = subprocess.run(
        [*command, "--site", str(site), "--output-path", str(target)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not (target / ENTRY).is_file():
        said = f"{done.stdout}\n{done.stderr}".split("\n")
        why = next((line.strip() for line in reversed(said) if line.strip()), "it wrote no index")
        fix = "pip install -r requirements.txt installs it"
        raise SearchIndexError(f"The search could not be made by Pagefind: {why}; {fix}")
    try:
        _tidy(target)
    except (ValueError, KeyError, IndexError, OSError) as error:
        why = f"its index has an unknown form ({error})"
        fix = "pip install -r requirements.txt installs the version that fits"
        raise SearchIndexError(f"The search could not be made by Pagefind: {why}; {fix}") from None


def _tidy(target: Path) -> None:
    """Leave only what the search reads, in small pieces, and the same each time."""
    entry = json.loads((target / ENTRY).read_bytes())
    for code, language in entry["languages"].items():
        language["hash"] = cut(target, code, language["hash"])
    # Its languages come in the order of a hash table, which is another one each time.
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True)
    (target / ENTRY).write_text(text, encoding="utf-8", newline="\n")
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
