"""What the data means: typed and frozen. The JSON Schemas come from it (`schema.py`).

Validation is strict: a text is a text, never a number or a date that happened to be
unquoted. What a type cannot say (ids unique in the course, one key in a single choice)
stands in `check.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import Grade, Id, IdeaId, PageAddress, SectionRef, Strict, Text
from .chart import Chart, ChartAnswer, ChartNode
from .excerpts import Phrase
from .planner import Planner, PlannerDraft, PlannerField, PlannerLine, PlannerSection
from .settings import Module
from .talk import Choice, Ending, Gauge, Node, Person, Scenario

Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{6}$")]
Level = Literal["recall", "apply", "judge"]


class Option(Strict):
    """One answer to choose."""

    id: Id = Field(description="Unique within the question; says what the option is.")
    key: bool = Field(default=False, description="true on an option that is right.")
    text: Text = Field(description="What the learner reads and chooses.")
    feedback: Text = Field(description="What follows from this choice and why.")
    more: Text | None = Field(
        default=None, description="More of it, for who was sure of an answer that does not fit."
    )


class ReasonedOption(Option):
    """An answer to a true/false statement, together with its reason."""

    verdict: bool = Field(description="true or false: what this option says of the statement.")


class GradedOption(Strict):
    """A response to a client, graded; the client's reaction comes before the explanation."""

    id: Id = Field(description="Unique within the question; says what the response is.")
    grade: Grade = Field(description="How well the response serves the conversation.")
    text: Text = Field(description="The response, as it is said.")
    reaction: Text = Field(description="What the client probably says or does then.")
    feedback: Text = Field(description="Why.")
    more: Text | None = Field(
        default=None, description="More of it, for who was sure of an answer that does not fit."
    )


class Step(Strict):
    """One step of a sequence."""

    id: Id = Field(description="Unique within the question.")
    text: Text = Field(description="The step, in a few words.")
    feedback: Text = Field(description="Why it stands in this place.")


class Prompt(Strict):
    """One thing that is to be matched with a choice."""

    id: Id = Field(description="Unique within the question.")
    text: Text = Field(description="What is to be matched.")
    answer: Id = Field(description="The id of the choice that fits.")
    feedback: Text = Field(description="Why that one fits.")


class Item(Strict):
    """A text with an id: a choice to match, a model answer, a line of a rubric."""

    id: Id = Field(description="Unique within the question.")
    text: Text = Field(description="What the learner reads.")


class QuestionBase(Strict):
    """What every question has."""

    id: Id = Field(description="Unique in the whole course; never changed once published.")
    objective: Id = Field(description="An objective from the front matter of a lesson.")
    ideas: tuple[IdeaId, ...] = Field(
        default=(), strict=False, description="Ideas of the sources that the question covers."
    )
    level: Level = Field(description="What it asks for: to recall, to apply, or to judge.")
    section: SectionRef = Field(
        description="The heading id to read again: of this lesson, or lesson#id of another."
    )
    scenario: Text | None = Field(
        default=None, description="Who, what happened, what was said, what is to be decided."
    )
    stem: Text = Field(description="One question that can be answered without the options.")
    hint: Text | None = Field(default=None, description="Something to think of, on demand.")
    confidence: bool = Field(
        default=False, description="true to ask how sure the learner is, before the answer."
    )
    shuffle: bool = Field(default=True, description="false to keep the options in this order.")

    @property
    def scored(self) -> bool:
        """Whether answers earn credit."""
        return True

    @property
    def key(self) -> object:
        """What decides which answer is right; a change of it makes old answers void."""
        raise NotImplementedError

    @property
    def chooses(self) -> int:
        """How many options the learner chooses."""
        return 1

    @property
    def stamp(self) -> str:
        """A short fingerprint of the key, by which a stored answer knows its question."""
        told = json.dumps([getattr(self, "type", ""), self.key], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:8]


