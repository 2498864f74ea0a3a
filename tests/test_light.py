"""Pages are light: what they transfer, what they wait for, and that nothing in them moves."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hosting import PackingHost, served
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect
from small_site import ROOT
from windows import LAID_OUT, Opener, laid_out

LANGUAGES = {"en": "", "ro": "ro/"}
FIVE = ("", "lessons/listening/", "challenges/", "practice/delay-call/", "progress/")
PHONE: ViewportSize = {"width": 360, "height": 740}
FIRST_VISIT = 110_000
NEXT_PAGE = 25_000
"""The most bytes of a lesson with its self-check, as they come through the network (gzip)."""

FONTS = ("{}px Course Text", "italic {}px Course Text", "500 {}px Course Display")
LETTERS = "ăâîșțĂÂÎȘȚ„”“‘’–…" + "".join(map(chr, range(0x20, 0x7F)))

SHIFTS = """{ const sum = window.shifts = [];
new PerformanceObserver((list) => sum.push(...list.getEntries().map((entry) => entry.value)))
  .observe({ type: "layout-shift", buffered: true }); }"""


@pytest.fixture(scope="module")
def packed(site: Path) -> Iterator[str]:
    """Where the course is served by a host that compresses."""
    with served(site, PackingHost) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone that has seen nothing of the course."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)
    yield context.new_page()
    context.close()


class Traffic:
    """What comes through the network to a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sizes: dict[str, int] = {}
        self._urls: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._came)

    def visit(self, address: str) -> int:
        """Open a page; the bytes that came, with their headers."""
        self.sizes = {}
        self.page.goto(address, wait_until="networkidle")
        return sum(self.sizes.values())

    def _sent(self, event: dict[str, dict[str, str]]) -> None:
        self._urls[str(event["requestId"])] = event["request"]["url"]

    def _came(self, event: dict[str, object]) -> None:
        url = self._urls[str(event["requestId"])]
        self.sizes[url] = self.sizes.get(url, 0) + int(str(event["encodedDataLength"]))


