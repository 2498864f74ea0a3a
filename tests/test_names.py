"""Names are made of plain letters, in one way everywhere."""

from __future__ import annotations

import pytest
from course.names import meant_name, plain_letters


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Închideți DISCUȚIA", "inchideti discutia"),
        ("s\u0326i\u0302", "si"),
        ("Größe, ẞ", "grosse, ss"),
        ("Łódź – Smørrebrød", "lodz – smorrebrod"),
        ("Ǽgir, ﬁn, Iı", "aegir, fin, ii"),
        ("lis\u00adten\u200b", "listen"),
        ("a™ ½…", "atm 1⁄2..."),
        ("Слушать", "слушать"),
        ("", ""),
    ],
)
def test_letters_lose_their_marks_and_their_case(text: str, plain: str) -> None:
    assert plain_letters(text) == plain
    assert plain_letters(plain) == plain


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("lessons/Listening (1).RO.md.txt", "lessons/listening.ro.md"),
        ("Łódź–ș.md", "lodz-s.md"),
        ("听.md", "page.md"),
    ],
)
def test_a_file_is_named_in_plain_letters(name: str, meant: str) -> None:
    assert meant_name(name, ".md", ["en", "ro"]) == meant
