"""What a new lesson, question, conversation or chart begins with: templates in, texts out.

The templates stand in skeletons/, what they say in skeletons/hints.yml; a language without hints
of its own gets those of the first one there. Nothing here knows where the texts go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..lint.unwritten import MARK

FOLDER = Path(__file__).parent / "skeletons"


class Skeletons:
    """Renders the skeletons for a course with these languages, the default one first."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = tuple(languages)
        self._hints: Mapping[str, Mapping[str, str]] = yaml.safe_load(
            (FOLDER / "hints.yml").read_text(encoding="utf-8")
        )
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=False,  # Markdown and YAML come out, no HTML
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters["yaml"] = scalar

    def page(self, template: str, language: str, **values: object) -> str:
        """A Markdown text in one language."""

        def say(hint: str, n: object = "") -> str:
            return self._say(hint, n, language)

        original = language == self._languages[0]
        text = self._environment.get_template(template).render(
            **values, say=say, language=language, original=original
        )
        return re.sub(r"\n{3,}", "\n\n", text)

    def data(self, template: str, **values: object) -> str:
        """A YAML text with all languages side by side."""
        tools: dict[str, Any] = {"say": self._say, "languages": self._languages}
        return self._environment.get_template(template).render(**values, **tools)

    def _say(self, hint: str, n: object, language: str) -> str:
        texts = self._hints[hint]
        return texts.get(language, next(iter(texts.values()))).replace("{n}", str(n))


def titled(title: str, others: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The title in each language; where it is not given, the original with the mark."""
    given = {languages[0]: title, **others}
    return {language: given.get(language, f"{MARK}: {title}") for language in languages}


def scalar(text: str) -> str:
    """A text as YAML takes it behind a key: as it is where that reads the same, else in quotes."""
    try:
        plain = yaml.safe_load(f"key: {text}\n") == {"key": text}
    except yaml.YAMLError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)
