"""The record of what the learner did: kept, merged, scheduled, shown; in a real browser."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from small_site import ROOT
from windows import Opener

LESSON = "lessons/listening/"
LANGUAGES = {"en": "", "ro": "ro/"}
DAY = 24 * 60 * 60 * 1000
EMPTY = {
    "version": 1,
    "questions": {},
    "quizzes": {},
    "confidence": {"before": None, "after": None},
    "plans": {},
    "scenarios": {},
    "last": None,
}
QUESTION = {
    "stamp": "s",
    "answer": "a",
    "done": True,
    "credit": 1,
    "sure": 2,
    "at": 5,
    "attempt": 1,
    "box": 1,
    "due": 9,
}
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } });"""
FULL = """{
  window.setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError"); };
  undefined;
}"""
ROOM_AGAIN = "{ Storage.prototype.setItem = window.setItem; undefined; }"


def text(key: str, language: str = "en") -> str:
    path = ROOT / "hooks/course/strings" / f"{language}.yml"
    return str(yaml.safe_load(path.read_text(encoding="utf-8"))[key])


def stored(page: Page, key: str = "course-record") -> Any:
    found = page.evaluate("key => localStorage.getItem(key)", key)
    return found and json.loads(found)


def read(page: Page) -> Any:
    return page.evaluate("courseRecord.read()")


def keep(page: Page, value: object) -> None:
    """Begin again with this in the storage."""
    raw = value if isinstance(value, str) else json.dumps(value)
    page.evaluate("raw => localStorage.setItem('course-record', raw)", raw)
    page.reload()


def answer(page: Page, question: str, **result: object) -> Any:
    """Settle a question, and return what the record then says of it."""
    its = {"stamp": "s", "answer": "a", "credit": 1, "sure": None} | result
    script = "([id, its]) => courseRecord.answered(id, its).questions[id]"
    return page.evaluate(script, [question, its])


def with_script(open_page: Opener, script: str, path: str = LESSON) -> Page:
    """A page in which `script` runs before all others."""
    return open_page(path, script=script, alone=True)


def says(page: Page, why: str | None, language: str = "en") -> None:
    """The page says that once; it works on in any case."""
    assert page.evaluate("courseRecord.trouble") == why
    notice = page.locator(".course-trouble")
    expect(notice).to_have_count(1)
    if why:
        expect(notice).to_be_visible()
        expect(notice).to_have_text(text(f"record.{why}", language))
    else:
        expect(notice).to_be_hidden()
    answer(page, "the-next")
    assert read(page)["questions"]["the-next"]["done"] is True


# What is kept -----------------------------------------------------------------------------------


def test_what_is_kept_is_there_on_the_next_page_and_in_the_other_language(
    open_page: Opener,
) -> None:
    page = open_page(LESSON)
    answer(page, "one", answer={"first": "x", "list": ["y"]})
    page.goto(page.url.replace("/lessons/", "/ro/lessons/"))
    assert read(page)["questions"]["one"]["answer"] == {"first": "x", "list": ["y"]}
    says(page, None, "ro")


def test_reading_gives_a_copy_and_an_empty_record_when_there_is_none(open_page: Opener) -> None:
    page = open_page("trainers/")
    assert page.evaluate("localStorage.getItem('course-record')") is None
    page.goto(page.url.replace("trainers/", LESSON))
    page.evaluate("courseRecord.erase()")
    assert page.evaluate("{ courseRecord.read().questions.x = {}; courseRecord.read() }") == EMPTY


def test_a_change_that_fails_changes_nothing(open_page: Opener) -> None:
    page = open_page(LESSON)
    answer(page, "one")
    before = stored(page)
    page.evaluate("""{
      console.error = () => {};
      courseRecord.update((all) => { all.questions = {}; throw new Error("no"); });
    }""")
    assert stored(page) == before
    assert read(page) == before


