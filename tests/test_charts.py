"""Decision charts: what is wrong with one, how it is drawn, and the walk through it."""

from __future__ import annotations

import copy
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import rjsmin
import yaml
from course.chart import Chart, Step, drawn
from course.model import Course
from course.render import Renderer
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from small_course import HERE, cases, changed, judge, lay_out, small_course
from small_site import ROOT
from test_accessibility import violations
from test_check import ODD, places
from windows import Opener

TEMPLATES = ROOT / "overrides" / "fragments"
NAMES = ("when", "where", "channel", "whose-mistake", "temperature", "roadmap")
PHONE = {"width": 360, "height": 740}


def chart_course() -> dict[str, str]:
    text = (HERE / "cases" / "chart_course.yml").read_text(encoding="utf-8")
    return small_course() | dict(yaml.safe_load(text))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course, problems = judge(lay_out(tmp_path, chart_course()))
    assert course, problems
    return course


def rendered(course: Course, name: str, language: str = "en") -> str:
    def address(page: str, anchor: str) -> str:
        return f"/{page}" + (f"#{anchor}" if anchor else "")

    return Renderer(course, language, TEMPLATES, address).chart(name)


# What is wrong


@pytest.mark.parametrize("case", cases("charts"), ids=lambda case: str(case["name"]))
def test_each_mistake_is_told_with_file_line_and_advice(tmp_path: Path, case: Any) -> None:
    _, problems = judge(lay_out(tmp_path, changed(case, chart_course())))
    assert list(map(str, problems)) == case["problems"]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_value_anywhere_in_a_chart_is_judged_and_never_raises(data: Any) -> None:
    files, name = chart_course(), "quizzes/charts/venue.yml"
    tree = yaml.safe_load(files[name])
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(places(tree)[1:] or [("nodes",)]))
        node = tree
        for key in path:
            node = node[key]
        node[last] = copy.deepcopy(data.draw(ODD))
    files[name] = yaml.safe_dump(tree, allow_unicode=True)
    with TemporaryDirectory() as folder:
        course, problems = judge(lay_out(Path(folder), files))
    assert course or any(not problem.advice for problem in problems)
    if course:
        rendered(course, "venue")


# How it is drawn


def steps(trunk: tuple[Step, ...]) -> Iterator[Step]:
    for step in trunk:
        yield step
        for branch in step.branches:
            yield from steps(branch.trunk)


def outline(trunk: tuple[Step, ...]) -> list[Any]:
    """Each step as its mark, id, and answers: what they lead to, or the mark they name."""
    return [
        (
            step.mark,
            step.node.id,
            [
                (
                    branch.answer.id,
                    outline(branch.trunk) or ("down" if branch.down else branch.mark),
                )
                for branch in step.branches
            ],
        )
        for step in trunk
    ]


def test_a_chart_is_a_trunk_with_branches_and_what_two_lead_to_is_drawn_once(
    course: Course,
) -> None:
    assert outline(drawn(course.charts["venue"])) == [
        ("1", "safe", [("unsafe", [("A", "public", [])]), ("fine", "down")]),
        ("2", "idea", [("unsure", "1"), ("crowded", "A"), ("mine", [("B", "theirs", [])])]),
    ]


def made(graph: dict[str, list[str]]) -> Chart:
    """A chart whose nodes have these answers; a node without one is advice."""
    both = {"en": "x", "ro": "x"}
    nodes = [
        {"id": name, "advice": both}
        if not targets
        else {
            "id": name,
            "question": both,
            "answers": [
                {"id": f"a{index}", "text": both, "next": target}
                for index, target in enumerate(targets)
            ],
        }
        for name, targets in graph.items()
    ]
    start = next(iter(graph))
    return Chart.model_validate({"title": both, "intro": both, "start": start, "nodes": nodes})


def test_branches_alike_stand_side_by_side() -> None:
    leaves: dict[str, list[str]] = {name: [] for name in ("d", "e", "f", "g")}
    (root,) = drawn(made({"a": ["b", "c"], "b": ["d", "e"], "c": ["f", "g"], **leaves}))
    assert (root.forks, root.deep) == (True, True)
    (flat,) = drawn(made({"a": ["d", "e"], **leaves}))
    assert (flat.forks, flat.deep) == (True, False)
    longer = drawn(made({"a": ["b", "d"], "b": ["e", "f"], **leaves}))
    assert [(step.node.id, step.forks) for step in longer] == [("a", False), ("b", True)]


@st.composite
def graphs(draw: Any) -> dict[str, list[str]]:
    names = [f"n{index}" for index in range(draw(st.integers(1, 9)))]
    answers = st.lists(st.sampled_from(names), min_size=2, max_size=4)
    return {name: draw(st.one_of(st.just([]), answers)) for name in names}


