"""A course and a trainer's wish come in; a self-check with one more question goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import yaml

from ..checks.markers import placed_quizzes
from ..load import Source
from ..page import Page
from ..problem import suggest
from .environment import CourseError
from .naming import checked_name
from .workshop import Workshop
from .writing import Change, line_end, read
from .yaml_edit import composed, entry, with_item


def new_question(
    shop: Workshop, lesson: str, kind: str, objective: str, section: str, name: str
) -> list[Change]:
    """One more question in the self-check of a page, which is begun where there is none.

    A new self-check asks for every objective of its lesson. `objective` "" takes the one with
    fewest questions, `section` "" the first heading of its lesson; `name` is the question's id,
    "" for the next free one. Raises CourseError when the wish cannot be met.
    """
    page, quiz = _home(shop, lesson)
    path, taken = f"quizzes/{quiz}.yml", question_ids(shop.source)
    if name:
        checked_name(name, "", taken)
    asked = [objective or _least_asked(shop.source, page)]
    new = quiz not in shop.source.quizzes
    asked += [each for each in page.objectives if new and each not in asked]
    questions = []
    for number, each in enumerate(asked):
        place = _section(shop.source, quiz, each, section)
        id_ = (not number and name) or next_id(quiz, taken)
        questions.append(question(shop, kind, id_, each, place, len(taken)))
    if new:
        return [Change(path, self_check(shop, page.uri, questions))]
    return [Change(path, _appended(read(shop.root, path), path, questions[0]), path)]


def question(shop: Workshop, kind: str, name: str, objective: str, section: str, turn: int) -> str:
    """A question; `turn` moves the right option, so that it does not always stand in one place."""
    values = {"type": kind, "id": name, "objective": objective, "section": section}
    return shop.skeletons.data(f"question/{kind}.yml", **values, level="apply", turn=turn)


def self_check(shop: Workshop, uri: str, questions: Sequence[str]) -> str:
    """The self-check of the page `uri` with these questions."""
    indented = "\n".join(
        "".join(f"  {line}" for line in text.splitlines(keepends=True)) for text in questions
    )
    return shop.skeletons.data("self-check.yml", uri=uri, questions=indented.rstrip())


def question_ids(source: Source) -> set[str]:
    """The ids of all questions."""
    return {
        str(question.get("id"))
        for document in source.quizzes.values()
        for _, question in document.items("questions")
    }


def next_id(name: str, taken: set[str]) -> str:
    """The next id “name-1” that no question has; it is taken from now on."""
    number = 1
    while f"{name}-{number}" in taken:
        number += 1
    taken.add(f"{name}-{number}")
    return f"{name}-{number}"


def _home(shop: Workshop, name: str) -> tuple[Page, str]:
    """The page that somebody names, and its self-check; or the self-check, and its page."""
    quiz = shop.plain(name).removeprefix("quizzes/").removesuffix(".yml")
    for page in shop.source.originals:
        placed = [each for each, _ in placed_quizzes(page)]
        if quiz in shop.source.quizzes and (quiz == page.slug or quiz in placed):
            return page, quiz
    page = shop.page(name)
    placed = [each for each, _ in placed_quizzes(page) if each in shop.source.quizzes]
    return page, (placed or [page.slug])[0]


def _least_asked(source: Source, page: Page) -> str:
    """The objective of a page with fewest questions."""
    asked = Counter(
        str(question.get("objective"))
        for document in source.quizzes.values()
        for _, question in document.items("questions")
    )
    own = page.objectives
    if not own:
        raise CourseError(f"{page.path} has no objectives; add --objective with one of a lesson.")
    return min(own, key=lambda name: asked[name])


def _section(source: Source, quiz: str, objective: str, wanted: str) -> str:
    """The heading that a question names: the wanted one, or the first of its objective's lesson."""
    homes = {name: page for page in source.originals for name in page.objectives}
    if objective not in homes:
        raise CourseError(f"No lesson has the objective “{objective}”; {suggest(objective, homes)}")
    slug, _, anchor = wanted.rpartition("#")
    pages = [page for page in source.originals if page.slug == slug] or [homes[objective]]
    heading = first_heading(pages[0], anchor)
    return heading if pages[0].slug == quiz else f"{pages[0].slug}#{heading}"


def first_heading(page: Page, wanted: str = "") -> str:
    """The id of the wanted heading of a page, or of the first one."""
    known = [heading.id for heading in page.headings if heading.id]
    if not known:
        raise CourseError(f"No heading of {page.path} has an id; give one an id, like {{ #id }}.")
    if wanted and wanted not in known:
        raise CourseError(f"{page.path} has no heading “{wanted}”; {suggest(wanted, known)}")
    return wanted or known[0]


def _appended(text: str, path: str, question: str) -> str:
    """A self-check with one more question."""
    node = entry(composed(text, path), "questions")
    if node is None:
        end = line_end(text)
        body = "".join(f"  {line}{end}" for line in question.splitlines())
        return text.rstrip() + f"{end}{end}questions:{end}{body}"
    changed = text
    if isinstance(node, yaml.SequenceNode):
        changed = with_item(text, node, question.rstrip(), gap=True)
    after = entry(composed(changed, path), "questions")
    if not isinstance(after, yaml.SequenceNode) or len(after.value) != len(node.value) + 1:
        what = f"{path}: “questions” is written in an unusual way"
        raise CourseError(f"{what}; begin each on a line of its own with “- ”.")
    return changed
