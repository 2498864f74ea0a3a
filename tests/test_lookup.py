"""Looking things up, in a browser: the phrase bank, words that explain themselves, templates."""

from __future__ import annotations

import pytest
import yaml
from playwright.sync_api import expect
from small_site import ROOT
from windows import Opener

WORD = 'a[href$="/glossary/#empathy"]'


def strings(language: str) -> dict[str, str]:
    path = ROOT / "hooks/course/strings" / f"{language}.yml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_the_phrase_bank_shows_a_stage_and_words_without_diacritics(open_page: Opener) -> None:
    page = open_page("ro/phrases/")
    starters = page.locator(".phrase")
    total = starters.count()
    assert total >= 13 * 6
    expect(page.locator(".phrase-stage")).to_have_count(5)
    page.locator("#phrase-stage").select_option("3")
    expect(page.locator(".phrase-stage:visible")).to_have_count(1)
    expect(page.locator(".phrase-lesson:visible")).to_have_count(3)
    page.locator("#phrase-words").fill("INTELES")
    shown = page.locator(".phrase:visible")
    assert 0 < shown.count() < total
    said = strings("ro")["phrases.shown"].format(shown=shown.count(), total=total)
    expect(page.locator(".phrase-filter [role=status]")).to_have_text(said)
    page.locator("#phrase-words").fill("xyzzy")
    expect(page.locator(".phrase-stage:visible")).to_have_count(0)


def test_the_phrase_bank_is_whole_without_a_script(open_page: Opener) -> None:
    page = open_page("phrases/", java_script_enabled=False)
    expect(page.locator(".phrase-filter")).to_be_hidden()
    assert page.locator(".phrase:visible").count() == page.locator(".phrase").count()


@pytest.fixture
def lesson() -> str:
    """A lesson that links to a word of the glossary."""
    for path in sorted((ROOT / "docs/lessons").glob("*.md")):
        if "glossary.md#empathy" in path.read_text(encoding="utf-8"):
            return f"lessons/{path.name.partition('.')[0]}/"
    raise AssertionError("no lesson links to the word “empathy”")


def test_a_word_explains_itself_at_the_pointer_until_escape(open_page: Opener, lesson: str) -> None:
    page = open_page(lesson)
    word, tip = page.locator(WORD).first, page.locator(".terms-tip")
    expect(tip).to_be_hidden()
    word.hover()
    expect(tip).to_be_visible()
    expect(word).to_have_attribute("aria-describedby", "terms-tip")
    tip.hover()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert word.get_attribute("aria-describedby") is None


def test_a_word_explains_itself_at_focus(open_page: Opener, lesson: str) -> None:
    page = open_page("ro/" + lesson)
    page.locator(WORD).first.focus()
    expect(page.locator(".terms-tip")).to_have_text(
        page.locator('[data-term="empathy"] + dd').text_content() or ""
    )
    page.keyboard.press("Tab")
    expect(page.locator(".terms-tip")).not_to_have_text("")


def test_a_tap_explains_and_the_next_one_opens_the_glossary(open_page: Opener, lesson: str) -> None:
    page = open_page(lesson, has_touch=True, viewport={"width": 360, "height": 740})
    word, tip = page.locator(WORD).first, page.locator(".terms-tip")
    word.tap()
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    word.tap()
    page.wait_for_url("**/glossary/#empathy")
    expect(page.locator("#empathy")).to_be_in_viewport()


def test_without_a_script_the_words_stand_at_the_end_of_the_page(
    open_page: Opener, lesson: str
) -> None:
    page = open_page(lesson, java_script_enabled=False)
    page.locator(".terms summary").click()
    expect(page.locator(".terms dd").first).to_be_visible()


def test_every_word_of_a_lesson_finds_its_link(open_page: Opener, lesson: str) -> None:
    page = open_page(lesson)
    words = page.locator(".terms dt").count()
    linked = page.evaluate(
        "new Set([...document.querySelectorAll('.terms-link')].map((link) => link.href)).size"
    )
    assert words == linked > 0


def test_a_template_is_copied_without_its_title(open_page: Opener) -> None:
    page = open_page("templates/", permissions=["clipboard-read", "clipboard-write"])
    template = page.locator(".template").first
    expect(page.locator(".copy-button")).to_have_count(page.locator(".template, .example").count())
    template.locator(".copy-button").click()
    expect(page.locator(".copy-status")).to_have_text(strings("en")["copy.copied"])
    copied = page.evaluate("navigator.clipboard.readText()")
    assert template.locator("p:not([class])").first.inner_text() in copied
    assert strings("en")["copy.copy"] not in copied


@pytest.mark.parametrize("language", ["", "ro/"])
def test_the_checklists_print_on_one_page(open_page: Opener, language: str) -> None:
    page = open_page(f"{language}checklists/")
    pdf = page.pdf(format="A4", print_background=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1


def test_confidence_is_asked_in_the_first_lesson_and_shown_in_the_last(open_page: Opener) -> None:
    page = open_page("lessons/worth-having/")
    page.locator('.confidence input[name="before"][value="2"]').check()
    expect(page.locator(".confidence-said")).to_contain_text("2")
    page.goto(page.url.replace("worth-having", "whole-conversation"))
    expect(page.locator('.confidence input[name="before"]')).to_have_count(0)
    page.locator('.confidence input[name="after"][value="4"]').check()
    said = page.locator(".confidence-said")
    expect(said).to_contain_text("2")
    expect(said).to_contain_text("4")
    expect(page.locator(".confidence-line")).to_have_count(1)