class SingleChoice(QuestionBase):
    """One option is right."""

    type: Literal["single"] = Field(description="single: one option is right.")
    options: tuple[Option, ...] = Field(strict=False, description="Three options, four at most.")

    @property
    def key(self) -> object:
        """The right option."""
        return _key_ids(self.options)


class MultipleChoice(QuestionBase):
    """Several options are right; the page says how many."""

    type: Literal["multiple"] = Field(
        description="multiple: two or three options are right, and the page says how many."
    )
    options: tuple[Option, ...] = Field(strict=False, description="Three options or four.")

    @property
    def key(self) -> object:
        """The right options."""
        return _key_ids(self.options)

    @property
    def chooses(self) -> int:
        """How many options the learner chooses."""
        return sum(option.key for option in self.options)


class TrueFalse(QuestionBase):
    """The stem is a statement; each option is a verdict on it with its reason."""

    type: Literal["true-false"] = Field(
        description="true-false: judge the stem, a statement; each option has a verdict and why."
    )
    options: tuple[ReasonedOption, ...] = Field(
        strict=False, description="Verdicts with their reasons, both verdicts among them."
    )

    @property
    def key(self) -> object:
        """The right option."""
        return _key_ids(self.options)


class BestWorst(QuestionBase):
    """The learner names the best and the worst of several responses.

    Credit for the neighbouring choice, as situational judgement tests give it (AMEE Guide 100).
    """

    type: Literal["best-worst"] = Field(
        description="best-worst: the learner names the best and the worst of several responses."
    )
    options: tuple[GradedOption, ...] = Field(
        strict=False, description="Three or four responses: one best, one with the lowest grade."
    )

    @property
    def key(self) -> object:
        """The grade of each response."""
        return sorted((option.id, option.grade) for option in self.options)


class Order(QuestionBase):
    """Steps to put in order; credit by how far each stands from its place."""

    type: Literal["order"] = Field(description="order: steps to put in order.")
    steps: tuple[Step, ...] = Field(strict=False, description="Three to six, in the right order.")

    @property
    def key(self) -> object:
        """The right order."""
        return [step.id for step in self.steps]

    @property
    def scrambled(self) -> tuple[Step, ...]:
        """The steps in an order that is never the right one, the same at each build."""
        mixed = sorted(self.steps, key=lambda step: hashlib.sha256(step.id.encode()).hexdigest())
        return tuple(mixed if mixed != list(self.steps) else mixed[1:] + mixed[:1])


class Match(QuestionBase):
    """Prompts to match with more choices than there are prompts.

    Written out as `prompts` and `choices`, or made from rows of the challenge table.
    """

    type: Literal["match"] = Field(description="match: things to match with what fits them.")
    prompts: tuple[Prompt, ...] = Field(default=(), strict=False, description="Three or four.")
    choices: tuple[Item, ...] = Field(
        default=(), strict=False, description="One more than prompts, at least."
    )
    rows: tuple[Id, ...] = Field(
        default=(), strict=False, description="Rows of the table, to match with their approach."
    )
    extra: tuple[Id, ...] = Field(
        default=(), strict=False, description="Rows whose approach is offered as well."
    )

    @property
    def key(self) -> object:
        """Which choice fits each prompt."""
        return sorted((prompt.id, prompt.answer) for prompt in self.prompts) or sorted(self.rows)


class FillIn(QuestionBase):
    """A word or a short phrase; case, spaces and diacritics do not matter."""

    type: Literal["fill-in"] = Field(
        description="fill-in: a word or a few to write; case, spaces and diacritics do not matter."
    )
    answers: dict[str, Annotated[tuple[str, ...], Field(strict=False)]] = Field(
        description="What is accepted, a list for each language."
    )
    feedback: Text = Field(description="Shown with the answer.")

    @property
    def key(self) -> object:
        """What is accepted."""
        return {language: sorted(answers) for language, answers in sorted(self.answers.items())}


