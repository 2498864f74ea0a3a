"""Templates in overrides/ that Jinja cannot read: told with file and line, before a build."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from ..problem import Problem

FOLDER = "overrides"


def template_problems(root: Path, names: Collection[str] | None = None) -> Iterator[Problem]:
    """What is wrong with the templates of the course in `root`, one problem for each file.

    `names`, if given, are the only ones to look at, by their paths in there.
    """
    environment = Environment(autoescape=True)
    folder = root / FOLDER
    for path in sorted((*folder.rglob("*.html"), *folder.glob("fragments/pictures/*.svg"))):
        name = path.relative_to(root).as_posix()
        if names is not None and name not in names:
            continue
        try:
            environment.parse(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            what = "the file is not UTF-8 text"
            yield Problem(name, 1, what, "save it again with the encoding UTF-8", rule="encoding")
        except TemplateSyntaxError as error:
            yield Problem(name, error.lineno, *unreadable(error), rule="template")


def unreadable(error: TemplateSyntaxError) -> tuple[str, str]:
    """What is wrong with a template that Jinja cannot read, and what to do."""
    said = (error.message or "").rstrip(".").replace(";", ",")
    what = f"Jinja cannot read this template ({said})"
    return what, "compare the braces and tags of this line with an earlier version"
