"""One converter for all pages: what it makes of a page hangs on no page before."""

from __future__ import annotations

import markdown
from course.page import split_front_matter
from mkdocs.config import load_config
from small_site import ROOT


def test_a_converter_that_was_used_makes_what_a_new_one_makes() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))

    def new() -> markdown.Markdown:
        return markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )

    used = new()
    used.convert("# Another page {#page}\n\n*[HTML]: HyperText\n\n[link]: https://example.org\n")
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = split_front_matter(path.read_text(encoding="utf-8"))[1]
        text += "\n\nHTML, a [link], and a heading:\n\n## Page\n"
        once = new()
        assert used.reset().convert(text) == once.convert(text), path
        assert used.toc_tokens == once.toc_tokens, path  # type: ignore[attr-defined]
