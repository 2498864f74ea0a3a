"""What ended a build comes in; problems with file and line go out, worded for a trainer.

For what no rule of the check can see before: broken templates, and settings that MkDocs refuses.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from .checks.settings import FILE
from .checks.templates import template_problems, unreadable
from .load import relative
from .problem import Problem
from .settings import SettingsError, read_settings


def mishaps(error: BaseException, root: Path, said: Iterable[str] = ()) -> list[Problem]:
    """Why a build of the course in `root` ended with `error`; one problem at least.

    `said` is what MkDocs logged as errors on the way: it tells of a setting there, and raises
    something that only counts them.
    """
    said = [*said]
    settings = [*_settings_problems(said, root)]
    if settings:
        return settings
    broken = [*template_problems(root)]
    if broken:
        return broken
    for cause in _chain(error):
        problem = _template_problem(cause, root)
        if problem:
            return [problem]
    try:
        read_settings(root)
    except SettingsError as unusable:
        return [*unusable.problems]
    name = f"{type(error).__name__}: " if isinstance(error, LookupError | TypeError) else ""
    reason = " ".join(said[-1:]) or f"{name}{error}" or "no reason given"
    what = f"the course could not be built ({_plain(reason)})"
    return [Problem(FILE, 1, what, "undo the last change", rule="settings")]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it came from."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _plain(text: str) -> str:
    """A message in one line, as a part of ours."""
    return " ".join(text.split()).rstrip(".").replace(";", ",")


def _template_problem(error: BaseException, root: Path) -> Problem | None:
    frames = [
        (frame.filename, frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).suffix in {".html", ".svg"}
    ]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    if not frames:
        return None
    path, line = frames[-1]
    what, fix = _template_words(error)
    return Problem(relative(Path(path), root), line, what, fix, rule="template")


def _template_words(error: BaseException) -> tuple[str, str]:
    said = _plain(str(error))
    if isinstance(error, TemplateNotFound):
        return f"there is no template “{error.name}”", "correct its name, or write that file"
    if isinstance(error, TemplateSyntaxError):
        return unreadable(error)
    if isinstance(error, UndefinedError):
        return f"the template is not given what it asks for ({said})", "correct the name"
    if isinstance(error, KeyError):
        return f"the template asks for “{said.strip(chr(39))}”, which does not exist", (
            "correct the name, or add it to hooks/course/strings/*.yml if it is a text"
        )
    return f"the template fails here ({type(error).__name__}: {said})", "undo the last change"


def _settings_problems(said: Iterable[str], root: Path) -> Iterator[Problem]:
    """What MkDocs said of each setting, with the line where that stands."""
    try:
        lines = (root / FILE).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeError):
        return
    for text in said:
        match = re.match(r"Config value '([\w-]+)': (.*)", text, re.DOTALL)
        if match:
            keys = (n for n, line in enumerate(lines, 1) if line.startswith(f"{match[1]}:"))
            what = f"“{match[1]}” cannot be used ({_plain(match[2])})"
            fix = "correct it, or undo the last change"
            yield Problem(FILE, next(keys, 1), what, fix, rule="settings")
