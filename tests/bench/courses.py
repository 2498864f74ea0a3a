"""A number of lessons -> the files of a course for each contender: path -> text.

All get the same Markdown in both languages, in a navigation with sections of ten lessons. What a
contender cannot do is left out for it and not imitated: it does less work then, never more.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator

from bench import prose
from bench.lessons import QUIZ, Lesson, Question, lesson, lesson_name
from bench.prose import LANGUAGES, Text

Files = dict[str, str]

IN_A_SECTION = 10
ENDINGS = (".md", ".ro.md")

EXTENSIONS = """\
markdown_extensions:
  - abbr
  - attr_list
  - def_list
  - tables:
      use_align_attribute: true
  - toc:
      permalink: false
  - pymdownx.superfences
  - pymdownx.highlight
  - pymdownx.blocks.admonition:
      types: [scene, rule, example, note, checklist]
  - pymdownx.blocks.details
"""
"""What the settings of this project ask for, with the blocks that the lessons have."""

THEME = """\
theme:
  name: material
  language: {language}
  font: false
  features:
    - navigation.footer
    - navigation.top
    - toc.follow
"""
"""As this project has it; without web fonts, since those of the theme are on another host."""

STOCK = """\
site_name: A generated course
site_url: https://course.example/
nav:
{nav}
{theme}plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages:
        - locale: en
          default: true
          name: English
          build: true
        - locale: ro
          name: Română
          build: true
          nav_translations:
{translations}
{plugins}{extensions}"""

ZENSICAL = """\
site_name: {title}
site_url: https://course.example/{language}/
docs_dir: docs/{language}
site_dir: site/{language}
nav:
{nav}
{theme}extra:
  alternate:
    - {{name: English, link: /en/, lang: en}}
    - {{name: Română, link: /ro/, lang: ro}}
plugins:
  - search
{extensions}"""


def project(count: int, settings: str) -> Files:
    """The course for this project, given its mkdocs.yml, of which only the content is replaced."""
    settings = _replaced(r"^nav:\n.*?(?=^\S)", f"nav:\n{_nav(count, 0)}\n\n", settings)
    names = f"          nav_translations:\n{_translations(count)}\n"
    settings = _replaced(r"^ {10}nav_translations:\n(?: {11,}.*?\n)+", names, settings)
    files = _suffixed(count, lambda made, place: QUIZ)
    for place, ending in enumerate(ENDINGS):
        files[f"docs/index{ending}"] = _home(place) + "\n<!-- lessons -->\n"
    for made in _lessons(count):
        files[f"quizzes/{made.name}.yml"] = _quiz_file(made)
    return files | {"mkdocs.yml": settings}


def stock(count: int) -> Files:
    """The course for Material and mkdocs-static-i18n, which have no self-checks."""
    return _suffixed(count, lambda made, place: "") | {"mkdocs.yml": _stock_settings(count, "")}


def mkdocs_quiz(count: int) -> Files:
    """The same with mkdocs-quiz, whose questions have one feedback and not one for each answer."""
    settings = _stock_settings(count, "  - mkdocs_quiz\n")
    return _suffixed(count, _quiz_tags) | {"mkdocs.yml": settings}


def zensical(count: int) -> Files:
    """The course for Zensical: each language is a project of its own, without self-checks."""
    files = {}
    for place, language in enumerate(LANGUAGES):
        files[f"mkdocs.{language}.yml"] = ZENSICAL.format(
            title=prose.HOME[place],
            language=language,
            nav=_nav(count, place),
            theme=THEME.format(language=language),
            extensions=EXTENSIONS,
        )
        files[f"docs/{language}/index.md"] = _home(place)
        for made in _lessons(count):
            files[f"docs/{language}/lessons/{made.name}.md"] = _page(made, place, "")
    return files


def edited(text: str, number: int) -> str:
    """A page's text with one sentence changed, another one for each number."""
    first, end, rest = text.partition(".\n\n")
    assert end, "a page without a sentence"
    return f"{first} {prose.EDITED.format(number=number)}\n\n{rest}"


def _suffixed(count: int, self_check: Callable[[Lesson, int], str]) -> Files:
    """The pages of both languages side by side, each with what `self_check` makes for it."""
    files = {f"docs/index{ending}": _home(place) for place, ending in enumerate(ENDINGS)}
    for made in _lessons(count):
        for place, ending in enumerate(ENDINGS):
            page = _page(made, place, self_check(made, place))
            files[f"docs/lessons/{made.name}{ending}"] = page
    return files


