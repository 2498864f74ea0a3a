"""The search: what is found and what is not, how the dialog works, how the index is made."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from course.live_search import LiveSearch
from course.model import Quiz
from course.search_index import (
    AHEAD,
    ENTRY,
    SearchIndexError,
    index_ahead,
    index_search,
    searched,
)
from course.talk import Scenario
from playwright.sync_api import Page, Response, Route, expect
from search_files import indexed
from small_course import small_course
from small_site import ROOT, mkdocs, small_site
from test_accessibility import violations
from test_learner import strings
from windows import Opener, laid_out

from course import live_search, search_index

CASES: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "tests/cases/search.yml").read_text(encoding="utf-8")
)
FOLDERS = {"en": "", "ro": "ro/"}
AT_ONCE = """const later = setTimeout;
window.setTimeout = (work, time, ...rest) => later(work, time === 200 ? 0 : time, ...rest);"""
"""The search does not wait for the next letter."""

SEARCH = """async (query) => {
  const $field = document.querySelector('.search-field');
  const $results = document.querySelector('.search-results');
  $field.value = query;
  $field.dispatchEvent(new Event('input'));
  while ($results.ariaBusy) await new Promise((done) => { setTimeout(done, 5); });
  return [...$results.querySelectorAll('a')].map((link) => link.href);
}"""


def opened(page: Page) -> Page:
    """The page with its search open, and the script of that loaded."""
    page.locator("[data-course-search]").click()
    expect(page.locator(".search-field")).to_be_focused()
    expect(page.locator(".search-field")).to_have_attribute("enterkeyhint", "search")
    return page


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_`]|\]\([^)]*\)|\[", "", html)).strip()


@pytest.mark.parametrize("language", CASES)
def test_each_query_brings_its_page_among_the_first_three(
    open_page: Opener, address: str, language: str
) -> None:
    """`pytest -s` prints the ranks."""
    assert len(CASES[language]) >= 40
    start = address + FOLDERS[language]
    page = opened(open_page(f"{FOLDERS[language]}lessons/listening/", script=AT_ONCE))
    late, foreign = [], []
    print(f"\n{'rank':>6}  {'query':28} page that is expected ({language})")
    for query, wanted in CASES[language].items():
        links = page.evaluate(SEARCH, query)
        places = [link.removeprefix(start).partition("?")[0] for link in links]
        found = list(dict.fromkeys(places))
        rank = found.index(wanted) + 1 if wanted in found else 0
        print(f"{rank or '–':>6}  {query:28} {wanted}")
        late += [] if rank in {1, 2, 3} else [(query, wanted, found)]
        foreign += [
            link
            for link in links
            if not link.startswith(start) or (language == "en" and link.startswith(f"{start}ro/"))
        ]
    assert late == []
    assert foreign == []


def test_an_index_holds_pages_of_its_language_only(site: Path) -> None:
    english, romanian = indexed(site, "en"), indexed(site, "ro")
    assert english
    assert {f"/ro{url}" for url in english} == set(romanian)
    assert "Silence has something to say" in english["/lessons/listening/"]["content"]


def quizzes() -> Iterator[Quiz]:
    for path in sorted((ROOT / "quizzes").glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "questions" in data:
            yield Quiz.model_validate(data)


def scenarios() -> Iterator[Scenario]:
    for path in sorted((ROOT / "quizzes/scenarios").glob("*.yml")):
        yield Scenario.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def given_away() -> Iterable[str]:
    """What a self-check or a conversation says only to who has answered, in Romanian."""
    for quiz in quizzes():
        for question in quiz.questions:
            told = getattr(question, "feedback", None)
            options = [option.feedback for option in getattr(question, "options", [])]
            yield from (text["ro"] for text in [told, *options] if text)
    for talk in scenarios():
        yield from (choice.why["ro"] for node in talk.nodes for choice in node.choices)
        yield from (choice.reaction["ro"] for node in talk.nodes for choice in node.choices)
        yield from (ending.debrief["ro"] for ending in talk.endings)


def test_the_search_gives_no_answer_away(site: Path) -> None:
    told = " ".join(page["content"] for page in indexed(site, "ro").values())
    secrets = [plain(text) for text in given_away()]
    assert len(secrets) > 300
    assert [text for text in secrets if len(text) > 30 and text[:60] in told] == []


def test_what_is_no_text_of_a_page_is_not_found(site: Path) -> None:
    english = indexed(site, "en")
    told = " ".join(page["content"] for page in english.values())
    for key, path in {
        "theme.privacy": "lessons/listening",
        "progress.keep-text": "progress",
        "certificate.text-before": "certificate",
        "lesson.objectives": "lessons/listening",
        "challenges.source.course": "challenges",
    }.items():
        assert strings("en")[key] in (site / path / "index.html").read_text(encoding="utf-8"), key
        assert strings("en")[key] not in told, key
    assert english["/lessons/listening/"]["meta"]["place"] == "Lesson · In the conversation"
    assert english["/practice/complaint/"]["meta"]["place"] == "Practice conversation · Practice"


def test_rows_and_terms_are_results_of_their_own(open_page: Opener, address: str) -> None:
    page = opened(open_page("", script=AT_ONCE))
    assert f"{address}challenges/?mark=Scope+creep#scope-creep" in page.evaluate(
        SEARCH, "scope creep"
    )
    assert f"{address}glossary/?mark=rapport#rapport" in page.evaluate(SEARCH, "rapport")
    first = page.locator(".search-page").first
    assert first.locator(".search-place").inner_text() == "Reference"
    assert first.locator(".search-name").all_inner_texts() == ["rapport"]


def test_a_step_of_a_conversation_is_no_result(open_page: Opener) -> None:
    """Its page begins at the beginning; the name of a later step would tell the story."""
    page = opened(open_page("", script=AT_ONCE))
    links = [link for link in page.evaluate(SEARCH, "pavement") if "/practice/complaint/" in link]
    assert len(links) == 1
    assert "#" not in links[0]


def test_nothing_of_the_search_loads_before_it_is_used(open_page: Opener) -> None:
    page = open_page("")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))

    def of_search() -> set[str]:
        paths = {urlsplit(url).path for url in loaded}
        wanted = {path for path in paths if re.search(r"search\.|mark\.|pagefind", path)}
        return {path.rpartition("/")[2] for path in wanted}

    page.reload(wait_until="networkidle")
    assert of_search() == set()
    opened(page)
    assert of_search() == {"search.js"}
    page.keyboard.type("silence")
    expect(page.locator(".search-page").first).to_be_visible()
    assert "pagefind.js" in of_search()


def test_the_first_result_is_light(open_page: Opener) -> None:
    """`pytest -s` prints how light."""
    page = open_page("", alone=True)
    sent: list[int] = []

    def weigh(answer: Response) -> None:
        # Hosts compress scripts and styles; the index is compressed as it lies there.
        text = urlsplit(answer.url).path.endswith((".js", ".css", ".json"))
        sent.append(len(gzip.compress(answer.body()) if text else answer.body()))

    page.on("response", weigh)
    opened(page)
    page.keyboard.type("silence")
    expect(page.locator(".search-page").first).to_be_visible()
    print(f"\n{sum(sent)} bytes in {len(sent)} files")
    assert sum(sent) <= 150_000


def test_keys_lead_through_the_results(open_page: Opener) -> None:
    page = open_page("lessons/listening/")
    switch = page.locator("[data-course-palette]")
    switch.focus()
    page.keyboard.press("/")
    field, links = page.locator(".search-field"), page.locator(".search-results a")
    expect(field).to_be_focused()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    field.fill("feelings")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    expect(switch).to_be_focused()


def test_enter_opens_the_first_result(open_page: Opener, address: str) -> None:
    page = opened(open_page("", script=AT_ONCE))
    page.evaluate(SEARCH, "empathy")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}lessons/strong-feelings/**")


def test_how_many_pages_there_are_is_said(open_page: Opener) -> None:
    page = opened(open_page("ro/", script=AT_ONCE))
    status = page.get_by_role("status")
    expect(status).to_contain_text("Scrieți un cuvânt sau două")
    for query, said in {
        "storurile": "2 pagini găsite",
        "conversatii": r"\d\d de pagini găsite",
        "zzzyx": "Nu s-a găsit nimic pentru „zzzyx”",
    }.items():
        page.evaluate(SEARCH, query)
        expect(status).to_have_text(re.compile(said))
    page.evaluate(SEARCH, "")
    expect(status).to_contain_text("Scrieți un cuvânt sau două")


def test_more_pages_show_on_demand(open_page: Opener) -> None:
    page = opened(open_page("", script=AT_ONCE))
    page.evaluate(SEARCH, "client")
    expect(page.locator(".search-page")).to_have_count(5)
    page.locator(".search-more").click()
    expect(page.locator(".search-page")).to_have_count(10)
    expect(page.locator(".search-page").nth(5).locator("a").first).to_be_focused()


def marked(page: Page) -> list[str]:
    return page.locator("mark.search-mark").all_text_contents()


def test_a_result_opens_with_its_words_marked(open_page: Opener, address: str) -> None:
    page = opened(open_page("ro/", script=AT_ONCE))
    page.evaluate(SEARCH, "tacerea")
    page.keyboard.press("Enter")
    expect(page.locator("mark.search-mark").first).to_be_visible()
    assert {word.lower() for word in marked(page)} >= {"tăcerea", "tăcere"}
    assert page.url == f"{address}ro/lessons/strong-feelings/"
    assert page.locator("form mark, .page-head__toc mark").count() == 0
    page.reload()
    assert marked(page) == []


def test_words_are_marked_whatever_their_diacritics_and_as_a_whole(open_page: Opener) -> None:
    page = open_page("ro/lessons/strong-feelings/?mark=Tacere+EMOTII#after-news")
    expect(page.locator("mark.search-mark").first).to_be_attached()
    assert {word.lower() for word in marked(page)} == {"tăcere", "emoții"}
    text = laid_out(page).locator("article").inner_text()
    plain_page = laid_out(open_page("ro/lessons/strong-feelings/"))
    assert plain_page.locator("article").inner_text() == text


def test_a_search_that_does_not_load_says_so_and_can_be_tried_again(open_page: Opener) -> None:
    page = opened(open_page("", script=AT_ONCE, patient=True))
    page.route("**/pagefind/**", lambda route: route.abort())
    assert page.evaluate(SEARCH, "silence") == []
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    page.unroute("**/pagefind/**")
    assert page.evaluate(SEARCH, "silence") != []


def held_back(page: Page) -> tuple[Page, list[Route]]:
    """A page at whose “/” the dialog has opened; its script has been asked for, and is held."""
    held: list[Route] = []

    def hold(route: Route) -> None:  # a list's own method takes no marks of Playwright
        held.append(route)

    page.route("**/search.js*", hold)
    with page.expect_request("**/search.js*"):
        page.keyboard.press("/")
    expect(page.locator(".search-field")).to_be_focused()
    while not held:  # asked for, and not handed over to `hold` yet
        page.wait_for_timeout(10)
    return page, held


def test_letters_typed_before_it_has_loaded_are_searched(open_page: Opener) -> None:
    page, held = held_back(open_page("", alone=True))
    page.keyboard.type("silence")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page.locator(".search-results a").first).to_be_visible()
    expect(page.locator(".search-field")).to_have_value("silence")


def test_a_dialog_closed_before_it_has_loaded_stays_closed(open_page: Opener) -> None:
    page, held = held_back(open_page("", alone=True))
    page.locator(".search-close").click()
    held[0].continue_()
    expect(page.locator(".search-field")).to_have_attribute("enterkeyhint", "search")
    page.evaluate("new Promise(requestAnimationFrame)")  # what follows its arrival is done then
    expect(page.locator(".search")).to_be_hidden()


def test_a_dialog_closed_before_it_has_loaded_opens_again(open_page: Opener) -> None:
    page, held = held_back(open_page("", alone=True))
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    # For a moment the field of the closed dialog still has the focus.
    page.locator(".search-field").dispatch_event("keydown", {"key": "/", "bubbles": True})
    expect(page.locator(".search-field")).to_be_focused()
    page.keyboard.type("silence")
    held[0].continue_()
    expect(page.locator(".search-results a").first).to_be_visible()
    assert len(held) == 1


def test_a_script_that_does_not_load_is_told_and_asked_for_again(open_page: Opener) -> None:
    page = open_page("", alone=True, patient=True)
    page.route("**/search.js*", lambda route: route.abort())
    page.keyboard.press("/")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    page.unroute("**/search.js*")
    page.keyboard.press("/")
    page.keyboard.type("silence")
    expect(page.locator(".search-results a").first).to_be_visible()


def test_a_language_without_an_index_finds_nothing_of_another(open_page: Opener) -> None:
    page = opened(open_page("ro/", script=AT_ONCE))
    entry = page.evaluate("fetch('../pagefind/pagefind-entry.json').then((file) => file.json())")
    del entry["languages"]["ro"]
    page.route("**/pagefind-entry.json*", lambda route: route.fulfill(json=entry))
    assert page.evaluate(SEARCH, "plan") == []
    expect(page.get_by_role("status")).to_contain_text("Nu s-a găsit nimic")


def test_from_the_disk_it_says_why_there_is_no_search(open_page: Opener, site: Path) -> None:
    page = open_page("", alone=True).context.new_page()
    page.goto((site / "index.html").as_uri())
    opened(page)
    page.keyboard.type("silence")
    expect(page.get_by_role("status")).to_contain_text("once the course stands on a web server")


def test_without_scripts_there_is_no_dead_button(open_page: Opener) -> None:
    page = open_page("", java_script_enabled=False)
    expect(page.locator("[data-course-search]")).to_be_hidden()
    expect(page.locator(".search")).to_be_hidden()


@pytest.mark.parametrize(("folder", "scheme"), [("", "light"), ("", "dark"), ("ro/", "light")])
def test_the_dialog_has_no_violation(open_page: Opener, folder: str, scheme: str) -> None:
    page = opened(open_page(folder, script=AT_ONCE, color_scheme=scheme))
    page.evaluate(SEARCH, "plan")
    assert violations(page) == []


def test_on_a_phone_it_fills_the_screen_with_targets_that_a_thumb_hits(open_page: Opener) -> None:
    page = opened(open_page("", script=AT_ONCE, viewport={"width": 360, "height": 740}))
    page.evaluate(SEARCH, "plan")
    box = page.locator(".search").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    for target in page.locator(".search :is(a, button, input):visible").all():
        size = target.bounding_box()
        assert size
        assert size["height"] >= 44
        assert size["width"] >= 44
    assert page.evaluate("document.querySelector('.search').scrollWidth") <= 360


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_same_pages_make_the_same_index(site: Path, tmp_path: Path) -> None:
    """Also where a file system lists them in another order."""
    made = files(site / "pagefind")
    for number in range(2):
        copy = tmp_path / str(number)
        for name in sorted(made_from(site), reverse=bool(number % 2)):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / name, copy / name)
        index_search(copy)
        assert files(copy / "pagefind") == made


def test_what_was_made_ahead_is_used_and_makes_no_difference(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in made_from(site):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / name, tmp_path / "site" / name)
    index_ahead(tmp_path / "site")
    without_program(tmp_path, GONE, monkeypatch)
    index_search(tmp_path / "site")
    assert files(tmp_path / "site/pagefind") == files(site / "pagefind")
    assert not (tmp_path / "site" / AHEAD).exists()


def test_what_cannot_be_made_ahead_is_made_later_or_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = "<html lang=en><body><main data-pagefind-body>Whole words</main></body></html>"
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text(html, encoding="utf-8")
    with monkeypatch.context() as patch:
        without_program(tmp_path, GONE, patch)
        index_ahead(tmp_path / "site")
        with pytest.raises(SearchIndexError, match="no such file"):
            index_search(tmp_path / "site")
    index_search(tmp_path / "site")
    assert "Whole words" in indexed(tmp_path / "site", "en")["/"]["content"]


def test_what_is_not_searched_is_left_out_and_changes_nothing(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = (site / "lessons/listening/index.html").read_bytes()
    assert len(searched(html)) < len(html) / 2
    assert searched(html).count(b"data-pagefind-body") == 1
    monkeypatch.setattr(search_index, "searched", lambda html: html)
    index_search(site, tmp_path / "index")
    assert files(tmp_path / "index") == files(site / "pagefind")


def test_a_page_of_another_template_is_searched_too(tmp_path: Path) -> None:
    html = "<html lang=en><body><main data-pagefind-body>Whole words</main></body></html>"
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    index_search(tmp_path)
    assert "Whole words" in indexed(tmp_path, "en")["/"]["content"]


def made_from(site: Path) -> list[str]:
    return [path.relative_to(site).as_posix() for path in site.rglob("*.html")]


def test_a_site_carries_only_what_the_search_reads(site: Path) -> None:
    names = {path.name for path in (site / "pagefind").glob("*") if path.is_file()}
    meta = {name for name in names if re.fullmatch(r"pagefind\.(en|ro)_\w+\.pf_meta", name)}
    assert len(meta) == 2
    assert names - meta == {"pagefind.js", ENTRY, "wasm.en.pagefind", "wasm.ro.pagefind"}
    assert not list(site.rglob("*lunr*"))


def without_program(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program stands in Pagefind's place."""
    (folder / "pagefind_bin.py").write_text(program, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


GONE = "raise FileNotFoundError('no such file')"


def test_a_missing_program_is_told_and_the_old_site_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_site(tmp_path / "course")
    assert mkdocs(root, "build").returncode == 0
    before = files(root / "site")
    without_program(tmp_path, GONE, monkeypatch)
    done = mkdocs(root, "build")
    assert done.returncode == 1
    told = "The search could not be made by Pagefind: FileNotFoundError: no such file; pip install"
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert files(root / "site") == before
    assert sorted(path.name for path in root.glob("site*")) == ["site"]


@pytest.mark.parametrize(
    ("program", "why"), [("raise SystemExit(3)", "it wrote no index"), ("print('Full')", "Full")]
)
def test_a_program_that_writes_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, why: str
) -> None:
    page_of(tmp_path / "site", "word")
    without_program(tmp_path, program, monkeypatch)
    with pytest.raises(SearchIndexError, match=f"^The search could not be made .*: {why}; pip"):
        index_search(tmp_path / "site")


