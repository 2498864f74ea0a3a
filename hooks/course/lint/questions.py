"""What makes one question easy to guess, hard to read or a poor teacher, language by language.

The grounds are Haladyna, Downing and Rodriguez (2002), 31 guidelines for writing items, and
what is named at each rule. The figures are this project's own thresholds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..base import Text
from ..load import Source
from ..model import (
    BestWorst,
    Course,
    FillIn,
    GradedOption,
    Match,
    MultipleChoice,
    Option,
    Order,
    Prompt,
    Question,
    Reflection,
    Rewrite,
    SingleChoice,
    Step,
    TrueFalse,
)
from ..problem import Problem
from ..yaml_reader import Document, Where
from .words import (
    Cues,
    content,
    count,
    cues,
    flesch_kincaid,
    lix,
    matches,
    plain,
    sentences,
    unquoted,
    words,
)

OPTIONS = (3, 4)
LENGTH_RATIO = 1.6
OPTION_WORDS = 30
TOLD_WORDS = (40, 110)
FEEDBACK_WORDS = (12, 60)
STEP_FEEDBACK_WORDS = (8, 60)
REACTION_WORDS = (5, 30)
OPENING = 4
LEAST_READ = 40

_SAID = re.compile(r"[“„][^“„”]*”[.?!]?")

Choice = SingleChoice | MultipleChoice | TrueFalse
"""A question whose options are right or wrong."""

WithOptions = Choice | BestWorst


@dataclass(frozen=True)
class Item:
    """A question, the name of its self-check, and where it stands."""

    quiz: str
    question: Question
    document: Document
    where: Where

    def line(self, *inside: str | int) -> int:
        """The line of what stands at `inside` of the question."""
        return self.document.line((*self.where, *inside))

    def problem(self, rule: str, inside: Where, what: str, fix: str) -> Problem:
        """A finding at `inside` of the question."""
        return Problem(self.document.path, self.line(*inside), what, fix, rule=rule)

    def advice(self, rule: str, inside: Where, what: str, fix: str) -> Problem:
        """A finding that is a warning only."""
        return Problem(self.document.path, self.line(*inside), what, fix, advice=True, rule=rule)


Found = Iterator[Problem]
Rule = Callable[[Item, str], Found]


def items(source: Source, course: Course) -> list[Item]:
    """All questions of a course, in the order of files and lines."""
    return [
        Item(name, question, source.quizzes[name], ("questions", index))
        for name, quiz in course.quizzes.items()
        for index, question in enumerate(quiz.questions)
    ]


def question_problems(source: Source, course: Course) -> Found:
    """What the rules inside a question find, in each language on its own."""
    for item in items(source, course):
        yield from _options_count(item)
        yield from _ideas(item)
        for language in course.finished:
            for rule in (*RULES, *CUE_RULES) if cues(language) else RULES:
                yield from rule(item, language)


def options_of(question: Question) -> tuple[Option | GradedOption, ...]:
    """The options of a question that has some; otherwise none."""
    return question.options if isinstance(question, WithOptions) else ()


def keys(question: Choice) -> tuple[bool, ...]:
    """Which options are right, in the order of the data."""
    return tuple(option.key for option in question.options)


def told(question: Question, language: str) -> str:
    """The scenario and the stem."""
    scenario = question.scenario[language] if question.scenario else ""
    return f"{scenario} {question.stem[language]}".strip()


def explained(question: Question) -> Iterator[tuple[Where, Text]]:
    """The texts that follow an answer, and where they stand in the question."""
    for name, parts in _parts(question):
        for index, part in enumerate(parts):
            yield (name, index, "feedback"), part.feedback
            more = getattr(part, "more", None)
            if more:
                yield (name, index, "more"), more
    if isinstance(question, FillIn | Reflection) and question.feedback:
        yield ("feedback",), question.feedback


Part = Option | GradedOption | Step | Prompt


def _parts(question: Question) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The parts of a question that have feedback of their own, under the name of their list."""
    yield "options", options_of(question)
    yield "steps", question.steps if isinstance(question, Order) else ()
    yield "prompts", question.prompts if isinstance(question, Match) else ()


def read_before(question: Question, language: str) -> list[str]:
    """All that is read before an answer: scenario, stem, options or what is in their place."""
    texts = [question.scenario] if question.scenario else []
    texts += [question.stem]
    texts += [part.text for _, parts in _parts(question) for part in parts]
    if isinstance(question, Match):
        texts += [choice.text for choice in question.choices]
    if isinstance(question, Rewrite):
        texts.append(question.original)
    return [text[language] for text in texts]


