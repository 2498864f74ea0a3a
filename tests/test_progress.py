"""“My progress”, the review and the certificate, over records that a learner might have."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from course.model import Course
from course.outline import Asked, Lesson, outline, scored_questions
from playwright.sync_api import Page, expect
from small_course import judge
from small_site import ROOT
from test_accessibility import violations
from test_learner import LANGUAGES, landscape_pages, strings
from windows import Opener

Record = dict[str, Any]

DAY = 86_400_000
NOW = 1_790_000_000_000
CLOCK = f"window.courseClock = () => {NOW};"


@pytest.fixture(scope="module")
def course() -> Course:
    course, problems = judge(ROOT)
    assert course, problems
    return course


@pytest.fixture(scope="module")
def lessons(course: Course) -> tuple[Lesson, ...]:
    return outline(course)


def answer(lesson: Lesson, place: int, **changes: object) -> Record:
    """An entry of the record for the scored question of a lesson at a place."""
    return settled(lesson.questions[place], **changes)


def settled(asked: Asked, **changes: object) -> Record:
    """An entry of the record for a question that was answered two days ago."""
    question = asked.question
    entry = {
        "stamp": question.stamp,
        "answer": None,
        "done": True,
        "credit": 1 if question.scored else None,
        "sure": None,
        "at": NOW - 2 * DAY,
        "attempt": 1,
        "box": int(question.scored),
        "due": NOW - DAY if question.scored else None,
    }
    return {question.id: entry | changes}


def result(*shares: float, total: int = 5) -> Record:
    """A self-check's entry with an attempt for each share."""
    scores = [
        {"attempt": n, "right": share * total, "total": total, "at": NOW - (20 - n) * DAY}
        for n, share in enumerate(shares, 1)
    ]
    return {"attempt": len(shares), "seed": 1, "at": NOW - DAY, "scores": scores, "draw": None}


def record(**parts: object) -> Record:
    empty = {"before": None, "after": None}
    whole = {"version": 1, "questions": {}, "quizzes": {}, "confidence": empty, "last": None}
    whole |= {"plans": {}, "scenarios": {}}
    return whole | parts


def everything(lessons: tuple[Lesson, ...], share: float = 1) -> Record:
    """A record in which all is answered."""
    questions = {
        name: entry
        for lesson in lessons
        for asked_for in lesson.objectives.values()
        for asked in asked_for
        for name, entry in settled(asked).items()
    }
    quizzes = {lesson.page.slug: result(0.4, share) for lesson in lessons}
    confidence = {"before": {"value": 2, "at": NOW - DAY}, "after": {"value": 4, "at": NOW}}
    last = {"uri": lessons[1].page.uri, "at": NOW}
    return record(questions=questions, quizzes=quizzes, confidence=confidence, last=last)


def begin(open_page: Opener, path: str, content: Record | None = None, **options: Any) -> Page:
    """Opener a page with a record in place and the clock stopped."""
    kept = {} if content is None else {"course-record": json.dumps(content)}
    return open_page(path, kept=kept, script=CLOCK, **options)


def stored(page: Page) -> Record:
    return dict(page.evaluate("courseRecord.read()"))


def number(page: Page, name: str) -> str:
    return page.locator(f"[data-number={name}]").inner_text()


# My progress


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_are_those_of_the_record(
    open_page: Opener, lessons: tuple[Lesson, ...], language: str
) -> None:
    first, texts = lessons[0], strings(language)
    questions = answer(first, 0, credit=0.5) | answer(first, 1, due=NOW + DAY)
    content = record(questions=questions, quizzes={first.page.slug: result(0.5, 0.7)})
    page = begin(open_page, f"{LANGUAGES[language]}progress/", content)
    assert number(page, "lessons") == texts["progress.of"].format(done=1, total=len(lessons))
    assert number(page, "due") == "1"
    card = page.locator(".progress-lesson").first
    expect(card.locator("> .progress-state")).to_have_text(texts["progress.finished"])
    second = page.locator(".progress-lesson").nth(1)
    expect(second.locator("> .progress-state")).to_have_text(texts["progress.fresh"])


