"""What names are made of, and the one that a file should have when its own is none that is read.

Notepad adds `.txt`, a browser ` (1)`, a Mac ` copy`, Word a capital. A file so named would be
left out without a word, or be taken for another page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

PAGE, DATA = ".md", ".yml"

MEANT = {PAGE: {".md", ".markdown", ".mdown"}, DATA: {".yml", ".yaml"}}
"""The endings of files that are meant as pages or as data."""

_SPELLED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters that do not come apart into a Latin one and a mark."""

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COPY = re.compile(r"( ?\(\d+\)| ?- (copy|copie)( ?\(\d+\))?| (copy|copie)( \d+)?)+$")


def is_plain(uri: str) -> bool:
    """Whether the last part of an address is small letters, digits and single hyphens."""
    return bool(_PLAIN.fullmatch(uri.rpartition("/")[2]))


def plain_letters(text: str) -> str:
    """A text in small letters without marks, as names and ids are made of it.

    Letters with marks become plain ones (ș: s), others are spelled out (ł: l, ß: ss), signs made
    of several come apart (½: 1⁄2); what nobody sees, as a soft hyphen, goes. All other signs stay,
    so that they still stand between words.

    >>> plain_letters("Größe – Łódź, Închideți")
    'grosse – lodz, inchideti'
    """
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_SPELLED)
    return "".join(sign for sign in apart if not _adds_no_letter(sign))


def _adds_no_letter(sign: str) -> bool:
    """Whether a sign only marks the one before it, or is invisible."""
    category = unicodedata.category(sign)
    return category[0] == "M" or category == "Cf"


def meant_ending(name: str, is_page: bool) -> str | None:
    """The ending that a file should have (`.md`, `.yml`), or None for one of another kind.

    `is_page` says whether its text begins as a page does: so much tells a page called `.txt`.
    """
    path = PurePosixPath(name.casefold())
    suffixes = path.suffixes[-2:]
    for ending, meant in MEANT.items():
        if path.suffix in meant or (path.suffix == ".txt" and meant.intersection(suffixes)):
            return ending
    return PAGE if path.suffix == ".txt" and is_page else None


def meant_name(name: str, ending: str, languages: Iterable[str]) -> str:
    """The name that a file (its path in docs/ or quizzes/) should have.

    >>> meant_name("lessons/Listening (1).RO.md.txt", ".md", ["en", "ro"])
    'lessons/listening.ro.md'
    """
    folder, slash, last = name.rpartition("/")
    stem = last.casefold().removesuffix(".txt")
    for known in MEANT[ending]:
        stem = stem.removesuffix(known)
    stem, language = _COPY.sub("", stem.strip()), ""
    for code in languages if ending == PAGE else ():
        match = re.fullmatch(rf"(.+?)[ ._-]+{re.escape(code)}", stem)
        if match:
            stem, language = match[1], f".{code}"
    stem = _COPY.sub("", stem.strip())
    tidy = re.sub(r"[^a-z0-9]+", "-", plain_letters(stem)).strip("-") or "page"
    if ending == DATA:  # its name is an id
        tidy = tidy.lstrip("0123456789-") or "data"
    return f"{folder}{slash}{tidy}{language}{ending}"


def name_problem(path: str, meant: str, taken: bool) -> tuple[str, str]:
    """What is wrong with the name of the file `path`, and what to do.

    `taken` says whether there is a file of the name `meant` besides.
    """
    last, better = path.rpartition("/")[2], meant.rpartition("/")[2]
    if taken:
        what = f"the file “{last}” looks like a second copy of “{better}”"
        return what, "delete it, or name it in small letters a to z, digits and single hyphens"
    return f"a file of the course cannot have the name “{last}”", f"rename it to {better}"
