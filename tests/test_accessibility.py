"""axe finds nothing on any page, in either language and scheme, before and after answering."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
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


COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules whose outcome hangs on the scheme; the others see the same in both."""


def violations(page: Page, **options: object) -> list[str]:
    results: Any = Axe().run(page, options={"resultTypes": ["violations"], **options}).response
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_page_has_a_violation(open_page: Opener, path: str) -> None:
    """One language in light colours, the other in dark ones: a page has the same parts in both."""
    scheme = "dark" if path.startswith("ro/") else "light"
    page = open_page(path, color_scheme=scheme)
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == scheme
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["lessons/listening/", "ro/lessons/listening/"])
def test_no_violation_after_all_answers(open_page: Opener, path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme)
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


def test_a_contrast_failure_would_be_found(open_page: Opener) -> None:
    """The watchman is awake: a text too pale to read is reported."""
    page = open_page("lessons/listening/")
    page.add_style_tag(content="h1 { color: #ccc !important; background: #fff !important; }")
    assert any(violation.startswith("color-contrast") for violation in violations(page))


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