def test_an_objective_is_practised_when_its_questions_are_answered(
    open_page: Opener, lessons: tuple[Lesson, ...]
) -> None:
    page = begin(open_page, "progress/", everything(lessons))
    total = sum(len(lesson.objectives) for lesson in lessons)
    assert number(page, "objectives") == f"{total} of {total}"
    asked = next(iter(lessons[0].objectives.values()))
    scored = sum(each.question.scored for each in asked)
    expect(page.locator(".progress-objectives .progress-state").first).to_have_text(
        strings("en")["progress.objective"].format(right=scored, scored=scored)
    )


def test_an_answer_to_a_question_that_has_changed_does_not_count(
    open_page: Opener, lessons: tuple[Lesson, ...]
) -> None:
    content = record(questions=answer(lessons[0], 0, stamp="other"))
    page = begin(open_page, "progress/", content)
    state = page.locator(".progress-lesson > .progress-state").first
    expect(state).to_have_text(strings("en")["progress.fresh"])


@pytest.mark.parametrize(("language", "decimal"), [("en", "3.5"), ("ro", "3,5")])
def test_the_chart_draws_each_attempt_and_a_table_says_the_same(
    open_page: Opener, lessons: tuple[Lesson, ...], language: str, decimal: str
) -> None:
    content = record(quizzes={lessons[0].page.slug: result(0.4, 0.7, 1)})
    page = begin(open_page, f"{LANGUAGES[language]}progress/", content)
    chart = page.locator(".progress-chart").first
    bars = chart.locator(".progress-bar")
    heights = [float(bar.get_attribute("height") or 0) for bar in bars.all()]
    room = float(chart.locator(".progress-room").first.get_attribute("height") or 0)
    assert [round(height / room, 2) for height in heights] == [0.4, 0.7, 1]
    assert chart.locator("svg").get_attribute("aria-hidden") == "true"
    chart.locator("summary").click()
    rows = chart.get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.nth(2)).to_contain_text(
        strings(language)["progress.of"].format(done=decimal, total=5)
    )


def test_a_learner_goes_on_where_they_left_off(
    open_page: Opener, lessons: tuple[Lesson, ...]
) -> None:
    link = begin(open_page, "progress/", everything(lessons)).locator(".progress-continue a")
    assert (link.get_attribute("href") or "").endswith(f"{lessons[1].page.uri}/")
    begun = begin(open_page, "progress/")
    expect(begun.locator(".progress-continue")).to_contain_text(strings("en")["progress.begin"])
    fresh = begun.locator(".progress-continue a").get_attribute("href") or ""
    assert fresh.endswith(f"{lessons[0].page.uri}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_confidence_is_kept_and_told_by_keyboard_alone(open_page: Opener, language: str) -> None:
    page = begin(open_page, f"{LANGUAGES[language]}progress/")
    page.locator("[name=before]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    confidence = stored(page)["confidence"]
    assert [confidence[when]["value"] for when in ("before", "after")] == [2, 5]
    said = page.locator(".confidence-said")
    expect(said).to_contain_text("2 of 5" if language == "en" else "2 din 5")
    expect(said).to_contain_text("2026")
    page.reload()
    expect(page.locator("[name=after][value='5']")).to_be_checked()
    expect(page.locator(".confidence-line")).to_have_count(1)


def test_export_erase_import_brings_everything_back(
    open_page: Opener, lessons: tuple[Lesson, ...], tmp_path: Path
) -> None:
    page = begin(open_page, "progress/", everything(lessons))
    before = stored(page)
    with page.expect_download() as download:
        page.locator("[data-keep=export]").press("Enter")
    assert re.fullmatch(r"my-course-\d{4}-\d\d-\d\d\.json", download.value.suggested_filename)
    file = tmp_path / "kept.json"
    download.value.save_as(file)
    erase = page.locator("[data-keep=erase]")
    erase.press("Enter")
    dialog = page.locator(".progress-dialog")
    expect(dialog).to_be_visible()
    assert stored(page) == before
    expect(dialog.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(erase).to_be_focused()
    expect(page.locator(".progress-told")).to_have_text(strings("en")["progress.erased"])
    assert stored(page)["questions"] == {}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".progress-told")).to_have_text(
        strings("en")["progress.imported"].format(
            answers=len(before["questions"]), results=2 * len(lessons), ratings=2, plans=0, talks=0
        )
    )
    assert stored(page) == before
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".progress-told")).to_have_text(strings("en")["progress.nothing"])


