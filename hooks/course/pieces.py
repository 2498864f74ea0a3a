"""The pieces that markers ask for: what renders each, and which assets it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .place import Marker
from .render import Renderer

ASSETS = {
    "quiz": ("learning.js", "quiz.css", "quiz.js"),
    "challenges": ("challenges.css", "challenges.js"),
    "progress": ("learning.js", "confidence.css", "confidence.js", "progress.css", "progress.js"),
    "review": ("learning.js", "review.css", "review.js", "quiz.css", "quiz.js"),
    "certificate": ("learning.js", "certificate.css", "certificate.js"),
    "confidence": ("learning.js", "confidence.css", "confidence.js"),
    "glossary": ("reference.css",),
    "phrases": ("reference.css", "phrases.js"),
    "picture": ("pictures.css",),
    "chart": ("chart.css", "chart.js"),
    "plan": ("reference.css",),
    "scenario": ("learning.js", "scenario.css", "scenario.js"),
    "planner": ("learning.js", "planner.css", "planner.js"),
    "fields": ("reference.css",),
    "terms": ("terms.css", "terms.js"),
    "beside": ("beside.css", "beside.js"),
    "checklist": ("reference.css",),
    "template": ("reference.css", "copy.js"),
    "brief": ("reference.css",),
    "sheet": ("reference.css",),
}
"""The style sheets and scripts of each piece and kind of block, in the order they run in."""


def assets_of(kinds: Iterable[str]) -> list[str]:
    """The style sheets and scripts that these pieces and kinds of block need, each once."""
    return list(dict.fromkeys(name for kind in kinds for name in ASSETS.get(kind, ())))


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