@given(graphs())
def test_whatever_the_chart_each_node_is_drawn_once_and_each_answer_leads_on(
    graph: dict[str, list[str]],
) -> None:
    trunk = drawn(made(graph))
    found = list(steps(trunk))
    reached, waiting = set(), ["n0"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += graph[name]
    assert sorted(step.node.id for step in found) == sorted(reached)
    marks = {step.node.id: step.mark for step in found}
    assert len(set(marks.values())) == len(marks)
    for step in found:
        assert [branch.answer.next for branch in step.branches if branch.down] in (
            [],
            [branch.answer.next for branch in step.branches][-1:],
        )
        assert sorted(b.answer.id for b in step.branches) == [a.id for a in step.node.answers]
        for branch in step.branches:
            assert branch.mark == marks[branch.answer.next]
            assert not branch.trunk or branch.trunk[0].node.id == branch.answer.next


def test_a_rendered_chart_has_its_texts_links_and_marks(course: Course) -> None:
    html = re.sub(r"\s+", " ", rendered(course, "venue", "ro"))
    assert "<p>E <em>sigur</em>?</p>" in html
    assert '<p class="chart-name">A cui?</p>' in html
    assert 'De citit: <a href="/listening">Ascultarea</a>' in html
    assert 'De citit: <a href="/listening#silence">Tăcerea</a>' in html
    assert html.count('id="chart-venue-public"') == 1
    assert html.count('href="#chart-venue-public"') == 1
    assert '<span class="chart-hidden">Sfatul </span>A</span>' in html


# The course's own charts


@pytest.fixture(scope="module")
def own() -> dict[str, Chart]:
    paths = (ROOT / "quizzes/charts").glob("*.yml")
    read = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}
    return {name: Chart.model_validate(data) for name, data in read.items()}


def test_the_course_has_its_six_charts(own: dict[str, Chart]) -> None:
    assert sorted(own) == sorted(NAMES)
    for chart in own.values():
        for node in chart.nodes:
            for language in ("en", "ro"):
                text = (node.advice or node.question or {})[language]
                assert len(text) <= 200
            assert all(len(answer.text["en"]) <= 60 for answer in node.answers)


def test_the_roadmap_links_every_lesson_and_has_the_stages_of_its_lesson(
    own: dict[str, Chart],
) -> None:
    text = (ROOT / "quizzes/charts/roadmap.yml").read_text(encoding="utf-8")
    for path in (ROOT / "docs/lessons").glob("*.ro.md"):
        slug = path.name.removesuffix(".ro.md")
        assert re.search(rf"(lesson: |section: |lessons/){slug}\b", text), slug
    stages = [step for step in drawn(own["roadmap"]) if step.node.name]
    assert [step.mark for step in stages] == [str(number) for number in range(1, 10)]
    for language, suffix in (("en", ".md"), ("ro", ".ro.md")):
        lesson = (ROOT / f"docs/lessons/whole-conversation{suffix}").read_text(encoding="utf-8")
        names = re.findall(r"^\d\. \*\*(.+?)\.\*\*", lesson, re.MULTILINE)
        assert [(step.node.name or {})[language] for step in stages] == names


# In a browser


def test_a_chart_is_whole_without_a_script(open_page: Opener) -> None:
    page = open_page("charts/", java_script_enabled=False)
    for name in NAMES:
        chart = page.locator(f"#chart-{name}")
        assert (
            chart.locator(".chart-box:visible").count() == chart.locator(".chart-box").count() > 8
        )
        expect(chart.locator("button:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "width"),
    [
        *((path, width) for path in ("charts/", "ro/charts/") for width in (320, 360, 760, 1440)),
        *(("ro/lessons/strong-feelings/", width) for width in (360, 1440)),
    ],
)
def test_a_chart_fits_any_width(open_page: Opener, path: str, width: int) -> None:
    page = open_page(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.chart')].flatMap((chart) => {
          const frame = chart.getBoundingClientRect();
          const parts = chart.querySelectorAll('.chart-box, .chart-label, .chart-goto');
          return [...parts].filter((part) => {
            const box = part.getBoundingClientRect();
            return box.left < frame.left - 1 || box.right > frame.right + 1
              || part.scrollWidth > part.clientWidth + 5;
          }).map((part) => part.textContent.trim());
        })"""
    )
    assert outside == []


@pytest.mark.parametrize("width", [360, 1440])
def test_boxes_and_labels_never_overlap(open_page: Opener, width: int) -> None:
    page = open_page("ro/charts/", viewport={"width": width, "height": 800})
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll('.chart')].flatMap((chart) => {
          const parts = [...chart.querySelectorAll('.chart-whole :is(.chart-box, .chart-label)')];
          const boxes = parts.map((part) => part.getBoundingClientRect());
          const found = [];
          boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
            if (a.left < b.right - 1 && b.left < a.right - 1
              && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push(parts[i].textContent);
          }));
          return found;
        })"""
    )
    assert overlaps == []


def test_advice_stands_side_by_side_where_there_is_room(open_page: Opener) -> None:
    def tops(page: Page) -> set[int]:
        labels = page.locator("#chart-temperature .chart-main.chart-forks > ul > li > .chart-way")
        assert labels.count() == 3
        return {round(box.evaluate("box => box.getBoundingClientRect().y")) for box in labels.all()}

    assert len(tops(open_page("charts/", viewport={"width": 1440, "height": 800}))) == 1
    assert len(tops(open_page("charts/", viewport=PHONE))) == 3