def lessons(site: Path, language: str) -> list[str]:
    """Their addresses, the heaviest first."""
    found = sorted((site / LANGUAGES[language] / "lessons").glob("*/index.html"))
    found.sort(key=lambda path: -len(gzip.compress(path.read_bytes(), 9)))
    return [path.parent.relative_to(site).as_posix() + "/" for path in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_with_its_self_check_is_light(
    phone: Page, packed: str, site: Path, language: str
) -> None:
    traffic = Traffic(phone)
    heaviest, *others = lessons(site, language)
    assert len(others) > 5
    assert traffic.visit(packed + heaviest) <= FIRST_VISIT, traffic.sizes
    for path in reversed(others):
        assert traffic.visit(packed + path) <= NEXT_PAGE, traffic.sizes
    # What has been loaded once is not asked for again, the page itself excepted.
    assert traffic.visit(packed + others[0]) <= NEXT_PAGE
    assert [urlsplit(url).path for url, size in traffic.sizes.items() if size] == ["/" + others[0]]


@pytest.mark.parametrize("path", FIVE)
def test_a_page_waits_for_one_file_only(phone: Page, packed: str, path: str) -> None:
    phone.goto(packed + path)
    waited = phone.evaluate(
        """performance.getEntriesByType("resource")
        .filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => entry.name)"""
    )
    assert [Path(urlsplit(url).path).name for url in waited] == ["course.css"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FIVE)
def test_nothing_moves(phone: Page, packed: str, path: str, language: str) -> None:
    phone.add_init_script(SHIFTS)
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    slow = {"offline": False, "latency": 60, "downloadThroughput": 4e5, "uploadThroughput": 1e5}
    session.send("Network.emulateNetworkConditions", slow)
    phone.goto(packed + LANGUAGES[language] + path, wait_until="networkidle")
    phone.wait_for_function("document.fonts.status === 'loaded'")
    phone.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert sum(phone.evaluate("shifts")) <= 0.005


def without_quiz(open_page: Opener, path: str) -> Page:
    """A page whose self-check does not come alive; in a window that has loaded nothing before."""
    page = open_page("empty.html", alone=True, patient=True, viewport=PHONE)
    page.route("**/quiz.js?*", lambda route: route.abort())
    page.goto(page.url.replace("empty.html", path))
    return page


def test_the_questions_of_a_page_are_laid_out_bit_by_bit(open_page: Opener) -> None:
    page = without_quiz(open_page, "lessons/listening/")
    assert not page.evaluate(LAID_OUT)
    page.unroute("**/quiz.js?*")
    page.reload()
    laid_out(page)


def test_who_comes_for_one_place_gets_the_whole_page(open_page: Opener) -> None:
    page = without_quiz(open_page, "lessons/listening/#key-points")
    assert page.evaluate(LAID_OUT)
    expect(page.locator("#key-points")).to_be_in_viewport()


def test_no_sign_is_a_document_of_its_own(site: Path) -> None:
    """As an SVG image is; seven of them took a slow phone as long as all the style of a lesson."""
    assert [
        css.name for css in site.rglob("*.css") if "data:image/svg" in css.read_text("utf-8")
    ] == []


def test_pictures_have_their_size_before_they_come(site: Path) -> None:
    for page in site.rglob("*.html"):
        for tag in re.findall(r"<(?:img|video|iframe|canvas)\b[^>]*>", page.read_text("utf-8")):
            assert "width=" in tag, (page, tag)
            assert "height=" in tag, (page, tag)


@pytest.mark.parametrize("font", FONTS)
def test_a_font_has_the_letters_of_both_languages(open_page: Opener, font: str) -> None:
    """A letter that is as wide whatever stands behind the font comes from the font itself."""
    page = open_page("lessons/listening/")
    missing = page.evaluate(
        """async ([faces, letters]) => {
        await document.fonts.load(faces[0], letters);
        const pen = document.createElement("canvas").getContext("2d");
        const wide = (face, letter) => { pen.font = face; return pen.measureText(letter).width; };
        const [one, other] = faces;
        return [...letters].filter((letter) => wide(one, letter) !== wide(other, letter)); }""",
        [[f"{font.format(100)}, {other}" for other in ("serif", "monospace")], LETTERS],
    )
    assert missing == []


def test_the_style_sheet_is_light(site: Path) -> None:
    assert [path.name for path in site.rglob("*.css")] == ["course.css"]
    assert len(gzip.compress((site / "assets/course.css").read_bytes(), 9)) <= 20 * 1024


def test_the_site_carries_no_file_that_no_page_loads(site: Path) -> None:
    """Of the theme's own scripts, styles and maps none is there: 3 MB to copy to a host."""
    kinds = {path.suffix for path in (site / "assets").rglob("*") if path.is_file()}
    assert kinds == {".css", ".js", ".woff2", ".svg", ".txt"}
    assert sum(path.stat().st_size for path in (site / "assets").rglob("*.*")) <= 300_000


def test_one_script_stands_in_pages_and_the_handbook_names_it(site: Path) -> None:
    found = set()
    for page in site.rglob("*.html"):
        found |= set(re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL))
    (script,) = found
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    for name in ("publish.md", "publish.ro.md"):
        handbook = (ROOT / "docs/trainers/handbook" / name).read_text("utf-8")
        assert re.findall(r"'sha256-(.*?)'", handbook) == [digest]


def test_pages_work_under_the_policy_of_the_handbook(browser: Browser, packed: str) -> None:
    handbook = (ROOT / "docs/trainers/handbook/publish.md").read_text("utf-8")
    (policy,) = re.findall(r"Content-Security-Policy: (.*)", handbook)

    def guarded(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": policy})

    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.route(packed + "**", guarded)
    for path in (*FIVE, "planner/", "charts/", "certificate/"):
        page.goto(packed + path, wait_until="networkidle")
    page.close()
    assert refused == []