def _stock_settings(count: int, plugins: str) -> str:
    return STOCK.format(
        nav=_nav(count, 0),
        theme=THEME.format(language="en"),
        translations=_translations(count),
        plugins=plugins,
        extensions=EXTENSIONS,
    )


def _lessons(count: int) -> Iterator[Lesson]:
    return (lesson(number, count) for number in range(count))


def _parts(count: int) -> Iterator[tuple[Text, range]]:
    """The sections of the navigation: their titles, and the numbers of their lessons."""
    for number, start in enumerate(range(0, count, IN_A_SECTION), 1):
        english, romanian = (text.format(number=number) for text in prose.PART)
        yield (english, romanian), range(start, min(start + IN_A_SECTION, count))


def _nav(count: int, place: int) -> str:
    lines = ["  - index.md"]
    for title, numbers in _parts(count):
        lines.append(f"  - {title[place]}:")
        lines += [f"      - lessons/{lesson_name(number)}.md" for number in numbers]
    return "\n".join(lines)


def _translations(count: int) -> str:
    return "\n".join(f"            {en}: {ro}" for (en, ro), _ in _parts(count))


def _replaced(pattern: str, text: str, settings: str) -> str:
    """Settings with one place replaced; an error when there is no such place any more."""
    settings, times = re.subn(pattern, lambda _: text, settings, flags=re.MULTILINE | re.DOTALL)
    assert times == 1, f"mkdocs.yml has {times} places like {pattern}"
    return settings


def _home(place: int) -> str:
    return f"---\ntitle: {prose.HOME[place]}\ndescription: {prose.ABOUT_HOME[place]}\n---\n"


def _page(made: Lesson, place: int, self_check: str) -> str:
    """The Markdown of a lesson; only the original says what all languages share."""
    shared = f"lesson: {made.code}\nminutes: 20\n" if place == 0 else ""
    objectives = "".join(
        f"  {key}: {_quoted(text[place])}\n" for key, text in made.objectives.items()
    )
    front = (
        f"---\ntitle: {_quoted(made.title[place])}\ndescription: {_quoted(made.about[place])}\n"
        f"{shared}objectives:\n{objectives}---\n\n"
    )
    return front + made.body[place].replace(QUIZ, self_check) + "\n"


def _quoted(text: str) -> str:
    """A text for YAML, whatever signs are in it."""
    return json.dumps(text, ensure_ascii=False)


def _quiz_file(made: Lesson) -> str:
    """The self-check as this project keeps it, laid out as its trainers write it."""
    lines = ["questions:"]
    objectives = itertools.cycle(made.objectives)
    for number, question in enumerate(made.questions, 1):
        lines += [
            f"  - id: {made.code.lower()}-{number}",
            f"    type: {question.kind}",
            f"    objective: {next(objectives)}",
            "    level: apply",
            f"    section: {question.section}",
            *_texts("    scenario", question.scenario),
            *_texts("    stem", question.stem),
            "    options:",
        ]
        for place, option in enumerate(question.options):
            lines.append(f"      - id: option-{place}")
            lines += ["        key: true"] if option.right else []
            if question.kind == "true-false":
                lines.append(f"        verdict: {str(not option.right).lower()}")
            lines += _texts("        text", option.text)
            lines += _texts("        feedback", option.feedback)
    return "\n".join(lines) + "\n"


def _texts(key: str, text: Text) -> Iterable[str]:
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    yield f"{key}:"
    for language, told in zip(LANGUAGES, text, strict=True):
        yield f"{indent}{language}: >-"
        yield f"{indent}  {told}"


def _quiz_tags(made: Lesson, place: int) -> str:
    """The self-check as mkdocs-quiz reads it."""
    return "\n\n".join(_quiz_tag(question, place) for question in made.questions)


def _quiz_tag(question: Question, place: int) -> str:
    marks = [
        f"- [{'x' if option.right else ' '}] {option.text[place]}" for option in question.options
    ]
    why = next(option.feedback[place] for option in question.options if option.right)
    told = f"{question.scenario[place]}\n{question.stem[place]}"
    return "\n".join(["<quiz>", told, *marks, "", why, "</quiz>"])
