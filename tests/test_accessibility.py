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

SOME_OF_EACH_KIND = """() => {
  const painted = new Map([[null, '']]);
  const paint = (element) => {
    if (!painted.has(element)) {
      const under = paint(element.parentElement);
      const its = getComputedStyle(element);
      const adds = [its.backgroundColor, its.backgroundImage, its.opacity, its.mixBlendMode,
        its.filter, its.clipPath, its.position === 'static' ? '' : its.position].join();
      painted.set(element, adds === PLAIN ? under : `${under} | ${adds}`);
    }
    return painted.get(element);
  };
  const text = (element) => {
    const its = getComputedStyle(element);
    return [paint(element), its.color, its.fontSize, its.fontWeight, its.textShadow,
      its.textDecorationLine, its.webkitTextFillColor, its.visibility];
  };
  const PLAIN = 'rgba(0, 0, 0, 0),none,1,normal,none,none,';
  const shown = new Set(document.querySelectorAll('body :is(input, select, textarea)'));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (texts.currentNode.data.trim()) shown.add(texts.currentNode.parentElement);
  }
  const kinds = new Map();
  document.querySelectorAll('[data-axe]').forEach((element) => delete element.dataset.axe);
  for (const element of shown) {
    if (!element.checkVisibility()) continue;
    const link = element.closest('a');
    const kind = [...text(element), ...(link ? text(link.parentElement) : [])].join(' / ');
    kinds.set(kind, [...(kinds.get(kind) || []), element]);
  }
  for (const alike of kinds.values()) {
    for (const part of [0, 1/3, 2/3, 1]) {
      alike[Math.floor(part * (alike.length - 1))].dataset.axe = '';
    }
  }
}"""
"""Marks four of the texts that are painted alike, the same colours on the same grounds.

Contrast takes most of axe's time, and a page has many more texts than kinds. One alone would not
do: axe says nothing of a text that something covers in part.
"""


IN_COLOURS = """async (scheme) => {
  document.documentElement.dataset.scheme = scheme;
  document.getAnimations().forEach((one) => { if (one.transitionProperty) one.finish(); });
}"""


def violations(page: Page) -> list[str]:
    """What axe finds in the page as it stands, in light colours and in dark ones."""
    found = axe(page, rules={name: {"enabled": False} for name in COLOURS})
    before = page.evaluate("document.documentElement.dataset.scheme")
    for scheme in ("light", "dark"):
        page.evaluate(IN_COLOURS, scheme)
        page.evaluate(SOME_OF_EACH_KIND)
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