def test_one_listener_that_fails_does_not_stop_the_others(open_page: Opener) -> None:
    page = open_page(LESSON)
    page.evaluate("""{
      window.heard = 0;
      console.error = () => {};
      courseRecord.listen(() => { throw new Error("no"); });
      courseRecord.listen(() => { window.heard += 1; });
    }""")
    answer(page, "one")
    assert page.evaluate("heard") == 1


# What cannot be kept ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_blocked_storage(open_page: Opener, language: str) -> None:
    page = with_script(open_page, BLOCKED, LANGUAGES[language] + LESSON)
    answer(page, "one")
    says(page, "blocked", language)
    assert set(read(page)["questions"]) == {"one", "the-next"}
    page.evaluate("courseRecord.erase()")
    assert read(page) == EMPTY


def test_full_storage(open_page: Opener) -> None:
    page = with_script(open_page, FULL)
    answer(page, "one")
    says(page, "full")
    assert set(read(page)["questions"]) == {"one", "the-next"}
    page.evaluate(ROOM_AGAIN)
    answer(page, "two")
    says(page, None)
    assert set(stored(page)["questions"]) == {"one", "two", "the-next"}


def test_full_storage_loses_nothing_of_another_tab(open_page: Opener) -> None:
    page = open_page(LESSON)
    other = page.context.new_page()
    other.goto(page.url)
    page.evaluate(FULL)
    answer(page, "mine")
    answer(other, "theirs")
    other.close()  # or it would put its own work back
    page.evaluate(ROOM_AGAIN)
    answer(page, "last")
    assert set(stored(page)["questions"]) == {"mine", "theirs", "last"}


@pytest.mark.parametrize(
    "raw",
    ["{not json", "", "[]", "7", "null", '"text"', '{"version": "x"}', '{"version": -1}']
    + [json.dumps(EMPTY | {name: [1]}) for name in ("questions", "quizzes", "confidence")],
)
def test_corrupt_record_is_set_aside(open_page: Opener, raw: str) -> None:
    page = open_page(LESSON)
    keep(page, raw)
    says(page, "corrupt")
    assert set(stored(page)["questions"]) == {"the-next"}
    assert page.evaluate("localStorage.getItem('course-record-broken')") == raw
    page.reload()
    says(page, None)


def test_corrupt_record_that_cannot_be_set_aside(open_page: Opener) -> None:
    page = open_page("empty.html", kept={"course-record": "{not json"}, alone=True)
    page.add_init_script(FULL)
    page.goto(page.url.replace("empty.html", LESSON))
    says(page, "full")
    assert page.evaluate("localStorage.getItem('course-record')") == "{not json"


def test_newer_record_is_never_overwritten(open_page: Opener) -> None:
    page = open_page(LESSON)
    newer = EMPTY | {"version": 2, "questions": {"one": "in another way"}}
    keep(page, newer)
    answer(page, "two")
    says(page, "newer")
    assert set(read(page)["questions"]) == {"two", "the-next"}
    assert stored(page) == newer
    page.goto(page.url.replace(LESSON, "challenges/"))
    assert stored(page) == newer


def test_record_without_a_version_is_taken_over(open_page: Opener) -> None:
    page = open_page(LESSON)
    keep(page, {"questions": {"one": QUESTION}})
    says(page, None)
    kept = stored(page)
    assert kept["version"] == 1
    assert kept["questions"]["one"] == QUESTION


@pytest.mark.parametrize("raw", ["{not json", "[]", '{"questions": 7}', '{"version": 9}'])
def test_pages_without_a_self_check_bear_anything(open_page: Opener, raw: str) -> None:
    page = open_page("challenges/")
    keep(page, raw)
    assert page.evaluate("courseRecord.update(() => {}).version") == 1


# Several tabs -----------------------------------------------------------------------------------