class Rewrite(QuestionBase):
    """A sentence to rewrite; then model answers and a rubric that the learner ticks."""

    type: Literal["rewrite"] = Field(
        description="rewrite: a sentence to rewrite, then to compare; never scored."
    )
    original: Text = Field(description="The sentence to rewrite.")
    models: tuple[Item, ...] = Field(strict=False, description="One to three model answers.")
    rubric: tuple[Item, ...] = Field(strict=False, description="Two to five things to look for.")

    @property
    def scored(self) -> bool:
        """Whether answers earn credit."""
        return False

    @property
    def key(self) -> object:
        """The lines of the rubric."""
        return sorted(item.id for item in self.rubric)


class Reflection(QuestionBase):
    """Something to write down for oneself; never scored."""

    type: Literal["reflection"] = Field(
        description="reflection: something to write down for oneself; never scored."
    )
    feedback: Text | None = Field(default=None, description="A thought to compare with.")

    @property
    def scored(self) -> bool:
        """Whether answers earn credit."""
        return False

    @property
    def key(self) -> object:
        """Nothing decides."""
        return None


def _key_ids(options: Iterable[Option]) -> list[str]:
    return sorted(option.id for option in options if option.key)


Question = Annotated[
    SingleChoice
    | MultipleChoice
    | TrueFalse
    | BestWorst
    | Order
    | Match
    | FillIn
    | Rewrite
    | Reflection,
    Field(discriminator="type"),
]
QUESTION_TYPES = (
    "single",
    "multiple",
    "true-false",
    "best-worst",
    "order",
    "match",
    "fill-in",
    "rewrite",
    "reflection",
)


class Draw(Strict):
    """By which rule a self-check draws its questions from those of all others."""

    count: Annotated[int, Field(ge=1, le=100)] = Field(description="How many questions.")
    objectives: dict[Id, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict, description="At least how many for an objective; the rest is free."
    )


class Quiz(Strict):
    """The self-check of a page: quizzes/<page>.yml."""

    questions: tuple[Question, ...] = Field(
        default=(), strict=False, description="Five or six questions, and what is not scored."
    )
    draw: Draw | None = Field(
        default=None, description="Draws scored questions of all self-checks, for a final one."
    )


class ChallengeRow(Strict):
    """One row of the challenge / approach table."""

    id: Id = Field(description="Unique in the table; the row's address ends with it.")
    source: Literal["seed-table", "seed-text", "course"] = Field(
        description="The sources' own table, drawn from the sources' text, or added by us."
    )
    ideas: tuple[IdeaId, ...] = Field(default=(), strict=False, description="Ideas it rests on.")
    lesson: Id = Field(description="The lesson to read: its file's name without extension.")
    challenge: Text = Field(description="The challenge, in a few words.")
    signs: Text = Field(description="Early signs.")
    question: Text = Field(description="The first question to ask.")
    approach: Text = Field(description="The suggested approach.")
    phrase: Text = Field(description="A sentence to start from.")
    avoid: Text = Field(description="What to avoid.")


class ChallengeTable(Strict):
    """The challenge / approach table: quizzes/challenges.yml."""

    rows: tuple[ChallengeRow, ...] = Field(
        strict=False, description="One entry for each challenge, in the order of the table."
    )


class Term(Strict):
    """One word of the glossary."""

    id: Id = Field(description="Unique in the glossary; lessons link to glossary.md#<id>.")
    term: Text = Field(description="The word, as it stands in the glossary.")
    text: Text = Field(description="What it means in this course, in one or two sentences.")


class Glossary(Strict):
    """The words that the course explains: quizzes/glossary.yml."""

    terms: tuple[Term, ...] = Field(
        strict=False, description="The words, in any order; the page sorts them."
    )


class PlanItem(Strict):
    """One line of a session: a lesson, or something else that takes time."""

    lesson: Id | None = Field(default=None, description="A lesson: its file's name.")
    minutes: Annotated[int, Field(ge=1, le=240)] | None = Field(
        default=None, description="How long; a lesson's own minutes stand in its page."
    )
    text: Text | None = Field(
        default=None, description="What is done, or what is left out of a lesson that is cut."
    )