def test_a_mark_leads_to_its_box(open_page: Opener) -> None:
    page = open_page("charts/")
    for link in page.locator(".chart-goto").all():
        target = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}'] .chart-number")
        mark = (target.inner_text() or "").split()[-1]
        assert link.inner_text().split()[-1] == mark


def test_the_walk_goes_by_keyboard_question_by_question(open_page: Opener) -> None:
    page = open_page("charts/")
    chart = page.locator("#chart-channel")
    now, said = chart.locator(".chart-now"), chart.locator("[role=status]")
    chart.get_by_role("button", name="Walk through it").focus()
    page.keyboard.press("Enter")
    expect(now).to_be_focused()
    expect(now).to_contain_text("What is it for?")
    expect(chart.locator(".chart-whole")).to_be_hidden()
    expect(chart.get_by_role("button", name="Back")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(now).to_be_focused()
    expect(now).to_contain_text("Is there anything unwelcome in it")
    expect(said).to_have_text("Your answer: To tell the client something. Question 2.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(now).to_contain_text("An e-mail is enough")
    expect(said).to_have_text("Your answer: No. Advice B.")
    expect(chart.locator(".chart-choice")).to_have_count(0)
    expect(chart.locator(".chart-trail li")).to_have_count(2)
    expect(chart.locator(".chart-trail li").last).to_contain_text("No")
    chart.get_by_role("button", name="Back").press("Enter")
    expect(now).to_be_focused()
    expect(now).to_contain_text("Is there anything unwelcome in it")
    expect(chart.locator(".chart-trail li")).to_have_count(1)
    chart.get_by_role("button", name="Start again").press("Enter")
    expect(now).to_contain_text("What is it for?")
    expect(chart.locator(".chart-trail li")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(chart.locator(".chart-whole")).to_be_visible()
    expect(chart.locator(".chart-walk")).to_be_hidden()
    expect(chart.get_by_role("button", name="Walk through it")).to_be_focused()
    expect(said).to_have_text("The whole chart is shown again.")


def test_the_walk_can_go_round_and_comes_to_an_end(open_page: Opener) -> None:
    page = open_page("ro/lessons/strong-feelings/", viewport=PHONE)
    chart = page.locator("#chart-temperature")
    chart.locator(".chart-start button").click()
    for index in (1, 2, 0, 2, 1):
        chart.locator(".chart-choice").nth(index).click()
    expect(chart.locator(".chart-now.chart-advice")).to_contain_text("o a doua discuție")
    expect(chart.locator(".chart-trail li")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_one_walk_leaves_the_other_charts_as_they_are(open_page: Opener) -> None:
    page = open_page("charts/")
    page.locator("#chart-when .chart-start button").click()
    expect(page.locator(".chart-whole:visible")).to_have_count(len(NAMES) - 1)


@pytest.mark.parametrize("path", ["charts/", "ro/charts/"])
def test_no_violation_in_a_chart_or_a_walk(open_page: Opener, path: str) -> None:
    page = open_page(path)
    assert violations(page) == []
    chart = page.locator("#chart-whose-mistake")
    chart.locator(".chart-start button").click()
    for index in (1, 1, 1, 1):
        chart.locator(".chart-choice").nth(index).click()
    assert violations(page) == []
    chart.locator(".chart-choice").first.click()
    assert violations(page) == []


def test_targets_are_large_enough_to_tap(open_page: Opener) -> None:
    page = open_page("charts/", viewport=PHONE)
    page.locator("#chart-when .chart-start button").click()
    page.locator("#chart-when .chart-choice").first.click()
    for target in page.locator(".chart :is(button, .chart-goto):visible").all():
        box = target.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44, target.inner_text()


def test_shapes_and_lines_stay_without_colours(open_page: Opener) -> None:
    page = open_page("charts/", forced_colors="active")
    widths = [
        page.locator(f"#chart-when .chart-whole .chart-{kind}").first.evaluate(
            "box => getComputedStyle(box).borderTopWidth"
        )
        for kind in ("question", "advice")
    ]
    assert widths == ["2px", "4px"]
    line = page.locator("#chart-when .chart-goes-on").first.evaluate(
        "step => getComputedStyle(step, '::before').borderLeftStyle"
    )
    assert line == "solid"


def test_on_paper_the_whole_chart_stands_even_during_a_walk(open_page: Opener) -> None:
    page = open_page("charts/")
    chart = page.locator("#chart-where")
    chart.locator(".chart-start button").click()
    page.emulate_media(media="print")
    expect(chart.locator(".chart-whole")).to_be_visible()
    expect(chart.locator(".chart-walk")).to_be_hidden()
    expect(page.locator(".chart-button:visible")).to_have_count(0)
    advice = chart.locator(".chart-whole .chart-advice").first
    assert advice.evaluate("box => getComputedStyle(box).color") == "rgb(0, 0, 0)"
    pdf = page.pdf(format="A4")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 10


def test_the_script_is_light() -> None:
    code = (ROOT / "overrides/assets/chart.js").read_text(encoding="utf-8")
    assert len(gzip.compress(rjsmin.jsmin(code).encode(), 9)) <= 2560
