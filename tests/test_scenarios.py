"""Practice conversations: what is told of each mistake, the ways through, the page and its map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from course.graph import MOST_PATHS, Edge, Graph, Numbers, levels, numbers, reached, returns, traps
from course.model import Course
from course.render import Renderer
from course.talk import Scenario
from course.talk_map import RADIUS, WIDTH, drawn
from course.talk_view import seen, title
from course.tools.cli import main
from course.yaml_reader import parse
from hosting import served
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from small_course import HERE, LANGUAGES, cases, judge, lay_out, small_course
from small_site import ROOT, mkdocs, small_site
from test_accessibility import violations
from windows import Opener, Windows

TEMPLATES = ROOT / "overrides" / "fragments"
EXAMPLE = "quizzes/scenarios/lost-keys.yml"
MARKER = "<!-- scenario: lost-keys -->"


def scenario_course(case: Mapping[str, Any] | None = None) -> dict[str, str]:
    """The small course with the example on its lesson; a case edits them."""
    case = case or {}
    text = (HERE / "cases" / "scenario_example.yml").read_text(encoding="utf-8")
    for old, new in case.get("edit", []):
        assert old in text, old
        text = text.replace(old, new, 1)
    files = small_course()
    old, new = case.get("page", ("", ""))
    for name in ("docs/listening.md", "docs/listening.ro.md"):
        files[name] += f"\n{MARKER.replace(old, new)}\n"
    return files | {EXAMPLE: text}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course, problems = judge(lay_out(tmp_path, scenario_course()))
    assert course, problems
    return course


@pytest.mark.parametrize("case", cases("scenarios"), ids=lambda case: str(case["name"]))
def test_each_mistake_is_told_with_file_line_and_advice(tmp_path: Path, case: Any) -> None:
    course, problems = judge(lay_out(tmp_path, scenario_course(case)))
    told = [f"{problem}{' (advice)' if problem.advice else ''}" for problem in problems]
    assert told == case["problems"]
    assert (course is None) == any(not problem.advice for problem in problems)


def chain(length: int) -> list[list[str]]:
    """Edits that put `length` more decisions before the last one of the example's best path."""
    node = """  - id: more-{0}
    mood: calm
    look: {{en: a, ro: b}}
    says: {{en: a, ro: b}}
    choices:
      - {{id: a, grade: best, text: {{en: a, ro: b}}, mood: calm, reaction: {{en: a, ro: b}},
         why: {{en: a, ro: b}}, section: silence, next: {1}}}
      - {{id: b, grade: risky, text: {{en: a, ro: b}}, mood: calm, reaction: {{en: a, ro: b}},
         why: {{en: a, ro: b}}, section: silence, next: {1}}}
"""
    following = [*(f"more-{number}" for number in range(1, length)), "costs"]
    nodes = "".join(node.format(number, name) for number, name in enumerate(following))
    return [
        ["trust: 1}\n        next: costs", "trust: 1}\n        next: more-0"],
        ["  - id: costs\n", nodes + "  - id: costs\n"],
    ]


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (2, []),
        (3, [f"{EXAMPLE}:19: the best path has 6 decisions; make it 5 at most  [best-path]"]),
        (800, [f"{EXAMPLE}:19: the best path has 803 decisions; make it 5 at most  [best-path]"]),
    ],
)
def test_the_best_path_has_five_decisions_at_most(
    tmp_path: Path, length: int, told: list[str]
) -> None:
    _, problems = judge(lay_out(tmp_path, scenario_course({"edit": chain(length)})))
    assert [str(problem) for problem in problems] == told


