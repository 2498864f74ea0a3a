"""What all models of data are made of: the strict base, ids, references, texts, grades."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
IdeaId = Annotated[str, StringConstraints(pattern=r"^S[0-9]-[0-9]{2}$")]
SectionRef = Annotated[
    str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*#)?[a-z0-9]+(-[a-z0-9]+)*$")
]
PageAddress = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$")]
Text = Annotated[
    dict[str, str], Field(description="The same text in each language, behind its code: en, …")
]
Grade = Literal["best", "acceptable", "risky", "damaging"]
GRADES: tuple[Grade, ...] = ("best", "acceptable", "risky", "damaging")


class Strict(BaseModel):
    """The base of all data: no conversions, no unknown keys, no changes afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
