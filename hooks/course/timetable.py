"""A session of a plan comes in, its times go out: they add up from the lessons' minutes."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Course, CoursePage, PlanItem, PlanSession


@dataclass(frozen=True)
class TimedItem:
    """An item of a session: when it begins (“9:05”), how many minutes it takes, and its lesson."""

    start: str
    minutes: int
    item: PlanItem
    lesson: CoursePage | None


@dataclass(frozen=True)
class TimedSession:
    """A session with its items timed, the minutes of all of them, and when it ends."""

    session: PlanSession
    items: tuple[TimedItem, ...]
    minutes: int
    end: str


def timed(session: PlanSession, course: Course) -> TimedSession:
    """Give each item its time. A lesson takes its own minutes unless the plan gives it fewer."""
    hours, minutes = (session.start or "0:00").split(":")
    now = begin = int(hours) * 60 + int(minutes)
    items = []
    for item in session.items:
        lesson = course.pages[item.lesson] if item.lesson else None
        takes = item.minutes or (lesson.shared.minutes if lesson else 0) or 0
        items.append(TimedItem(clock(now), takes, item, lesson))
        now += takes
    return TimedSession(session, tuple(items), now - begin, clock(now))


def clock(minutes: int) -> str:
    """Minutes since midnight as hours and minutes: 545 is 9:05."""
    return f"{minutes // 60}:{minutes % 60:02}"