@pytest.mark.parametrize("way", ["Escape", "Enter"])
def test_erasing_can_be_called_off(
    open_page: Opener, lessons: tuple[Lesson, ...], way: str
) -> None:
    page = begin(open_page, "progress/", everything(lessons))
    before = stored(page)
    page.locator("[data-keep=erase]").click()
    page.keyboard.press(way)
    expect(page.locator(".progress-dialog")).to_be_hidden()
    expect(page.locator("[data-keep=erase]")).to_be_focused()
    assert stored(page) == before


def test_an_import_is_merged_and_loses_nothing(
    open_page: Opener, lessons: tuple[Lesson, ...], tmp_path: Path
) -> None:
    first, second = lessons[:2]
    here = record(
        questions=answer(first, 0, at=NOW) | answer(first, 1, at=NOW - 9 * DAY, credit=0),
        quizzes={first.page.slug: result(0.4)},
        confidence={"before": {"value": 2, "at": NOW}, "after": None},
    )
    there = record(
        questions=answer(first, 0, at=NOW - DAY, credit=0)
        | answer(first, 1, at=NOW - DAY)
        | answer(second, 0),
        quizzes={first.page.slug: result(0.4, 0.8), second.page.slug: result(1)},
        confidence={"before": None, "after": {"value": 4, "at": NOW}},
    )
    page = begin(open_page, "progress/", here)
    file = tmp_path / "there.json"
    file.write_text(json.dumps(there), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".progress-told")).to_have_text(
        strings("en")["progress.imported"].format(answers=2, results=2, ratings=1, plans=0, talks=0)
    )
    merged = stored(page)
    names = [asked.question.id for asked in (*first.questions[:2], second.questions[0])]
    assert [merged["questions"][name]["credit"] for name in names] == [1, 1, 1]
    assert len(merged["quizzes"][first.page.slug]["scores"]) == 2
    assert merged["confidence"]["before"]["value"] == 2
    assert merged["confidence"]["after"]["value"] == 4


@pytest.mark.parametrize(
    "content", ["", "no JSON", "[]", "null", "{}", '{"name": 1}', '{"version": 99}', '"text"']
)
def test_a_file_of_another_kind_is_refused_with_one_sentence(
    open_page: Opener, lessons: tuple[Lesson, ...], tmp_path: Path, content: str
) -> None:
    page = begin(open_page, "progress/", everything(lessons))
    before = stored(page)
    file = tmp_path / "other.json"
    file.write_text(content, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    told = page.locator(".progress-told")
    expect(told).to_have_text(strings("en")["progress.invalid"])
    assert stored(page) == before


def test_the_keyboard_reaches_every_control_of_the_page(
    open_page: Opener, lessons: tuple[Lesson, ...]
) -> None:
    page = begin(open_page, "progress/", everything(lessons))
    page.locator(".progress-chart summary").last.focus()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(e => e.dataset.keep || (e.type === 'file' ? 'import' : e.name || ''))"
                "(document.activeElement)"
            )
        )
    wanted = ["before", "after", "export", "import", "erase"]
    assert [name for name in seen if name in wanted] == wanted


# The review


def due_ids(page: Page) -> list[str]:
    items = page.locator(".quiz-question").all()
    return [str(item.get_attribute("data-question")) for item in items]


def test_what_was_sure_and_wrong_comes_first_and_lessons_are_mixed(
    open_page: Opener, lessons: tuple[Lesson, ...]
) -> None:
    first, second = lessons[:2]
    entries = [
        answer(first, 0, due=NOW - 9 * DAY),
        answer(first, 1, due=NOW - 8 * DAY),
        answer(second, 0, due=NOW - 2 * DAY),
        answer(second, 1, due=NOW - DAY, credit=0, sure=2),
        answer(second, 2, due=NOW + DAY),
    ]
    questions = {name: entry for each in entries for name, entry in each.items()}
    page = begin(open_page, "review/", record(questions=questions))
    names = [next(iter(entry)) for entry in entries]
    assert due_ids(page) == [names[3], names[0], names[2], names[1]]
    expect(page.locator(".quiz-number").first).to_have_text(
        strings("en")["quiz.number"].format(number=1, total=4)
    )
    expect(page.locator(".review-state:visible")).to_have_text(
        strings("en")["review.due"].format(count=4)
    )
    expect(page.locator(".quiz-question-checked")).to_have_count(0)


