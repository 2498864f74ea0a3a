"""Texts from data become safe HTML, and what is unsafe is named."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course import markup


def link(uri: str, anchor: str) -> str:
    return f"../{uri}/#{anchor}"


def test_markdown_of_a_text() -> None:
    assert markup.inline("Say *nothing*, **wait**.", link) == (
        "Say <em>nothing</em>, <strong>wait</strong>."
    )
    assert markup.block("One.\n\n- two", link) == "<p>One.</p>\n<ul>\n<li>two</li>\n</ul>"


def test_links_between_pages_are_resolved() -> None:
    text = "See [it](lessons/listening.md#silence) and [that](https://example.org/a.md)."
    html = markup.inline(text, link)
    assert '<a href="../lessons/listening/#silence">it</a>' in html
    assert '<a href="https://example.org/a.md">that</a>' in html


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("<script>alert(1)</script>", "the HTML tag <script>"),
        ("[a](javascript:alert(1))", "a link that begins with “javascript:”"),
        ("<a href='java&#10;script:x'>a</a>", "a link that begins with “java\nscript:”"),
        ("[a](vbscript:x)", "a link that begins with “vbscript:”"),
        ("![a](x.png)", "the HTML tag <img>"),
        ("<em onclick='x'>a</em>", "the HTML attribute “onclick”"),
        ("a <!-- quiz --> b", "an HTML comment"),
    ],
)
def test_dangers_are_named(text: str, danger: str) -> None:
    assert danger in markup.dangers(text)


@pytest.mark.parametrize("text", ["5 < 6 & 7 > 2", "[a](https://x.org) [b](mailto:a@b.c) [c](#d)"])
def test_plain_texts_are_not_dangerous(text: str) -> None:
    assert markup.dangers(text) == []


@given(st.text(alphabet="<>/=\"'abcdefijklmnoprstuv:()[]!-&;# \n", max_size=80))
def test_nothing_unsafe_comes_out_whatever_goes_in(text: str) -> None:
    html = markup.block(text, link)
    assert "<script" not in html
    assert "javascript:" not in html.casefold() or "href" not in html
    assert markup.dangers(html.replace("\n\n", "\n")) == []


@given(
    st.one_of(
        st.text(max_size=30),
        st.text(
            alphabet="ab1 .:-—+=#>*_|~^!?(){}[]@/\"'’„&;\\\t\n\x0c\x85\xa0\u2028ș", max_size=12
        ),
    )
)
@example("1. a")
@example("a &amp; b")
@example("a\xa0b")
def test_words_alone_come_out_as_the_conversion_has_them(text: str) -> None:
    if all(ord(sign) < 0xD800 or ord(sign) > 0xDFFF for sign in text):
        words = markup._words(text)
        assert not words or f"<p>{words}</p>" == markup._clean(text)


def test_most_texts_are_words_alone() -> None:
    assert markup._words(" „Am înțeles”, spune ea: 5 minute (nu 10) – și tace… ")


def test_a_stem_is_one_paragraph() -> None:
    assert not markup.is_block("What do you *do*?")
    assert markup.is_block("Think.\n\nWhat?")
    assert markup.is_block("- a\n- b")
