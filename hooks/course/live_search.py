"""The search under `serve`: made when a page asks for it, so that no edit waits for it.

It lies in a folder of its own, beside no site: a build may replace the site at any time, and what
was read of it then counts as outdated, so that the next one who asks gets it made anew.
"""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from .search_index import ENTRY, index_search


class LiveSearch:
    """The files of the search of the site in `site`, whose pages change."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._folder = tempfile.TemporaryDirectory(prefix="course-search-")
        self._made = threading.Lock()
        self._outdated = True

    def site_changed(self) -> None:
        """There is a new site; the search is made anew when it is asked for next."""
        self._outdated = True

    def read(self, name: str) -> bytes | None:
        """A file of the search by its path below the search's folder; None when there is none.

        Raises SearchIndexError when the search cannot be made.
        """
        folder = Path(self._folder.name).resolve() / "index"
        with self._made:
            # Each search begins with the entry; what an older one still loads stays until then.
            if self._outdated and (name == ENTRY or not (folder / ENTRY).exists()):
                self._make(folder)
            path = (folder / name).resolve()
            return path.read_bytes() if folder in path.parents and path.is_file() else None

    def _make(self, folder: Path) -> None:
        """Make it, and again when the site was replaced meanwhile."""
        while self._outdated:
            self._outdated = False
            try:
                index_search(self._site, folder)
            except Exception:
                if not self._outdated:
                    self._outdated = True
                    raise

    def stop(self) -> None:
        """The server ends."""
        self._folder.cleanup()
