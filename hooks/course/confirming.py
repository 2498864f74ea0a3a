"""Fingerprints into a page's front matter, by an edit of its text that leaves all else as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .front_matter import front_matter

KEY = "translated"
_ENTRY = re.compile(r"\s*[\"']?([\w-]+)[\"']?:[^#]*?(\s+#.*)?$")


def with_fingerprints(text: str, fingerprints: Mapping[str, str]) -> str:
    """The text of a translated page whose `translated` holds exactly these fingerprints.

    What stands there for another section goes; everything else, comments and line ends
    included, stays as it is. Raises ValueError for a page without front matter that can be
    read: such a page has to be mended first.
    """
    front = front_matter(text)
    if not front:
        raise ValueError("there is no front matter")
    rows = _rows(front.lines_of(KEY), fingerprints)
    return str(front.with_lines(KEY, [f"{KEY}:", *rows]))


def _rows(before: list[str], fingerprints: Mapping[str, str]) -> list[str]:
    """The lines below `translated:`; comments and blank lines stay with the entry below them."""
    above: dict[str, list[str]] = {}
    behind: dict[str, str] = {}
    waiting: list[str] = []
    for row in before[1:]:
        entry = _ENTRY.match(row)
        if not row.strip() or row.lstrip().startswith("#"):
            waiting.append(row)
        elif entry:
            above[entry[1]], waiting = waiting, []
            behind[entry[1]] = entry[2] or ""
    rows = []
    for name, value in fingerprints.items():
        rows += [*above.pop(name, []), f'  {name}: "{value}"{behind.get(name, "")}']
    return [*rows, *(row for rest in above.values() for row in rest if row.strip()), *waiting]
