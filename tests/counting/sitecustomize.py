"""Notes what a build does, one line each, in every process of it; Python loads this by its name.

`OPERATIONS` names the file that takes the lines: what was done, a tab, to what. Processes append
to it, so it does not matter how many of them a build has or how they begin.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import jinja2
import markdown

_lines = os.open(os.environ["OPERATIONS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _note(done: str, name: object) -> None:
    os.write(_lines, f"{done}\t{name}\n".encode())


def _noted(owner: type, method: str, line: Callable[..., tuple[str, object]]) -> None:
    """Have a method tell what it is called for."""
    usual = getattr(owner, method)

    def told(self: Any, *arguments: Any, **named: Any) -> Any:
        _note(*line(self, *arguments))
        return usual(self, *arguments, **named)

    setattr(owner, method, told)


def _opened(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str) and arguments[1] in ("r", "rb"):
        _note("read", arguments[0])


_noted(jinja2.Template, "render", lambda self, *_: ("render", self.name))
_noted(jinja2.Environment, "compile", lambda self, source, name=None, *_: ("compile", name))
_noted(markdown.Markdown, "convert", lambda self, source: ("convert", source[:80].encode()))
sys.addaudithook(_opened)
