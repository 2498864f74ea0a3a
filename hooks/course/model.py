"""What the data means: typed and frozen. The JSON Schemas come from it (`schema.py`).

Validation is strict: a text is a text, never a number or a date that happened to be
unquoted. What a type cannot say (ids unique in the course, one key in a single choice)
stands in `check.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
IdeaId = Annotated[str, StringConstraints(pattern=r"^S[0-9]-[0-9]{2}$")]
SectionRef = Annotated[
    str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*#)?[a-z0-9]+(-[a-z0-9]+)*$")
]
Text = Annotated[dict[str, str], Field(description="The same text in each language: en, ro.")]
Level = Literal["recall", "apply", "judge"]


class Strict(BaseModel):
    """The base of all data: no conversions, no unknown keys, no changes afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Option(Strict):
    """One answer to choose."""

    id: Id = Field(description="Unique within the question; says what the option is.")
    key: bool = Field(default=False, description="true on an option that is right.")
    text: Text = Field(description="What the learner reads and chooses.")
    feedback: Text = Field(description="What follows from this choice and why.")


class ReasonedOption(Option):
    """An answer to a true/false statement, together with its reason."""

    verdict: bool = Field(description="true or false: what this option says of the statement.")


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


class SingleChoice(QuestionBase):
    """One option is right."""

    type: Literal["single"]
    options: tuple[Option, ...] = Field(strict=False, description="Three options, four at most.")

    @property
    def chooses(self) -> int:
        """How many options the learner chooses."""
        return 1


class MultipleChoice(QuestionBase):
    """Several options are right; the page says how many."""

    type: Literal["multiple"]
    options: tuple[Option, ...] = Field(strict=False, description="Three options or four.")

    @property
    def chooses(self) -> int:
        """How many options the learner chooses."""
        return sum(option.key for option in self.options)


class TrueFalse(QuestionBase):
    """The stem is a statement; each option is a verdict on it with its reason."""

    type: Literal["true-false"]
    options: tuple[ReasonedOption, ...] = Field(
        strict=False, description="Verdicts with their reasons, both verdicts among them."
    )

    @property
    def chooses(self) -> int:
        """How many options the learner chooses."""
        return 1


Question = Annotated[SingleChoice | MultipleChoice | TrueFalse, Field(discriminator="type")]
QUESTION_TYPES = ("single", "multiple", "true-false")


class Quiz(Strict):
    """The self-check of a page: quizzes/<page>.yml."""

    questions: tuple[Question, ...] = Field(strict=False, description="Five or six questions.")


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
    """quizzes/challenges.yml."""

    rows: tuple[ChallengeRow, ...] = Field(strict=False)


class Hero(Strict):
    """The opening of the home page."""

    kicker: str
    lead: str
    start: str
    table: str


class PageMeta(Strict):
    """The front matter of a page.

    What is the same in every language (`lesson`, `minutes`, `ideas`) stands once, in the
    page of the course's first language.
    """

    title: str = Field(description="The page's title.")
    description: str = Field(description="One sentence for search engines and link previews.")
    template: str | None = Field(default=None, description="A template in overrides/.")
    hide: tuple[Literal["navigation", "toc", "footer"], ...] = Field(default=(), strict=False)
    hero: Hero | None = None
    lesson: Annotated[str, StringConstraints(pattern=r"^L[0-9]{2}$")] | None = Field(
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


@dataclass(frozen=True)
class PageText:
    """A page in one language: its front matter and its headings by id."""

    path: str
    meta: PageMeta
    sections: Mapping[str, str]


@dataclass(frozen=True)
class CoursePage:
    """A page in all its languages. `texts` has the default language, first."""

    uri: str
    texts: Mapping[str, PageText]

    @property
    def slug(self) -> str:
        """The last part of the address, by which quizzes and other pages name this one."""
        return self.uri.rsplit("/", 1)[-1]

    @property
    def shared(self) -> PageMeta:
        """The front matter that holds what is the same in all languages."""
        return next(iter(self.texts.values())).meta

    def text(self, language: str) -> PageText:
        """The page in `language`, or in the default one when it is not translated."""
        return self.texts.get(language) or next(iter(self.texts.values()))


@dataclass(frozen=True)
class Course:
    """The whole course, checked. Pages are keyed by slug, quizzes by the slug they are for."""

    languages: tuple[str, ...]
    pages: Mapping[str, CoursePage]
    quizzes: Mapping[str, Quiz]
    challenges: ChallengeTable
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def lessons(self) -> tuple[CoursePage, ...]:
        """The lessons in the order of the curriculum."""
        lessons = (page for page in self.pages.values() if page.shared.lesson)
        return tuple(sorted(lessons, key=lambda page: str(page.shared.lesson)))


SHAPES: Mapping[str, type[Strict]] = {
    "quiz": Quiz,
    "challenges": ChallengeTable,
    "page": PageMeta,
}


TEXT_FIELDS = frozenset(
    name
    for shape in (Option, QuestionBase, ChallengeRow)
    for name, info in shape.model_fields.items()
    if "dict[str, str]" in str(info.annotation)
)
"""The names of all fields that hold one text in each language."""


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of data, by name."""
    return {name: shape.model_json_schema() for name, shape in SHAPES.items()}