def test_two_tabs_do_not_lose_each_others_work(open_page: Opener) -> None:
    page = open_page(LESSON)
    other = page.context.new_page()
    other.goto(page.url)
    for number in range(5):
        answer(page, f"mine-{number}")
        answer(other, f"theirs-{number}")
    both = {f"{whose}-{number}" for whose in ("mine", "theirs") for number in range(5)}
    for tab in (page, other):  # The tabs hear of each other's writes when the browser gets to it.
        tab.wait_for_function(
            "ids => ids.every((id) => id in courseRecord.read().questions)", arg=sorted(both)
        )
    assert set(stored(page)["questions"]) == both
    other.close()  # or it would put its own work back
    answer(page, "last")
    assert set(stored(page)["questions"]) == both | {"last"}


def test_a_tab_hears_of_the_others_changes(open_page: Opener) -> None:
    page = open_page(LESSON)
    page.evaluate("{ window.heard = 0; courseRecord.listen(() => { window.heard += 1; }); }")
    other = page.context.new_page()
    other.goto(page.url.replace(LESSON, "challenges/"))
    other.evaluate("courseRecord.update((all) => { all.last = { uri: 'x', at: 1 }; })")
    page.wait_for_function("heard > 0")


def test_what_a_crossing_write_left_out_is_put_back(open_page: Opener) -> None:
    page = open_page(LESSON)
    other = page.context.new_page()
    other.goto(page.url)
    answer(page, "mine")
    without = EMPTY | {"questions": {"theirs": QUESTION}}
    other.evaluate("raw => localStorage.setItem('course-record', raw)", json.dumps(without))
    other.wait_for_function("'mine' in courseRecord.read().questions")
    assert set(read(page)["questions"]) == {"mine", "theirs"}


def test_erasing_in_one_tab_is_not_undone_by_another(open_page: Opener) -> None:
    page = open_page(LESSON)
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("{ window.heard = 0; courseRecord.listen(() => { window.heard += 1; }); }")
    page.evaluate("localStorage.setItem('course-record-broken', 'x')")
    answer(other, "one")
    page.wait_for_function("'one' in courseRecord.read().questions")
    page.evaluate("courseRecord.erase()")
    other.wait_for_function("heard > 1")
    for tab in (page, other):
        assert read(tab) == EMPTY
        assert stored(tab) is None
        assert tab.evaluate("localStorage.getItem('course-record-broken')") is None


# The union of two records -----------------------------------------------------------------------

