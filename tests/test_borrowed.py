"""A borrowed text keeps its language wherever a template puts it."""

from __future__ import annotations

import pytest
from course.borrowed import bare, borrowed, borrowed_block, told
from hypothesis import given
from hypothesis import strategies as st

A = borrowed("Trust", "en")
NESTED = borrowed("So " + borrowed("cât", "ro"), "en")


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>Vertrauen</p>", "<p>Vertrauen</p>"),
        (f"<p>{A}</p>", '<p lang="en">Trust</p>'),
        (f'<p class="x">\n  {A}\n</p>', '<p class="x" lang="en">\n  Trust\n</p>'),
        (f"<p>Name: {A}</p>", '<p>Name: <span lang="en">Trust</span></p>'),
        (f'<a lang="de">{A}</a>', '<a lang="de"><span lang="en">Trust</span></a>'),
        (f'<p aria-label="{A}">x</p>', '<p aria-label="Trust">x</p>'),
        (f"<li data-x='{A} > 1'>{A}</li>", "<li data-x='Trust > 1' lang=\"en\">Trust</li>"),
        (f"<option>{A}</option>", '<option lang="en">Trust</option>'),
        (f"<option>1 {A}</option>", "<option>1 Trust</option>"),
        (f"<script>x = '{A}' < 1</script>", "<script>x = 'Trust' < 1</script>"),
        (f"<p>{A}</p><p>{A}</p>", '<p lang="en">Trust</p><p lang="en">Trust</p>'),
        (f"<p><b>{A}</b> {A}</p>", '<p><b lang="en">Trust</b> <span lang="en">Trust</span></p>'),
        (f"<p>{borrowed('<em>a</em> b', 'en')}</p>", '<p lang="en"><em>a</em> b</p>'),
        (f"<p>{NESTED}</p>", '<p lang="en">So <span lang="ro">cât</span></p>'),
    ],
)
def test_the_language_is_told_where_it_can_be(html: str, wanted: str) -> None:
    assert told(html) == wanted


def test_blocks_get_the_language_themselves() -> None:
    html = borrowed_block("<p>a</p>\n<ul>\n<li>b</li>\n</ul>", "en")
    assert html == '<p lang="en">a</p>\n<ul lang="en">\n<li>b</li>\n</ul>'


def test_nothing_is_borrowed_of_nothing() -> None:
    assert borrowed(" ", "en") == " "
    assert bare(A) == "Trust"


PIECES = st.sampled_from([A, "\ue000", "\ue001", "\ue002", "<p>", "</p>", '<a href="', '">', "x"])


@given(st.lists(PIECES, max_size=12))
def test_no_sign_is_ever_left(pieces: list[str]) -> None:
    assert not set("\ue000\ue001\ue002") & set(told(A + "".join(pieces)))
