"""A practice conversation as it is played: every way ends, nothing is lost, all can use it."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from course.model import Course
from course.talk import Choice, Scenario
from playwright.sync_api import Locator, Page, expect
from small_course import judge
from small_site import ROOT
from test_accessibility import violations
from test_learner import LANGUAGES, strings
from windows import Opener

TALKS = sorted(path.stem for path in (ROOT / "quizzes/scenarios").glob("*.yml"))
TALK = "delay-call"
PATH = f"practice/{TALK}/"
PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1440, "height": 900}
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } });"""
FULL = """{ const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    if (key.startsWith("course-record")) throw new DOMException("no", "QuotaExceededError");
    put.call(this, key, value); }; }"""
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  const frame = entry.sources.every(({ node }) => !document.querySelector("main")?.contains(node));
  if (!entry.hadRecentInput && !frame) window.shifted += entry.value;
})).observe({ type: "layout-shift", buffered: true });"""
WALK = """(walks) => {
  let seed = 7;
  const random = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const play = document.querySelector(".scenario-play");
  const all = (selector) => [...play.querySelectorAll(selector)];
  Element.prototype.scrollIntoView = () => {}; // each would lay out the page anew
  const wrong = [], met = new Set();
  const press = (button) => {
    button.click();
    const at = courseRecord.read().scenarios[SCENARIO];
    if (!play.contains(document.activeElement)) wrong.push(`the focus is lost: ${at.path}`);
    for (const meter of document.querySelectorAll(".scenario-meters li")) {
      const [value, top] = meter.textContent.match(/\\d+/g).map(Number);
      if (!(value >= 0 && value <= top)) wrong.push(meter.textContent);
    }
  };
  press(play.querySelector("button"));
  for (let walk = 0; walk < walks; walk++) {
    let steps = 0;
    while (!play.querySelector(".scenario-looking")) {
      if (++steps > 400) { wrong.push("no end"); break; }
      const answers = all(".scenario-answer"), buttons = all(".scenario-button");
      if (!answers.length && !buttons.length) { wrong.push("stuck"); break; }
      const back = random(9) === 0 && buttons.at(-1);
      press(back || (answers.length ? answers[random(answers.length)] : buttons[0]));
    }
    const { path, endings } = courseRecord.read().scenarios[SCENARIO];
    endings.forEach((ending) => met.add(ending));
    const lit = all(".scenario-path > li").length;
    if (lit !== path.length) wrong.push(`a path of ${path.length} shows as ${lit}`);
    const others = all(".scenario-path .scenario-button");
    press(random(2) ? others[random(others.length)] : all(".scenario-button-main").at(-1));
  }
  return { wrong, endings: [...met].sort() };
}"""
WAYS = int(os.environ.get("SCENARIO_WAYS", "25"))
"""How many random ways are walked through each conversation."""


@pytest.fixture(scope="module")
def course() -> Course:
    course, problems = judge(ROOT)
    assert course, problems
    return course


@pytest.fixture(scope="module")
def talk(course: Course) -> Scenario:
    return course.scenarios[TALK]


def place(page: Page, selector: str) -> Locator:
    return page.locator(f".scenario-play {selector}")


def begin(page: Page) -> None:
    place(page, "button").click()


def choose(page: Page, text: str) -> None:
    place(page, ".scenario-answer").filter(has_text=text).click()


def go_on(page: Page) -> None:
    place(page, ".scenario-button-main").click()


def kept(page: Page, name: str = TALK) -> Any:
    return page.evaluate("name => courseRecord.read().scenarios[name]", name)


def keep(page: Page, **entries: object) -> None:
    """Begin again with these conversations in the record."""
    named = {name.replace("_", "-"): entry for name, entry in entries.items()}
    text = json.dumps({"version": 1, "scenarios": named})
    page.evaluate("text => localStorage.setItem('course-record', text)", text)
    page.reload()


def best_path(talk: Scenario) -> list[Choice]:
    """The best choices from the start to the ending."""
    nodes, at = {node.id: node for node in talk.nodes}, talk.start
    path: list[Choice] = []
    while at in nodes:
        path.append(next(choice for choice in nodes[at].choices if choice.grade == "best"))
        at = path[-1].next
    return path


def weak_path(talk: Scenario) -> list[Choice]:
    """A first choice that is weak, then the best ones."""
    nodes, at = {node.id: node for node in talk.nodes}, talk.start
    path: list[Choice] = []
    while at in nodes:
        wanted = {"risky", "damaging"} if not path else {"best"}
        path.append(next(choice for choice in nodes[at].choices if choice.grade in wanted))
        at = path[-1].next
    return path


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_]", "", text)).strip()


def said(choice: Choice, language: str = "en") -> str:
    return plain(choice.text[language])


def entry(path: list[Choice], /, **changes: object) -> dict[str, object]:
    return {"path": ids(path), "on": True, "seed": 5, "at": 1} | changes


def ids(path: list[Choice]) -> list[str]:
    return [choice.id for choice in path]


def play(page: Page, path: list[Choice], language: str = "en") -> None:
    for choice in path:
        choose(page, said(choice, language))
        go_on(page)


# The talk


@pytest.mark.parametrize("name", TALKS)
def test_random_ways_all_end(open_page: Opener, course: Course, name: str) -> None:
    page = open_page(f"practice/{name}/")
    page.set_default_timeout(300_000)
    result = page.evaluate(WALK.replace("SCENARIO", json.dumps(name)), WAYS)
    assert result["wrong"] == []
    assert result["endings"] == sorted(ending.id for ending in course.scenarios[name].endings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reaction_comes_before_the_explanation(
    open_page: Opener, talk: Scenario, language: str
) -> None:
    texts, choice = strings(language), best_path(talk)[0]
    page = open_page(LANGUAGES[language] + PATH)
    begin(page)
    expect(place(page, ".scenario-choose")).to_have_text(texts["scenario.turn"].format(number=1))
    choose(page, said(choice, language))
    mood = texts[f"scenario.mood-{choice.mood}"]
    reply = place(page, ".scenario-reply")
    expect(reply).to_contain_text(plain(choice.reaction[language])[:40])
    expect(reply.locator(".scenario-mood-word")).to_have_text(f"{talk.client.name}: {mood}")
    expect(reply.locator("svg use")).to_have_attribute("href", f"#{TALK}-mood-{choice.mood}")
    expect(reply).to_be_focused()
    live = page.locator(".scenario-stage [role=status]")
    expect(live).to_contain_text(mood)
    for gauge in talk.gauges:
        by = choice.effects.get(gauge.id, 0)
        rose = texts["scenario.rose"].format(
            name=gauge.name[language], value=gauge.start + by, top=6
        )
        meter = page.locator(".scenario-meters li").nth(talk.gauges.index(gauge))
        assert (rose in live.inner_text()) == (by > 0)
        assert (f"+{by}" in meter.inner_text()) == (by > 0)
    why = place(page, ".scenario-turn .scenario-why")
    expect(why).to_be_hidden()
    place(page, ".scenario-turn summary").click()
    expect(why).to_be_visible()


def test_one_step_back_takes_back_one_decision(open_page: Opener, talk: Scenario) -> None:
    page, path = open_page(PATH), best_path(talk)
    begin(page)
    play(page, path[:2])
    back = strings("en")["scenario.back"]
    choose(page, said(path[2]))
    page.get_by_role("button", name=back).click()
    assert kept(page)["path"] == ids(path[:2])
    page.get_by_role("button", name=back).click()
    page.get_by_role("button", name=back).click()
    expect(page.get_by_role("button", name=back)).to_have_count(0)
    values = page.locator(".scenario-meters li").all_inner_texts()
    assert [int(re.findall(r"\d", value)[0]) for value in values] == [
        gauge.start for gauge in talk.gauges
    ]
    play(page, path)
    expect(place(page, ".scenario-looking")).to_be_visible()


def test_the_second_click_of_a_double_one_does_nothing(open_page: Opener) -> None:
    page = open_page(PATH)
    begin(page)
    place(page, ".scenario-answer").first.dblclick()
    assert len(kept(page)["path"]) == 1
    assert kept(page)["on"] is False


# Looking back


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_debrief_tells_the_way(open_page: Opener, talk: Scenario, language: str) -> None:
    texts, path = strings(language), weak_path(talk)
    page = open_page(LANGUAGES[language] + PATH)
    begin(page)
    play(page, path, language)
    ending = next(ending for ending in talk.endings if ending.id == path[-1].next)
    heading = place(page, ".scenario-ending .scenario-heading")
    expect(heading).to_contain_text(ending.title[language].strip())
    expect(heading).to_be_focused()
    nodes = [talk.start, *(choice.next for choice in path[:-1])]
    edges = {f"{node}/{choice.id}" for node, choice in zip(nodes, path, strict=True)}
    lit = page.locator(".scenario-edge.scenario-lit")
    assert {part.get_attribute("data-edge") for part in lit.all()} == edges
    expect(page.locator(".scenario-map")).to_be_visible()
    turning = place(page, ".scenario-turning")
    expect(turning).to_have_count(2)
    expect(turning.first).to_contain_text(texts["scenario.turning"])
    expect(turning.last).to_contain_text(texts["scenario.recovered"])
    links = place(page, ".scenario-reread a")
    expect(links).to_have_count(1)
    anchor = path[0].section.rpartition("#")[2]
    assert (links.get_attribute("href") or "").endswith(f"#{anchor}")
    place(page, ".scenario-looking > details summary").click()
    expect(place(page, "tbody tr")).to_have_count(len(path) + 1)
    expect(place(page, ".scenario-chart .scenario-line")).to_have_count(len(talk.gauges))


def test_another_branch_keeps_the_way_before_it(open_page: Opener, talk: Scenario) -> None:
    page, path = open_page(PATH), best_path(talk)
    begin(page)
    play(page, path)
    expect(page.get_by_text(strings("en")["scenario.turning-none"])).to_be_visible()
    place(page, ".scenario-path .scenario-button").nth(1).click()
    assert kept(page)["path"] == [path[0].id]
    assert kept(page)["done"] is True
    expect(page.locator(".scenario-map")).to_be_hidden()
    assert place(page, ".scenario-answer").count() == len(
        next(node for node in talk.nodes if node.id == path[0].next).choices
    )
    play(page, path[1:])
    page.get_by_role("button", name=strings("en")["scenario.again"]).click()
    assert kept(page)["path"] == []
    assert kept(page)["endings"] == [path[-1].next]


# What is kept


def test_a_reload_and_the_other_language_go_on_at_the_same_place(
    open_page: Opener, talk: Scenario
) -> None:
    page, path = open_page(PATH), best_path(talk)
    begin(page)
    play(page, path[:1])
    node = next(node for node in talk.nodes if node.id == path[0].next)
    order = [text.split("\n", 1)[1] for text in place(page, ".scenario-answer").all_inner_texts()]
    page.reload()
    note = page.locator(".scenario-note")
    expect(note).to_have_text(strings("en")["scenario.resume"].format(number=2))
    again = [text.split("\n", 1)[1] for text in place(page, ".scenario-answer").all_inner_texts()]
    assert again == order
    page.goto(page.url.replace("/practice/", "/ro/practice/"))
    expect(note).to_have_text(strings("ro")["scenario.resume"].format(number=2))
    by_text = {said(choice): said(choice, "ro") for choice in node.choices}
    romanian = [
        text.split("\n", 1)[1] for text in place(page, ".scenario-answer").all_inner_texts()
    ]
    assert romanian == [by_text[text] for text in order]
    choose(page, said(path[1], "ro"))
    page.reload()
    expect(place(page, ".scenario-reply").last).to_be_visible()
    expect(place(page, ".scenario-answer")).to_have_count(0)


def test_the_order_of_the_choices_changes_with_the_attempt(open_page: Opener) -> None:
    page = open_page(PATH)
    orders = set()
    for seed in range(12):
        keep(page, delay_call=entry([], seed=seed))
        orders.add(tuple(place(page, ".scenario-answer").all_inner_texts()))
    assert len(orders) > 4


def test_two_tabs_keep_each_others_work(open_page: Opener, talk: Scenario) -> None:
    page = open_page(PATH)
    other = page.context.new_page()
    other.goto(page.url.replace(TALK, "angry-client"))
    begin(page)
    begin(other)
    place(other, ".scenario-answer").first.click()
    choose(page, said(best_path(talk)[0]))
    assert len(kept(page, "angry-client")["path"]) == 1
    assert len(kept(other)["path"]) == 1
    third = page.context.new_page()
    third.goto(page.url)
    go_on(third)
    expect(place(page, ".scenario-answer").first).to_be_visible()
    third.evaluate("courseRecord.erase()")
    expect(place(page, "button")).to_have_text(strings("en")["scenario.begin"])


def test_an_ending_stays_whichever_record_is_newer(open_page: Opener) -> None:
    page = open_page(PATH)
    merged = page.evaluate("""() => {
      const record = (talk) => courseRecord.validate({ version: 1, scenarios: { x: talk } });
      const done = record({ path: ["a"], endings: ["good"], done: true, at: 1 });
      const newer = record({ path: ["b"], endings: ["poor"], at: 2 });
      return [courseRecord.merge(done, newer), courseRecord.merge(newer, done)];
    }""")
    for record in merged:
        its = record["scenarios"]["x"]
        assert (its["path"], its["endings"], its["done"]) == (["b"], ["good", "poor"], True)


def test_a_record_without_conversations_stays_valid(open_page: Opener) -> None:
    old = '{"version": 1, "questions": {}, "quizzes": {}, "last": null}'
    page = open_page(PATH, kept={"course-record": old})
    begin(page)
    assert page.evaluate("courseRecord.trouble") is None
    assert kept(page)["path"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_talk_that_has_changed_goes_on_where_the_way_still_fits(
    open_page: Opener, talk: Scenario, language: str
) -> None:
    page = open_page(LANGUAGES[language] + PATH)
    path = [best_path(talk)[0].id, "no-longer-there", best_path(talk)[1].id]
    keep(page, delay_call=entry([], path=path, stamp="old", on=False))
    expect(page.locator(".scenario-note")).to_have_text(strings(language)["scenario.changed"])
    expect(place(page, ".scenario-choose")).to_have_text(
        strings(language)["scenario.turn"].format(number=2)
    )
    play(page, best_path(talk)[1:], language)
    assert kept(page)["path"] == ids(best_path(talk))
    expect(page.locator(".scenario-note")).to_be_hidden()


@pytest.mark.parametrize(
    "its",
    [
        {"path": "text"},
        {"path": [1, None, {}]},
        {"path": ["constructor", "__proto__"]},
        {"path": [], "seed": "x"},
        [],
        "text",
    ],
)
def test_what_is_no_talk_in_the_record_does_no_harm(open_page: Opener, its: object) -> None:
    page = open_page(PATH)
    keep(page, delay_call=its)
    place(page, "button").first.click()
    place(page, "button").first.click()
    expect(place(page, ".scenario-turn").first).to_be_visible()


@pytest.mark.parametrize("trouble", ["blocked", "full", "corrupt"])
def test_a_talk_is_played_to_the_end_without_a_storage(
    open_page: Opener, talk: Scenario, trouble: str
) -> None:
    if trouble == "corrupt":
        page = open_page(PATH, kept={"course-record": "{"})
    else:
        page = open_page(PATH, script=BLOCKED if trouble == "blocked" else FULL, alone=True)
    begin(page)
    play(page, best_path(talk))
    expect(place(page, ".scenario-looking")).to_be_visible()
    expect(page.locator(".course-trouble")).to_have_text(strings("en")[f"record.{trouble}"])


def test_a_talk_is_played_without_the_record_at_all(open_page: Opener, talk: Scenario) -> None:
    page = open_page("progress/")
    page.route(re.compile(r"assets/(record|learning)\.js"), lambda route: route.fulfill(body=""))
    # learning.js alone would say that it misses the other.
    page.goto(page.url.replace("progress/", PATH))
    begin(page)
    play(page, best_path(talk))
    expect(place(page, ".scenario-looking")).to_be_visible()


# For everybody


def test_a_talk_by_keyboard_alone(open_page: Opener) -> None:
    page = open_page(PATH)
    place(page, "button").focus()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(place(page, ".scenario-answer")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(place(page, ".scenario-client")).to_be_focused()
    page.keyboard.press("2")
    assert kept(page)["path"] == []
    page.keyboard.press("Tab")
    expect(place(page, ".scenario-answer").first).to_be_focused()
    page.keyboard.press("9")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+2")
    assert kept(page)["path"] == []
    second = place(page, ".scenario-answer").nth(1).inner_text().split("\n", 1)[1]
    page.keyboard.press("2")
    expect(place(page, ".scenario-own")).to_contain_text(second)
    expect(place(page, ".scenario-reply")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(place(page, ".scenario-why")).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.scenario-button-main')"):
            break
    page.keyboard.press("Enter")
    expect(place(page, ".scenario-client").last).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_violation_before_during_and_after_a_talk(
    open_page: Opener, talk: Scenario, language: str
) -> None:
    page = open_page(LANGUAGES[language] + PATH, viewport=PHONE)
    assert violations(page) == []
    begin(page)
    assert violations(page) == []
    choose(page, said(weak_path(talk)[0], language))
    place(page, "summary").last.click()
    assert violations(page) == []
    go_on(page)
    play(page, weak_path(talk)[1:], language)
    for details in place(page, "details").all():
        details.evaluate("details => { details.open = true; }")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_new_is_seen_and_targets_are_large(open_page: Opener, talk: Scenario) -> None:
    page = open_page(PATH, viewport=PHONE)
    begin(page)
    for choice in best_path(talk):
        boxes = [button.bounding_box() for button in page.locator(".scenario button:visible").all()]
        assert min(box["height"] for box in boxes if box) >= 44
        choose(page, said(choice))
        own, meters = place(page, ".scenario-own").last, page.locator(".scenario-meters")
        over, under = meters.bounding_box(), own.bounding_box()
        assert over
        assert under
        assert over["y"] + over["height"] - 1 <= under["y"] < PHONE["height"]
        go_on(page)
    top = place(page, ".scenario-ending .scenario-heading").bounding_box()
    assert top
    assert 50 <= top["y"] < PHONE["height"]


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("begun", [False, True])
def test_nothing_moves_while_the_page_opens(
    open_page: Opener, talk: Scenario, viewport: dict[str, int], begun: bool
) -> None:
    page = open_page(PATH, viewport=viewport, script=SHIFTS)
    keep(page, **({"delay_call": entry(best_path(talk)[:1])} if begun else {}))
    page.wait_for_timeout(400)
    assert page.evaluate("shifted") <= 0.02


def test_forced_colours_keep_bars_and_bubbles_visible(open_page: Opener, talk: Scenario) -> None:
    page = open_page(PATH, forced_colors="active", reduced_motion="reduce")
    begin(page)
    play(page, best_path(talk)[:2])
    bar = page.locator(".scenario-bar > span").first
    colours = "part => [getComputedStyle(part).backgroundColor, getComputedStyle(document.body)"
    drawn, ground = bar.evaluate(f"{colours}.backgroundColor]")
    assert drawn != ground
    assert bar.evaluate("part => getComputedStyle(part).transitionDuration") == "0s"
    width = place(page, ".scenario-own").first.evaluate(
        "part => getComputedStyle(part).borderTopWidth"
    )
    assert width != "0px"


# As a text


def test_the_script_is_one_button_away_and_links_lead_into_it(open_page: Opener) -> None:
    page = open_page(PATH)
    script, stage = page.locator(".scenario-script"), page.locator(".scenario-stage")
    expect(script).to_be_hidden()
    page.get_by_role("button", name=strings("en")["scenario.text"]).click()
    expect(script).to_be_visible()
    expect(stage).to_be_hidden()
    page.get_by_role("button", name=strings("en")["scenario.play"]).click()
    expect(stage).to_be_visible()
    page.goto(f"{page.url}#{TALK}-3")
    expect(page.locator(f"#{TALK}-3")).to_be_in_viewport()
    page.get_by_role("button", name=strings("en")["scenario.play"]).click()
    page.reload()
    expect(stage).to_be_visible()


def test_a_printed_talk_is_the_script(open_page: Opener, talk: Scenario) -> None:
    page = open_page(PATH)
    begin(page)
    play(page, best_path(talk)[:1])
    page.emulate_media(media="print")
    expect(page.locator(".scenario-script")).to_be_visible()
    expect(page.locator(".scenario-map")).to_be_visible()
    expect(page.locator(".scenario-stage")).to_be_hidden()
    assert page.locator(".scenario-node:visible").count() == len(talk.nodes)


def test_with_answers_the_page_stays_open_text(open_page: Opener) -> None:
    page = open_page(f"{PATH}?answers")
    expect(page.locator(".scenario-stage")).to_be_hidden()
    assert page.locator(".scenario details:not([open])").count() == 0
    expect(page.locator(".scenario-why").first).to_be_visible()


def test_without_scripts_or_with_a_lost_one_the_text_is_whole(open_page: Opener) -> None:
    page = open_page(PATH, java_script_enabled=False)
    expect(page.locator(".scenario-node").first).to_be_visible()
    expect(page.locator(".scenario-map")).to_be_visible()
    page = open_page("progress/")
    page.route("**/scenario.js?*", lambda route: route.fulfill(body=""))
    page.goto(page.url.replace("progress/", PATH))
    expect(page.locator(".scenario-node").first).to_be_visible()


# Around it


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_counts_finished_talks_and_names_the_best_ending(
    open_page: Opener, course: Course, language: str
) -> None:
    texts, endings = strings(language), course.scenarios[TALK].endings
    best = next(ending for ending in endings if ending.grade == "good")
    poor = next(ending for ending in endings if ending.grade == "poor")
    page = open_page(f"{LANGUAGES[language]}progress/")
    reached = entry([], endings=[poor.id, best.id], done=True)
    keep(page, delay_call=reached, angry_client=entry([], path=["half-the-fee"]))
    expect(page.locator("[data-number=talks]")).to_have_text(
        texts["progress.of"].format(done=1, total=len(TALKS))
    )
    row = page.locator(f"[data-talk={TALK}]")
    expect(row.locator("span:visible")).to_have_count(1)
    expect(row.locator("span:visible")).to_contain_text(best.title[language].strip())
    begun = page.locator("[data-talk=angry-client] span:visible")
    expect(begun).to_have_text(texts["progress.talk"])
    row.locator("a").click()
    expect(page.locator(".scenario")).to_have_attribute("data-scenario", TALK)


def test_each_lesson_of_a_talk_leads_to_it(course: Course) -> None:
    for name, talk in course.scenarios.items():
        assert [slug for slug, page in course.pages.items() if name in page.text("en").talks] == [
            name
        ]
        for text in course.pages[talk.lesson].texts.values():
            assert f"(../practice/{name}.md)" in (ROOT / text.path).read_text(encoding="utf-8")


def test_the_player_is_light(site: Path) -> None:
    size = len(gzip.compress((site / "assets/scenario.js").read_bytes(), 9))
    assert size <= 6 * 1024, size