MERGING = """(cases) => {
  let state = 20240229;
  const random = (limit) => {            // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
  const pick = (...values) => values[random(values.length)];
  const some = (make) => Object.fromEntries(["a", "b", "c"].filter(() => random(3)).map((id) => [id, make()]));
  const question = () => ({ stamp: pick("s", "t"), answer: pick(null, "x", ["x", "y"], { p: "x", q: "y" }, { q: "y", p: "x" }),
    done: pick(true, false), credit: pick(null, 0, 0.5, 1), sure: pick(null, 0, 2), at: random(4), attempt: random(3),
    box: random(5), due: pick(null, 1, 2) });
  const score = () => ({ attempt: random(3), right: random(3), total: 3, at: random(3) });
  const quiz = () => ({ attempt: random(3), seed: random(3), at: random(3),
    scores: Array.from({ length: random(4) }, score), draw: pick(null, ["a"], ["b"]) });
  const feeling = () => pick(null, { value: 1 + random(5), at: random(3) });
  const plan = () => ({ name: pick("", "x"), at: random(4), gone: pick(true, false), fields: some(() => pick("x", "y")) });
  const talk = () => ({ stamp: "s", path: pick([], ["a"], ["b", "a"]), on: pick(true, false), seed: random(3), at: random(4),
    endings: pick([], ["x"], ["y", "x"]), done: pick(true, false) });
  const record = () => courseRecord.validate({ version: 1, scenarios: some(talk), plans: some(plan), questions: some(question), quizzes: some(quiz),
    confidence: { before: feeling(), after: feeling() }, last: pick(null, { uri: pick("x", "y"), at: random(3) }) });
  const plain = (value) => (value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, plain(value[key])])) : value);
  const same = (one, other) => JSON.stringify(plain(one)) === JSON.stringify(plain(other));
  const { merge } = courseRecord;
  const wrong = { commutative: 0, associative: 0, idempotent: 0, neutral: 0, newest: 0, changed: 0 };
  for (let index = 0; index < cases; index += 1) {
    const [a, b, c] = [record(), record(), record()];
    const before = JSON.stringify([a, b]);
    const both = merge(a, b);
    wrong.changed += before !== JSON.stringify([a, b]);
    wrong.commutative += !same(both, merge(b, a));
    wrong.associative += !same(merge(both, c), merge(a, merge(b, c)));
    wrong.idempotent += !same(merge(a, a), a) + !same(merge(both, b), both);
    wrong.neutral += !same(merge(a, courseRecord.validate({})), a);
    for (const [id, its] of Object.entries(both.questions)) {
      wrong.newest += its.at !== Math.max(a.questions[id]?.at ?? 0, b.questions[id]?.at ?? 0);
    }
    for (const [id, its] of Object.entries(both.plans)) {
      wrong.newest += its.at !== Math.max(a.plans[id]?.at ?? 0, b.plans[id]?.at ?? 0);
    }
    for (const [id, its] of Object.entries(both.quizzes)) {
      const names = (record) => (record.quizzes[id]?.scores ?? []).map((score) => `${score.attempt} ${score.at}`);
      wrong.newest += !same([...new Set([...names(a), ...names(b)])].sort(), names(both).sort());
    }
  }
  return wrong;
}"""  # noqa: E501


def test_merging_is_commutative_associative_and_idempotent(open_page: Opener) -> None:
    wrong = open_page(LESSON).evaluate(MERGING, 600)
    assert wrong == dict.fromkeys(wrong, 0)


def test_merging_with_what_is_no_record_leaves_the_other(open_page: Opener) -> None:
    page = open_page(LESSON)
    mine = EMPTY | {"questions": {"one": QUESTION}}
    others: list[object] = [None, 7, [], {"version": 9}]
    for other in others:
        assert page.evaluate("([a, b]) => courseRecord.merge(a, b)", [mine, other]) == mine
        assert page.evaluate("([a, b]) => courseRecord.merge(b, a)", [mine, other]) == mine


# What is a record -------------------------------------------------------------------------------


def validate(page: Page, value: object) -> Any:
    return page.evaluate("raw => courseRecord.validate(JSON.parse(raw))", json.dumps(value))


def test_validating_drops_what_does_not_belong(open_page: Opener) -> None:
    page = open_page(LESSON)
    score = {"attempt": 1, "right": 2.5, "total": 3, "at": 4}
    quiz = {"attempt": 2, "seed": 7, "at": 4, "scores": [score], "draw": ["one"]}
    plan = {"name": "Leon", "at": 2, "gone": False, "fields": {"goal": "written"}}
    good = EMPTY | {
        "plans": {"p1": plan},
        "questions": {"one": QUESTION},
        "quizzes": {"listening": quiz},
        "confidence": {"before": {"value": 2, "at": 1}, "after": None},
        "last": {"uri": LESSON, "at": 3},
    }
    assert validate(page, good) == good
    worse: dict[str, Any] = json.loads(json.dumps(good))
    worse["junk"] = worse["questions"]["one"]["junk"] = 1
    worse["questions"] |= {"__proto__": QUESTION, "<b>": QUESTION, "two": 7, "three": None}
    worse["quizzes"] |= {"four": [], "five": quiz | {"seed": "x"}}
    worse["quizzes"]["listening"]["scores"] += [7, score | {"right": "2"}, score]
    worse["quizzes"]["listening"]["draw"] += [7]
    worse["confidence"] |= {"after": {"value": 9, "at": 1}, "later": 1}
    assert validate(page, worse) == good
    assert validate(page, good | {"last": 7})["last"] is None


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("stamp", [1, ["s"]]),
        ("answer", [7, {"a": 1}, [["a"], 1], True]),
        ("done", ["true", 1]),
        ("credit", [-0.1, 1.1, "1", True]),
        ("sure", [3, 0.5, "2"]),
        ("at", [-1, "5", 1e16]),
        ("attempt", [-1, 1.5, "1"]),
        ("box", [5, -1, 0.5]),
        ("due", ["9", -1, []]),
    ],
)
def test_validating_drops_an_entry_with_an_ill_typed_field(
    open_page: Opener, field: str, bad: list[object]
) -> None:
    page = open_page(LESSON)
    for value in bad:
        record = EMPTY | {"questions": {"one": QUESTION | {field: value}, "two": QUESTION}}
        assert set(validate(page, record)["questions"]) == {"two"}, value