def test_a_site_without_pages_has_an_empty_search(tmp_path: Path) -> None:
    nothing = '<html lang="en"><body><article>Nothing marked</article></body></html>'
    (tmp_path / "index.html").write_text(nothing, encoding="utf-8")
    index_search(tmp_path)
    assert json.loads((tmp_path / "pagefind" / ENTRY).read_bytes())["languages"] == {}


def page_of(site: Path, word: str) -> None:
    site.mkdir(exist_ok=True)
    html = f'<html lang="en"><body><article data-pagefind-body>{word}</article></body></html>'
    (site / "index.html").write_text(html, encoding="utf-8")


def test_under_serve_the_search_is_made_when_asked_for_and_anew_after_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def noted(site: Path, target: Path) -> None:
        made.append(site)
        search_index.index_search(site, target)
        if len(made) == 1:  # a build ends just now
            page_of(site, "second")
            search.site_changed()

    monkeypatch.setattr(live_search, "index_search", noted)
    page_of(tmp_path / "site", "first")
    search = LiveSearch(tmp_path / "site")
    assert made == []
    entry = search.read(ENTRY)
    assert entry
    assert len(made) == 2
    assert search.read(ENTRY) == entry
    assert len(made) == 2
    search.site_changed()
    page_of(tmp_path / "site", "third")
    assert search.read("pagefind.js")
    assert len(made) == 2
    assert search.read(ENTRY) != entry
    assert len(made) == 3
    assert search.read("../../../etc/passwd") is None
    assert search.read("none") is None
    search.stop()


def test_under_serve_a_search_that_fails_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_of(tmp_path / "site", "first")
    search = LiveSearch(tmp_path / "site")
    with monkeypatch.context() as broken, pytest.raises(SearchIndexError):
        without_program(tmp_path, GONE, broken)
        search.read(ENTRY)
    assert search.read(ENTRY)
    search.stop()


def test_a_text_can_be_kept_out(tmp_path: Path) -> None:
    course = small_course()
    course["docs/listening.md"] += "\nHidden.\n{: data-pagefind-ignore=all }\n"
    root = small_site(tmp_path, course)
    assert mkdocs(root, "build", "--strict").returncode == 0
    content = indexed(root / "site", "en")["/listening/"]["content"]
    assert "Say nothing." in content
    assert "Hidden" not in content
