"""What the search index of a built site holds, read as Pagefind's script reads it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any


def indexed(site: Path, language: str) -> dict[str, dict[str, Any]]:
    """Address -> what is known of the page, for all pages in the index of a language."""
    files = (site / "pagefind/fragment").glob(f"{language}_*.pf_fragment")
    pages = [
        json.loads(gzip.decompress(file.read_bytes())[len(b"pagefind_dcd") :]) for file in files
    ]
    return {page["url"]: page for page in pages}
