"""The pieces that markers ask for: what renders each, and which scripts it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .place import Marker
from .render import Renderer

SCRIPTS = {
    "quiz": ("learning.js", "quiz.js"),
    "challenges": ("challenges.js",),
    "progress": ("learning.js", "confidence.js", "progress.js"),
    "review": ("learning.js", "review.js", "quiz.js"),
    "certificate": ("learning.js", "certificate.js"),
    "confidence": ("learning.js", "confidence.js"),
    "phrases": ("phrases.js",),
    "chart": ("chart.js",),
    "scenario": ("learning.js", "scenario.js"),
    "planner": ("learning.js", "planner.js"),
    "terms": ("terms.js",),
    "beside": ("beside.js",),
    "template": ("copy.js",),
}
"""The scripts of each piece and kind of block that has any, in the order they run in."""


def scripts_of(kinds: Iterable[str]) -> list[str]:
    """The scripts that these pieces and kinds of block need, each once."""
    return list(dict.fromkeys(name for kind in kinds for name in SCRIPTS.get(kind, ())))


def rendered(marker: Marker, renderer: Renderer, slug: str, mark: float, site_name: str) -> str:
    """The HTML of what a marker on the page `slug` asks for.

    `mark` is the share of a self-check, from 0 to 1, that the certificate asks for.
    """
    name, names = marker.name, marker.arguments
    pieces: dict[str, Callable[[], str]] = {
        "quiz": lambda: renderer.quiz((*names, slug)[0]),
        "challenges": lambda: renderer.challenges(names, slug),
        "lessons": renderer.lessons,
        "progress": renderer.progress,
        "review": lambda: renderer.review(slug),
        "certificate": lambda: renderer.certificate(mark, site_name),
        "confidence": lambda: renderer.confidence(names[0]),
        "glossary": renderer.glossary,
        "phrases": renderer.phrases,
        "plan": lambda: renderer.plan(names[0]),
        "scenario": lambda: renderer.scenario(names[0], slug),
        "picture": lambda: renderer.picture(names[0]),
        "chart": lambda: renderer.chart(names[0]),
        "planner": renderer.planner,
        "fields": renderer.fields,
        "terms": lambda: renderer.terms(slug),
    }
    return pieces[name]()