def test_a_session_has_ten_questions_at_most(open_page: Opener, course: Course) -> None:
    asked = scored_questions(course)
    content = record(questions={k: v for each in asked for k, v in settled(each).items()})
    page = begin(open_page, "review/", content)
    assert len(due_ids(page)) == 10
    expect(page.locator(".review-state:visible")).to_have_text(
        strings("en")["review.part"].format(count=len(content["questions"]), most=10)
    )


@pytest.mark.parametrize(
    ("language", "date"), [("en", "Tuesday 22 September"), ("ro", "marți, 22 septembrie")]
)
def test_with_nothing_due_the_next_date_is_told(
    open_page: Opener, lessons: tuple[Lesson, ...], language: str, date: str
) -> None:
    questions = answer(lessons[0], 0, due=NOW + DAY) | answer(lessons[0], 1, due=NOW + 9 * DAY)
    page = begin(
        open_page,
        f"{LANGUAGES[language]}review/",
        record(questions=questions),
        timezone_id="Europe/Bucharest",
    )
    shown = page.locator(".review-state:visible")
    said = " ".join(shown.all_inner_texts()).replace(", ", " ")
    assert strings(language)["review.none"] in " ".join(shown.all_inner_texts())
    assert date.replace(", ", " ") in said
    expect(page.locator(".quiz")).to_have_count(0)
    expect(page.locator(".review-lessons")).to_be_visible()


def test_with_nothing_answered_the_lessons_are_listed(
    open_page: Opener, lessons: tuple[Lesson, ...]
) -> None:
    page = begin(open_page, "review/")
    expect(page.locator(".review-state:visible")).to_have_text(strings("en")["review.empty"])
    expect(page.locator(".review-lessons a:visible")).to_have_count(len(lessons))


def test_an_answer_moves_the_question_to_its_next_day(
    open_page: Opener, lessons: tuple[Lesson, ...]
) -> None:
    place, asked = next(
        (place, asked)
        for place, asked in enumerate(lessons[0].questions)
        if asked.question.type == "single"
    )
    page = begin(open_page, "review/", record(questions=answer(lessons[0], place, box=1)))
    item = page.locator(f"#q-{asked.question.id}")
    item.locator("[data-key=true] input").focus()
    page.keyboard.press("Space")
    if item.locator(".quiz-sure").count():
        item.locator(".quiz-sure input").first.check()
    item.locator("[data-action=check]").press("Enter")
    entry = stored(page)["questions"][asked.question.id]
    assert (entry["box"], entry["due"], entry["done"]) == (2, NOW + 3 * DAY, True)
    more = page.locator(".review-more")
    expect(more).to_be_visible()
    expect(more).to_contain_text(strings("en")["review.done"])
    expect(more.get_by_role("link")).to_be_hidden()
    assert "review" not in stored(page)["quizzes"]


# The certificate


@pytest.mark.parametrize("language", LANGUAGES)
def test_below_the_mark_the_page_says_what_is_missing(
    open_page: Opener, lessons: tuple[Lesson, ...], language: str
) -> None:
    content = everything(lessons)
    content["quizzes"][lessons[0].page.slug] = result(0.2, 0.6)
    del content["quizzes"][lessons[1].page.slug]
    page = begin(open_page, f"{LANGUAGES[language]}certificate/", content)
    texts = strings(language)
    items = page.locator(".certificate-missing li")
    expect(items.nth(0)).to_contain_text(texts["certificate.result"].format(right=3, total=5))
    expect(items.nth(1)).to_contain_text(texts["certificate.none"])
    expect(items.nth(2)).to_contain_text(texts["certificate.reached"])
    expect(items.get_by_role("link")).to_have_count(len(lessons))
    expect(page.locator(".certificate-sheet")).to_be_hidden()


@pytest.mark.parametrize(("share", "ready"), [(0.69, False), (0.7, True)])
def test_the_mark_of_the_configuration_decides(
    open_page: Opener, lessons: tuple[Lesson, ...], share: float, ready: bool
) -> None:
    content = everything(lessons)
    content["quizzes"][lessons[0].page.slug] = result(share, 0.1, total=10)
    page = begin(open_page, "certificate/", content)
    assert page.locator(".certificate-sheet").is_visible() == ready


