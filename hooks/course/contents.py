"""The list of contents beside a page is rendered once for each section, not for each page.

Pages that lie in one folder and belong to one section see the same list, but for the link to
themselves. So the list of one becomes that of another by changing two links. Pure string
functions; how the list looks is the business of partials/nav.html.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable

CURRENT = ' aria-current="page"'
"""What stands behind the address of the link to the page itself."""

Relative = Callable[[str, str], str]
"""(an address, that of a page) -> the first as the second has to write it."""


class Contents:
    """The lists of contents of one build in one language.

    `addresses` are those of all pages in the list, each as often as it stands there, seen from
    the site's root.
    """

    def __init__(self, addresses: Iterable[str], relative: Relative) -> None:
        self._count = Counter(addresses)
        self._relative = relative
        self._above = {above for address in self._count for above in _folders(address)}
        self._known: dict[Hashable, tuple[str, str]] = {}

    def of(self, section: Hashable, address: str, render: Callable[[], str]) -> str:
        """The list for the page at `address`, which belongs to `section`; `render` makes it.

        A page with others below its own address, and one that stands in the list twice, get
        their own: from there, more than two links are different.
        """
        if address in self._above or self._count[address] > 1:
            return render()
        folder = address.rstrip("/").rpartition("/")[0]
        first, html = self._known.get((section, folder), ("", ""))
        if html:
            return self._moved(html, first, address)
        html = render()
        self._known[section, folder] = address, html
        return html

    def _moved(self, html: str, first: str, address: str) -> str:
        """The list of the page `first` as that of its neighbour at `address`."""
        here, seen = self._relative(first, first), self._relative(first, address)
        html = html.replace(_link(here) + CURRENT, _link(seen))
        here, seen = self._relative(address, address), self._relative(address, first)
        return html.replace(_link(seen), _link(here) + CURRENT)


def _link(href: str) -> str:
    return f'<a href="{href}"'


def _folders(address: str) -> Iterable[str]:
    """The addresses of the folders around a page, the site's root among them."""
    parts = address.rstrip("/").split("/")[:-1]
    yield from ("", "./", ".")
    yield from ("/".join(parts[: count + 1]) + "/" for count in range(len(parts)))
