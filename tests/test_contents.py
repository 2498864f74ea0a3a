"""A list of contents that is taken over from a neighbour is the one the page would get itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from course.contents import Contents
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from mkdocs.utils import get_relative_url

OVERRIDES = Path(__file__).resolve().parent.parent / "overrides"
FOLDERS = {
    "": ["", "guide/", "a/one/", "a/two/", "a/two/deep/", "guide/x/", "guide/y/", "b/three/"],
    "lang/": ["lang/", "lang/a/one/", "lang/a/two/", "lang/guide/", "lang/guide/x/"],
    "files": ["index.html", "a/one.html", "a/two.html", "b/three.html"],
    "twice": ["", "a/one/", "a/two/", "a/three/", "a/two/"],
}


def drawn(pages: list[str], current: str) -> str:
    """The list of `pages` as the page at `current` shows it."""
    mark = {current: ' aria-current="page"'}
    links = (f'<a href="{get_relative_url(page, current)}"{mark.get(page, "")}>' for page in pages)
    # The title of another module, which leads to its first page, is never marked.
    title = f'<a href="{get_relative_url("a/two/", current)}">' if pages == FOLDERS["twice"] else ""
    return "".join([title, *links])


@pytest.mark.parametrize("pages", FOLDERS.values(), ids=FOLDERS)
def test_each_page_gets_the_list_it_would_have_been_given(pages: list[str]) -> None:
    lists = Contents(pages, get_relative_url)
    other = "a/not-in-it" + (".html" if pages[0].endswith(".html") else "/")
    for page in [*pages, other, *reversed(pages)]:
        assert lists.of("section", page, partial(drawn, pages, page)) == drawn(pages, page)


def test_one_list_is_rendered_for_the_pages_of_a_section_in_a_folder() -> None:
    pages = ["index.html", *(f"lessons/{name}/" for name in "abcdefgh")]
    lists, rendered = Contents(pages, get_relative_url), []

    def render() -> str:
        rendered.append(1)
        return drawn(pages, pages[1])

    for page in pages[1:]:
        lists.of("first" if page < "lessons/e" else "second", page, render)
    assert len(rendered) == 2


def test_the_template_renders_nothing_for_a_page_whose_list_is_known() -> None:
    environment = Environment(loader=FileSystemLoader(OVERRIDES), undefined=StrictUndefined)
    html = environment.get_template("partials/nav.html").render(
        nav=["page"], page="page", contents=lambda page, caller: f"the list for {page}"
    )
    assert html.strip() == "the list for page"
