"""A title comes in, a name for files and addresses goes out; and whether a name can be used."""

from __future__ import annotations

import re
import unicodedata

from ..base import ID_PATTERN
from ..load import TABLES, Source
from ..moves import old_addresses
from ..names import plain_letters
from .environment import CourseError

LONGEST = 45
"""Signs of a name; ids made from it have room for a number."""

RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)),
}
"""What Windows does not take as the name of a file."""


def slug(title: str) -> str:
    """A title -> small letters a to z, digits and hyphens; "" when it has none of these."""
    bare = re.sub(r"(?<=\w)['’](?=\w)", "", plain_letters(title))
    words = re.findall(r"[a-z0-9]+", bare)
    short = "-".join(words)
    return short if len(short) <= LONGEST else short[: LONGEST + 1].rpartition("-")[0]


def checked_title(title: str) -> str:
    """A title without spaces around it; raises CourseError when it cannot stand on a page."""
    title = " ".join(unicodedata.normalize("NFC", title).split())
    if not title:
        raise CourseError("The title is empty; write one in quotation marks.")
    if len(title) > 120:
        raise CourseError(f"The title has {len(title)} signs; 120 are the most.")
    odd = [sign for sign in title if sign in "<>{}[]|`" or unicodedata.category(sign)[0] == "C"]
    if odd:
        raise CourseError(f"The title holds {odd[0]!r}; leave that out.")
    return title


def checked_name(name: str, title: str, taken: set[str]) -> str:
    """The name given, or else one made of the title.

    Raises CourseError for what is no name, for one of `taken`, and for one with a meaning.
    """
    made, how = name or slug(title), "" if name else " (--name)"
    if not made:
        raise CourseError("The title has no letter a to z; add --name and a name for the files.")
    if not re.match(ID_PATTERN, made) or len(made) > LONGEST:
        what = f"“{made}” cannot be a name in the course; use small letters a to z first"
        raise CourseError(f"{what}, then digits and single hyphens, {LONGEST} at most{how}.")
    if made in RESERVED or made in {*TABLES, "review", "index"}:
        raise CourseError(f"The name “{made}” has a meaning of its own; choose another{how}.")
    if made in taken:
        raise CourseError(f"The name “{made}” is taken; choose another{how}.")
    return made


def page_names(source: Source) -> set[str]:
    """The names of all pages and self-checks, and those that pages had before."""
    old = {uri.rsplit("/", 1)[-1] for page in source.originals for _, uri in old_addresses(page)}
    return {page.slug for page in source.pages} | set(source.quizzes) | old