class PlanSession(Strict):
    """What is taught without a night in between."""

    id: Id = Field(description="Unique in the plan.")
    title: Text = Field(description="What the session is about.")
    start: Annotated[str, StringConstraints(pattern=r"^[0-2]?[0-9]:[0-5][0-9]$")] | None = Field(
        default=None, description='When it begins, in quotes: "08:30"; without it at 0:00.'
    )
    items: tuple[PlanItem, ...] = Field(strict=False, description="In the order of the day.")


class Plan(Strict):
    """One way to spread the course over time."""

    id: Id = Field(description="Unique; pages place the plan by it.")
    limit: Annotated[int, Field(ge=1, le=720)] | None = Field(
        default=None, description="The most minutes that a session may take."
    )
    sessions: tuple[PlanSession, ...] = Field(
        strict=False, description="What is taught at a time, in order."
    )


class Plans(Strict):
    """The teaching plans: quizzes/plans.yml."""

    plans: tuple[Plan, ...] = Field(strict=False, description="One entry for each plan.")


class Picture(Strict):
    """A drawing: overrides/fragments/pictures/<id>.svg, and all words in it."""

    id: Id = Field(description="The name of the drawing's file; pages place it by this name.")
    alt: Text = Field(description="What the picture says, for who cannot see it.")
    caption: Text | None = Field(default=None, description="A line below the picture.")
    labels: tuple[Item, ...] = Field(
        default=(), strict=False, description="The words in the drawing."
    )


class Pictures(Strict):
    """The words of the drawings: quizzes/pictures.yml."""

    pictures: tuple[Picture, ...] = Field(strict=False, description="One entry for each drawing.")


class Hero(Strict):
    """The opening of the home page."""

    kicker: str = Field(description="A few words above the title.")
    lead: str = Field(description="A sentence or two below the title.")
    start: str = Field(description="The words on the button that opens the first lesson.")
    table: str = Field(description="The words of the link to the challenge table.")


class PageMeta(Strict):
    """The front matter of a page, between two lines of three hyphens: docs/<address>.md.

    What is the same in every language (`lesson`, `minutes`, `ideas`, `was`) stands once, in the
    page of the course's first language.
    """

    title: str = Field(description="The page's title.")
    description: str = Field(description="One sentence for search engines and link previews.")
    template: str | None = Field(default=None, description="A template in overrides/.")
    hide: tuple[Literal["navigation", "toc", "footer"], ...] = Field(
        default=(), strict=False, description="Parts of the frame that this page does without."
    )
    hero: Hero | None = Field(default=None, description="The opening of the home page.")
    lesson: Annotated[str, StringConstraints(pattern=r"^L[0-9]{2,4}$")] | None = Field(
        default=None, description="The lesson's number in the curriculum: L07."
    )
    minutes: Annotated[int, Field(ge=1, le=240)] | None = Field(
        default=None, description="How long the lesson takes, in minutes."
    )
    ideas: tuple[IdeaId, ...] = Field(
        default=(), strict=False, description="Ideas of the sources that the lesson teaches."
    )
    objectives: dict[Id, str] = Field(
        default_factory=dict, description="What the learner can do afterwards, by id."
    )
    translated: dict[str, Fingerprint] = Field(
        default_factory=dict,
        description="Of a translation: against which original each section was confirmed. "
        "`course.py status --confirm` writes it.",
    )
    was: tuple[PageAddress, ...] = Field(
        default=(), strict=False, description="Where the page stood before: lessons/old-name."
    )


