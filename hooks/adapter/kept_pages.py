"""The steps of a build that are kept from the last one.

A page is made in three steps, each of which is skipped when nothing has changed that it asked
for: its Markdown is converted, its pieces are placed, its template is rendered. What MkDocs and
plugins do before, between and after them happens each time, so links are checked as ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any, cast

from course.cache import Question, Store, fingerprint
from course.needed_rules import Converter
from course.pairs import Stamps
from jinja2 import Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc


def convert(page: Page, config: MkDocsConfig, files: Files, store: Store, base: str) -> None:
    """Do what `Page.render` does, or take it from the store; `base` stands for the settings.

    The key holds the page's own text; what each of its links leads to is asked for. The links
    are then gone through aloud, for MkDocs' warnings and its check of anchors.
    """
    quiet = _RelativePathTreeprocessor(page.file, files, _silent(config))

    def answer(question: Question) -> str:
        return quiet.path_to_url(question[1])

    def make(ask: Callable[[Question], None]) -> Any:
        asking = _Asking(page.file, files, _silent(config), ask)
        return _converted(page, config, asking, converter(config, base))

    key = fingerprint("converted", base, page.file.src_uri, page.file.url, page.markdown)
    told = store.remembered(key, answer, make).value
    page.content = told["content"]
    page.toc = get_toc(told["toc"])
    page._title_from_render = told["title"]
    page.present_anchor_ids = set(told["ids"])
    aloud = _RelativePathTreeprocessor(page.file, files, config)
    for url in told["links"]:
        aloud.path_to_url(url)
    page.links_to_anchors = aloud.links_to_anchors


class _Asking(_RelativePathTreeprocessor):
    """Notes each link that it resolves."""

    def __init__(
        self, file: File, files: Files, config: MkDocsConfig, ask: Callable[[Question], None]
    ) -> None:
        super().__init__(file, files, config)
        self.links: list[str] = []
        self._ask = ask

    def path_to_url(self, url: str) -> str:
        self.links.append(url)
        self._ask(("link", url))
        return super().path_to_url(url)


def converter(config: MkDocsConfig, base: str) -> Converter:
    """What converts Markdown by the settings that `base` stands for, ready for another page.

    MkDocs makes one for each page, which takes a tenth of the time of a conversion, and leaves
    behind what only Python's search for garbage finds.
    """
    if base not in _CONVERTERS:
        if len(_CONVERTERS) >= MOST_CONVERTERS:
            _CONVERTERS.clear()
        _CONVERTERS[base] = Converter(
            extensions=[*config.markdown_extensions, Stamps()],
            extension_configs=config.mdx_configs or {},
        )
    return _CONVERTERS[base].reset()


_CONVERTERS: dict[str, Converter] = {}

MOST_CONVERTERS = 8
"""More than the languages of a course; under `serve`, settings that were edited are left behind."""


def _converted(page: Page, config: MkDocsConfig, links: _Asking, md: Converter) -> dict[str, Any]:
    """What becomes of a page's Markdown, step by step as in `Page.render` of MkDocs 1.6."""
    raw = _RawHTMLPreprocessor()
    raw._register(md)
    anchors = _ExtractAnchorsTreeprocessor(page.file, links.files, config)
    anchors._register(md)
    links._register(md)
    title = _ExtractTitleTreeprocessor()
    title._register(md)
    return {
        "content": md.convert(page.markdown or ""),
        "toc": getattr(md, "toc_tokens", []),
        "title": title.title,
        "ids": sorted(anchors.present_anchor_ids | raw.present_anchor_ids),
        "links": links.links,
    }


def _silent(config: MkDocsConfig) -> MkDocsConfig:
    """The settings by which links are resolved without a word about them."""
    told = config.validation.links.absolute_links
    # Any level only says how loudly a link is reported; the rest are ways to resolve it.
    absolute = logging.DEBUG if isinstance(told, int) and told in _LEVELS else told
    links = SimpleNamespace(
        absolute_links=absolute, not_found=logging.DEBUG, unrecognized_links=logging.DEBUG
    )
    validation = SimpleNamespace(links=links)
    return cast(
        MkDocsConfig,
        SimpleNamespace(use_directory_urls=config.use_directory_urls, validation=validation),
    )


_LEVELS = frozenset({logging.DEBUG, logging.INFO, logging.WARNING})


class Frames:
    """Renders the pages of one language into their templates, or takes them from the store."""

    def __init__(self, store: Store, nav: Navigation) -> None:
        self._store = store
        self._nav = nav
        self._shown = ""
        self.rendered: dict[str, str] = {}
        """The key of each page as it was rendered last, by the path of its file in the site."""

    def renew(self, base: str) -> None:
        """Look at the navigation again, whose pages may have got other titles.

        `base` stands for all that templates see besides: settings, interface texts, themselves.
        """
        self._shown = fingerprint(base, [*_items(self._nav)], _link(self._nav.homepage))

    @property
    def template_class(self) -> type[Template]:
        """What an environment has to make its templates of."""
        frames = self

        class KeptTemplate(Template):
            def render(self, *args: Any, **kwargs: Any) -> str:
                context = dict(*args, **kwargs)
                if not isinstance(context.get("page"), Page):
                    return super().render(context)
                render = super().render
                return frames._rendered(str(self.name), context, lambda: render(context))

        return KeptTemplate

    def key(self, template: str, context: dict[str, Any]) -> str:
        """A fingerprint of all that a page's template can see."""
        page, config = context["page"], context["config"]
        return fingerprint(
            "framed",
            *(self._shown, template),
            *(page.content, page.meta, page.title, [*_contents(page.toc)]),
            *(page.file.src_uri, page.file.locale, page.url, page.canonical_url, page.edit_url),
            {code: [file.url, file.locale] for code, file in page.file.alternates.items()},
            [_link(page.previous_page), _link(page.next_page), [*_above(page)]],
            *(config.site_url, config.site_name, config.extra, context["base_url"]),
            *([*map(str, context[name])] for name in ("extra_css", "extra_javascript")),
        )

    def _rendered(self, template: str, context: dict[str, Any], render: Callable[[], str]) -> str:
        page = context["page"]
        key = self.rendered[page.file.dest_uri] = self.key(template, context)
        content, kept = page.content or "", self._store.get(key)
        if kept is not None:
            return content.join(kept)
        html = render()
        # Most of a page is what was placed, which is at hand whenever this is asked for.
        self._store.put(key, html.split(content) if content else [html])
        return html


def _items(items: Iterable[Any]) -> Iterator[object]:
    """The navigation as its template can see it."""
    for item in items:
        yield [_link(item), [*_items(item.children or ())]]


def _link(item: Any) -> object:
    """What other pages show of an entry of the navigation: its title, address and language."""
    if not isinstance(item, Page):
        return item and [item.title, getattr(item, "url", None)]
    file: Any = item.file
    return [item.title, item.url, file.name, file.locale, item.meta.get("title")]


def _above(page: Page) -> Iterator[object]:
    parent = page.parent
    while parent:
        yield parent.title
        parent = parent.parent


def _contents(toc: Any) -> Iterator[object]:
    for link in toc:
        yield [link.title, link.id, link.level, [*_contents(link.children)]]
