"""One converter for all pages: what it makes of a page hangs on no page before."""

from __future__ import annotations

import markdown
from adapter.kept_pages import MOST_CONVERTERS, converter
from course.page import split_front_matter
from mkdocs.config import load_config
from small_site import ROOT


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
