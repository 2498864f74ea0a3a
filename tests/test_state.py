"""`course.py status`: its table, its JSON, and what it confirms."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from course.tools.cli import main
from course.tools.state_report import painted
from course.tools.table import table
from small_course import SETTINGS, lay_out, small_course

LESSON = "docs/listening.ro.md"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small course, whose lesson has been confirmed, in a folder with an awkward name."""
    root = lay_out(tmp_path / "un curs ș", small_course() | {"mkdocs.yml": SETTINGS})
    assert main(["status", "--confirm", "listening"], root) == 0
    return root


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def add_german(root: Path) -> None:
    change(root, "mkdocs.yml", "Lessons: Lecții\n", "Lessons: Lecții\n        - locale: de\n")


def read(root: Path) -> str:
    return (root / LESSON).read_text(encoding="utf-8")


def out(capsys: Captured) -> list[str]:
    return capsys.readouterr().out.split("\n")[:-1]


def test_the_table(root: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert main(["status"], root) == 0
    assert out(capsys) == [
        "Lesson         Words  Min  Questions  Objectives  ro",
        "L01 listening      3   20          3      1 of 1  complete",
        "1 lessons          3   20          3      1 of 1  1 of 1",
        "",
        "Other pages: 2; 0 of 2 complete in ro.",
        "  unconfirmed  docs/index.ro.md",
        "  unconfirmed  docs/table.ro.md",
    ]


def test_a_stale_section_is_named_with_its_line_and_what_to_do(
    root: Path, capsys: Captured
) -> None:
    change(root, "docs/listening.md", "Say nothing.", "Say little.")
    capsys.readouterr()
    assert main(["status"], root) == 0
    told = out(capsys)
    assert told[1] == "L01 listening      3   20          3      1 of 1  1 stale"
    assert told[7:] == [
        "",
        "Stale: the original has changed since the translation was confirmed.",
        "",
        "docs/listening.ro.md:10 silence Tăcerea",
        "  Then:            python3 course.py status --confirm docs/listening.ro.md",
    ]


def git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
def test_git_shows_the_change_since_the_last_commit_that_was_confirmed(
    root: Path, capsys: Captured
) -> None:
    git(root.parent, "init", "-q")
    git(root.parent, "add", ".")
    git(root.parent, "commit", "-qm", "confirmed")
    change(root, "docs/listening.md", "How to listen", "How one listens")
    git(root.parent, "commit", "-qam", "the top changes")
    confirmed = git(root.parent, "log", "-1", "--format=%h").strip()
    change(root, "docs/listening.md", "Say nothing.", "Say little.")
    capsys.readouterr()
    assert main(["status"], root) == 0
    told = out(capsys)
    hints = [line.split(":  ")[1] for line in told if "See the change" in line]
    before = git(root.parent, "log", "-1", "--format=%h", "HEAD~1").strip()
    assert hints == [
        f"git diff {before} -- docs/listening.md  # top",
        f"git diff {confirmed} -- docs/listening.md  # silence",
    ]
    shown = git(root, *hints[1].partition("  #")[0].split()[1:])
    assert "+Say little." in shown
    assert "+description" not in shown


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
def test_git_is_not_named_where_it_does_not_know(root: Path, capsys: Captured) -> None:
    change(root, "docs/listening.md", "Say nothing.", "Say little.")
    git(root.parent, "init", "-q")
    git(root.parent, "add", ".")
    git(root.parent, "commit", "-qm", "after the change")
    capsys.readouterr()
    assert main(["status"], root) == 0
    assert "git" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    [
        "listening",
        "docs/listening.md",
        "docs/listening.ro.md",
        "./docs/listening.ro.md",
        "docs\\listening.ro.md",
        "listening#silence",
        "docs/listening.ro.md#silence",
    ],
)
def test_a_page_has_many_names(root: Path, capsys: Captured, name: str) -> None:
    change(root, "docs/listening.md", "Say nothing.", "Say little.")
    before = read(root)
    capsys.readouterr()
    assert main(["status", "--confirm", name], root) == 0
    assert out(capsys) == ["docs/listening.ro.md: confirmed silence", "1 file changed."]
    lines = zip(before.split("\n"), read(root).split("\n"), strict=True)
    ((old, new),) = [(old, new) for old, new in lines if old != new]
    assert old.startswith('  silence: "')
    assert new.startswith('  silence: "')
    assert main(["status", "--confirm", name], root) == 0
    assert out(capsys) == ["docs/listening.ro.md: was up to date", "0 files changed."]


def test_a_section_alone_is_confirmed(root: Path, capsys: Captured) -> None:
    change(root, "docs/listening.md", "Say nothing.", "Say little.")
    change(root, "docs/listening.md", "How to listen.", "How one listens.")
    before = read(root)
    assert main(["status", "--confirm", "listening#top"], root) == 0
    assert [line for line in read(root).split("\n") if line not in before.split("\n")] == [
        line for line in read(root).split("\n") if line.startswith("  top:")
    ]


