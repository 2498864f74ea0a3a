"""Comments that silence a rule in one place, with a reason.

In a page `<!-- allow calque: the client's own word -->` stands on a line of its own before the
block that it holds for; in YAML `# allow calque: …` stands behind a value or in the line
above it, and holds for all that begins there. Only matters of style and advice can be silenced.
A source and its problems come in; what is left of them, and what was silenced, go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .load import Source
from .page import Page, read_allowance
from .page_blocks import Block, read_blocks
from .problem import Problem, suggest
from .rules import RULES, STYLE, can_be_silenced
from .yaml_reader import Document


@dataclass(frozen=True, order=True)
class Allowance:
    """A comment that silences `rule` in the lines `first` to `last` of its file."""

    path: str
    line: int
    rule: str
    reason: str
    first: int
    last: int
    alone: bool = True

    def covers(self, problem: Problem) -> bool:
        """Whether it silences a problem."""
        return (
            problem.path == self.path
            and problem.rule == self.rule
            and self.first <= problem.line <= self.last
            and (problem.advice or problem.rule in STYLE)
        )

    def problem(self, what: str, fix: str, advice: bool = False) -> Problem:
        """A problem with the comment itself."""
        return Problem(self.path, self.line, what, fix, advice, rule="silence")


@dataclass(frozen=True, order=True)
class Silenced:
    """A problem that a comment silences, and the reason it gives."""

    problem: Problem
    reason: str


def silence(
    problems: Iterable[Problem], source: Source, judged: frozenset[str]
) -> tuple[list[Problem], list[Silenced]]:
    """What is left of `problems` beside what is silenced.

    What is wrong with the comments themselves is among the problems. `judged` are the rules
    that were looked at: of any other nobody can say whether there is something to silence.
    """
    allowed = list(allowances(source))
    sound = [allowance for allowance in allowed if _wrong(allowance) is None]
    left, silenced, used = [], [], set()
    by_path: dict[str, list[Allowance]] = {}
    for allowance in sound:
        by_path.setdefault(allowance.path, []).append(allowance)
    for problem in problems:
        covering = [one for one in by_path.get(problem.path, ()) if one.covers(problem)]
        used.update(covering)
        if covering:
            silenced.append(Silenced(problem, covering[0].reason))
        else:
            left.append(problem)
    for allowance in allowed:
        wrong = _wrong(allowance)
        if wrong:
            left.append(wrong)
        elif allowance not in used and allowance.rule in judged:
            what = f"there is nothing to silence: “{allowance.rule}” finds nothing here"
            left.append(allowance.problem(what, "take this comment out", advice=True))
    return sorted(left), sorted(silenced)


def _wrong(allowance: Allowance) -> Problem | None:
    """What is wrong with a comment, whatever it stands before."""
    rule = allowance.rule
    if rule not in RULES:
        return allowance.problem(f"there is no rule “{rule}” to silence", suggest(rule, RULES))
    if not can_be_silenced(rule):
        fix = "mend what it tells, and take this comment out"
        return allowance.problem(f"“{rule}” cannot be silenced, for a build needs it", fix)
    if not allowance.reason:
        fix = f"write why after a colon, as in “allow {rule}: the client's own word”"
        return allowance.problem(f"“{rule}” is silenced without a reason", fix)
    if not allowance.alone:
        fix = "put it on a line of its own before the block"
        return allowance.problem(f"this comment to silence “{rule}” stands inside of a text", fix)
    return None


def allowances(source: Source) -> Iterator[Allowance]:
    """All comments of a course that silence a rule."""
    for page in source.pages:
        yield from page_allowances(page)
        yield from document_allowances(page.meta)
    for document in (*source.data, *source.interface):
        yield from document_allowances(document)


def page_allowances(page: Page) -> Iterator[Allowance]:
    """The comments of a page's body; each holds for the next block."""
    found = [
        (comment, read)
        for comment in page.comments
        if (read := read_allowance(comment.text)) is not None
    ]
    blocks = list(_flat(read_blocks(page.body))) if found else []
    for comment, (rule, reason) in found:
        line = comment.line - page.first_line + 1
        above = [_last(block) for block in blocks if _last(block) < line]
        after = next((block for block in blocks if block.line > line), None)
        first = max(above, default=0) + 1
        last = _last(after) if after else line
        top = page.first_line - 1
        yield Allowance(
            page.path, comment.line, rule, reason, first + top, last + top, comment.alone
        )


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _flat(block.inside)


def _last(block: Block) -> int:
    return block.line + block.text.count("\n")


def document_allowances(document: Document) -> Iterator[Allowance]:
    """The comments of a YAML document; each holds for what begins in its line or the next."""
    for index, row in enumerate(document.source):
        comment = r"(?:^|(?<=\s))#+\s*(allow\s.*)$"
        for match in re.finditer(comment, row) if "allow" in row else ():
            read = read_allowance(match[1])
            number = index + document.first_line
            if read and not _in_text(document, number, match.start()):
                rule, reason = read
                first, last = _node(document, number, match.start())
                yield Allowance(document.path, number, rule, reason, first, last)


def _in_text(document: Document, line: int, column: int) -> bool:
    """Whether a place in a document is inside of a value, and so no comment."""
    blocks, quoted = ("|", ">"), ("'", '"')
    return any(
        (span.style in blocks and span.first < line <= span.last)
        or (
            span.style in quoted
            and (span.first, span.column) < (line, column) < (span.last, span.end)
        )
        for span in document.spans.values()
    )


def _node(document: Document, line: int, column: int) -> tuple[int, int]:
    """The lines of the largest value that begins where a comment stands, or below it."""
    row = document.source[line - document.first_line]
    target = line
    if not row[:column].strip():
        rest = document.source[line - document.first_line + 1 :]
        steps = (n for n, text in enumerate(rest, 1) if text.strip() and text.strip()[0] != "#")
        target = line + next(steps, 0)
    begun = [
        document.spans[where].last
        for where, first in (*document.lines.items(), *document.key_lines.items())
        if where and first == target and where in document.spans
    ]
    top = document.path.endswith(".md") and target == document.line(())
    return (1 if top else target), max(begun, default=target)
