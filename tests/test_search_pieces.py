"""The words of a search index, cut anew: none is lost, and each is where a search looks for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from course.search_index import ENTRY, SearchIndexError, index_search
from course.search_pieces import _items, _read, _string, _word, cut

from course import search_pieces

USUAL = search_pieces.SIZE


def pieces(folder: Path, language: str) -> list[tuple[str, str, list[bytes]]]:
    """From which word, to which word, and the words of each piece of an index."""
    [description] = folder.glob(f"pagefind.{language}_*.pf_meta")
    found = []
    for chunk in _items(_items(_read(description))[2]):
        first, last, name = map(_string, _items(chunk))
        words = _items(_items(_read(folder / "index" / f"{name}.pf_index"))[0])
        found.append((first, last, words))
    return found


@pytest.fixture(scope="module")
def uncut(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the course as Pagefind writes it."""
    target = tmp_path_factory.mktemp("pieces") / "index"
    command = [sys.executable, "-m", "pagefind_bin", "--silent", "--site", str(site)]
    subprocess.run([*command, "--output-path", str(target)], check=True)
    return target


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("size", [300, USUAL, 10_000_000])
def test_words_stay_and_are_found(
    uncut: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, size: int
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(uncut, folder)
    before = [word for _, _, words in pieces(folder, language) for word in words]
    name = json.loads((folder / ENTRY).read_bytes())["languages"][language]["hash"]
    monkeypatch.setattr(search_pieces, "SIZE", size)
    assert (folder / f"pagefind.{cut(folder, language, name)}.pf_meta").is_file()
    after = pieces(folder, language)
    assert [word for _, _, words in after for word in words] == before
    assert len(after) == len(list((folder / "index").glob(f"{language}_*")))
    for (first, last, words), (following, _, others) in pairwise(after):
        # A search takes the piece whose span holds its word; for one that no span holds, those
        # of the shorter words that it begins with.
        longer = f"{_word(words[-1])}țz"
        assert _word(words[0]).startswith(first)
        assert first <= _word(words[-1]) <= last < following
        assert longer <= last or following <= longer
        assert _word(words[-1])[:4] != _word(others[0])[:4]
    if size == USUAL:
        assert max(sum(map(len, words)) for _, _, words in after) < 3 * size


def test_a_number_of_any_size_is_passed_over() -> None:
    for number in (0, 23, 24, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32):
        item = search_pieces._begin(0, number)
        assert search_pieces._head(item, 0) == (0, number, len(item))
        assert _items(search_pieces._list([item, item])) == [item, item]


def test_an_index_of_another_form_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = '<html lang="en"><body><article data-pagefind-body>Word</article></body></html>'
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    monkeypatch.setattr(search_pieces, "_MARK", b"another")
    with pytest.raises(SearchIndexError, match=r"unknown form .* the version that fits$"):
        index_search(tmp_path)
