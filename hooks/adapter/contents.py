"""A page's Markdown, its conversion and the pieces in it, as MkDocs hands them over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.borrowed import told
from course.cache import Answer, Question, fingerprint
from course.model import Course
from course.page import split_front_matter, without_allowances
from course.pieces import rendered, scripts_of
from course.place import Marker, below_headings, block_names, place
from course.render import Renderer
from course.translation import TOP
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from .kept_pages import convert
from .state import CURRENT, i18n_of, overrides, page_language, slug_of


def convert_kept(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Convert a page's Markdown, unless it was converted before."""
    blocks = config.mdx_configs["pymdownx.blocks.admonition"]["types"]
    convert(page, config, files, CURRENT[0].store, fingerprint(CURRENT[0].settings, blocks))


ADDRESS = "address"
"""The question of where a page stands, beside those that a course answers."""


def answers_of(file: File) -> Answer:
    """What the pieces of a page may ask for."""
    build, slug = CURRENT[0], slug_of(file)

    def answer(question: Question) -> str:
        kind, *names = question
        if kind != ADDRESS:
            return build.answers(question)
        target, anchor = names
        path = "" if target == slug else build.files[target].url_relative_to(file)
        return f"{path}#{anchor}" if anchor else path

    return answer


def with_pieces(
    html: str, page: Page, config: MkDocsConfig, course: Course, renderer: Renderer
) -> dict[str, Any]:
    """A page's HTML with its pieces, the scripts they need, and what they add to its contents."""
    slug = slug_of(page.file)
    placed: list[str] = []

    def piece(marker: Marker) -> str:
        placed.append(marker.name)
        return rendered(marker, renderer, slug, mark_of(config), config.site_name)

    html = below_headings(told(html), _stale_notes(page, renderer, config, course))
    html = place(html, piece)
    if page.meta.get("beside"):
        placed.append("beside")
    if slug in course.quizzes and "quiz" not in placed:
        html += piece(Marker("quiz"))
    if course.pages[slug].text(page_language(page)).terms:
        html += piece(Marker("terms"))
    contents = renderer.fields_contents() if "fields" in placed else []
    return {"html": html, "scripts": scripts_of(placed + block_names(html)), "contents": contents}


def toc_link(part: list[tuple[str, str]]) -> AnchorLink:
    """What the reference of fields adds to the contents of its page: a kind of file, its parts."""
    (name, title), *inner = part
    link = AnchorLink(title, name, 2)
    link.children += [AnchorLink(text, anchor, 3) for anchor, text in inner]
    return link


def name_blocks(config: MkDocsConfig, language: str) -> None:
    """Give blocks without a title of their own (`/// rule`) one in the page's language."""
    strings = CURRENT[0].course.strings[language]
    blocks = config.mdx_configs["pymdownx.blocks.admonition"]
    names = [b["name"] if isinstance(b, dict) else b for b in blocks["types"]]
    blocks["types"] = [{"name": name, "title": strings[f"block.{name}"]} for name in names]


def original_of(page: Page) -> str:
    """The text of a page in the default language."""
    file = page.file.alternates[CURRENT[0].course.languages[0]]  # type: ignore[attr-defined]
    return without_allowances(split_front_matter(file.content_string)[1])


def _stale_notes(
    page: Page, renderer: Renderer, config: MkDocsConfig, course: Course
) -> dict[str, str]:
    """The notes for readers of the sections that are older than their originals."""
    default = course.languages[0]
    name = next(lang.name for lang in i18n_of(config).config.languages if lang.locale == default)

    def note(section: str) -> str:
        original: File = page.file.alternates[default]  # type: ignore[attr-defined]
        anchor = "" if section == TOP else f"#{section}"
        href = original.url_relative_to(page.file) + anchor
        return renderer.stale(section, href, default, name)

    text = course.pages[slug_of(page.file)].text(page_language(page))
    return {section: note(section) for section in text.stale}


def mark_of(config: MkDocsConfig) -> float:
    """The share of a self-check that the certificate asks for."""
    return float((config.extra.get("course") or {}).get("mark", 0.7))


def fragments(config: MkDocsConfig) -> Path:
    """The folder of the pieces' templates."""
    return overrides(config) / "fragments"
