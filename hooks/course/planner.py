"""The planner as data means it: what a learner fills in before a talk and after it.

What a type cannot say (fields unique, choices where there is one, drafts that ask for fields
which exist) stands in `checks/planner.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Id, SectionRef, Strict, Text


class PlannerChoice(Strict):
    """One of the answers that a field offers."""

    id: Id = Field(description="Unique in the field; kept when it is chosen.")
    text: Text = Field(description="What the learner reads and chooses.")


class PlannerField(Strict):
    """Something to write down."""

    id: Id = Field(description="Unique in the planner; what is written is kept under it.")
    kind: Literal["line", "text", "choice", "date"] = Field(
        description="A line, a longer text, a choice of one answer, or a date."
    )
    label: Text = Field(description="What belongs here.")
    help: Text | None = Field(default=None, description="How to fill it in, in a sentence.")
    example: Text | None = Field(default=None, description="How that may look.")
    section: SectionRef | None = Field(
        default=None, description="Where to read about it: lesson#heading."
    )
    choices: tuple[PlannerChoice, ...] = Field(
        default=(), strict=False, description="What a choice offers; one can be chosen."
    )


class PlannerLine(Strict):
    """A paragraph of a draft."""

    text: Text = Field(description="The paragraph; {id} is what stands in a field.")
    rows: Id | None = Field(
        default=None, description="A section with rows: a numbered item for each row filled in."
    )
    item: bool = Field(default=False, description="true: it has a number, as rows have.")
    optional: bool = Field(default=False, description="true: left out when its fields are empty.")


class PlannerDraft(Strict):
    """A text that the page makes of the fields."""

    subject: Text | None = Field(default=None, description="The subject, when it is an e-mail.")
    lines: tuple[PlannerLine, ...] = Field(strict=False, description="Its paragraphs, in order.")


class PlannerSection(Strict):
    """A step of the plan, or of what follows the talk."""

    id: Id = Field(description="Unique in the planner.")
    part: Literal["plan", "afterwards"] = Field(description="Before the talk, or after it.")
    title: Text = Field(description="The section's heading.")
    section: SectionRef | None = Field(
        default=None, description="Where to read about it: lesson#heading."
    )
    rows: Annotated[int, Field(ge=2, le=9)] | None = Field(
        default=None, description="How many times the fields stand below each other."
    )
    fields: tuple[PlannerField, ...] = Field(strict=False, description="What is to be filled in.")
    draft: PlannerDraft | None = Field(default=None, description="What the section ends with.")


class Planner(Strict):
    """The planner for a talk: quizzes/planner.yml."""

    sections: tuple[PlannerSection, ...] = Field(
        strict=False, description="The steps of the plan, then what follows the talk."
    )
