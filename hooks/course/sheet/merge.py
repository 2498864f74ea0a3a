"""A question of the course and the same one of a sheet become what the question is to be.

What the sheet has no column for stays. What it leaves out (a row, a text) goes only when that is
asked for, and is told in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .layout import KINDS
from .parts import Part, settle, to_parts, to_question
from .rows import SheetQuestion, speaks_of


@dataclass
class Merged:
    """What a question is to be, the sheet's row of each of its parts, and what was left out."""

    data: dict[str, Any]
    rows: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def merge(
    old: Mapping[str, Any] | None,
    question: SheetQuestion,
    headings: frozenset[str],
    remove: bool,
) -> Merged:
    """Bring a sheet's question into the course's one; `old` is None for a new one.

    `headings` are the columns of the sheet; with `remove`, what it leaves out is taken out.
    """
    left_out: list[str] = []
    known, given = _by_name(to_parts(old) if old else ()), _by_name(question.parts)
    parts = {
        name: _merge_part(known[name], part, headings, remove, left_out) if name in known else part
        for name, part in given.items()
    }
    order = list(given)
    for before, (name, part) in zip([None, *known], known.items(), strict=False):
        if name not in given:
            left_out.append(f"the {_called(part)}")
            parts[name] = part
            # Where it stood, behind its neighbour; nothing stands before the question itself.
            if not remove and before is not None:
                order.insert(order.index(before) + 1, name)
    ordered = [parts[name] for name in order]
    data = to_question(question.id, ordered)
    return Merged(settle(old, data) if old else data, _rows(ordered), left_out)


Name = tuple[str, str, int]


def _by_name(parts: Iterable[Part]) -> dict[Name, Part]:
    """Parts by kind and id; accepted answers, which have none, by their position."""
    found: dict[Name, Part] = {}
    answers = 0
    for part in parts:
        answers += part.kind == "answer"
        found[part.kind, part.id, answers if part.kind == "answer" else 0] = part
    return found


def _called(part: Part) -> str:
    return f"{part.kind} “{part.id}”" if part.id else part.kind


def _merge_part(
    old: Part, new: Part, headings: frozenset[str], remove: bool, left_out: list[str]
) -> Part:
    unspoken = {name: value for name, value in old.settings.items() if name not in headings}
    texts = dict(new.texts)
    for (name, code), text in old.texts.items():
        if (name, code) in texts:
            continue
        if not speaks_of(headings, name, code):
            texts[name, code] = text
        else:
            left_out.append(f"“{name} ({code})” of the {_called(old)}")
            if not remove:
                texts[name, code] = text
    return Part(new.kind, new.id, {**unspoken, **new.settings}, texts, new.row)


def _rows(parts: list[Part]) -> dict[tuple[str | int, ...], int]:
    """Place in the question -> row of the sheet, for what stands in a row."""
    rows: dict[tuple[str | int, ...], int] = {}
    counts: dict[str, int] = {}
    for part in parts:
        shape = KINDS[part.kind]
        if part.kind == "question":
            rows[()] = part.row
        elif shape.named:
            index = counts.get(part.kind, 0)
            counts[part.kind] = index + 1
            rows[shape.listed, index] = part.row
            rows.setdefault((shape.listed,), part.row)
        else:
            rows.setdefault((shape.listed or part.kind,), part.row)
    return rows
