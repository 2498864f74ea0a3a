"""Which questions ask for which objective of which lesson: what progress is counted by."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Course, CoursePage, Question


@dataclass(frozen=True)
class Asked:
    """A question, and the name of the self-check it stands in."""

    quiz: str
    question: Question


@dataclass(frozen=True)
class Lesson:
    """A lesson, the scored questions of its self-check, and what asks for its objectives.

    A self-check that draws its questions counts for no objective: nobody meets all of them.
    """

    page: CoursePage
    questions: tuple[Asked, ...]
    objectives: dict[str, tuple[Asked, ...]]


def outline(course: Course) -> tuple[Lesson, ...]:
    """The lessons in the order of the curriculum, with what is asked about each."""
    own: dict[str, list[Asked]] = {}
    asking: dict[str, list[Asked]] = {}
    for name, quiz in course.quizzes.items():
        for question in () if quiz.draw else quiz.questions:
            asked = Asked(name, question)
            own.setdefault(name, []).append(asked)
            asking.setdefault(question.objective, []).append(asked)

    def lesson(page: CoursePage) -> Lesson:
        questions = (asked for asked in own.get(page.slug, ()) if asked.question.scored)
        objectives = {name: tuple(asking.get(name, ())) for name in page.shared.objectives}
        return Lesson(page, tuple(questions), objectives)

    return tuple(lesson(page) for page in course.lessons)


def scored_ids(course: Course) -> dict[str, list[str]]:
    """The scored questions of each lesson's self-check, by the lesson's slug: done with these,
    it is finished.
    """
    return {
        lesson.page.slug: [asked.question.id for asked in lesson.questions]
        for lesson in outline(course)
    }


def scored_questions(course: Course) -> tuple[Asked, ...]:
    """Every scored question of the course: what the review chooses from."""
    return tuple(
        Asked(name, question)
        for name, quiz in course.quizzes.items()
        for question in quiz.questions
        if question.scored
    )


def marks(questions: tuple[Asked, ...]) -> str:
    """The questions as a script reads them: each id with its stamp."""
    return " ".join(f"{asked.question.id}:{asked.question.stamp}" for asked in questions)
