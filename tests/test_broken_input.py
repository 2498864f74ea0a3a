"""Ten thousand broken files: the check and the linter tell of them, and neither fails nor hangs.

Real files of the course and of the golden cases are damaged as editors, merges and hasty hands
damage them; each is put into a small course in memory. The seed is printed with what fails, and
`BROKEN_SEED` sets it.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from course.check import check
from course.lint import lint
from course.load import Source, read_page, read_source, read_yaml
from course.settings import SettingsError, read_settings
from small_course import LANGUAGES, lay_out, trainers_course

SEED = int(os.environ.get("BROKEN_SEED", "20261122"))
INPUTS = int(os.environ.get("BROKEN_INPUTS", "10000"))
WHOLE = 40
"""One of so many inputs is judged in the whole course."""

SECONDS = 5.0
"""The time that one input may take; the slowest takes a tenth of a second."""

ODD = [
    *(
        "\t",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\x00",
        "\x0b",
        "\u2028",
        "\u0301",
        "\U0001f600",
    ),
    *("“", "”", "’", "„", "–", "—", "&a ", "*a", "!!python/object:os.system ", "!x ", "<<: ", "? "),
    *(": ", "- ", "#", "{", "}", "[", "]", "'", '"', "|", ">-", "%", "@", "`", "---\n", "...\n"),
    *("<!--", "-->", "///", "/// weak", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "~~~", "```"),
    *("{ #x }", "](", "![](", "<script>", "<!-- quiz: ", "](glossary.md#", "{{ x }}", "{% x"),
    *("9" * 400, "1e999", "-.inf", ".nan", "0x" + "f" * 80, "2026-13-45", "12:30", "null", "no"),
    *("[" * 60, "{a: " * 40, "- " * 60, "> " * 60, "*" * 200, "(" * 200, "a" * 3000, "\n" * 50),
]


def _lines(text: str, chance: random.Random, change: Callable[[list[str], int], Any]) -> str:
    lines = text.split("\n")
    change(lines, chance.randrange(len(lines)))
    return "\n".join(lines)


def _delete(text: str, chance: random.Random) -> str:
    def change(lines: list[str], at: int) -> None:
        del lines[at : at + chance.randint(1, 4)]

    return _lines(text, chance, change)


def _repeat(text: str, chance: random.Random) -> str:
    return _lines(text, chance, lambda lines, at: lines.insert(at, lines[at]))


def _move(text: str, chance: random.Random) -> str:
    return _lines(
        text, chance, lambda lines, at: lines.insert(chance.randrange(len(lines)), lines.pop(at))
    )


def _indent(text: str, chance: random.Random) -> str:
    def change(lines: list[str], at: int) -> None:
        line = lines[at]
        lines[at] = line[chance.randint(1, 3) :] if chance.random() < 0.5 else " " * 2 + line

    return _lines(text, chance, change)


def _swap(text: str, chance: random.Random) -> str:
    at = chance.randrange(max(len(text) - 1, 1))
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _cut(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] if chance.random() < 0.5 else text[:at] + text[at + chance.randint(1, 80) :]


def _insert(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(ODD) + text[at:]


def _value(text: str, chance: random.Random) -> str:
    def change(lines: list[str], at: int) -> None:
        name, colon, _ = lines[at].partition(": ")
        lines[at] = name + (colon or ": ") + chance.choice(ODD)

    return _lines(text, chance, change)


DAMAGE = (_delete, _repeat, _move, _indent, _swap, _cut, _insert, _insert, _value)


def damaged(text: str, chance: random.Random) -> str:
    """A text with one to four damages."""
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(DAMAGE)(text, chance)
    return text


@contextmanager
def limited() -> Iterator[None]:
    """Stop what takes longer than `SECONDS`, where the system can."""
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS} seconds")

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def blocks_of(texts: dict[str, str]) -> dict[str, str]:
    """Of the interface texts only what rules for pages ask for; they are not damaged here."""
    return {key: text for key, text in texts.items() if key.startswith("block.")}


def with_one(source: Source, root: Path, name: str) -> Source:
    """The source with one of its files read again."""
    path = root / name
    if name.endswith(".md"):
        page = read_page(path, root, LANGUAGES)
        pages = tuple(page if other.path == name else other for other in source.pages)
        return replace(source, pages=pages)
    document, stem = read_yaml(path, root), path.stem
    kinds = ("quizzes", "tables", "scenarios", "charts")
    kind = next(kind for kind in kinds if name in {d.path for d in getattr(source, kind).values()})
    changed: Any = {kind: {**getattr(source, kind), stem: document}}
    return replace(source, **changed)


def alone(source: Source, name: str) -> Source:
    """The source with nothing but one file and its translation: most rules need no more."""
    uri = next((page.uri for page in source.pages if page.path == name), None)
    kinds = ("quizzes", "tables", "scenarios", "charts")
    kept: Any = {
        kind: {key: d for key, d in getattr(source, kind).items() if d.path == name}
        for kind in kinds
    }
    return replace(source, pages=tuple(p for p in source.pages if p.uri == uri), **kept)


def judged(source: Source, root: Path, name: str, whole: bool) -> None:
    """Check a damaged file, or the `whole` course with it; lint that if it is sound."""
    if name == "mkdocs.yml":
        try:
            read_settings(root)
        except SettingsError as error:
            assert error.problems
        return
    changed = with_one(source, root, name)
    if not whole:
        changed = alone(changed, name)
    course, problems = check(changed)
    assert course or any(not problem.advice for problem in problems)
    for problem in problems:
        assert problem.line >= 1
        assert problem.what
        assert problem.fix
        assert len(str(problem)) < 3000, str(problem)[:300]
    if course:
        lint(changed, course)


def test_no_broken_file_ends_in_a_traceback_or_a_hang(tmp_path: Path) -> None:
    files = trainers_course()
    lay_out(tmp_path, files)
    source = read_source(tmp_path, LANGUAGES)
    strings = {code: replace(d, data=blocks_of(d.data)) for code, d in source.strings.items()}
    source = replace(source, strings=strings)
    names = sorted(name for name in files if name.endswith((".md", ".yml")))
    for number in range(INPUTS):
        chance = random.Random(f"{SEED} {number}")
        name = chance.choice(names)
        text = damaged(files[name], chance)
        path = tmp_path / name
        path.write_bytes(text.encode("utf-8", errors="surrogatepass"))
        try:
            with limited():
                judged(source, tmp_path, name, whole=number % WHOLE == 0)
        except Exception as error:
            pytest.fail(f"seed {SEED}, input {number}, {name}: {error!r}\n{text[:3000]}")
        path.write_text(files[name], encoding="utf-8", newline="\n")