def test_all_pages_are_confirmed_on_demand_only(root: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert main(["status", "--confirm"], root) == 2
    assert "write --all" in capsys.readouterr().err
    assert main(["status", "--confirm", "--all"], root) == 0
    assert out(capsys) == [
        "docs/index.ro.md: confirmed top",
        "docs/listening.ro.md: was up to date",
        "docs/table.ro.md: confirmed top",
        "2 files changed.",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--confirm", "lisening"], 1, "No page “lisening” is translated; did you mean"),
        (["--confirm", "listening#silense"], 1, "has no section “silense”; did you mean “silence”"),
        (["--confirm", "listening", "--language", "fr"], 1, "is not translated into “fr”"),
        (["--confirm", "listening", "--all"], 2, "not both"),
        (["listening"], 2, "--confirm, which is missing"),
        (["--missing", "fr"], 1, "not translated into “fr”; name one of: ro"),
    ],
)
def test_what_cannot_be_done_is_told(
    root: Path, capsys: Captured, arguments: list[str], status: int, said: str
) -> None:
    before = read(root)
    assert main(["status", *arguments], root) == status
    assert said in capsys.readouterr().err
    assert read(root) == before


def test_every_name_that_means_nothing_is_told_at_once(root: Path, capsys: Captured) -> None:
    change(root, "docs/listening.md", "Say nothing.", "Say little.")
    before = read(root)
    assert main(["status", "--confirm", "listening", "xx", "listening#yy"], root) == 1
    told = capsys.readouterr().err
    assert "“xx”" in told
    assert "“yy”" in told
    assert read(root) == before


def test_a_page_whose_front_matter_is_broken_keeps_all_from_being_written(
    root: Path, capsys: Captured
) -> None:
    change(root, "docs/index.ro.md", "title: Un", "title: [Un")
    change(root, "docs/listening.md", "Say nothing.", "Say little.")
    before = read(root)
    assert main(["status", "--confirm", "--all"], root) == 1
    assert "docs/index.ro.md: the front matter cannot be read" in capsys.readouterr().err
    assert read(root) == before


def test_a_page_with_two_translations_needs_a_language(root: Path, capsys: Captured) -> None:
    add_german(root)
    lay_out(root, {"docs/listening.de.md": small_course()[LESSON]})
    assert main(["status", "--confirm", "listening"], root) == 1
    assert "several translations (de, ro); add --language" in capsys.readouterr().err
    assert main(["status", "--confirm", "listening", "--language", "de"], root) == 0
    assert "translated:" in (root / "docs/listening.de.md").read_text(encoding="utf-8")
    assert main(["status", "--confirm", "listening.de.md#top"], root) == 0


def test_everything_as_json(root: Path, capsys: Captured) -> None:
    change(root, "docs/listening.md", "Say nothing.", "Say little.")
    capsys.readouterr()
    assert main(["status", "--json"], root) == 0
    told: Any = json.loads(capsys.readouterr().out)
    lesson = told["pages"][0]
    assert (lesson["lesson"], lesson["questions"], lesson["covered"]) == ("L01", 3, 1)
    assert lesson["translations"][0]["sections"] == [
        {"id": "top", "line": 1, "state": "current"},
        {"id": "silence", "line": 10, "state": "stale"},
    ]
    assert all(missing["language"] == "ro" for missing in told["missing"])


def test_what_a_new_language_lacks_is_listed(root: Path, capsys: Captured) -> None:
    add_german(root)
    change(root, "mkdocs.yml", "    mark: 0.7\n", "    unfinished: [de]\n")
    capsys.readouterr()
    assert main(["status"], root) == 0
    told = out(capsys)
    assert told[1] == "L01 listening      3   20          3      1 of 1  complete  missing"
    assert "“de” is being added. So far it has:" in told
    assert "       0 of      3 pages" in told
    assert main(["status", "--missing", "de"], root) == 0
    told = out(capsys)
    assert told[0] == "docs/index.de.md"
    assert "quizzes/listening.yml:9 questions.pause.stem" in told
    assert told[-1].endswith("texts have no “de”.")


def test_a_course_with_mistakes_has_a_status(root: Path) -> None:
    lay_out(root, {"quizzes/listening.yml": "questions: 3", "docs/table.ro.md": "\ufeff---\na: ["})
    (root / "docs/listening.md").write_bytes(b"\xff")
    assert main(["status"], root) == 0


def test_columns_that_do_not_fit_follow_below() -> None:
    rows = [["Lesson", *(f"language-{n}" for n in range(9))], ["L01 listening", *["complete"] * 9]]
    lines = list(table(rows))
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("L01 listening") for line in lines) == 2
    assert " ".join(lines).count("complete") == 9


def test_colours_are_for_terminals(root: Path, capsys: Captured) -> None:
    assert "\x1b[" in painted("complete")
    assert painted("35") == "35"
    capsys.readouterr()
    assert main(["status"], root) == 0
    assert "\x1b[" not in capsys.readouterr().out
