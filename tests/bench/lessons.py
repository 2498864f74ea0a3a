"""A number -> a lesson in both languages, always the same one: Markdown, and its self-check.

About 900 words each, with what lessons are made of: headings, paragraphs, lists, blocks, a table,
links to other lessons, and five questions. Standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from bench import prose
from bench.prose import Text

SECTIONS = 5
QUIZ = "<!-- quiz -->"
"""Where the self-check stands in a lesson's Markdown."""


@dataclass(frozen=True)
class Option:
    """An answer: its text, what the learner is told about it, whether it is right."""

    text: Text
    feedback: Text
    right: bool


@dataclass(frozen=True)
class Question:
    """A question of a self-check; `kind` is `single`, `multiple` or `true-false`."""

    kind: str
    section: str
    scenario: Text
    stem: Text
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson: its file's name without ending, its code and objectives by id, and its Markdown."""

    name: str
    title: Text
    about: Text
    code: str
    objectives: dict[str, Text]
    body: Text
    questions: tuple[Question, ...]


def lesson_name(number: int) -> str:
    """The name of the lesson's files, without ending."""
    return f"lesson-{number:04}"


def lesson(number: int, count: int) -> Lesson:
    """Lesson `number` (from 0) of a course of `count`, with links to others of them."""
    voice = _Voice(number)
    title = voice.say(prose.TITLE)
    sections = tuple(voice.random.sample(sorted(prose.HEADINGS), SECTIONS))
    body = [_scene(voice)]
    body += [_section(voice, name, place) for place, name in enumerate(sections)]
    body.append(_links(voice, _others(number, count)))
    return Lesson(
        name=lesson_name(number),
        title=title,
        about=voice.say(prose.ABOUT),
        code=f"L{number:04}",
        objectives={f"{key}-{number}": voice.say(text) for key, text in prose.OBJECTIVES.items()},
        body=_joined([*body, (QUIZ, QUIZ)], "\n\n"),
        questions=tuple(_questions(voice, sections)),
    )


class _Voice:
    """Who speaks in one lesson, and its chance."""

    def __init__(self, number: int) -> None:
        self.random = Random(f"lesson {number}")
        self.people = self.random.sample(prose.PEOPLE, 2)
        self.firms = [_word(number * 3 + place) for place in range(3)]
        self._thing = self.random.choice(prose.THINGS)

    def say(self, text: Text) -> Text:
        """A text about this lesson's people and its main firm."""
        return self._filled(text, self.firms[0], self._thing)

    def vary(self, text: Text) -> Text:
        """A text about this lesson's people, and whatever firm or thing comes up."""
        return self._filled(text, self.random.choice(self.firms), self.random.choice(prose.THINGS))

    def some(self, texts: Iterable[Text], many: int) -> list[Text]:
        """So many different ones of these texts."""
        return [self.vary(text) for text in self.random.sample([*texts], many)]

    def paragraph(self, many: int) -> Text:
        """So many sentences, one after another."""
        return _joined(self.some(prose.SENTENCES, many), " ")

    def _filled(self, text: Text, firm: str, thing: Text) -> Text:
        a, b = self.people
        english, romanian = (
            told.format(a=a, b=b, firm=firm, thing=word)
            for told, word in zip(text, thing, strict=True)
        )
        return english, romanian


def _word(number: int) -> str:
    """A name of its own for each number below 14**4, of four syllables; neighbours differ."""
    number = number * 17389 % 14**4
    return "".join(
        "bdfgklmnprstvz"[number // 14**place % 14] + "aeiou"[place] for place in range(4)
    ).capitalize()


def _scene(voice: _Voice) -> Text:
    return _block("scene", voice.paragraph(4), voice.say(prose.SCENE))


def _section(voice: _Voice, name: str, place: int) -> Text:
    """A section of some 160 words; which parts it has depends on its place."""
    parts = [
        _heading(2, prose.HEADINGS[name], name),
        voice.paragraph(4),
        _list("- ", voice.some(prose.ITEMS, 3)),
        _block(("rule", "example", "note")[place % 3], voice.paragraph(2)),
    ]
    if place % 3 == 0:
        parts += [_table(voice)]
    elif place % 3 == 1:
        parts += [_block("checklist", _list("- ", voice.some(prose.PHRASES, 3)))]
    else:
        parts += [_heading(3, prose.STEPS, f"{name}-steps")]
        parts += [_list("1. ", voice.some(prose.ITEMS, 3))]
    return _joined([*parts, voice.paragraph(2)], "\n\n")


def _links(voice: _Voice, others: list[int]) -> Text:
    def link(number: int) -> Text:
        english, romanian = _Voice(number).say(prose.TITLE)
        target = f"{lesson_name(number)}.md"
        return f"[{english}]({target})", f"[{romanian}]({target})"

    heading = _heading(2, prose.SEE, "more")
    return _joined([heading, _list("- ", [link(number) for number in others])], "\n\n")


def _others(number: int, count: int) -> list[int]:
    """The lessons that this one leads to: the next, and some farther away."""
    return sorted({(number * step + 1) % count for step in (1, 7, 13)} - {number}) or [number]


def _questions(voice: _Voice, sections: tuple[str, ...]) -> Iterable[Question]:
    kinds = ("single", "single", "multiple", "single", "true-false")
    for kind, section in zip(kinds, sections, strict=True):
        choose = _statement if kind == "true-false" else _choice
        stem, options = choose(voice, rights=2 if kind == "multiple" else 1)
        yield Question(kind, section, voice.paragraph(3), stem, options)


def _choice(voice: _Voice, rights: int) -> tuple[Text, tuple[Option, ...]]:
    texts = voice.some(prose.OPTIONS, rights + 2)
    told = voice.some(prose.FEEDBACK, rights + 2)
    pairs = enumerate(zip(texts, told, strict=True))
    options = tuple(Option(text, why, place < rights) for place, (text, why) in pairs)
    return voice.some(prose.STEMS, 1)[0], options


def _statement(voice: _Voice, rights: int) -> tuple[Text, tuple[Option, ...]]:
    """A statement with two reasons; the first one goes with its being true, and is wrong."""
    _, (right, *_, wrong) = _choice(voice, rights)
    return voice.some(prose.STATEMENTS, 1)[0], (wrong, right)


def _each(make: Callable[[int], str]) -> Text:
    return make(0), make(1)


def _joined(texts: Iterable[Text], between: str) -> Text:
    kept = [*texts]
    return _each(lambda language: between.join(text[language] for text in kept))


def _heading(level: int, text: Text, name: str) -> Text:
    return _each(lambda language: f"{'#' * level} {text[language]} {{ #{name} }}")


def _list(mark: str, items: Iterable[Text]) -> Text:
    return _joined([(mark + english, mark + romanian) for english, romanian in items], "\n")


def _block(kind: str, content: Text, title: Text = ("", "")) -> Text:
    def block(language: int) -> str:
        named = f" | {title[language]}" if title[language] else ""
        return f"/// {kind}{named}\n\n{content[language]}\n\n///"

    return _each(block)


def _table(voice: _Voice) -> Text:
    columns = [voice.some(cells, 4) for cells in prose.CELLS]
    rows = [prose.COLUMNS, (("---", "---"),) * 3, *zip(*columns, strict=True)]

    def row(cells: Iterable[Text], language: int) -> str:
        return f"| {' | '.join(cell[language] for cell in cells)} |"

    return _each(lambda language: "\n".join(row(cells, language) for cells in rows))
