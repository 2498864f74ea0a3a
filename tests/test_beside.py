"""Side by side, in a browser: every block of every lesson, both ways; and when it cannot be."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect
from small_course import small_course
from small_site import ROOT, mkdocs, small_site
from test_accessibility import violations
from windows import Opener, laid_out

LESSONS = sorted(
    path.stem for path in (ROOT / "docs/lessons").glob("*.md") if not path.stem.endswith(".ro")
)
PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1440, "height": 900}

PAIRS = """() => [...document.querySelectorAll('article [data-pair]')].map(($own) => {
  const $copy = $own.nextElementSibling;
  const is = Boolean($copy?.classList.contains('beside-other'));
  const [a, b] = [$own.getBoundingClientRect(), is && $copy.getBoundingClientRect()];
  return {
    pair: $own.dataset.pair, is, tags: is && $own.tagName === $copy.tagName, lang: is && $copy.lang,
    text: is && $copy.textContent.replace(/\\s+/g, ' ').trim(),
    beside: is && (a.height === 0 || (b.left >= a.right && b.top < a.bottom)),
    under: is && (a.height === 0 || b.top >= a.bottom - 1),
  };
})"""
TEXTS = """() => Object.fromEntries([...document.querySelectorAll('article [data-pair]')].map(
  ($own) => [$own.dataset.pair, $own.textContent.replace(/\\s+/g, ' ').trim()]))"""


def strings(language: str) -> dict[str, str]:
    path = ROOT / "hooks/course/strings" / f"{language}.yml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def turned_on(page: Page) -> Page:
    page.locator(".beside-button").click()
    shown(page)
    return page


def shown(page: Page) -> None:
    page.locator(".beside-other").first.wait_for(state="attached")
    expect(page.locator(".beside-button")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("language", ["", "ro/"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_every_block_of_a_lesson_has_its_partner_beside_it(
    open_page: Opener, lesson: str, language: str
) -> None:
    other = "" if language else "ro/"
    page = open_page(f"{other}lessons/{lesson}/", viewport=WIDE)
    texts = page.evaluate(TEXTS)
    page.goto(page.url.replace(f"/{other}lessons/", f"/{language}lessons/"))
    pairs: list[dict[str, Any]] = turned_on(page).evaluate(PAIRS)
    assert {pair["pair"]: pair["text"] for pair in pairs} == texts
    assert {pair["lang"] for pair in pairs} == {"en" if language else "ro"}
    assert [pair for pair in pairs if not (pair["tags"] and pair["beside"])] == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id)")
    assert len(ids) == len(set(ids))


def test_on_a_phone_the_partner_stands_under_its_block_and_nothing_runs_over(
    open_page: Opener,
) -> None:
    page = turned_on(open_page("ro/lessons/first-move/", viewport=PHONE))
    assert [pair for pair in page.evaluate(PAIRS) if not pair["under"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_off_again_leaves_the_page_as_it_was(open_page: Opener) -> None:
    page = laid_out(open_page("lessons/first-move/", viewport=WIDE))
    html = "document.querySelector('main').innerHTML + document.body.className.trim()"
    before = page.evaluate(html)
    turned_on(page).locator(".beside-button").click()
    expect(page.locator(".beside-other")).to_have_count(0)
    assert page.evaluate(html).replace(' class=""', "") == before
    assert page.evaluate("localStorage.getItem('course-beside')") == ""


def test_turning_twice_in_a_hurry_shows_each_block_once(open_page: Opener) -> None:
    page = open_page("lessons/first-move/")
    for _ in range(3):
        page.locator(".beside-button").click(no_wait_after=True)
    shown(page)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".beside-other")).to_have_count(len(page.evaluate(TEXTS)))


def test_the_headings_and_links_of_the_copy_are_no_trouble(open_page: Opener, address: str) -> None:
    page = open_page("lessons/first-move/")
    before = page.get_by_role("heading").count()
    turned_on(page)
    assert page.get_by_role("heading").count() == before
    links = page.locator(".beside-other a, a.beside-other").evaluate_all(
        "(links) => links.map((link) => link.href)"
    )
    assert len(links) > 5
    assert all(link.startswith(f"{address}ro/") for link in links)


def test_it_goes_on_in_the_next_lesson_in_the_other_language_and_to_a_heading(
    open_page: Opener,
) -> None:
    page = turned_on(open_page("lessons/first-move/", viewport=WIDE))
    page.locator(".course-steps__next").click()
    page.wait_for_url("**/listening/")
    shown(page)
    page.locator(".course-languages a[lang=ro]").click()
    page.wait_for_url("**/ro/lessons/listening/")
    shown(page)
    expect(page.locator(".beside-other").first).to_have_attribute("lang", "en")
    page.goto(page.url + "#goal")
    page.reload()
    shown(page)
    page.wait_for_timeout(200)
    assert 0 <= page.locator("#goal").evaluate("(h) => h.getBoundingClientRect().top") < 300


def test_by_key(open_page: Opener) -> None:
    page = open_page("lessons/first-move/")
    page.locator(".beside-button").focus()
    page.keyboard.press("Enter")
    shown(page)
    page.keyboard.press("Space")
    expect(page.locator(".beside-button")).to_have_attribute("aria-pressed", "false")


def test_nothing_moves_before_it_is_turned_on(open_page: Opener) -> None:
    page = open_page("lessons/first-move/", viewport=PHONE)
    moved = """() => new Promise((done) => new PerformanceObserver((list) => done(
      list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
    )).observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => done(0), 500))"""
    assert page.evaluate(moved) < 0.02


def test_without_scripts_there_is_no_switch(open_page: Opener) -> None:
    page = open_page("lessons/first-move/", java_script_enabled=False)
    expect(page.locator(".beside")).to_be_hidden()


@pytest.fixture
def bare(open_page: Opener) -> Page:
    """A lesson that may complain of the network."""
    return open_page("ro/lessons/first-move/", patient=True)


@pytest.mark.parametrize("how", ["offline", "missing", "another page"])
def test_what_cannot_be_loaded_is_told_and_comes_at_the_next_try(bare: Page, how: str) -> None:
    answers = {
        "offline": lambda route: route.abort(),
        "missing": lambda route: route.fulfill(status=404, body="<article><p data-pair=1></p>"),
        "another page": lambda route: route.fulfill(status=200, body="<h1>Log in</h1>"),
    }
    bare.route("**/lessons/first-move/", answers[how])
    bare.locator(".beside-button").click()
    expect(bare.locator(".beside-status")).to_have_text(strings("ro")["beside.failed"])
    expect(bare.locator(".beside-button")).to_have_attribute("aria-pressed", "false")
    expect(bare.locator(".beside-other")).to_have_count(0)
    bare.unroute("**/lessons/first-move/")
    turned_on(bare)
    expect(bare.locator(".beside-status")).to_have_text("")


def test_from_a_file_it_says_so(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "lessons/first-move/index.html").as_uri())
    page.locator(".beside-button").click()
    expect(page.locator(".beside-status")).to_have_text(strings("en")["beside.file"])
    page.close()


def test_where_storage_is_blocked_it_holds_for_the_page(open_page: Opener) -> None:
    blocked = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    turned_on(open_page("lessons/first-move/", script=blocked, alone=True))


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing(open_page: Opener, size: dict[str, int]) -> None:
    page = turned_on(open_page("lessons/first-move/", viewport=size))
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert violations(page) == []


def test_it_prints_as_shown_in_two_columns(open_page: Opener) -> None:
    page = turned_on(open_page("lessons/first-move/", viewport=WIDE))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    expect(page.locator(".beside")).to_be_hidden()
    assert [pair for pair in page.evaluate(PAIRS) if not pair["beside"]] == []
    after = "(link) => getComputedStyle(link, '::after').content"
    assert page.locator(".beside-other a").first.evaluate(after) == "none"


def test_forced_colours_show_that_it_is_on(open_page: Opener) -> None:
    page = open_page("lessons/first-move/", forced_colors="active")
    colour = "(button) => getComputedStyle(button).backgroundColor"
    before = page.locator(".beside-button").evaluate(colour)
    assert turned_on(page).locator(".beside-button").evaluate(colour) != before


def test_only_lessons_carry_it_and_it_is_light(site: Path) -> None:
    assert len(gzip.compress((site / "assets/beside.js").read_bytes(), 9)) <= 2 * 1024
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        lesson = path.parent.parent.name == "lessons"
        assert ("assets/beside." in text, "data-pair" in text) == (lesson, lesson), path


def test_an_untranslated_lesson_has_no_switch(tmp_path: Path) -> None:
    files = small_course()
    del files["docs/listening.ro.md"]
    root = small_site(tmp_path, files)
    assert mkdocs(root, "build", "-q").returncode == 0
    for path in ("site/listening/index.html", "site/ro/listening/index.html"):
        text = (root / path).read_text(encoding="utf-8")
        assert "beside" not in text
        assert "data-pair" not in text


def test_of_several_languages_the_reader_chooses_one(bare: Page) -> None:
    """A third language is made of the Romanian page itself, called German."""
    german = '<option value="de" data-href="./">Germană</option></select>'

    def with_german(route: Route) -> None:
        text = route.fetch().text().replace("</select>", german)
        route.fulfill(body=text, content_type="text/html")

    bare.route("**/ro/lessons/first-move/", with_german)
    bare.reload()
    bare.locator(".beside-language").evaluate("(select) => { select.hidden = false; }")
    turned_on(bare)
    bare.locator(".beside-language").select_option("de")
    expect(bare.locator(".beside-other").first).to_have_attribute("lang", "ro")
    assert bare.evaluate("localStorage.getItem('course-beside')") == "de"
    bare.reload()
    shown(bare)
    expect(bare.locator(".beside-language")).to_have_value("de")
