"""One converter for all pages: what it makes of a page hangs on no page before."""

from __future__ import annotations

import re
from typing import Any

import markdown
import pytest
from adapter.kept_pages import MOST_CONVERTERS, converter
from course.needed_rules import LINES, TEXTS, Converter
from course.page import split_front_matter
from hypothesis import given
from hypothesis import strategies as st
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from mkdocs.config import load_config
from small_site import ROOT

EXTENSIONS = ["abbr", "attr_list", "def_list", "tables", "toc", "pymdownx.superfences"]
BLOCKS = ["pymdownx.blocks.admonition", "pymdownx.blocks.details"]
SETTINGS: dict[str, Any] = {"extensions": [*EXTENSIONS, *BLOCKS]}

TEXT = st.lists(
    st.sampled_from(
        [
            *(
                "word",
                " ",
                "\n",
                "\n\n",
                "  \n",
                "*",
                "**",
                "_",
                "`",
                "``",
                "\\",
                "\\*",
                "\\[",
                "&",
                ";",
            ),
            *(
                "[a]",
                "[a]: b",
                "(b)",
                "![a]",
                "!",
                "[",
                "]",
                "(",
                ")",
                "<",
                ">",
                "<b>",
                "<a@b.c>",
                "|",
            ),
            *(
                "&amp;",
                "&#60;",
                "<https://e.org>",
                "- ",
                "> ",
                "# ",
                "{ .c }",
                "- | -",
                "HTML",
                "~~~\n",
            ),
            *(
                "*[HTML]: x",
                "/// note | `t`",
                "///",
                "===",
                "---",
                "| a | b |\n",
                "    ",
                "\t",
                "- - ",
                "> > ",
                "1. ",
            ),
            *("```\n", "    :   d", "\n: d", "[^1]", "{ #i }", "## H\n", "x\n=\n", "x\n-\n"),
        ]
    ),
    max_size=14,
).map("".join)


EACH = [
    *("```\ncode\n```", "~~~\ncode\n~~~", "- a\n\n    b", "- a\n\n\tb", "    code", "\tcode"),
    *("| a |\n| - |\n| b |", "# H", "H\n=", "H\n-", "> H\n> ===", "> a", "- > a", "Term\n:   One."),
    *("*[HTML]: x\n\nHTML", "[a]: b.md\n\n[a]", "/// note\n\na\n\n///", "- a\n- b", "1. a", "***"),
    *(
        "`a`",
        "\\*a*",
        "[a](b)",
        "![a](b)",
        "![a]\n\n[a]: b",
        "<https://e.org>",
        "<a@b.c>",
        "a  \nb",
    ),
    *("<b>a</b>", "&amp;", "*a*", "__a__", "/// note | `a`\n\n///", "# `a` { #i }"),
]


@pytest.mark.parametrize("text", EACH)
def test_each_rule_is_tried_where_it_matches(text: str) -> None:
    page = f"Before.\n\n{text}\n\nAfter."
    assert Converter(**SETTINGS).convert(page) == markdown.Markdown(**SETTINGS).convert(page)


@given(TEXT)
def test_only_rules_that_can_do_nothing_are_left_out(text: str) -> None:
    one = Converter(**SETTINGS)
    assert one.convert(text) == markdown.Markdown(**SETTINGS).convert(text)


@pytest.mark.parametrize("rule", LINES, ids=lambda rule: rule.__name__)
def test_a_rule_is_left_out_of_a_plain_page(rule: type, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    kind = "run" if issubclass(rule, Preprocessor) else "test"
    monkeypatch.setattr(rule, kind, lambda *_: ran.append(1))
    extensions = [*BLOCKS, *EXTENSIONS]
    extensions.remove("def_list")  # which has a rule derived from one of these
    Converter(extensions=extensions).convert("A *plain* text with [a link](https://example.org).")
    assert not ran


def test_what_is_left_out_of_a_plain_page_is_most_patterns() -> None:
    one = Converter(**SETTINGS)
    one.convert("A *plain* text with [a link](https://example.org).")
    inline = one.treeprocessors["inline"]
    assert isinstance(inline, InlineProcessor)
    kept = [vars(pattern)["pattern"] for pattern in inline.inlinePatterns]
    assert {TEXTS[pattern] for pattern in kept if pattern in TEXTS} == {"["}
    assert len(kept) < len(one.inlinePatterns) / 2


class Shouted(BlockQuoteProcessor):
    """A quotation that begins with an exclamation mark."""

    RE = re.compile(r"(^|\n)! ?(.*)")


def test_a_rule_derived_from_one_that_is_left_out_is_tried() -> None:
    one = Converter()
    one.parser.blockprocessors.register(Shouted(one.parser), "quote", 20)
    assert "<blockquote>" in one.convert("! Said aloud.")


def test_a_converter_that_was_used_makes_what_a_new_one_makes() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))

    def new() -> markdown.Markdown:
        return markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )

    converter(config, "settings").convert("*[HTML]: HyperText\n\n[link]: https://example.org\n")
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = split_front_matter(path.read_text(encoding="utf-8"))[1]
        text += "\n\nHTML, a [link], and a heading:\n\n## Page\n"
        used, once = converter(config, "settings"), new()
        assert used.convert(text) == once.convert(text), path
        assert used.toc_tokens == once.toc_tokens, path  # type: ignore[attr-defined]


def test_other_settings_have_a_converter_of_their_own() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert converter(config, "one") is converter(config, "one")
    assert converter(config, "one") is not converter(config, "other")
    one = converter(config, "one")
    for number in range(MOST_CONVERTERS):
        converter(config, str(number))
    assert converter(config, "one") is not one