def _within(number: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= number <= limits[1]


def _adjust(number: int, limits: tuple[int, int]) -> str:
    return "say more of it" if number < limits[0] else "cut what does not carry the point"


# Rules for all languages at once


def _options_count(item: Item) -> Found:
    """Three options do as well as more (Rodriguez 2005); a fourth where it is plausible."""
    number = len(options_of(item.question))
    if isinstance(item.question, Choice) and not _within(number, OPTIONS):
        what = f"{number} options, three are enough and four the most"
        fix = (
            "write another that sensible people would choose" if number < 3 else "drop the weakest"
        )
        yield item.problem("option-count", ("options",), what, fix)


def _ideas(item: Item) -> Found:
    """Coverage can be counted only where questions say what they cover (this project's own)."""
    rows = isinstance(item.question, Match) and item.question.rows
    if item.question.scored and not item.question.ideas and not rows:
        fix = "add “ideas:” with the ids of the ideas that it asks for"
        yield item.advice("question-ideas", (), f"“{item.question.id}” names no ideas", fix)


# Rules of any language


def _option_lengths(item: Item, language: str) -> Found:
    """Options of about one length, none too long: the longest is the best known cue.

    Haladyna, Downing and Rodriguez (2002), guidelines 24 and 28a.
    """
    lengths = [count(option.text[language]) for option in options_of(item.question)]
    for index, length in enumerate(lengths):
        if length > OPTION_WORDS:
            what = f"this option has {length} words in “{language}”, {OPTION_WORDS} are the most"
            fix = "move what is the same in all options to the scenario, and cut"
            yield item.problem("option-words", ("options", index, "text", language), what, fix)
    if lengths and max(lengths) > LENGTH_RATIO * max(min(lengths), 1):
        place = ("options", lengths.index(max(lengths)), "text", language)
        ratio = max(lengths) / max(min(lengths), 1)
        listed = ", ".join(map(str, lengths))
        what = f"the longest option in “{language}” has {ratio:.2f} times the words of the "
        what += f"shortest ({listed}), {LENGTH_RATIO} times is the most"
        fix = "shorten the longest, or give the shortest a detail as concrete as the others’"
        yield item.problem("option-lengths", place, what, fix)


def _openings(item: Item, language: str) -> Found:
    """Words that options share belong in the stem (Haladyna and others 2002, guideline 14)."""
    seen: dict[tuple[str, ...], int] = {}
    for index, option in enumerate(options_of(item.question)):
        opening = tuple(word.casefold() for word in words(option.text[language])[:OPENING])
        if len(opening) == OPENING and opening in seen:
            place: Where = ("options", index, "text", language)
            first = item.line("options", seen[opening], "text", language)
            what = f"two options in “{language}” begin with “{' '.join(opening)}”, {OPENING} words"
            fix = f"move them to the stem, or begin one otherwise (the other is in line {first})"
            yield item.problem("same-opening", place, what, fix)
        seen.setdefault(opening, index)


def _stops(item: Item, language: str) -> Found:
    """Options alike in form: guideline 23 of Haladyna, Downing and Rodriguez (2002).

    A mark before a closing quotation mark, or of an abbreviation, counts for neither.
    """
    known = cues(language)
    short = known.abbreviations if known else ()
    texts = [plain(option.text[language]) for option in options_of(item.question)]
    stopped = [text.endswith((".", "?", "!", "…")) and not text.endswith(short) for text in texts]
    bare = [text.rstrip("”»")[-1:] not in {".", "?", "!", "…"} for text in texts]
    if any(stopped) and any(bare):
        marks, number = (stopped, sum(stopped)) if sum(stopped) <= sum(bare) else (bare, sum(bare))
        how = "with a full stop or another mark" if marks is stopped else "without a full stop"
        what = f"{number} of {len(texts)} options in “{language}” end {how}, the others do not"
        place = ("options", marks.index(True), "text", language)
        yield item.problem("option-stops", place, what, "let all end alike")


def _quotations(item: Item, language: str) -> Found:
    """Either all options are what somebody says, or none is (guideline 23, as above)."""
    texts = [plain(option.text[language]) for option in options_of(item.question)]
    said = [bool(_SAID.fullmatch(text)) for text in texts]
    if any(said) and not all(said):
        place = ("options", said.index(sum(said) <= len(said) / 2), "text", language)
        what = f"{sum(said)} of {len(said)} options in “{language}” are quotations as a whole"
        yield item.problem("option-quotes", place, what, "let all be so, or none")


def _stem(item: Item, language: str) -> Found:
    """The stem asks, and has no gap: guidelines 14 to 16 of Haladyna and others (2002)."""
    question, stem = item.question, plain(item.question.stem[language])
    place: Where = ("stem", language)
    if re.search(r"_{2,}|\.{4,}|…{2,}", question.stem[language]) or "…" in unquoted(stem):
        fix = "ask a whole question, as “What does she say next?” does"
        yield item.problem("stem-blank", place, f"the stem in “{language}” has a blank", fix)
    asks = stem.rstrip("”»’*_) ").endswith("?")
    if isinstance(question, TrueFalse) and asks:
        what = f"the stem of this true-false in “{language}” is a question, no statement"
        fix = "write a statement that can be true or false"
        yield item.problem("stem-statement", place, what, fix)
    elif isinstance(question, WithOptions) and not isinstance(question, TrueFalse) and not asks:
        what = f"the stem in “{language}” does not end as a question"
        fix = "ask one question, with its question mark, that can be answered without the options"
        yield item.problem("stem-question", place, what, fix)


def _told_length(item: Item, language: str) -> Found:
    """A case has room for who, what happened, what was said (this project's own thresholds)."""
    number = count(told(item.question, language))
    if item.question.scenario and not _within(number, TOLD_WORDS):
        low, high = TOLD_WORDS
        what = f"scenario and stem in “{language}” have {number} words, {low} to {high} are allowed"
        fix = "cut what decides nothing"
        if number < low:
            fix = "say who is there, what happened, what was said, and what is to be decided"
        yield item.problem("scenario-length", ("scenario", language), what, fix)


def _feedback_lengths(item: Item, language: str) -> Found:
    """Feedback that explains undoes what a plausible wrong option teaches.

    Butler and Roediger (2008), Shute (2008). Steps and prompts, shown together, may be short.
    """
    for where, text in explained(item.question):
        short = where[0] in {"steps", "prompts"}
        limits = STEP_FEEDBACK_WORDS if short else FEEDBACK_WORDS
        number = count(text[language])
        if where[-1] == "more" or isinstance(item.question, Reflection):
            continue
        if not _within(number, limits):
            what = f"this feedback has {number} words in “{language}”, "
            what += f"{limits[0]} to {limits[1]} are allowed"
            report = item.advice if short else item.problem
            fix = "say what follows from this answer, and why"
            place = (*where, language)
            yield report(
                "feedback-length", place, what, fix if number < limits[0] else "shorten it"
            )


def _reaction_lengths(item: Item, language: str) -> Found:
    """A reaction is what a client says or does in a breath (this project's own thresholds)."""
    if not isinstance(item.question, BestWorst):
        return
    for index, option in enumerate(item.question.options):
        number = count(option.reaction[language])
        if not _within(number, REACTION_WORDS):
            low, high = REACTION_WORDS
            what = f"this reaction has {number} words in “{language}”, {low} to {high} are allowed"
            place = ("options", index, "reaction", language)
            yield item.problem("reaction-length", place, what, _adjust(number, REACTION_WORDS))


RULES: tuple[Rule, ...] = (
    _option_lengths,
    _openings,
    _stops,
    _quotations,
    _stem,
    _told_length,
    _feedback_lengths,
    _reaction_lengths,
)


# Rules that need the cues of a language


def _cues(language: str) -> Cues:
    known = cues(language)
    assert known, language
    return known


def _collective(item: Item, language: str) -> Found:
    """No “all of the above” and its like: guidelines 25 and 26 of Haladyna and others (2002)."""
    for index, option in enumerate(options_of(item.question)):
        for match in matches(plain(option.text[language]), _cues(language).collective)[:1]:
            what = f"this option in “{language}” speaks of other options: “{match[0]}”"
            fix = "write an option of its own, or make the question a multiple choice"
            yield item.problem("above", ("options", index, "text", language), what, fix)


def _open_stem(item: Item, language: str) -> Found:
    """A stem that can be answered with the options covered (Haladyna and others 2002, 14)."""
    for match in matches(plain(item.question.stem[language]), _cues(language).open_stems)[:1]:
        what = f"the stem in “{language}” needs its options: “{match[0]}”"
        fix = "ask what is to be said, done or decided"
        yield item.advice("stem-open", ("stem", language), what, fix)


def negation(question: Question, language: str) -> str:
    """What makes a stem ask for the exception; "" when it does not."""
    known, stem = _cues(language), plain(question.stem[language])
    asked = (sentences(stem) or [""])[-1]
    opening = [m for m in matches(asked, known.negative_openings) if m.start() == 0]
    found = [*opening, *matches(stem, known.negatives)]
    return found[0][0] if found and isinstance(question, Choice) else ""


def _negation(item: Item, language: str) -> Found:
    """A negative stem is overlooked unless its word stands out (guideline 17 of the 31)."""
    phrase = negation(item.question, language)
    word = phrase.split()[-1] if phrase else ""
    stem = item.question.stem[language]
    if phrase and not (word.isupper() or re.search(rf"[*_]{re.escape(word)}[*_]", stem)):
        what = f"the stem in “{language}” is negative (“{phrase}”), and the word does not stand out"
        fix = f"ask what does fit, or emphasise it: **{word}**"
        yield item.problem("negative-stem", ("stem", language), what, fix)


def _references(item: Item, language: str) -> Found:
    """On the screen options change places, so no text may name one by its place."""
    texts = [*explained(item.question)]
    if item.question.hint:
        texts.append((("hint",), item.question.hint))
    for where, text in texts:
        for match in matches(unquoted(plain(text[language])), _cues(language).references)[:1]:
            what = f"“{match[0]}” in “{language}” names an option by its place, and places change"
            fix = "name it by what it says"
            yield item.problem("option-place", (*where, language), what, fix)


def _verdict(item: Item, language: str) -> Found:
    """The page says what is right; feedback says why (Shute 2008), without praise."""
    known = _cues(language)
    for where, text in explained(item.question):
        said = unquoted(plain(text[language])).strip()
        for match in matches(said, known.verdicts)[:1]:
            after = said[match.end() : match.end() + 1]
            if match.start() == 0 and after in {".", "!", ":", ""}:
                what = f"this feedback begins with “{match[0]}” in “{language}”"
                fix = "begin with what follows from this answer"
                yield item.problem("feedback-verdict", (*where, language), what, fix)
        for match in matches(said, known.praise)[:1]:
            what = f"“{match[0]}” in “{language}” praises the person"
            fix = "say what the answer brings about"
            yield item.problem("feedback-praise", (*where, language), what, fix)


def _clang(item: Item, language: str) -> Found:
    """A word of the stem that returns in the key alone points at it (guideline 28b of the 31)."""
    if not isinstance(item.question, Choice):
        return
    stem = content(item.question.stem[language], language)
    texts = [content(option.text[language], language) for option in item.question.options]
    right = keys(item.question)
    wrong = frozenset[str]().union(*(t for t, key in zip(texts, right, strict=True) if not key))
    for index, text in enumerate(texts):
        shared = sorted((stem & text) - wrong) if right[index] else []
        if shared:
            what = f"the stem and the right option alone share “{shared[0]}…” in “{language}”"
            fix = "say it otherwise in one of them, or use it in a wrong option as well"
            yield item.advice("stem-echo", ("options", index, "text", language), what, fix)


def _reading(item: Item, language: str) -> Found:
    """A question tests conversation, not reading: Kincaid and others (1975), Björnsson (1968).

    Of fewer than `LEAST_READ` words the figures say nothing.
    """
    limits, texts = _cues(language).reading, read_before(item.question, language)
    if sum(map(count, texts)) < LEAST_READ:
        return
    fix = "split the longest sentence, and take shorter words"
    level = lix(texts)
    if level > limits.lix:
        what = f"LIX {level:.0f} in “{language}”, {limits.lix:.0f} is the most"
        yield item.problem("reading-lix", (), what, fix)
    if limits.syllables and limits.flesch_kincaid:
        grade = flesch_kincaid(texts, limits.syllables)
        if grade > limits.flesch_kincaid:
            what = f"Flesch-Kincaid {grade:.1f} in “{language}”, "
            what += f"{limits.flesch_kincaid:.0f} is the most"
            yield item.problem("reading-grade", (), what, fix)


CUE_RULES: tuple[Rule, ...] = (
    _collective,
    _open_stem,
    _negation,
    _references,
    _verdict,
    _clang,
    _reading,
)