def renderer(course: Course, language: str) -> Renderer:
    return Renderer(course, language, TEMPLATES, lambda page, anchor: f"/{page}#{anchor}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_every_link_in_it_leads_somewhere(
    course: Course, language: str
) -> None:
    html = renderer(course, language).scenario("lost-keys")
    talk = course.scenarios["lost-keys"]
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert html.count("<details") == len(talk.graph.edges) == html.count("scenario-go")
    edges = {f"{edge.source}/{edge.name}" for edge in talk.graph.edges}
    assert set(re.findall(r'data-edge="([^"]+)"', html)) == edges
    assert set(re.findall(r'data-spot="([^"]+)"', html)) == set(talk.graph.names)
    assert set(re.findall(r'data-node="([^"]+)"', html)) == set(talk.graph.nodes)
    assert set(re.findall(r'data-ending="([^"]+)"', html)) == set(talk.graph.endings)
    assert 'data-effects=\'{"clarity": 2, "trust": 1}\'' in html
    assert '<a href="/listening#silence">' in html


def test_sections_are_numbered_in_the_order_of_the_map(course: Course) -> None:
    view = seen(course.scenarios["lost-keys"], "en", "en")
    assert [node.id for node in view.nodes] == ["call", "second", "silence", "costs"]
    assert [view.number(ending.id) for ending in view.endings] == [5, 6, 7]
    html = renderer(course, "en").scenario("lost-keys")
    assert re.findall(r'id="lost-keys-(\d)"', html) == list("1234567")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("“Well?”", "Well?"),
        ("“I *told* you, [twice](a.md), that it can’t wait.”", "I told you, twice, that …"),
        ("One two three four five.", "One two three four five"),
    ],
)
def test_a_node_without_a_label_is_called_by_what_is_said(
    course: Course, said: str, wanted: str
) -> None:
    node = course.scenarios["lost-keys"].nodes[1]
    assert title(node.model_copy(update={"says": {"en": said}}), "en", "en") == wanted
    assert title(node.model_copy(update={"label": {"en": "Name"}}), "en", "en") == "Name"


def graph_of(*steps: str) -> Graph:
    """A graph from steps `ab`: from a to b; capitals are endings, a the start."""
    names = sorted({name for step in steps for name in step})
    edges = tuple(Edge(step[0], str(index), step[1]) for index, step in enumerate(steps))
    nodes = tuple(name for name in names if name.islower())
    return Graph("a", nodes, tuple(name for name in names if name.isupper()), edges)


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        (["aX"], Numbers(1, 1, 1, 1)),
        (["ab", "aX", "bX", "bY"], Numbers(3, 2, 1, 2)),
        (["ab", "ab", "bX"], Numbers(2, 1, 2, 2)),
        (["ab", "ba", "bc", "cb", "cX", "cc"], Numbers(1, 1, 3, 3)),
        (["ab", "ba"], Numbers(0, 0, 0, 0)),
    ],
)
def test_paths_meet_no_node_twice(steps: list[str], wanted: Numbers) -> None:
    assert numbers(graph_of(*steps)) == wanted


def test_counting_ends_where_nobody_would_read_on() -> None:
    letters = "abcdefghijklmnopq"
    steps = [one + other for one, other in pairwise(letters) for _ in range(2)]
    assert numbers(graph_of(*steps, "qX")) == Numbers(MOST_PATHS, 1, 17, 17, more=True)


def test_layers_lie_below_what_leads_to_them() -> None:
    graph = graph_of("ab", "ac", "bc", "cd", "db", "dX", "aX")
    assert {(edge.source, edge.target) for edge in returns(graph)} == {("d", "b")}
    assert levels(graph) == {"a": 0, "b": 1, "c": 2, "d": 3, "X": 4}


