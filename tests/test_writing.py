"""Files are written all together or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from course.tools.environment import CourseError
from course.tools.writing import Change, read, shown, write_all, write_whole


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.*")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_bytes(b"one\r\ntwo\r\n")
    (tmp_path / "b.md").write_bytes("ș".encode())
    return tmp_path


def test_files_are_made_changed_and_moved(root: Path) -> None:
    write_all(
        root,
        [
            Change("new/er/c.md", "c"),
            Change("a.md", "one\r\n", "a.md"),
            Change("d.md", "ț", "b.md"),
        ],
    )
    assert snapshot(root) == {
        "new/er/c.md": b"c",
        "a.md": b"one\r\n",
        "d.md": "ț".encode(),
    }
    assert read(root, "a.md") == "one\r\n"


@pytest.mark.parametrize("breaks", [1, 2, 3])
def test_when_one_cannot_be_written_all_is_as_before(
    root: Path, monkeypatch: pytest.MonkeyPatch, breaks: int
) -> None:
    before, replace, count = snapshot(root), Path.replace, [0]

    def fail(self: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] == breaks:
            raise PermissionError(13, "Permission denied", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    changes = [Change("x/c.md", "c"), Change("a.md", "other", "a.md"), Change("d.md", "d", "b.md")]
    with pytest.raises(CourseError) as told:
        write_all(root, changes)
    names = {1: "c.md", 2: "a.md", 3: "d.md"}
    assert str(told.value) == (
        f"{names[breaks]} cannot be written (Permission denied); allow it, then try again. "
        "Nothing was changed."
    )
    assert snapshot(root) == before
    assert not (root / "x").exists()


def test_a_file_where_a_folder_should_be(root: Path) -> None:
    before = snapshot(root)
    with pytest.raises(CourseError, match="cannot be written"):
        write_all(root, [Change("c.md", "c"), Change("a.md/d.md", "d")])
    assert snapshot(root) == before


def test_a_taken_place_is_refused(root: Path) -> None:
    before = snapshot(root)
    with pytest.raises(CourseError, match=r"b\.md is there already; choose another name"):
        write_all(root, [Change("c.md", "c"), Change("b.md", "c")])
    assert snapshot(root) == before


def test_a_file_that_is_no_text_is_told(root: Path) -> None:
    (root / "c.md").write_bytes(b"\xff")
    with pytest.raises(CourseError, match=r"c\.md is not UTF-8 text"):
        read(root, "c.md")
    with pytest.raises(CourseError, match=r"d\.md cannot be read"):
        read(root, "d.md")


def test_what_has_changed_meanwhile_is_left_alone(root: Path) -> None:
    before = snapshot(root)
    changes = [Change("b.md", "newer", "b.md", "ș"), Change("a.md", "newer", "a.md", "one\n")]
    with pytest.raises(CourseError, match=r"a\.md has changed meanwhile; nothing was written"):
        write_all(root, changes)
    assert snapshot(root) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_the_rights_of_a_file_stay(root: Path) -> None:
    (root / "a.md").chmod(0o640)
    write_all(root, [Change("a.md", "new", "a.md")])
    assert (root / "a.md").stat().st_mode & 0o777 == 0o640


def test_what_would_change_is_shown(root: Path) -> None:
    changes = [Change("c.md", "c"), Change("a.md", "one\n2\n", "a.md"), Change("d.md", "ș", "b.md")]
    assert list(shown(root, changes, 1)) == [
        "new -> c.md",
        "@ line 1",
        "+ c",
        "a.md",
        "@ line 1",
        "  one",
        "- two",
        "+ 2",
        "b.md -> d.md",
    ]


def test_a_file_is_written_wholly_or_not_at_all(root: Path) -> None:
    write_whole(root / "b.md", b"new")
    assert read(root, "b.md") == "new"
    (root / "folder").mkdir()
    with pytest.raises(CourseError, match=r"folder cannot be written .*; choose another folder"):
        write_whole(root / "folder", b"x")
    assert sorted(path.name for path in root.iterdir()) == ["a.md", "b.md", "folder"]