def test_validating_fills_in_what_an_entry_lacks(open_page: Opener) -> None:
    page = open_page(LESSON)
    record = validate(page, {"version": 1, "questions": {"one": {}}, "quizzes": {"two": {}}})
    assert record["questions"]["one"] == {
        "stamp": "",
        "answer": None,
        "done": False,
        "credit": None,
        "sure": None,
        "at": 0,
        "attempt": 1,
        "box": 0,
        "due": None,
    }
    assert record["quizzes"]["two"] == {
        "attempt": 1,
        "seed": 0,
        "at": 0,
        "scores": [],
        "draw": None,
    }


def test_validating_refuses_what_is_no_record(open_page: Opener) -> None:
    page = open_page(LESSON)
    values: list[object] = [None, 7, "text", [], {"version": 2}, {"version": 1, "questions": []}]
    for value in values:
        assert validate(page, value) is None, value
    deep = "courseRecord.validate({ version: 1, questions: { a: { answer: "
    nested = "JSON.parse('['.repeat(9999) + ']'.repeat(9999))"
    assert page.evaluate(f"{deep}{nested} }} }} }})") in (None, EMPTY | {"questions": {}})


# When a question comes back ---------------------------------------------------------------------


def test_a_right_answer_comes_back_later_each_time(open_page: Opener) -> None:
    page = open_page(LESSON)
    page.evaluate("{ window.clock = 1e12; window.courseClock = () => window.clock; }")
    now = 10**12
    for box, days in ((1, 1), (2, 3), (3, 7), (4, 21), (4, 21)):
        entry = answer(page, "one", sure=2)
        assert (entry["box"], entry["due"], entry["at"]) == (box, now + days * DAY, now)
        now += days * DAY
        page.evaluate("days => { window.clock += days * 864e5; }", days)


def test_a_wrong_or_partly_right_answer_comes_back_in_a_day(open_page: Opener) -> None:
    page = open_page(LESSON)
    page.evaluate("{ window.courseClock = () => 1e12; }")
    for credit in (0, 0.5, 0.99):
        entry = answer(page, "one", credit=credit, sure=2, stamp="t", answer=["b"])
        assert entry == {
            "stamp": "t",
            "answer": ["b"],
            "done": True,
            "credit": credit,
            "sure": 2,
            "at": 10**12,
            "attempt": 1,
            "box": 1,
            "due": 10**12 + DAY,
        }


def test_right_again_before_its_day_changes_nothing(open_page: Opener) -> None:
    page = open_page(LESSON)
    page.evaluate("{ window.clock = 1e12; window.courseClock = () => window.clock; }")
    first = answer(page, "one")
    page.evaluate("window.clock += 36e5")
    again = answer(page, "one")
    assert (again["box"], again["due"]) == (first["box"], first["due"]) == (1, 10**12 + DAY)
    page.evaluate("window.clock += 864e5")
    assert answer(page, "one")["box"] == 2


