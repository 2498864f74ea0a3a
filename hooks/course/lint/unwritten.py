"""What is still to be written: every line with the mark that `course.py new` leaves.

What stands around the mark is not judged yet: a skeleton has the lengths and the words of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..load import Source
from ..page import Page
from ..problem import Problem
from ..yaml_reader import Document
from .passages import HOLE, without_code

MARK = "TODO"
RULE = "to-be-written"

_MARKED = re.compile(rf"\b{MARK}\b:?(.*)")
_END = re.compile(rf"\{{|\*|\b{MARK}\b|{HOLE}|\s#|\. (?=[A-ZȘȚĂÎÂ])")


def unwritten_problems(source: Source) -> Iterator[Problem]:
    """A finding for each line that holds the mark, with what is to be written there."""
    for page in source.pages:
        yield from _found(page.path, _document_rows(page.meta))
        yield from _found(page.path, _body_rows(page))
    for document in _documents(source):
        yield from _found(document.path, _document_rows(document))


def judged(problems: set[Problem], source: Source) -> set[Problem]:
    """The findings without those about a question, a node or a line that is to be written."""
    places = {(problem.path, problem.line) for problem in problems if problem.rule == RULE}
    around = set(places)
    documents = [*_documents(source), *(page.meta for page in source.pages)]
    for document in documents:
        for first, last in _blocks(document):
            lines = {(document.path, line) for line in range(first, last)}
            around |= lines if lines & places else set()
    return {
        problem
        for problem in problems
        if problem.rule == RULE or (problem.path, problem.line) not in around
    }


def _documents(source: Source) -> Iterator[Document]:
    for documents in (source.quizzes, source.tables, source.scenarios, source.charts):
        yield from documents.values()


def _document_rows(document: Document) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(document.source, document.first_line):
        if not row.lstrip().startswith("#"):
            yield number, row


def _body_rows(page: Page) -> Iterator[tuple[int, str]]:
    yield from enumerate(without_code(page.body).split("\n"), page.first_line)


def _found(path: str, rows: Iterator[tuple[int, str]]) -> Iterator[Problem]:
    for number, row in rows:
        marked = _MARKED.search(row)
        if marked:
            told = _END.split(marked[1])[0].strip(" \"'“”„[],:")
            what = "a text is still to be written" + (f" ({told})" if told else "")
            yield Problem(path, number, what, f"write it in place of “{MARK}”", rule=RULE)


def _blocks(document: Document) -> Iterator[tuple[int, int]]:
    """The lines, from and to, of each entry of a document and of each item of its lists."""
    starts = {line for where, line in document.key_lines.items() if len(where) == 1}
    starts |= {
        line
        for where, line in document.lines.items()
        if len(where) == 2 and isinstance(where[1], int)
    }
    ordered = sorted(starts)
    end = document.first_line + len(document.source)
    yield from zip(ordered, [*ordered[1:], end][: len(ordered)], strict=True)