def test_an_attempt_at_one_question_is_measured_by_all(
    open_page: Opener, lessons: tuple[Lesson, ...]
) -> None:
    content = everything(lessons)
    content["quizzes"][lessons[0].page.slug] = result(1, total=1)
    page = begin(open_page, "certificate/", content)
    expect(page.locator(".certificate-sheet")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_on_one_page_and_says_that_it_is_self_reported(
    open_page: Opener, lessons: tuple[Lesson, ...], language: str
) -> None:
    page = begin(open_page, f"{LANGUAGES[language]}certificate/", everything(lessons))
    page.locator("#certificate-name").press_sequentially("Ioana-Ștefania Popescu")
    sheet = page.locator(".certificate-sheet")
    expect(sheet).to_contain_text("Ioana-Ștefania Popescu")
    expect(sheet).to_contain_text(strings(language)["certificate.self"])
    for lesson in lessons:
        expect(sheet).to_contain_text(lesson.page.text(language).meta.title)
    assert landscape_pages(page) == 1
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    assert len(re.findall(rb"/MediaBox", pdf)) == 1
    page.emulate_media(media="print")
    expect(page.locator(".certificate-fill")).to_be_hidden()
    expect(page.locator(".page-head")).to_be_hidden()


def test_the_name_is_kept_nowhere(open_page: Opener, lessons: tuple[Lesson, ...]) -> None:
    page = begin(open_page, "certificate/", everything(lessons))
    page.locator("#certificate-name").fill("Ioana Popescu")
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
    )
    assert "Ioana" not in kept
    page.reload()
    expect(page.locator("#certificate-name")).to_have_value("")
    expect(page.locator(".certificate-sheet")).not_to_contain_text("Ioana")


def test_print_is_a_button_that_a_key_works(open_page: Opener, lessons: tuple[Lesson, ...]) -> None:
    page = begin(open_page, "certificate/", everything(lessons))
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.locator("#certificate-name").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.title() == "printed"


# All three

PAGES = ["progress/", "review/", "certificate/"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_no_violation_with_a_full_record(
    open_page: Opener, lessons: tuple[Lesson, ...], path: str, language: str
) -> None:
    content = everything(lessons)
    page = begin(open_page, LANGUAGES[language] + path, content)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert violations(page) == []
    if path == "progress/":
        page.locator("[data-keep=erase]").click()
        assert violations(page) == []


@pytest.mark.parametrize("width", [320, 360, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_with_a_full_record(
    open_page: Opener, lessons: tuple[Lesson, ...], path: str, width: int
) -> None:
    content = everything(lessons)
    content["quizzes"][lessons[0].page.slug] = result(*[0.5] * 15)
    page = begin(open_page, f"ro/{path}", content, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(open_page: Opener, lessons: tuple[Lesson, ...]) -> None:
    page = begin(open_page, "progress/", everything(lessons))
    targets = page.locator(".progress-button:visible, .progress label:visible, summary:visible")
    heights = [box["height"] for item in targets.all() if (box := item.bounding_box())]
    assert len(heights) >= 13
    assert min(heights) >= 44


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_pages_say_so_and_lead_to_the_lessons(
    open_page: Opener, lessons: tuple[Lesson, ...], language: str
) -> None:
    for name in ("progress", "review", "certificate"):
        page = open_page(f"{LANGUAGES[language]}{name}/", java_script_enabled=False)
        expect(page.locator(f".{name}-script")).to_have_text(strings(language)[f"{name}.script"])
        titles = [lesson.page.text(language).meta.title for lesson in lessons]
        for title in titles:
            link = page.locator(f".{name}").get_by_role("link", name=title, exact=True)
            expect(link.first).to_be_visible()
        expect(page.locator(f".{name} :is(button, input):visible")).to_have_count(0)
    progress = open_page(f"{LANGUAGES[language]}progress/", java_script_enabled=False)
    for lesson in lessons:
        for text in lesson.page.text(language).meta.objectives.values():
            expect(progress.locator(".progress")).to_contain_text(text.strip()[:60])


def test_a_corrupt_record_leaves_the_page_in_order(open_page: Opener) -> None:
    page = open_page("progress/", kept={"course-record": "{broken"})
    expect(page.locator(".progress-now")).to_be_visible()


def test_the_scripts_are_light(site: Path) -> None:
    most = {
        "progress.js": 3.5,
        "review.js": 2,
        "certificate.js": 1.5,
    }
    for name, kilobytes in most.items():
        assert len(gzip.compress((site / "assets" / name).read_bytes(), 9)) <= kilobytes * 1024, (
            name
        )
