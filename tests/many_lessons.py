"""Makes a course of any number of lessons, to see how the time of a check grows with it."""

from __future__ import annotations

from small_course import small_course

TABLES = ("docs/index.md", "docs/index.ro.md", "docs/table.md", "docs/table.ro.md")

SETTINGS = """\
site_name: Many lessons
nav:
{nav}
hooks:
  - hooks/build_course.py
plugins:
  - i18n:
      languages:
        - locale: en
          default: true
        - locale: ro
"""


TEXTS = (
    *("The client falls silent.", "Clientul tace.", "Which two help?", "Care două ajută?"),
    *("Silence means consent.", "Tăcerea înseamnă acord."),
)
"""What differs from lesson to lesson, so that no question is a copy of another."""


def _word(number: int) -> str:
    """A word of its own for each number."""
    return "".join(
        "bdfgklmnprstvz"[number // 14**place % 14] + "aeiou"[place] for place in range(4)
    )


def many_lessons(count: int) -> dict[str, str]:
    """Path -> text of a sound course: `count` lessons with self-checks, linked to one another."""
    small = small_course()
    files = {name: small[name] for name in TABLES}
    rows = ["rows:"]
    row = small["quizzes/challenges.yml"].split("  - id: budget")[0].removeprefix("rows:\n")
    for number in range(count):
        name = f"lesson-{number}"
        words = [_word(number * 8 + place) for place in range(8)]
        for ending in (".md", ".ro.md"):
            text = small[f"docs/listening{ending}"].replace("keep-silent", f"keep-silent-{number}")
            link = f"\n[Silence](lesson-{(number * 7 + 1) % count}{ending[-3:]}#silence)\n"
            files[f"docs/lessons/{name}{ending}"] = text.replace("L01", f"L{number:04}") + link
        quiz = small["quizzes/listening.yml"]
        for place, old in enumerate(TEXTS):
            quiz = quiz.replace(old, " ".join(["The", *words[place:], *words[:place]]) + ".")
        quiz = quiz.replace("keep-silent", f"keep-silent-{number}")
        quiz = quiz.replace("listening#", f"{name}#")
        for question in ("pause", "signs", "rule"):
            quiz = quiz.replace(f"- id: {question}\n", f"- id: {question}-{number}\n")
        files[f"quizzes/{name}.yml"] = quiz
        rows.append(row.replace("delays", f"row-{number}").replace("listening", name).rstrip())
    files["quizzes/challenges.yml"] = "\n".join(rows) + "\n"
    nav = ["index.md", "table.md", *(f"lessons/lesson-{number}.md" for number in range(count))]
    files["mkdocs.yml"] = SETTINGS.format(nav="\n".join(f"  - {page}" for page in nav))
    return files
