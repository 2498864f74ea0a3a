"""The planner: its data, what is kept of it and where it cannot be, what is made of it."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import rjsmin
import yaml
from course.page import split_front_matter
from course.schema import FOLDER, schema_texts
from playwright.sync_api import Locator, Page, expect
from small_course import HERE, changed, judge, lay_out, small_course
from small_site import ROOT
from test_accessibility import violations
from test_record import BLOCKED, FULL, ROOM_AGAIN, keep, read, stored, text, with_script
from windows import Opener

PAGE = "planner/"
LANGUAGES = {"en": "", "ro": "ro/"}
GOLDEN = yaml.safe_load((HERE / "cases" / "planner.yml").read_text(encoding="utf-8"))
DATA = yaml.safe_load((ROOT / "quizzes/planner.yml").read_text(encoding="utf-8"))
PHONE = {"width": 360, "height": 740}


# The data --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: str(case["name"]))
def test_each_mistake_is_told_with_file_line_and_advice(tmp_path: Path, case: Any) -> None:
    files = changed(case, small_course() | GOLDEN["course"])
    _, problems = judge(lay_out(tmp_path, files))
    assert [str(problem) for problem in problems if not problem.advice] == case["problems"]


def test_the_schema_is_that_of_the_model() -> None:
    wanted = schema_texts()["planner.json"]
    assert (FOLDER / "planner.json").read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("anchor", ["plan", "recap", "learning-log"])
def test_its_words_are_those_of_the_templates(language: str, anchor: str) -> None:
    """What stands in bold in a template is a label of the planner or begins a line of a draft."""
    name = "templates.md" if language == "en" else f"templates.{language}.md"
    body = split_front_matter((ROOT / "docs" / name).read_text(encoding="utf-8"))[1]
    template = body.split(f"{{ #{anchor} }}")[1].split("/// example")[0]
    bold = [found.strip(":") for found in re.findall(r"\*\*(.+?)\*\*", template)]
    lines = [line for line in re.split(r"\n+", template) if re.match(r"[A-Z\d].*\[", line)]
    sections = DATA["sections"]
    drafts = [section["draft"] for section in sections if "draft" in section]
    known = [field["label"][language] for section in sections for field in section["fields"]]
    known += [line["text"][language] for draft in drafts for line in draft["lines"]]
    known += [text("planner.draft", language), "Subject", "Subiect"]
    starts = [re.sub(r"^[\d.]+ ", "", label).split(":")[0] for label in bold]
    missing = [
        start for start in starts if not any(its.startswith(start.split(",")[0]) for its in known)
    ]
    usual = {
        "en": {"Time", "Place", "Channel", "First sentence"},
        "ro": {"Momentul", "Locul", "Canalul", "Prima frază"},
    }
    assert set(missing) <= usual[language] - {label.split(",")[0] for label in known}
    assert anchor != "recap" or len(lines) >= 5


# Keeping ---------------------------------------------------------------------------------------


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#planner-{name}")


def write(page: Page, **texts: str) -> None:
    """Fill in fields (`core_message` for core-message) and wait until that is saved."""
    for name, value in texts.items():
        control = "-title" if name == "title" else name.replace("_", "-")
        field(page, control).fill(value)
    page.evaluate("document.activeElement.blur()")


def told(page: Page) -> Locator:
    return page.locator(".planner-told")


def plans(page: Page) -> list[Mapping[str, Any]]:
    kept = read(page)["plans"]
    return [kept[name] for name in sorted(kept) if not kept[name]["gone"]]


def labels(page: Page) -> list[str]:
    return page.locator("[data-choose] option").all_inner_texts()


def press(page: Page, action: str) -> None:
    page.locator(f"[data-action={action}]").first.click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_saves_as_one_types_and_says_so_after_a_pause(open_page: Opener, language: str) -> None:
    page = open_page(LANGUAGES[language] + PAGE)
    page.evaluate("""{
      window.said = [];
      const node = document.querySelector(".planner-told");
      new MutationObserver(() => said.push(node.textContent)).observe(node, { childList: true });
    }""")
    field(page, "goal").press_sequentially("We have written it down.", delay=10)
    expect(told(page)).to_have_text(text("planner.saved", language))
    assert page.evaluate("said.filter(Boolean).length") == 1
    expect(told(page)).to_have_attribute("role", "status")
    page.reload()
    expect(field(page, "goal")).to_have_value("We have written it down.")
    assert [plan["fields"] for plan in plans(page)] == [{"goal": "We have written it down."}]


def test_what_was_just_written_is_saved_when_the_page_is_left(open_page: Opener) -> None:
    page = open_page(PAGE)
    field(page, "facts").focus()
    page.keyboard.type("27 hours")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert plans(page)[0]["fields"] == {"facts": "27 hours"}


def test_the_language_switch_keeps_the_plan(open_page: Opener) -> None:
    page = open_page(PAGE)
    write(page, title="Leon", core_message="Two sentences.", what__1="Door", day="2026-12-01")
    page.locator("[name=planner-moment][value=morning]").check()
    press(page, "add")
    write(page, title="Newer")
    page.locator("[data-choose]").select_option(label="Leon")
    page.locator(".course-languages a[lang=ro], .course-languages a[hreflang=ro]").first.click()
    page.wait_for_url("**/ro/planner/")
    expect(field(page, "-title")).to_have_value("Leon")
    expect(field(page, "core-message")).to_have_value("Two sentences.")
    expect(page.locator("[name=planner-moment][value=morning]")).to_be_checked()
    expect(field(page, "what--1")).to_have_value("Door")
    expect(page.locator(".planner-sheet")).to_contain_text("marți, 1 decembrie")
    expect(page.locator(".planner-sheet")).to_contain_text("Dimineața")


def test_several_plans_have_names(open_page: Opener) -> None:
    page = open_page(PAGE)
    unnamed = text("planner.unnamed")
    assert labels(page) == [unnamed.format(number=1)]
    press(page, "add")  # an empty one is there already
    assert labels(page) == [unnamed.format(number=1)]
    write(page, matter="manuals")
    press(page, "add")
    expect(field(page, "-title")).to_be_focused()
    expect(told(page)).to_have_text(text("planner.added"))
    expect(field(page, "matter")).to_have_value("")
    write(page, title="Victor", matter="lunches")
    assert labels(page) == [unnamed.format(number=1), "Victor"]
    page.locator("[data-choose]").select_option(index=0)
    expect(field(page, "matter")).to_have_value("manuals")
    write(page, title="Leon <b>")
    assert labels(page) == ["Leon <b>", "Victor"]
    page.reload()
    expect(field(page, "-title")).to_have_value("Leon <b>")
    assert [plan["name"] for plan in plans(page)] == ["Leon <b>", "Victor"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_deleting_asks_and_the_focus_goes_on(open_page: Opener, language: str) -> None:
    page = open_page(LANGUAGES[language] + PAGE)
    write(page, title="Leon", matter="manuals")
    press(page, "add")
    write(page, title="Victor")
    delete = page.locator("[data-action=delete]")
    for way in ("Escape", "Enter"):
        delete.press("Enter")
        dialog = page.locator(".planner-dialog")
        expect(dialog).to_have_accessible_name(
            text("planner.delete-title", language).format(name="Victor")
        )
        page.keyboard.press(way)
        expect(dialog).to_be_hidden()
        expect(delete).to_be_focused()
    assert len(plans(page)) == 2
    delete.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-choose]")).to_be_focused()
    expect(told(page)).to_have_text(text("planner.deleted", language).format(name="Victor"))
    expect(field(page, "matter")).to_have_value("manuals")
    assert [plan["name"] for plan in plans(page)] == ["Leon"]
    assert "Victor" not in page.evaluate("localStorage.getItem('course-record')")
    delete.click()
    page.locator(".planner-dialog").get_by_role("button").nth(1).click()
    expect(field(page, "matter")).to_have_value("")
    assert plans(page) == []
    write(page, matter="new")
    page.reload()
    expect(field(page, "matter")).to_have_value("new")


# Where it cannot be kept ------------------------------------------------------------------------


def trouble(page: Page, why: str, language: str = "en") -> None:
    expect(page.locator(".course-trouble")).to_have_text(text(f"record.{why}", language))
    expect(page.locator(".course-trouble")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_blocked_storage(open_page: Opener, language: str) -> None:
    blocked = BLOCKED + BLOCKED.replace("localStorage", "sessionStorage")
    page = with_script(open_page, blocked, LANGUAGES[language] + PAGE)
    write(page, matter="manuals")
    trouble(page, "blocked", language)
    expect(told(page)).to_have_text("")
    press(page, "add")
    page.locator("[data-choose]").select_option(index=0)
    expect(field(page, "matter")).to_have_value("manuals")


def test_full_storage(open_page: Opener) -> None:
    page = open_page(PAGE)
    page.evaluate(FULL)
    write(page, matter="manuals")
    trouble(page, "full")
    expect(told(page)).to_have_text("")
    page.evaluate(ROOM_AGAIN)
    write(page, goal="written")
    expect(told(page)).to_have_text(text("planner.saved"))
    expect(page.locator(".course-trouble")).to_be_hidden()
    assert plans(page)[0]["fields"] == {"matter": "manuals", "goal": "written"}


@pytest.mark.parametrize("raw", ["{not json", '{"plans": 7}', '{"plans": {"p1": []}}'])
def test_corrupt_storage(open_page: Opener, raw: str) -> None:
    page = open_page(PAGE)
    keep(page, raw)
    write(page, matter="manuals")
    expect(told(page)).to_have_text(text("planner.saved"))
    if raw != '{"plans": {"p1": []}}':
        trouble(page, "corrupt")
        assert page.evaluate("localStorage.getItem('course-record-broken')") == raw
    page.reload()
    expect(field(page, "matter")).to_have_value("manuals")


def test_plans_are_cleaned_and_newer_records_left_alone(open_page: Opener) -> None:
    page = open_page(PAGE)
    odd = {"name": "x", "at": 1, "fields": {"goal": "g", "facts": 7, "BAD": "b", "gone": ""}}
    keep(page, {"version": 1, "plans": {"p1": odd, "P2": odd, "p3": {"name": 7}}})
    wanted = {"name": "x", "at": 1, "gone": False, "fields": {"goal": "g"}}
    assert read(page)["plans"] == {"p1": wanted}
    newer = {"version": 2, "plans": "in another way"}
    keep(page, newer)
    write(page, matter="manuals")
    trouble(page, "newer")
    assert stored(page) == newer


def test_other_pages_leave_plans_alone(open_page: Opener) -> None:
    page = open_page(PAGE)
    write(page, matter="manuals")
    before = read(page)["plans"]
    for path in ("lessons/listening/", "challenges/", "progress/"):
        page.goto(page.url.split("planner/")[0].split("lessons/")[0].split("challenges/")[0] + path)
        page.evaluate("courseRecord.update((all) => { all.last = { uri: 'x', at: 1 }; })")
    assert stored(page)["plans"] == before


def test_two_tabs_write_the_same_plan(open_page: Opener) -> None:
    page = open_page(PAGE)
    write(page, matter="manuals")
    other = page.context.new_page()
    other.goto(page.url)
    expect(field(other, "matter")).to_have_value("manuals")
    write(other, goal="theirs")
    expect(field(page, "goal")).to_have_value("theirs")
    write(page, facts="mine")
    expect(field(other, "facts")).to_have_value("mine")
    wanted = {"matter": "manuals", "goal": "theirs", "facts": "mine"}
    assert plans(other)[0]["fields"] == wanted


def test_a_plan_deleted_in_another_tab_leaves_the_page(open_page: Opener) -> None:
    page = open_page(PAGE)
    write(page, matter="manuals")
    other = page.context.new_page()
    other.goto(page.url)
    press(other, "delete")
    other.locator(".planner-dialog").get_by_role("button").nth(1).click()
    expect(field(page, "matter")).to_have_value("")
    assert plans(page) == []
    write(other, matter="more")
    page.wait_for_function("Object.values(courseRecord.read().plans).some((its) => !its.gone)")
    assert [plan["fields"] for plan in plans(page)] == [{"matter": "more"}]


def test_what_is_being_written_outlives_deletion_elsewhere(open_page: Opener) -> None:
    page = open_page(PAGE)
    write(page, matter="manuals", goal="written")
    field(page, "facts").press_sequentially("27")
    page.evaluate("""courseRecord.update(({ plans }) => {
      for (const id in plans) plans[id] = { name: "", at: 1, gone: true, fields: {} };
    })""")
    expect(told(page)).to_have_text(text("planner.saved"))
    assert plans(page)[0]["fields"] == {"matter": "manuals", "goal": "written", "facts": "27"}


# With the learner's progress --------------------------------------------------------------------


def test_the_progress_page_saves_erases_and_loads_plans(open_page: Opener, tmp_path: Path) -> None:
    page = open_page(PAGE)
    write(page, title="Leon", matter="manuals")
    before = read(page)["plans"]
    page.goto(page.url.replace(PAGE, "progress/"))
    with page.expect_download() as download:
        page.locator("[data-keep=export]").click()
    file = tmp_path / "kept.json"
    download.value.save_as(file)
    page.locator("[data-keep=erase]").click()
    expect(page.locator(".progress-dialog")).to_contain_text("plans")
    page.locator(".progress-dialog").get_by_role("button").nth(1).click()
    assert read(page)["plans"] == {}
    assert "manuals" not in page.evaluate("JSON.stringify({ ...localStorage })")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".progress-told")).to_have_text(
        text("progress.imported").format_map(defaultdict(int, plans=1))
    )
    assert read(page)["plans"] == before
    page.goto(page.url.replace("progress/", PAGE))
    expect(field(page, "-title")).to_have_value("Leon")


# What is made of it -----------------------------------------------------------------------------

STEPS = {"what__1": "Side door open", "who__1": "Victor", "by__1": "Wednesday"}
STEPS |= {"what__3": "Sheet", "who__3": "Olga"}


def downloaded(page: Page, action: str) -> tuple[str, str]:
    with page.expect_download() as download:
        press(page, action)
    name = download.value.suggested_filename
    expect(told(page)).to_have_text(text("progress.exported").format(file=name))
    return name, Path(download.value.path()).read_text(encoding="utf-8")


def test_the_plan_comes_as_text_and_as_markdown(open_page: Opener) -> None:
    page = open_page(PAGE)
    for action in ("text", "markdown"):
        press(page, action)
        expect(told(page)).to_have_text(text("planner.empty"))
    write(page, title="Ștefan: pompe!", goal="Written down.\nBy both.", day="2026-12-01")
    write(page, well="not in the plan")
    assert downloaded(page, "text") == (
        "plan-stefan-pompe.txt",
        "Ștefan: pompe!\n\nGoal of this talk:\nWritten down.\nBy both.\n\n"
        "Day:\nTuesday 1 December\n",
    )
    assert downloaded(page, "markdown") == (
        "plan-stefan-pompe.md",
        "# Ștefan: pompe!\n\n**Goal of this talk:** Written down.  \nBy both.\n\n"
        "**Day:** Tuesday 1 December\n",
    )


def drafts(page: Page) -> list[str]:
    return page.locator(".planner-text").all_text_contents()


def test_the_recap_is_drafted_from_the_fields(open_page: Opener) -> None:
    page = open_page(PAGE)
    write(page, matter="cold lunches", day="2026-12-01", name="Victor", points="four lunches.")
    write(page, weighed="“The little ones eat last.”", report_when="Olga, Friday, 2 p.m.", **STEPS)
    page.locator("[name=planner-report][value=by-phone]").check()
    write(page, corrections="tomorrow noon.")
    wanted = (
        "Good [morning / afternoon], Victor,\n\n"
        "Thank you for the talk. As I noted it, we spoke about four lunches.\n\n"
        "What weighed most on you: “The little ones eat last”.\n\n"
        "We agreed:\n\n"
        "1. Side door open – Victor, by Wednesday\n"
        "2. Sheet – Olga, by […]\n"
        "3. First report, by phone – Olga, Friday, 2 p.m.\n\n"
        "If I have missed anything or got it wrong, please tell me by tomorrow noon.\n\n"
        "[Your name]"
    )
    assert drafts(page)[0] == wanted
    address = urlsplit(page.locator("[data-mail]").get_attribute("href") or "")
    assert (address.scheme, address.path) == ("mailto", "")
    mail = parse_qs(address.query)
    assert mail["subject"] == ["Our talk on Tuesday 1 December: cold lunches, next steps"]
    assert mail["body"] == [wanted.replace("\n", "\r\n")]
    write(page, open="who eats first", decide="Friday")
    assert "\n\nStill open: who eats first; we decide on Friday.\n\n" in drafts(page)[0]


def test_an_empty_recap_shows_what_is_missing(open_page: Opener) -> None:
    recap = drafts(open_page("ro/" + PAGE))[0]
    assert recap.startswith("Bună [dimineața / ziua], […],\n\n")
    assert "1. […] – […], până […]\n2. Prima informare, […] – […]\n\n" in recap
    assert "apăsat" not in recap


def test_the_log_is_drafted_and_downloaded(open_page: Opener) -> None:
    page = open_page(PAGE)
    write(page, title="Leon", client="S. R.", matter="higher rate", day="2026-05-12")
    write(page, well="I kept quiet.", not_well="I explained.", learned="A laugh.", change="When …")
    name, log = downloaded(page, "log")
    assert name == "learning-log-leon.txt"
    assert log == (
        "Date, client (initials), matter: Tuesday 12 May, S. R., higher rate\n\n"
        "1. What went well? I kept quiet.\n2. What didn’t? I explained.\n"
        "3. What have I learned? A laugh.\n4. What would I change? When …\n\n"
        "Promises in the calendar, with a day to check: […]\n\nRead again on: […]\n"
    )


def test_a_draft_is_copied(open_page: Opener) -> None:
    page = open_page(PAGE, permissions=["clipboard-read", "clipboard-write"])
    write(page, name="Victor")
    page.locator("[data-action=copy]").first.click()
    expect(told(page)).to_have_text(text("copy.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == drafts(page)[0]
    page.evaluate("{ navigator.clipboard.writeText = () => Promise.reject(); undefined; }")
    page.locator("[data-action=copy]").nth(1).click()
    expect(told(page)).to_have_text(text("copy.failed"))


# On paper ---------------------------------------------------------------------------------------

FILL = """(most) => {
  for (const field of document.querySelectorAll("textarea, input[type=text]")) {
    const words = "Words that fill the page as far as it goes, and further. ";
    const length = most ? field.maxLength : 60;
    field.value = words.repeat(40).slice(0, length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


def printed(page: Page, folder: Path) -> list[str]:
    """The text of each page as it is printed."""
    file = folder / "printed.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    raw = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return raw.stdout.decode("utf-8").rstrip("\f").split("\f")


def pages_of(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("most", [False, True])
def test_the_plan_prints_on_one_page(open_page: Opener, language: str, most: bool) -> None:
    page = open_page(LANGUAGES[language] + PAGE)
    page.evaluate(FILL, most)
    page.evaluate("document.querySelector('.planner-form').dispatchEvent(new Event('change'))")
    assert pages_of(page) == 1
    size = page.locator(".planner-sheet").evaluate("sheet => parseFloat(sheet.style.fontSize)")
    assert size >= 6
    assert (size < 11) == most
    page.emulate_media(media="print")
    expect(page.locator(".planner-sheet")).to_be_visible()
    for other in ("h1", ".planner-form", ".planner-local", ".course-header", ".course-footer"):
        assert page.locator(other).first.is_hidden() or other == ".course-footer"


def test_the_print_button_prints(open_page: Opener) -> None:
    page = open_page(PAGE)
    page.evaluate("{ window.printed = 0; window.print = () => { printed += 1; }; undefined; }")
    press(page, "print")
    assert page.evaluate("printed") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_it_is_a_form_that_prints(open_page: Opener, language: str) -> None:
    page = open_page(LANGUAGES[language] + PAGE, java_script_enabled=False)
    expect(page.locator(".planner-script")).to_have_text(text("planner.script", language))
    for hidden in (".planner-bar", ".planner-draft", ".planner-take", "[data-action]", "dialog"):
        assert all(part.is_hidden() for part in page.locator(hidden).all())
    names = [
        field["id"] + row
        for section in DATA["sections"]
        for row in ([f"--{n + 1}" for n in range(section["rows"])] if "rows" in section else [""])
        for field in section["fields"]
    ]
    there = [part.get_attribute("data-field") for part in page.locator("[data-field]").all()]
    assert sorted(names) == sorted(map(str, there))
    # Nothing could send it: a form with several fields and no button has no implicit submission.
    assert page.locator(".planner-form :is([type=submit], button:not([type=button]))").count() == 0
    assert page.locator(".planner-form").get_attribute("action") is None
    page.emulate_media(media="print")
    for part in page.locator(".planner-field :is(textarea, input[type=text])").all():
        line = part.evaluate("its => getComputedStyle(its).borderBottomWidth")
        assert line == "1px"
    assert pages_of(page) <= 4


def test_an_empty_plan_prints_the_form(open_page: Opener) -> None:
    page = open_page(PAGE)
    page.emulate_media(media="print")
    expect(field(page, "goal")).to_be_visible()
    expect(page.locator(".planner-sheet")).to_be_hidden()


# For everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_violation_when_filled_in(open_page: Opener, language: str) -> None:
    page = open_page(LANGUAGES[language] + PAGE, viewport=PHONE)
    page.evaluate(FILL, False)
    page.evaluate("document.querySelectorAll('details').forEach((its) => { its.open = true; })")
    expect(told(page)).to_have_text(text("planner.saved", language))
    assert violations(page) == []
    press(page, "delete")
    assert violations(page) == []


def test_fields_have_a_name_and_their_help(open_page: Opener) -> None:
    page = open_page(PAGE)
    goal = field(page, "goal")
    expect(goal).to_have_accessible_name("Goal of this talk")
    expect(goal).to_have_accessible_description(re.compile("^At the end"))
    moment = page.locator("[data-field=moment]")
    expect(moment).to_have_accessible_name("Time")
    expect(moment).to_have_accessible_description(re.compile("^What would waiting"))
    expect(field(page, "who--2")).to_have_accessible_name("Who")
    row = page.get_by_role("group", name=text("planner.row").format(number=2))
    expect(row.locator("#planner-who--2")).to_have_count(1)


def test_the_keyboard_reaches_every_control(open_page: Opener) -> None:
    page = open_page(PAGE)
    page.locator("[data-choose]").focus()
    seen = {"select"}
    for _ in range(150):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "(e => e.dataset.action ?? (e.dataset.mail === undefined ? e.name : 'mail'))"
                "(document.activeElement) ?? ''"
            )
        )
    wanted = {"add", "delete", "print", "text", "markdown", "copy", "mail", "log"}
    names = page.evaluate(
        "[...document.querySelectorAll('.planner-field [name]')].map(e => e.name)"
    )
    assert (wanted | set(names) | {"planner--title"}) - seen == set()


def test_enter_in_a_line_does_nothing(open_page: Opener) -> None:
    page = open_page(PAGE)
    before = page.url
    field(page, "matter").fill("x")
    field(page, "matter").press("Enter")
    expect(field(page, "matter")).to_have_value("x")
    assert page.url == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_it_fits_and_targets_are_large(open_page: Opener, language: str, width: int) -> None:
    page = open_page(LANGUAGES[language] + PAGE, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate("""[...document.querySelectorAll(
      ".planner :is(button, select, textarea, summary, a.planner-button, .planner-choices label, "
      + "input:not([type=radio]))")]
      .filter((its) => its.offsetParent && its.getBoundingClientRect().height < 44)
      .map((its) => its.outerHTML.slice(0, 90))""")
    assert small == []


def test_forced_colours_keep_the_edges(open_page: Opener) -> None:
    page = open_page(PAGE, forced_colors="active")
    for part in (".planner-button:visible", "textarea", "select"):
        style = page.locator(part).first.evaluate("its => getComputedStyle(its).borderTopStyle")
        assert style == "solid"


def test_nothing_is_sent_and_the_page_says_so(open_page: Opener) -> None:
    page = open_page(PAGE)
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    expect(page.locator(".planner-local")).to_have_text(text("planner.local"))
    page.evaluate(FILL, False)
    expect(told(page)).to_have_text(text("planner.saved"))
    assert [url for url in sent if not url.startswith("blob:")] == []


def test_it_is_light_and_on_its_page_only(site: Path) -> None:
    code = (ROOT / "overrides/assets/planner.js").read_text(encoding="utf-8")
    assert len(gzip.compress(rjsmin.jsmin(code).encode(), 9)) <= 5 * 1024
    assert len(gzip.compress((site / "assets/planner.js").read_bytes(), 9)) <= 5 * 1024
    having = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if "assets/planner." in path.read_text(encoding="utf-8")
    ]
    assert sorted(having) == ["planner/index.html", "ro/planner/index.html"]


def test_a_record_of_before_the_planner_is_valid(open_page: Opener) -> None:
    page = open_page(PAGE)
    keep(page, json.dumps({"version": 1, "questions": {}}))
    assert page.evaluate("courseRecord.trouble") is None
    assert read(page)["plans"] == {}
