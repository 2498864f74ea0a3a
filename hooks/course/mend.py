"""A source and the texts of its files come in; the texts as `check --fix` would have them go out.

Every change is an edit in one line, at the place that the readers remember, so that comments
and layout stay as they are. An edit whose place does not hold what it should is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from .check import check
from .lint.language import language_problems
from .load import Source, reread
from .mend_edit import Edit, applied
from .mend_ids import id_edits
from .mend_texts import text_edits
from .problem import Problem
from .rules import MENDED
from .silence import allowances


def paths(source: Source) -> list[str]:
    """The files that may be mended."""
    documents = (*source.data, *source.interface)
    return [page.path for page in source.pages] + [document.path for document in documents]


def mend(source: Source, texts: Mapping[str, str]) -> dict[str, str]:
    """The mended texts of those files in which there is something to mend.

    `texts` are the files' texts as read, by path. What a comment silences stays as it is.
    """
    silenced = [one for one in allowances(source) if one.rule in MENDED and one.reason]
    edits: dict[str, list[Edit]] = {}
    for edit in _edits(source):
        allowed = any(
            one.path == edit.path and one.rule == edit.rule and one.first <= edit.line <= one.last
            for one in silenced
        )
        if not allowed:
            edits.setdefault(edit.path, []).append(edit)
    mended = {path: applied(texts[path], found) for path, found in edits.items() if path in texts}
    return {path: text for path, text in mended.items() if text != texts[path]}


def _edits(source: Source) -> Iterator[Edit]:
    yield from text_edits(source)
    yield from id_edits(source)


def worse(source: Source, texts: Mapping[str, str]) -> list[Problem]:
    """What would be wrong with a course with these `texts` and is not wrong now."""
    found = _told(reread(source, texts))
    more = Counter(map(_known, found)) - Counter(map(_known, _told(source)))
    return sorted(problem for problem in found if _known(problem) in more)


def _told(source: Source) -> list[Problem]:
    """The errors that mending could cause."""
    _, mistakes = check(source)
    return [problem for problem in (*mistakes, *language_problems(source)) if not problem.advice]


def _known(problem: Problem) -> tuple[str, str]:
    """What makes a problem the same although its line has changed."""
    return problem.path, problem.rule