@dataclass(frozen=True)
class PageText:
    """A page in one language: its front matter, its headings by id, and what other pages show.

    `phrases` and `notes` are its sentence starters and trainer's notes, in Markdown; `terms`
    the words of the glossary that it links to, in order; `talks` the conversations it places.
    `stale` are the sections of a translation whose original has changed since.
    """

    path: str
    meta: PageMeta
    sections: Mapping[str, str]
    phrases: tuple[Phrase, ...] = ()
    notes: str = ""
    terms: tuple[str, ...] = ()
    talks: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoursePage:
    """A page in all its languages. `texts` has the default language, first."""

    uri: str
    texts: Mapping[str, PageText]

    @cached_property
    def slug(self) -> str:
        """The last part of the address, by which quizzes and other pages name this one."""
        return self.uri.rsplit("/", 1)[-1]

    @cached_property
    def shared(self) -> PageMeta:
        """The front matter that holds what is the same in all languages."""
        return next(iter(self.texts.values())).meta

    def text(self, language: str) -> PageText:
        """The page in `language`, or in the default one when it is not translated."""
        return self.texts.get(language) or next(iter(self.texts.values()))


@dataclass(frozen=True)
class Course:
    """The whole course, checked. Pages are keyed by slug, quizzes by the slug they are for.

    The `unfinished` ones of its `languages` may lack texts; what stands in `strings` for them is
    complete, with texts of the default language that are marked as such (`borrowed.py`).
    `descriptions` are translations of what the model says of its fields (`fields.py`).
    """

    languages: tuple[str, ...]
    pages: Mapping[str, CoursePage]
    quizzes: Mapping[str, Quiz]
    challenges: ChallengeTable
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=lambda: Glossary(terms=()))
    plans: Plans = field(default_factory=lambda: Plans(plans=()))
    pictures: Pictures = field(default_factory=lambda: Pictures(pictures=()))
    modules: tuple[Module, ...] = ()
    charts: Mapping[str, Chart] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    planner: Planner = field(default_factory=lambda: Planner(sections=()))
    unfinished: frozenset[str] = frozenset()
    descriptions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def finished(self) -> tuple[str, ...]:
        """The languages in which every text is there."""
        return tuple(code for code in self.languages if code not in self.unfinished)

    @cached_property
    def lessons(self) -> tuple[CoursePage, ...]:
        """The lessons in the order of the curriculum."""
        lessons = (page for page in self.pages.values() if page.shared.lesson)
        return tuple(sorted(lessons, key=lambda page: int(str(page.shared.lesson)[1:])))

    @cached_property
    def lessons_by_module(self) -> tuple[tuple[Module, tuple[CoursePage, ...]], ...]:
        """The modules that hold lessons, each with its lessons in the curriculum's order."""
        order = {page.slug: place for place, page in enumerate(self.lessons)}
        found = (
            (module, sorted(order[slug] for slug in {*module.slugs} & order.keys()))
            for module in self.modules
        )
        return tuple(
            (module, tuple(self.lessons[place] for place in places))
            for module, places in found
            if places
        )

    @cached_property
    def lesson_of(self) -> Mapping[str, CoursePage]:
        """The page that each objective belongs to, by the objective's id."""
        return {name: page for page in self.pages.values() for name in page.shared.objectives}


SHAPES: Mapping[str, type[Strict]] = {
    "quiz": Quiz,
    "challenges": ChallengeTable,
    "glossary": Glossary,
    "plans": Plans,
    "pictures": Pictures,
    "planner": Planner,
    "chart": Chart,
    "scenario": Scenario,
    "page": PageMeta,
}


TEXT_FIELDS = frozenset(
    name
    for shape in (
        *(Option, GradedOption, QuestionBase, Rewrite, ChallengeRow),
        *(Term, PlanItem, PlanSession, Picture),
        *(PlannerField, PlannerLine, PlannerDraft, PlannerSection),
        *(Chart, ChartNode, ChartAnswer),
        *(Scenario, Person, Gauge, Node, Choice, Ending),
    )
    for name, info in shape.model_fields.items()
    if "dict[str, str]" in str(info.annotation)
)
"""The names of all fields that hold one text in each language."""
