"""axe finds nothing on any page, in either language and scheme, before and after answering."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from small_site import ROOT
from windows import Opener

PAGES = sorted(
    path.relative_to(ROOT / "docs").as_posix().removesuffix(".md").removesuffix("index")
    for path in (ROOT / "docs").rglob("*.md")
    if not path.name.endswith(".ro.md")
)
ADDRESSES = [
    *(f"{language}{page}{'/' if page else ''}" for language in ("", "ro/") for page in PAGES),
    "404.html",
]

ANSWER_EVERYTHING = """() => {
  document.querySelectorAll('.quiz-question').forEach((question, index) => {
    const all = (selector) => [...question.querySelectorAll('.quiz-main ' + selector)];
    const choose = (inputs, by) => { inputs[(index + by) % inputs.length].checked = true; };
    if (question.dataset.type === 'best-worst') {
      choose(all('[name$="-best"]'), 0);
      choose(all('[name$="-worst"]'), 1);
    } else {
      const inputs = all(':is([type=radio], [type=checkbox])');
      for (let i = 0; inputs.length && i < Number(question.dataset.chooses); i++) choose(inputs, i);
    }
    all('select').forEach((select) => { select.selectedIndex = 1; });
    all(':is(textarea, [type=text])').forEach((field) => { field.value = 'Words'; });
    all('[data-move=down]').slice(0, 1).forEach((button) => button.click());
  });
  document.querySelector('[data-action=result]').click();
  document.querySelectorAll('details').forEach((details) => { details.open = true; });
}"""


COLOURS = ("color-contrast", "link-in-text-block")
"""The rules whose outcome hangs on the scheme; the others see the same in both."""

ONE_OF_EACH_KIND = r"""() => {
  const told = new Set(['class', 'style']);
  const read = (rule) => {
    for (const [, name] of (rule.selectorText || '').matchAll(/\[([\w-]+)/g)) told.add(name);
    for (const inner of rule.cssRules || []) read(inner);
  };
  for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) read(rule);
  const seen = new Map();
  const kinds = new Map([[null, 0]]);
  const kind = (element) => {
    if (kinds.has(element)) return kinds.get(element);
    const said = [...element.attributes].filter((one) => told.has(one.name));
    const before = element.previousElementSibling;
    places.set(element, (places.get(before) || 0) + 1);
    const name = [kind(element.parentElement), element.tagName, !before, places.get(element) % 2,
      !element.nextElementSibling, ...said.map((one) => one.name + '=' + one.value).sort()].join();
    if (!seen.has(name)) seen.set(name, seen.size + 1);
    kinds.set(element, seen.get(name));
    return seen.get(name);
  };
  const places = new Map();
  document.querySelectorAll('*').forEach(kind);
  const marked = new Set();
  const mark = (element) => {
    if (marked.has(kind(element))) return;
    marked.add(kind(element));
    element.dataset.axe = '';
  };
  document.body.querySelectorAll('input, select, textarea').forEach(mark);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (texts.currentNode.data.trim()) mark(texts.currentNode.parentElement);
}"""
"""Marks one of the texts that no rule of a style sheet tells apart: they have the same colours.

Contrast takes most of axe's time, and a page has five to fifty times as many texts as kinds.
"""


IN_COLOURS = """async (scheme) => {
  document.documentElement.dataset.scheme = scheme;
  document.getAnimations().forEach((one) => { if (one.transitionProperty) one.finish(); });
}"""


def violations(page: Page) -> list[str]:
    """What axe finds in the page as it stands, in light colours and in dark ones."""
    found = axe(page, rules={name: {"enabled": False} for name in COLOURS})
    page.evaluate(ONE_OF_EACH_KIND)
    before = page.evaluate("document.documentElement.dataset.scheme")
    for scheme in ("light", "dark"):
        page.evaluate(IN_COLOURS, scheme)
        only = {"type": "rule", "values": COLOURS}
        found += [f"{scheme} {one}" for one in axe(page, "[data-axe]", runOnly=only)]
    page.evaluate(IN_COLOURS, before)
    return found


def axe(page: Page, part: str | None = None, **options: object) -> list[str]:
    options = {"resultTypes": ["violations"], **options}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    results: Any = page.evaluate(
        "([part, options]) => axe.run(part || document, options)", [part, options]
    )
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_page_has_a_violation(open_page: Opener, path: str) -> None:
    assert violations(open_page(path)) == []


@pytest.mark.parametrize("path", ["lessons/listening/", "ro/lessons/listening/"])
def test_no_violation_after_all_answers(open_page: Opener, path: str) -> None:
    page = open_page(path)
    page.evaluate(ANSWER_EVERYTHING)
    assert page.locator(".quiz-is-wrong").count() > 0
    assert violations(page) == []


def test_no_violation_with_missing_answers_on_a_phone(open_page: Opener) -> None:
    page = open_page("lessons/listening/", viewport={"width": 360, "height": 740})
    page.locator("[data-action=result]").click()
    assert violations(page) == []


def test_no_violation_with_the_menu_open_on_a_phone(open_page: Opener) -> None:
    page = open_page("lessons/listening/", viewport={"width": 360, "height": 740})
    page.locator("button.course-header__menu").click()
    assert page.locator("#course-nav").is_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_contrast_failure_would_be_found(open_page: Opener, scheme: str) -> None:
    """The watchman is awake: a text too pale to read is reported, in either scheme."""
    page = open_page("lessons/listening/")
    pale = "h1 { color: #888 !important; background: #999 !important; }"
    page.add_style_tag(content=f"[data-scheme={scheme}] {pale}")
    (found,) = violations(page)
    assert found.startswith(f"{scheme} color-contrast: <h1")


def test_forced_colours_and_reduced_motion_keep_the_state_visible(open_page: Opener) -> None:
    page = open_page("lessons/listening/", forced_colors="active", reduced_motion="reduce")
    page.evaluate(ANSWER_EVERYTHING)
    verdict = page.locator(".quiz-is-wrong .quiz-verdict").first
    assert verdict.inner_text().strip()
    sign = verdict.locator("span").evaluate("span => getComputedStyle(span, '::before').content")
    assert sign not in {"none", '""'}


def test_the_question_is_the_name_of_its_group(open_page: Opener) -> None:
    page = open_page("lessons/listening/")
    for fieldset in page.locator(".quiz fieldset").all():
        assert fieldset.locator("legend").count() == 1
        assert fieldset.locator("fieldset").count() == 0
        described = fieldset.get_attribute("aria-describedby") or ""
        for name in described.split():
            assert page.locator(f"[id='{name}']").count() == 1
