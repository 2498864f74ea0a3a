"""Measures this project against other stacks on the same generated lessons in two languages.

  python3 tests/bench/run.py                                  10 and 100 lessons, three rounds
  python3 tests/bench/run.py --lessons 10 --only course stock
  python3 tests/bench/run.py --lessons 10 100 1000 --rounds 3 3 1 --folder /tmp/bench --write

It makes the environments it needs below --folder, with pip. In a round each contender has its turn,
so that a busy machine is busy for all; ratios are taken within a round. What was measured stands in
measured.jsonl there: a run that was broken off goes on where it was, and what has not changed since
is not measured again. See tests/bench/README.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import hashlib
import json
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

from bench.contenders import CONTENDERS, OURS, Contender  # noqa: E402
from bench.environments import python_for, versions  # noqa: E402
from bench.machine import machine  # noqa: E402
from bench.measuring import Bench  # noqa: E402
from bench.table import BUILDING, READING, Record, Row, growth, report  # noqa: E402

ROWS = tuple(Row(each.key, each.name, each.self_checks) for each in CONTENDERS)
GENERATOR = ("hooks", "overrides", "mkdocs.yml", "requirements.txt")
LESSONS = tuple(f"tests/bench/{name}.py" for name in ("courses", "lessons", "prose", "measuring"))


class Measurements:
    """What was measured so far, in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        self.records = [Record(**json.loads(line)) for line in lines]

    def has(self, record: Record) -> bool:
        """Whether there is a record of the same, whatever its figures are."""
        return any(_same(record, other) for other in self.records)

    def add(self, record: Record) -> None:
        """Keep a record."""
        self.records.append(record)
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(dataclasses.asdict(record)) + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is wanted, and print the tables."""
    wanted = _wanted(arguments)
    if wanted.folder:
        wanted.folder.mkdir(parents=True, exist_ok=True)
        run(wanted, wanted.folder.resolve())
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        run(wanted, Path(folder))


def run(wanted: argparse.Namespace, folder: Path) -> None:
    """Measure in `folder`; with `write`, put the tables into the documents."""
    pythons = {each.key: python_for(each.requirements, folder) for each in wanted.only}
    sizes = sorted({*wanted.lessons})
    records = [record for record in measured(wanted, folder, pythons) if record.lessons in sizes]
    tables = "\n\n".join([growth(records, ROWS), report(records, ROWS, sizes)])
    print(tables)
    if wanted.write:
        when, *what = _about(records, pythons)
        write(ROOT / "tests/bench/README.md", "\n\n".join([when, "\n".join(what), tables]))
        largest = report(records, ROWS, sizes[-1:])
        write(ROOT / "README.md", "\n\n".join([when, growth(records, ROWS), largest]))


def measured(wanted: argparse.Namespace, folder: Path, pythons: Mapping[str, Path]) -> list[Record]:
    """Measure what `folder` has no record of; all its records of what stands now."""
    browser = python_for(HERE / "requirements-pages.txt", folder)
    states = {each.key: _state(each, pythons[each.key]) for each in wanted.only}
    measurements = Measurements(folder / "measured.jsonl")
    for count, number, each in _turns(wanted):
        day = datetime.date.today().isoformat()
        record = Record(each.key, states[each.key], count, number, day, {})
        if measurements.has(record):
            continue
        bench = Bench(each, count, pythons[each.key], folder / f"{each.key}-{count}")
        figures = bench.measured() | (bench.weighed(browser) if number == 1 else {})
        shutil.rmtree(bench.root)
        record = dataclasses.replace(record, figures=figures)
        measurements.add(record)
        print(f"{count} lessons, round {number}, {each.name}: {_told(record)}", file=sys.stderr)
    return [record for record in measurements.records if record.state in states.values()]


def _turns(wanted: argparse.Namespace) -> Iterator[tuple[int, int, Contender]]:
    """Numbers of lessons, rounds, contenders: in each round all have a turn."""
    for count, rounds in zip(wanted.lessons, wanted.rounds, strict=True):
        for number in range(1, rounds + 1):
            for each in wanted.only:
                yield count, number, each


def _about(records: Iterable[Record], pythons: Mapping[str, Path]) -> list[str]:
    """When and where the tables were made, and then the versions of each contender."""
    days = sorted({record.day for record in records})
    lines = [f"Measured on {' to '.join(dict.fromkeys([days[0], days[-1]]))}: {machine()}."]
    for each in CONTENDERS:
        lines.append(f"- {each.name}: {versions(pythons[each.key], each.packages)}")
    return lines


def write(path: Path, text: str) -> None:
    """Replace what stands between the marks `<!-- bench -->` and `<!-- /bench -->` in a file."""
    old = path.read_text(encoding="utf-8")
    pattern = r"(?s)(<!-- bench -->\n).*(<!-- /bench -->)"
    new, times = re.subn(pattern, lambda found: f"{found[1]}\n{text}\n\n{found[2]}", old)
    if times != 1:
        raise SystemExit(f"{path} has no place for the tables")
    path.write_text(new, encoding="utf-8", newline="\n")


def _wanted(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lessons", nargs="+", type=int, default=[10, 100], metavar="N")
    told = "one number, or one for each number of lessons"
    parser.add_argument("--rounds", nargs="+", type=int, default=[3], metavar="N", help=told)
    keys = [each.key for each in CONTENDERS]
    parser.add_argument("--only", nargs="+", choices=keys, default=keys)
    parser.add_argument("--folder", type=Path, help="kept for the next run; else a temporary one")
    parser.add_argument("--write", action="store_true", help="put the tables into the documents")
    wanted = parser.parse_args(arguments)
    if len(wanted.rounds) == 1:
        wanted.rounds *= len(wanted.lessons)
    if len(wanted.rounds) != len(wanted.lessons):
        parser.error("--rounds takes one number, or as many as --lessons")
    if wanted.write and {*wanted.only} != {*keys}:
        parser.error("--write is for tables of all contenders, so leave --only out")
    wanted.only = [each for each in CONTENDERS if each.key in wanted.only]
    return wanted


def _same(record: Record, other: Record) -> bool:
    """Whether two records are of the same thing, in the same round."""
    return dataclasses.replace(record, day=other.day, figures=other.figures) == other


def _state(contender: Contender, python: Path) -> str:
    """What a measurement depends on: a short fingerprint."""
    digest = hashlib.sha256(versions(python, contender.packages).encode())
    for name in (*LESSONS, *(GENERATOR if contender.key == OURS else ())):
        path = ROOT / name
        for file in sorted([path, *path.rglob("*")]):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return f"{contender.key} {digest.hexdigest()[:12]}"


def _told(record: Record) -> str:
    """What to say of a measurement that has just been made."""
    columns = [column for column in (*BUILDING, *READING) if column.figure in record.figures]
    figures = (f"{each.heading} {each.shown(record.figures[each.figure])}" for each in columns)
    return ", ".join(figures)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started ends, too
    main()