def test_a_loop_without_an_exit_is_found_once() -> None:
    assert traps(graph_of("aX", "ab", "bc", "cb", "ad", "dd")) == [("b", "c"), ("d",)]
    assert traps(graph_of("ab", "ba", "bX")) == []


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Conversations of any shape: from each node up to four steps to anywhere."""
    nodes = "abcdefghi"[: draw(st.integers(1, 9))]
    ends = "XYZ"[: draw(st.integers(1, 3))]
    targets = st.lists(st.sampled_from([*nodes, *ends]), min_size=1, max_size=4)
    steps = [node + target for node in nodes for target in draw(targets)]
    edges = tuple(Edge(step[0], str(index), step[1]) for index, step in enumerate(steps))
    return Graph("a", tuple(nodes), tuple(ends), edges)


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_any_graph_is_drawn_inside_its_frame_and_nothing_covers_another(graph: Graph) -> None:
    drawing = drawn(graph)
    assert sorted(spot.name for spot in drawing.spots) == sorted(graph.names)
    assert [spot.number for spot in drawing.spots] == list(range(1, len(graph.names) + 1))
    assert {line.edge for line in drawing.lines} == set(graph.edges)
    for spot in drawing.spots:
        assert 0 <= spot.x <= WIDTH
        assert RADIUS <= spot.y <= drawing.height - RADIUS
    for one, other in combinations(drawing.spots, 2):
        apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert apart >= 20, (one, other)
    assert drawn(graph) == drawing


def test_check_counts_the_ways_through_each_conversation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small_site(tmp_path, scenario_course())
    main(["check"], tmp_path)
    assert capsys.readouterr().out.startswith(
        "quizzes/scenarios/lost-keys.yml: 10 paths, 3 endings, 2 to 4 decisions.\n\n"
    )


TALKS = [HERE / "cases/scenario_example.yml", *(ROOT / "quizzes/scenarios").glob("*.yml")]


@pytest.mark.parametrize("path", TALKS, ids=lambda path: str(path.stem))
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_nobody_gets_stuck_on_a_random_way(path: Path, data: st.DataObject) -> None:
    talk = Scenario.model_validate(parse(path.read_text(encoding="utf-8"), path.name).data)
    nodes = {node.id: node for node in talk.nodes}
    place = talk.start
    for _ in range(len(nodes) * 3):
        if place not in nodes:
            break
        place = data.draw(st.sampled_from(nodes[place].choices)).next
    graph = replace(talk.graph, start=place)
    assert place in graph.endings or reached(graph, place) & set(graph.endings)


@pytest.fixture(scope="module")
def talk_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_site(tmp_path_factory.mktemp("talk"), scenario_course())
    done = mkdocs(root, "build", "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def talk_address(talk_site: Path) -> Iterator[str]:
    with served(talk_site) as address:
        yield address


@pytest.fixture
def open_talk(windows: Windows, talk_address: str) -> Iterator[Callable[..., Page]]:
    """Opens the example's page on a phone."""
    opener = Opener(windows, talk_address)
    yield partial(opener, viewport={"width": 360, "height": 740})
    assert opener.end() == []


@pytest.mark.parametrize("path", ["listening/", "ro/listening/"])
def test_the_page_has_no_violation(open_talk: Callable[..., Page], path: str) -> None:
    page = open_talk(path)
    for details in page.locator(".scenario details").all():
        details.evaluate("details => { details.open = true; }")
    # As it is without the player, too: what that hides is still text.
    page.add_style_tag(content=".scenario > * { display: block !important; }")
    assert violations(page) == []


def test_without_a_script_one_goes_from_section_to_section_on_a_phone(
    open_talk: Callable[..., Page],
) -> None:
    page = open_talk("listening/", java_script_enabled=False)
    first = page.locator(".scenario-node").first
    assert first.locator(".scenario-reaction").first.is_hidden()
    first.locator("summary").first.click()
    expect(first.locator(".scenario-reaction").first).to_be_visible()
    assert page.locator(".scenario-stage").is_hidden()
    first.locator(".scenario-go a").nth(1).click()
    assert page.url.endswith("#lost-keys-2")
    assert page.locator("#lost-keys-2").get_attribute("data-node") == "second"
    map_box = page.locator(".scenario-drawing").bounding_box()
    assert map_box
    assert map_box["x"] >= 0
    assert map_box["x"] + map_box["width"] <= 360
    page.locator("[data-spot=lost]").click()
    assert page.url.endswith("#lost-keys-5")
