"""What a bank of questions gives away that no single one does, and what blind solvers score.

The bank is all choice questions of the course: those of one lesson are too few to show a
habit, and below `LEAST` questions nothing is said. A test-wise reader who knows nothing of
the subject is played by programs (Millman, Bishop and Ebel 1965: test-wiseness). The figures
are this project's own thresholds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from ..load import Source
from ..model import Course, Match, Question
from ..problem import Problem
from .questions import Choice, Item, items, keys, negation, told
from .words import Cues, Phrases, content, count, cues, jaccard, number_of

LEAST = 12
LEAST_MARKED = 5
EXTREME_SHARE = 0.40
POSITION_MARGIN = 0.10
LONGEST_RUN = 3
NEGATIVE_SHARE = 0.05
ABSOLUTES_MARGIN = 0.10
MARKED_SHARE = 0.40
SOLVER_MARGIN = 0.10
RECALL_SHARE = 0.25
ALIKE = 0.6
LEAST_ANSWER = 4
FIRST_REPEATING = 3
PLACES = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class SolverScore:
    """What a blind solver scores over a bank, and what chance scores; both from 0 to 1."""

    name: str
    score: float
    chance: float


Preference = Callable[[Cues | None, int, str], float]
"""How much a solver likes an option, by the cues of the language, its place and its text."""


def _number_in(name: str) -> Preference:
    """Likes an option the more, the more phrases of a cue list it holds."""

    def prefer(known: Cues | None, _place: int, text: str) -> float:
        return number_of(text, getattr(known, name)) if known else 0

    return prefer


def _place_is(wanted: int) -> Preference:
    return lambda _known, place, _text: place == wanted


def _without_absolutes(known: Cues | None, place: int, text: str) -> float:
    return not _number_in("absolutes")(known, place, text)


SOLVERS: dict[str, Preference] = {
    "the longest option": lambda _known, _place, text: count(text),
    "the shortest option": lambda _known, _place, text: -count(text),
    "the politest option": _number_in("markers"),
    "the most hedged option": _number_in("hedges"),
    "an option without absolutes": _without_absolutes,
    **{f"the {name} option": _place_is(place) for place, name in enumerate(PLACES)},
}


def solver_scores(questions: Sequence[Choice], language: str) -> tuple[SolverScore, ...]:
    """What each blind solver scores in `language`; among options it likes as much, it guesses.

    A question counts 1 at most; of one with several right options, the part that is hit.
    Nothing is drawn by lot: a guess counts what it brings on average.
    """
    known, total = cues(language), max(len(questions), 1)
    chance = sum(question.chooses / len(question.options) for question in questions) / total

    def score(prefer: Preference) -> float:
        return sum(_credit(question, prefer, known, language) for question in questions) / total

    return tuple(SolverScore(name, score(prefer), chance) for name, prefer in SOLVERS.items())


def _credit(question: Choice, prefer: Preference, known: Cues | None, language: str) -> float:
    """The part of the right options that a solver hits on average."""
    liked = [prefer(known, i, option.text[language]) for i, option in enumerate(question.options)]
    left, hits = question.chooses, 0.0
    for liking in sorted(set(liked), reverse=True):
        group = [key for key, value in zip(keys(question), liked, strict=True) if value == liking]
        taken = min(left, len(group))
        hits += taken * sum(group) / len(group)
        left -= taken
    return hits / question.chooses


def choice_questions(questions: Iterable[Question]) -> list[Choice]:
    """Those with options to choose from."""
    return [question for question in questions if isinstance(question, Choice)]


Found = Iterator[Problem]
Bank = Sequence[tuple[Item, Choice]]


def bank_problems(source: Source, course: Course) -> Found:
    """What the rules over all questions find."""
    asked = items(source, course)
    bank = [(item, item.question) for item in asked if isinstance(item.question, Choice)]
    yield from _runs(bank)
    yield from _recall(asked)
    yield from _repeated_ideas(source, course)
    if len(bank) >= LEAST:
        yield from _positions(bank)
    for language in course.finished:
        yield from _alike(asked, language)
        yield from _answered_elsewhere(bank, asked, language)
        if len(bank) >= LEAST:
            for rule in (*RULES, *CUE_RULES) if cues(language) else RULES:
                yield from rule(bank, language)


def _report(rule: str, guilty: Sequence[Item], what: str, fix: str) -> Problem:
    """A finding about several questions: at the first of the file that has most of them."""
    most = Counter(item.document.path for item in guilty).most_common(1)[0][0]
    first = next(item for item in guilty if item.document.path == most)
    named = ", ".join(item.question.id for item in guilty[:12])
    others = f" and {len(guilty) - 12} more" if len(guilty) > 12 else ""
    return first.problem(rule, (), what, f"{fix}: {named}{others}")


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "none"


# Rules for all languages at once


def _place_of_key(question: Choice) -> int:
    return keys(question).index(True)


def _positions(bank: Bank) -> Found:
    """Right answers stand in every place about as often (Haladyna and others 2002, 20)."""
    single = [(item, question) for item, question in bank if question.chooses == 1]
    for place, name in enumerate(PLACES):
        here = [item for item, question in single if _place_of_key(question) == place]
        able = [len(question.options) for _, question in single if len(question.options) > place]
        due = sum(1 / number for number in able)
        if single and abs(len(here) - due) / len(single) > POSITION_MARGIN + 1e-9:
            what = f"the right option stands {name} in {_share(len(here), len(single))} of the "
            what += f"course’s questions, {due / len(single):.0%} is even, "
            what += f"{POSITION_MARGIN * 100:.0f} points more or less are allowed"
            fix = "move it to another place in some of these"
            if len(here) < due:
                fix = f"move it to the {name} place in some of these"
                here = [item for item, question in single if _place_of_key(question) != place]
            yield _report("key-places", here, what, fix)


def _runs(bank: Bank) -> Found:
    """No row of questions in a file whose right options stand in the same place."""
    single = [(item, question) for item, question in bank if question.chooses == 1]
    for (_, place), group in groupby(single, lambda pair: (pair[0].quiz, _place_of_key(pair[1]))):
        row = [item for item, _ in group]
        if len(row) > LONGEST_RUN:
            what = f"in {len(row)} questions in a row the right option stands {PLACES[place]}, "
            what += f"{LONGEST_RUN} are the most"
            yield row[LONGEST_RUN].problem("key-run", ("options",), what, "move it in this one")


def _recall(asked: Sequence[Item]) -> Found:
    """At most a quarter asks to recall, in a file and in the course; the rest applies or judges.

    With that at least 60% ask for application or judgement, as this project wants it.
    """
    files = [list(group) for _, group in groupby(asked, lambda item: item.quiz)]
    for part, name in [(file, "this file") for file in files] + [(list(asked), "the course")]:
        recall = [item for item in part if item.question.level == "recall"]
        if len(recall) > RECALL_SHARE * len(part):
            what = f"{_share(len(recall), len(part))} questions of {name} ask to recall, "
            what += f"{RECALL_SHARE:.0%} is the most"
            fix = "make some ask what to say or do in a case"
            yield _report("recall", recall, what, fix)


def _repeated_ideas(source: Source, course: Course) -> Found:
    """From the third lesson on, a self-check brings ideas of earlier lessons back.

    Recall spread over time keeps better (Roediger and Karpicke 2006).
    """
    rows = {row.id: row for row in course.challenges.rows}
    ideas: set[str] = set()
    slugs: set[str] = set()

    def repeats(question: Question) -> bool:
        """Whether a question covers an idea, or a row of the table, of an earlier lesson."""
        named = [rows[name] for name in (question.rows if isinstance(question, Match) else ())]
        return not ideas.isdisjoint(question.ideas) or any(
            row.lesson in slugs or not ideas.isdisjoint(row.ideas) for row in named
        )

    for number, lesson in enumerate(course.lessons, 1):
        quiz = course.quizzes.get(lesson.slug)
        if quiz and number >= FIRST_REPEATING and not any(map(repeats, quiz.questions)):
            path = source.quizzes[lesson.slug].path
            what = "no question of this self-check repeats an idea of an earlier lesson"
            fix = "let one or two do so, and add that idea’s id to their “ideas”"
            line = source.quizzes[lesson.slug].line(("questions",))
            yield Problem(path, line, what, fix, rule="repeated-ideas")
        ideas.update(lesson.shared.ideas)
        slugs.add(lesson.slug)


# Rules of any language


def _extremes(bank: Bank, language: str) -> Found:
    """The right option is no more often the longest or the shortest than chance has it."""
    single = [(item, question) for item, question in bank if question.chooses == 1]
    for name, extreme in (("longest", max), ("shortest", min)):
        guilty = []
        for item, question in single:
            lengths = [count(option.text[language]) for option in question.options]
            alone = lengths.count(extreme(lengths)) == 1
            if alone and keys(question)[lengths.index(extreme(lengths))]:
                guilty.append(item)
        if len(guilty) > EXTREME_SHARE * len(single):
            what = f"in {_share(len(guilty), len(single))} of the course’s questions the right "
            what += f"option is the {name} in “{language}”, {EXTREME_SHARE:.0%} is the most"
            fix = f"make another option the {name} in some of these"
            yield _report(f"key-{name}", guilty, what, fix)


def _solvers(bank: Bank, language: str) -> Found:
    """Who knows nothing and follows one cue scores hardly more than chance."""
    for solver in solver_scores([question for _, question in bank], language):
        if solver.score > solver.chance + SOLVER_MARGIN + 1e-9:
            prefer, known = SOLVERS[solver.name], cues(language)
            guilty = [
                item
                for item, question in bank
                if _credit(question, prefer, known, language)
                > question.chooses / len(question.options)
            ]
            what = f"who always chooses {solver.name} in “{language}” scores "
            what += f"{solver.score:.0%}, chance is {solver.chance:.0%}, and "
            what += f"{solver.chance + SOLVER_MARGIN:.0%} is the most"
            yield _report("blind-solver", guilty, what, "take the cue out of some of these")


RULES = (_extremes, _solvers)


def _alike(asked: Sequence[Item], language: str) -> Found:
    """No two questions tell the same case: what is content in them differs enough."""
    texts = [content(told(item.question, language), language) for item in asked]
    told_of = set()
    for i, j in _pairs_alike(texts):
        (one, first), (other, second) = (asked[i], texts[i]), (asked[j], texts[j])
        level = jaccard(first, second)
        if level >= ALIKE and j not in told_of:  # of many copies each is told once
            told_of.add(j)
            what = f"“{other.question.id}” is like “{one.question.id}” in “{language}”: "
            what += f"{level:.2f} of their words are the same, below {ALIKE} is right"
            fix = f"tell another case (the first stands at {one.document.path}:{one.line()})"
            yield other.problem("alike", ("stem", language), what, fix)


def _pairs_alike(texts: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """Which texts may share so many of their words, by their places.

    Two sets that do share one of their rarest words, at least, so that of many questions only
    few are compared (prefix filtering: Chaudhuri, Ganti and Kaushik 2006).
    """
    number = Counter(word for text in texts for word in text)
    seen: dict[str, list[int]] = {}
    found: set[tuple[int, int]] = set()
    for place, text in enumerate(texts):
        rarest = sorted(text, key=lambda word: (number[word], word))
        for word in rarest[: len(text) - ceil(ALIKE * len(text)) + 1]:
            found.update((other, place) for other in seen.get(word, ()))
            seen.setdefault(word, []).append(place)
    return sorted(found)


def _answered_elsewhere(bank: Bank, asked: Sequence[Item], language: str) -> Found:
    """No question gives away the answer to another (Haladyna and others 2002, guideline 6)."""
    texts = [(item, content(told(item.question, language), language)) for item in asked]
    holding: dict[str, list[int]] = {}
    for number, (_, text) in enumerate(texts):
        for word in text:
            holding.setdefault(word, []).append(number)
    for item, question in bank:
        for index, option in enumerate(question.options):
            said = content(option.text[language], language)
            if not option.key or len(said) < LEAST_ANSWER:
                continue
            rarest = min((holding.get(word, []) for word in said), key=len)
            others = [texts[number] for number in rarest]
            for other in (other for other, text in others if other is not item and said <= text):
                what = f"all content words of this right option in “{language}” stand in the "
                what += f"question “{other.question.id}”"
                fix = f"see that it does not answer this one ({other.document.path}:{other.line()})"
                place = ("options", index, "text", language)
                yield item.advice("answered-elsewhere", place, what, fix)


# Rules that need the cues of a language


def _negatives(bank: Bank, language: str) -> Found:
    """Negative stems are rare (guideline 17 of Haladyna, Downing and Rodriguez 2002)."""
    guilty = [item for item, question in bank if negation(question, language)]
    if len(guilty) > NEGATIVE_SHARE * len(bank):
        what = f"{_share(len(guilty), len(bank))} stems in “{language}” are negative, "
        what += f"{NEGATIVE_SHARE:.0%} is the most"
        yield _report("negative-stems", guilty, what, "ask what does fit in some of these")


def _absolutes(bank: Bank, language: str) -> Found:
    """Absolutes are about as frequent in right as in wrong options (guideline 28a of the 31)."""
    known = cues(language)
    found: dict[bool, list[bool]] = {True: [], False: []}
    guilty: list[Item] = []
    for item, question in bank:
        flags = _holds(question, language, known.absolutes if known else ())
        for flag, key in zip(flags, keys(question), strict=True):
            found[key].append(flag)
        guilty += [item] if any(flags) else []
    right, wrong = (sum(flags) / max(len(flags), 1) for flags in (found[True], found[False]))
    if abs(right - wrong) > ABSOLUTES_MARGIN + 1e-9:
        what = f"{right:.0%} of the right and {wrong:.0%} of the wrong options in "
        what += f"“{language}” hold an absolute, {ABSOLUTES_MARGIN * 100:.0f} points is the most "
        what += "between them"
        found_problem = _report("absolutes", guilty, what, "even it out in some of these")
        yield replace(found_problem, advice=True)


def _holds(question: Choice, language: str, phrases: Phrases) -> list[bool]:
    """Which options hold a phrase of a cue list."""
    return [number_of(option.text[language], phrases) > 0 for option in question.options]


def _tone(bank: Bank, language: str) -> Found:
    """A kind tone stands in wrong options, too, or it gives the right one away."""
    known = cues(language)
    marked, guilty = 0, []
    for item, question in bank:
        kind = _holds(question, language, known.markers if known else ())
        pairs = list(zip(kind, keys(question), strict=True))
        if any(has and key for has, key in pairs):
            marked += 1
            guilty += [] if any(has and not key for has, key in pairs) else [item]
    others = marked - len(guilty)
    if marked >= LEAST_MARKED and others < MARKED_SHARE * marked:
        what = f"of {marked} questions whose right option in “{language}” sounds kind, a wrong one "
        what += f"does so in {others} ({others / marked:.0%}), {MARKED_SHARE:.0%} is the least"
        yield _report("tone", guilty, what, "let a wrong option sound as kind in some of these")


CUE_RULES = (_negatives, _absolutes, _tone)
