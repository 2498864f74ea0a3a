"""The entries of the tables, by their ids: what markers and data name."""

from __future__ import annotations

from ..load import Source
from ..yaml_reader import UNREADABLE

ENTRIES = {
    "challenges": "rows",
    "glossary": "terms",
    "plans": "plans",
    "pictures": "pictures",
    "planner": "sections",
}
"""The list that each table is."""


def readable(source: Source, table: str) -> bool:
    """Whether a table could be read, or is not there at all; what names its entries then tells."""
    document = source.tables.get(table)
    return document is None or document.data is not UNREADABLE


def entry_ids(source: Source, table: str) -> set[str]:
    """The ids in one of the tables."""
    document = source.tables.get(table)
    entries = document.items(ENTRIES[table]) if document else ()
    return {entry["id"] for _, entry in entries if isinstance(entry.get("id"), str)}
