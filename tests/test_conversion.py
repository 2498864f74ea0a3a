"""One converter for all pages: what it makes of a page hangs on no page before."""

from __future__ import annotations

from typing import Any

import markdown
from adapter.kept_pages import MOST_CONVERTERS, converter
from course.needed_patterns import SIGNS, NeededPatterns
from course.page import split_front_matter
from hypothesis import given
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor
from mkdocs.config import load_config
from small_site import ROOT

EXTENSIONS = ["abbr", "attr_list", "def_list", "tables", "toc", "pymdownx.superfences"]
BLOCKS = ["pymdownx.blocks.admonition", "pymdownx.blocks.details"]
SETTINGS: dict[str, Any] = {"extensions": [*EXTENSIONS, *BLOCKS]}

INLINE = st.lists(
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
            *("*[HTML]: x", "/// note | `t`", "///"),
        ]
    ),
    max_size=14,
).map("".join)


@given(INLINE)
def test_only_patterns_that_cannot_match_are_left_out(text: str) -> None:
    whole, chosen = markdown.Markdown(**SETTINGS), markdown.Markdown(**SETTINGS)
    chosen.registerExtensions([NeededPatterns()], {})
    assert chosen.convert(text) == whole.convert(text)


def test_what_is_left_out_of_a_plain_page_is_most_of_it() -> None:
    chosen = markdown.Markdown(**SETTINGS)
    chosen.registerExtensions([NeededPatterns()], {})
    chosen.convert("A *plain* text with [a link](https://example.org).")
    inline = chosen.treeprocessors["inline"]
    assert isinstance(inline, InlineProcessor)
    kept = [vars(pattern)["pattern"] for pattern in inline.inlinePatterns]
    assert {SIGNS[pattern] for pattern in kept if pattern in SIGNS} == {"["}
    assert len(kept) < len(chosen.inlinePatterns) / 2


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