def test_what_is_not_scored_does_not_come_back(open_page: Opener) -> None:
    entry = answer(open_page(LESSON), "one", credit=None, answer={"text": "x"}, attempt=3)
    assert (entry["done"], entry["box"], entry["due"], entry["attempt"]) == (True, 0, None, 3)


# From a file ------------------------------------------------------------------------------------


def test_it_works_from_a_file(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((site / LESSON / "index.html").as_uri())
    answer(page, "one")
    page.reload()
    assert "one" in read(page)["questions"]
    says(page, None)
    page.goto((site / "index.html").as_uri())
    expect(page.locator("[data-continue]:visible")).to_have_count(1)
    context.close()
    assert wrong == []


# Where one is in the course ---------------------------------------------------------------------


def questions(name: str) -> list[str]:
    """The scored questions of a self-check: with these it is finished."""
    path = ROOT / "quizzes" / f"{name}.yml"
    its = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    unscored = {"rewrite", "reflection"}
    return [question["id"] for question in its if question["type"] not in unscored]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_leads_back_to_the_lesson_visited_last(
    open_page: Opener, language: str
) -> None:
    page = open_page("ro/")
    expect(page.locator("[data-continue]:visible")).to_have_count(0)
    home = page.url.removesuffix("ro/")
    for path in ("lessons/mistaken-client/", LESSON, "challenges/"):
        page.goto(home + path)
    page.goto(home + LANGUAGES[language])
    expect(page.locator("[data-continue]:visible")).to_have_count(1)
    expect(page.locator("[data-continue]:visible")).to_contain_text(text("home.continue", language))
    page.locator("[data-continue]:visible a").click()
    page.wait_for_url(f"**/{LANGUAGES[language]}{LESSON}")
    assert read(page)["last"]["uri"] == "lessons/listening"


@pytest.mark.parametrize("last", [{"uri": "lessons/gone", "at": 1}, None, 7])
def test_a_lesson_that_is_no_more_is_not_offered(open_page: Opener, last: object) -> None:
    page = open_page("")
    keep(page, EMPTY | {"last": last})
    expect(page.locator("[data-continue]:visible")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_navigation_marks_a_lesson_when_all_its_questions_are_done(
    open_page: Opener, language: str
) -> None:
    page = open_page(LANGUAGES[language] + LESSON, viewport={"width": 1280, "height": 800})
    marks = page.locator(".course-nav__done:visible")
    *most, last = questions("listening")
    done = dict.fromkeys(most, QUESTION)
    keep(page, EMPTY | {"questions": done | {last: QUESTION | {"done": False}}})
    expect(marks).to_have_count(0)
    answer(page, last)
    expect(marks).to_have_count(1)
    link = page.get_by_role("navigation").get_by_role("link", name=text("nav.done", language))
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("aria-current", "page")
    box = marks.bounding_box()
    assert box
    assert box["width"] > 10
    page.evaluate("courseRecord.erase()")
    expect(marks).to_have_count(0)


def test_marks_follow_what_another_tab_does(open_page: Opener) -> None:
    page = open_page(LESSON, viewport={"width": 1280, "height": 800})
    other = page.context.new_page()
    other.goto(page.url)
    for name in questions("listening"):
        answer(other, name)
    expect(page.locator(".course-nav__done:visible")).to_have_count(1)


def test_without_scripts_nothing_of_it_shows(open_page: Opener) -> None:
    for path in ("", LESSON):
        page = open_page(path, java_script_enabled=False)
        for part in (".course-trouble", ".course-nav__done", "[data-continue]"):
            expect(page.locator(f"{part}:visible")).to_have_count(0)


def test_the_script_of_every_page_is_light(site: Path) -> None:
    assert len(gzip.compress((site / "assets/course.js").read_bytes(), 9)) <= 3000
    for page in site.rglob("*.html"):
        found = page.read_text(encoding="utf-8")
        assert "assets/course.js?v=" in found
        assert ("assets/learning.js" in found) >= ('<form class="quiz"' in found)
