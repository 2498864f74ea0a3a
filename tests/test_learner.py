"""A learner's path through the course in a real browser, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from course.base import GRADES
from course.model import (
    BestWorst,
    FillIn,
    Match,
    MultipleChoice,
    Order,
    Question,
    Quiz,
    SingleChoice,
    TrueFalse,
)
from playwright.sync_api import Page, expect
from small_site import ROOT
from windows import Opener

LANGUAGES = {"en": "", "ro": "ro/"}
PHONE = {"width": 360, "height": 740}


def quiz(name: str) -> Quiz:
    text = (ROOT / "quizzes" / f"{name}.yml").read_text(encoding="utf-8")
    return Quiz.model_validate(yaml.safe_load(text))


def strings(language: str) -> dict[str, str]:
    path = ROOT / "hooks/course/strings" / f"{language}.yml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def lessons() -> list[str]:
    """The lessons in the order of the navigation."""
    return re.findall(r"- lessons/([\w-]+)\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


Choice = SingleChoice | MultipleChoice | TrueFalse


def choices(name: str) -> list[Choice]:
    """The questions of a self-check that have options to choose from."""
    return [question for question in quiz(name).questions if isinstance(question, Choice)]


def keys(question: Choice) -> list[str]:
    return [option.id for option in question.options if option.key]


def wrong(question: Choice) -> list[str]:
    """As many options as the question asks for, not all of them right."""
    others = [option.id for option in question.options if not option.key]
    return [*keys(question)[: question.chooses - 1], others[0]]


def choose(page: Page, question: Choice, options: list[str]) -> None:
    for option in options:
        page.locator(f"label[for='q-{question.id}-{option}']").click()


def answer(page: Page, question: Question, language: str) -> None:
    """Answer any question rightly."""
    item = page.locator(f"#q-{question.id}")
    if isinstance(question, Choice):
        choose(page, question, keys(question))
    elif isinstance(question, BestWorst):
        worst = max(question.options, key=lambda option: GRADES.index(option.grade))
        best = min(question.options, key=lambda option: GRADES.index(option.grade))
        item.locator(f"label[for='q-{question.id}-{best.id}-best']").click()
        item.locator(f"label[for='q-{question.id}-{worst.id}-worst']").click()
    elif isinstance(question, Order):
        for place, step in enumerate(question.steps):
            up = item.locator(f"[data-step={step.id}] [data-move=up]")
            shown = [each.get_attribute("data-step") for each in item.locator(".quiz-step").all()]
            for _ in range(shown.index(step.id) - place):
                up.click()
    elif isinstance(question, Match):
        for prompt in item.locator(".quiz-prompt").all():
            prompt.locator("select").select_option(prompt.get_attribute("data-key"))
    elif isinstance(question, FillIn):
        item.locator("input[type=text]").fill(question.answers[language][0])
    else:
        item.locator("textarea").fill("In my own words.")


def check(page: Page, question: Question) -> None:
    page.locator(f"#q-{question.id} [data-action=check]").click()


def scored(name: str) -> int:
    return sum(question.scored for question in quiz(name).questions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_home_to_the_end_of_the_course(open_page: Opener, language: str) -> None:
    page = open_page(LANGUAGES[language], viewport=PHONE)
    page.get_by_role("main").get_by_role("link").first.click()
    for lesson in lessons():
        page.wait_for_url(f"**/{LANGUAGES[language]}lessons/{lesson}/")
        expect(page.locator("form.quiz")).to_have_count(1)
        page.locator("a[rel=next]").last.click()
    for _ in range(10):  # the practice conversations and the planner come in between
        if page.url.endswith("/final-self-check/"):
            break
        before = page.url
        page.locator("a[rel=next]").last.click()
        page.wait_for_function("left => location.href !== left", arg=before)
    expect(page.locator("form.quiz")).to_have_count(1)
    assert page.url.endswith(f"/{LANGUAGES[language]}final-self-check/")
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["what-is-going-on", "listening", "mistaken-client"])
def test_right_answers_are_told_beside_the_option_and_in_the_result(
    open_page: Opener, language: str, name: str
) -> None:
    page, texts = open_page(f"{LANGUAGES[language]}lessons/{name}/"), strings(language)
    for question in quiz(name).questions:
        answer(page, question, language)
        check(page, question)
        for key in keys(question) if isinstance(question, Choice) else ():
            reply = page.locator(f"#q-{question.id} [data-option={key}] .quiz-reply")
            expect(reply).to_contain_text(texts["quiz.right"])
            expect(page.locator(f"#q-{question.id} .quiz-main input").first).to_be_disabled()
    page.locator("[data-action=result]").click()
    score = texts["quiz.score"].format(right=scored(name), total=scored(name))
    expect(page.locator(".quiz-score-text")).to_have_text(score)
    expect(page.locator(".quiz-score")).to_be_focused()
    expect(page.locator("[data-action=missed]")).to_be_hidden()


def test_wrong_answers_get_their_own_feedback_and_lower_the_score(open_page: Opener) -> None:
    page, texts = open_page("lessons/listening/"), strings("en")
    questions = quiz("listening").questions
    for question in questions:
        if isinstance(question, Choice):
            choose(page, question, wrong(question))
        else:
            answer(page, question, "en")
    page.locator("[data-action=result]").click()
    expect(page.locator(".quiz-score-text")).not_to_have_text(
        texts["quiz.score"].format(right=scored("listening"), total=scored("listening"))
    )
    expect(page.locator("[data-action=missed]")).to_be_visible()
    for question in choices("listening"):
        chosen = next(o for o in question.options if o.id == wrong(question)[-1])
        reply = page.locator(f"#q-{question.id} [data-option={chosen.id}] .quiz-reply")
        expect(reply).to_contain_text(texts["quiz.wrong"])
        expect(reply).to_contain_text(chosen.feedback["en"].split(".")[0].split("*")[0])
        told = page.locator(f"#q-{question.id} .quiz-reply")
        missed = isinstance(question, MultipleChoice)
        expect(told).to_have_count(len(wrong(question)) + missed)


def test_feedback_is_announced_once_and_focus_stays(open_page: Opener) -> None:
    page, question = open_page("lessons/listening/"), choices("listening")[0]
    status = page.locator("form.quiz .quiz-status")
    expect(status).to_have_text("")
    choose(page, question, keys(question))
    button = page.locator(f"#q-{question.id} [data-action=check]")
    button.click()
    expect(button).to_be_focused()
    expect(status).to_contain_text(strings("en")["quiz.right"])
    expect(status).to_contain_text("1")


def test_the_section_to_read_again_is_linked_at_the_question_once_it_is_answered(
    open_page: Opener,
) -> None:
    page, question = open_page("lessons/listening/"), choices("listening")[0]
    link = page.locator(f"#q-{question.id} > .quiz-section a")
    expect(link).to_be_hidden()
    choose(page, question, wrong(question))
    check(page, question)
    expect(link).to_be_visible()
    assert link.get_attribute("href") == f"#{question.section}"


def test_try_again_begins_anew(open_page: Opener) -> None:
    page, questions = open_page("lessons/listening/"), quiz("listening").questions
    for question in questions:
        answer(page, question, "en")
    page.locator("[data-action=result]").click()
    page.locator("[data-action=again]").click()
    expect(page.locator(f"#q-{questions[0].id}-number")).to_be_focused()
    expect(page.locator("form.quiz input:checked")).to_have_count(0)
    expect(page.locator("form.quiz input:disabled")).to_have_count(0)
    expect(page.locator(".quiz-reply")).to_have_count(0)
    expect(page.locator(".quiz-score")).to_be_hidden()
    expect(page.locator("[data-action=result]")).to_be_visible()
    check_text = page.locator(f"#q-{questions[0].id} [data-action=check]")
    expect(check_text).to_contain_text(strings("en")["quiz.check"])


def test_missing_answers_are_listed_with_links_to_them(open_page: Opener) -> None:
    page, questions = open_page("lessons/listening/"), quiz("listening").questions
    answer(page, questions[0], "en")
    page.locator("[data-action=result]").click()
    errors = page.locator(".quiz-errors")
    expect(errors).to_be_focused()
    expect(errors.get_by_role("link")).to_have_count(scored("listening") - 1)
    errors.get_by_role("link").first.click()
    first = page.locator(f"#q-{questions[1].id} .quiz-main input").first
    expect(first).to_be_focused()
    assert first.get_attribute("aria-invalid") == "true"
    expect(page.locator(f"#q-{questions[1].id}-error")).to_be_visible()
    expect(page.locator(f"#q-{questions[0].id}-error")).to_be_hidden()


def test_a_multiple_choice_wants_as_many_as_it_says(open_page: Opener) -> None:
    page = open_page("lessons/listening/")
    question = next(q for q in choices("listening") if isinstance(q, MultipleChoice))
    choose(page, question, keys(question)[:1])
    check(page, question)
    expect(page.locator(f"#q-{question.id}-error")).to_be_visible()
    choose(page, question, keys(question)[1:])
    check(page, question)
    expect(page.locator(f"#q-{question.id}-error")).to_be_hidden()
    expect(page.locator(f"#q-{question.id} .quiz-reply")).to_have_count(question.chooses)


def test_a_self_check_by_keyboard_alone(open_page: Opener) -> None:
    page, question = open_page("lessons/listening/"), choices("listening")[0]
    assert question.confidence
    inputs = page.locator(f"#q-{question.id} .quiz-main input")
    page.locator(f"#q-{question.id}-number").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#q-{question.id} .quiz-sure input").nth(1)).to_be_checked()
    page.keyboard.press("Tab")
    expect(inputs.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(inputs.nth(1)).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator(f"#q-{question.id} [data-action=check]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#q-{question.id} .quiz-reply")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#q-{question.id} details.quiz-answer")).to_have_attribute("open", "")


def test_the_keyboard_reaches_text_language_and_scheme(open_page: Opener) -> None:
    page = open_page("lessons/listening/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('main, main *')")
    page = open_page("lessons/listening/")
    seen = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.getAttribute('hreflang') || ''"))
    assert "ro" in seen


def test_the_colours_are_the_systems_until_others_are_chosen(
    open_page: Opener, address: str
) -> None:
    page = open_page("ro/lessons/listening/", color_scheme="dark")
    colours = "getComputedStyle(document.body).colorScheme"
    assert page.evaluate(colours) == "dark"
    page.get_by_role("button", name="Treceți la culori deschise").press("Enter")
    assert page.evaluate(colours) == "light"
    page.goto(address)
    assert page.evaluate(colours) == "light"
    page.get_by_role("button", name="Switch to dark colours").click()
    expect(page.get_by_role("button", name="Switch to light colours")).to_be_visible()


def test_where_nothing_can_be_kept_the_colours_change_all_the_same(open_page: Opener) -> None:
    blocked = "Object.defineProperty(window, 'localStorage', {get() { throw new Error(); }})"
    page = open_page("lessons/listening/", script=blocked, alone=True)
    page.get_by_role("button", name="Switch to dark colours").click()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_the_contents_mark_where_the_reader_is(open_page: Opener) -> None:
    page = open_page("trainers/data/", viewport={"width": 1440, "height": 700})
    contents = page.locator(".course-toc a")
    here = page.locator(".course-toc a[aria-current=location]")
    expect(here).to_have_count(0)
    for place in (contents.nth(3), contents.nth(7)):
        place.click()
        expect(place).to_have_attribute("aria-current", "location")
        expect(here).to_have_count(1)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(contents.last).to_have_attribute("aria-current", "location")
    expect(contents.last).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(here).to_have_count(0)


def test_who_scrolls_up_is_offered_the_top(open_page: Opener) -> None:
    page = open_page("lessons/listening/", viewport=PHONE)
    button = page.get_by_role("button", name="Back to top")
    page.evaluate("scrollTo(0, 3000)")
    page.wait_for_function("scrollY === 3000")
    expect(button).to_have_count(0)
    page.evaluate("scrollTo(0, 2000)")
    button.click()
    page.wait_for_function("scrollY === 0")
    expect(button).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("path", ["lessons/listening/", "challenges/", "trainers/", ""])
def test_the_language_switch_stays_on_the_page(open_page: Opener, path: str) -> None:
    page = open_page(path)
    page.locator("header a[hreflang=ro]").click()
    page.wait_for_url(f"**/ro/{path}")
    page.locator("header a[hreflang=en]").click()
    page.wait_for_url(re.compile(rf":\d+/{path}$"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_a_self_check_is_complete(open_page: Opener, language: str) -> None:
    path = f"{LANGUAGES[language]}lessons/listening/"
    page = open_page(path, java_script_enabled=False)
    for question in quiz("listening").questions:
        item = page.locator(f"#q-{question.id}")
        expect(item.locator("[data-action]")).to_be_hidden()
        item.locator(".quiz-answer > summary").click()
        expect(item.locator(".quiz-section a")).to_be_visible()
        for option in question.options if isinstance(question, Choice) else ():
            feedback = item.locator(f"[data-feedback={option.id}] .quiz-feedback")
            expect(feedback).to_be_visible()
    expect(page.locator("[data-action=result]")).to_be_hidden()


def test_without_javascript_the_table_is_complete(open_page: Opener) -> None:
    page = open_page("challenges/", java_script_enabled=False)
    expect(page.locator(".challenges tbody tr")).to_have_count(15)
    expect(page.locator("#challenges-filter")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "words", "row"),
    [
        ("en", "SCOPE creep", "scope-creep"),
        ("ro", "intarzieri", "project-delays"),
        ("ro", "întârzieri", "project-delays"),
        ("ro", "ÎNTÂRZIERI", "project-delays"),
    ],
)
def test_the_filter_ignores_case_and_diacritics(
    open_page: Opener, language: str, words: str, row: str
) -> None:
    page = open_page(f"{LANGUAGES[language]}challenges/")
    page.locator("#challenges-filter").fill(words)
    expect(page.locator(f"tr#{row}")).to_be_visible()
    shown = page.locator(".challenges tbody tr:visible").count()
    assert 0 < shown < 15
    said = strings(language)["challenges.shown"].format(shown=shown, total=15)
    expect(page.locator(".challenges [role=status]")).to_have_text(said)


def test_the_filter_takes_old_cedilla_letters_and_says_when_nothing_is_left(
    open_page: Opener,
) -> None:
    page = open_page("ro/challenges/")
    page.locator("#challenges-filter").fill("gre\u015feala")
    assert page.locator(".challenges tbody tr:visible").count() > 0
    page.locator("#challenges-filter").fill("xyzzy")
    said = strings("ro")["challenges.shown"].format(shown=0, total=15)
    expect(page.locator(".challenges [role=status]")).to_have_text(said)


def test_a_row_has_an_address(open_page: Opener) -> None:
    page = open_page("challenges/#price-increase")
    expect(page.locator("tr#price-increase")).to_be_in_viewport()


WIDE = {"width": 1440, "height": 900}


def test_no_page_scrolls_sideways(open_page: Opener, site: Path) -> None:
    page = open_page("404.html")
    root = page.url.removesuffix("404.html")
    wide: dict[tuple[str, int], int] = {}
    widths = [320, 768, 1440]
    for path in sorted(site.rglob("index.html")):
        name = path.parent.relative_to(site).as_posix() + "/"
        page.goto(root + name)
        widths.reverse()  # each page begins as wide as the last one was at the end
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            inner = page.evaluate("document.documentElement.scrollWidth")
            if inner > width:
                wide[name, width] = inner
    assert wide == {}


def test_the_table_is_cards_on_a_phone_and_a_table_on_a_screen(open_page: Opener) -> None:
    phone = open_page("challenges/", viewport=PHONE).locator("tr#scope-creep td").first
    wide = open_page("challenges/", viewport=WIDE).locator("tr#scope-creep td").first
    assert phone.evaluate("cell => getComputedStyle(cell).display") == "block"
    assert wide.evaluate("cell => getComputedStyle(cell).display") == "table-cell"


def test_targets_are_large_enough(open_page: Opener) -> None:
    page = open_page("lessons/listening/", viewport=PHONE)
    targets = page.locator(".quiz-option label:visible, .quiz-button:visible")
    heights = [box["height"] for item in targets.all() if (box := item.bounding_box())]
    assert len(heights) > 20
    assert min(heights) >= 44


def landscape_pages(page: Page) -> int:
    """How many pages of the printed page lie on their side."""
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert boxes
    return sum(float(width) > float(height) for width, height in boxes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_four_seed_rows_print_on_one_landscape_page(open_page: Opener, language: str) -> None:
    page = open_page(f"{LANGUAGES[language]}lessons/what-is-going-on/")
    expect(page.locator(".challenges tbody tr")).to_have_count(4)
    assert landscape_pages(page) == 1


def test_the_whole_table_prints_on_landscape_pages(open_page: Opener) -> None:
    assert landscape_pages(open_page("challenges/")) in {3, 4}


def test_a_printed_lesson_has_blank_answers_and_no_chrome(open_page: Opener) -> None:
    page = open_page("lessons/listening/")
    page.emulate_media(media="print")
    expect(page.locator("header.course-bar")).to_be_hidden()
    expect(page.locator(".quiz-feedback").first).to_be_hidden()
    expect(page.locator(".quiz-button").first).to_be_hidden()
    expect(page.locator(".quiz-option").first).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}], ids=["phone", "wide"])
def test_the_list_of_pages_shows_where_one_is(open_page: Opener, viewport: dict[str, int]) -> None:
    page = open_page("trainers/role-plays/", viewport=viewport)
    here = page.locator("#course-nav [aria-current]")
    if viewport == PHONE:
        page.locator("[data-course-menu]:visible").click()
    expect(here).to_be_in_viewport()


def test_corrupt_storage_does_not_break_the_page(open_page: Opener, address: str) -> None:
    page = open_page("lessons/listening/")
    page.evaluate("localStorage.setItem('course-scheme', '{broken')")
    page.goto(address + "lessons/listening/")
    expect(page.locator("html")).to_have_attribute("data-scheme", "light")
    question = choices("listening")[0]
    choose(page, question, keys(question))
    check(page, question)
    expect(page.locator(f"#q-{question.id} .quiz-reply")).to_have_count(1)


def test_a_page_works_from_a_file(open_page: Opener, site: Path) -> None:
    page = open_page("", alone=True)
    opened = page.context.new_page()
    opened.goto((site / "lessons/listening/index.html").as_uri())
    question = choices("listening")[0]
    choose(opened, question, keys(question))
    check(opened, question)
    expect(opened.locator(f"#q-{question.id} .quiz-reply")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1440])
def test_a_slash_opens_the_search_and_other_letters_do_nothing(
    open_page: Opener, width: int
) -> None:
    page = open_page("lessons/listening/", viewport={"width": width, "height": 800})
    address = page.url
    page.locator(".quiz input").first.focus()
    for key in "npsf,.":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == address
    page.keyboard.press("/")
    expect(page.locator(".search-field")).to_be_focused()
    page.keyboard.type("silence")
    expect(page.locator(".search-page").first).to_be_visible()
    assert page.url == address


def tell(page: Page, what: str) -> object:
    return page.evaluate(f"() => {{ const record = courseRecord.read(); return {what}; }}")


def test_the_final_self_check_and_the_lessons_keep_their_own_answers(
    open_page: Opener, address: str
) -> None:
    page = open_page("lessons/listening/")
    for question in quiz("listening").questions:
        answer(page, question, "en")
    page.locator("[data-action=result]").click()
    expect(page.locator(".quiz-score")).to_be_visible()

    page.goto(address + "final-self-check/")
    expect(page.locator(".quiz-question:visible")).to_have_count(20)
    expect(page.locator(".quiz-question-checked")).to_have_count(0)
    drawn = page.locator(".quiz-question:visible:has(> .quiz-main .quiz-option input[type=radio])")
    for item in drawn.all():
        if item.get_attribute("data-type") in {"single", "true-false"}:
            item.locator(".quiz-option label").last.click()
            item.locator("[data-action=check]").click()
    checked = page.locator(".quiz-question-checked").count()
    assert checked > 3
    page.reload()
    expect(page.locator(".quiz-question-checked")).to_have_count(checked)

    page.goto(address + "lessons/listening/")
    expect(page.locator(".quiz-score")).to_be_visible()
    expect(page.locator(".quiz-question-checked")).to_have_count(len(quiz("listening").questions))
    page.locator("[data-action=again]").click()
    page.goto(address + "final-self-check/")
    expect(page.locator(".quiz-question-checked")).to_have_count(checked)


def test_a_question_due_this_evening_is_asked_in_the_morning(
    open_page: Opener, address: str
) -> None:
    page = open_page("lessons/listening/", alone=True)
    page.evaluate(
        """() => { const afternoon = new Date(2030, 8, 21, 15).getTime();
        window.courseClock = () => afternoon; }"""
    )
    question = choices("listening")[0]
    choose(page, question, keys(question))
    check(page, question)
    assert tell(page, f"record.questions['{question.id}'].box") == 1
    page.context.add_init_script("window.courseClock = () => new Date(2030, 8, 22, 8).getTime()")
    page.goto(address + "review/")
    expect(page.locator(f"#q-{question.id}")).to_be_visible()
