"""`check --fix`: what is mended in texts, and that nothing else changes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from course.load import read_source, read_text
from course.mend import mend, paths, worse
from course.mend_edit import Edit, applied
from course.mend_ids import slug
from course.tools import mending
from course.tools.cli import main
from hypothesis import given, settings
from hypothesis import strategies as st
from small_course import LANGUAGES, SETTINGS, judge, lay_out, small_course

EN, RO, QUIZ = "docs/listening.md", "docs/listening.ro.md", "quizzes/listening.yml"


def mended(root: Path, files: dict[str, str]) -> dict[str, str]:
    """The files that mending changes, with their new texts."""
    source = read_source(lay_out(root, files), LANGUAGES)
    texts = {path: read_text(root / path, root)[0] for path in paths(source)}
    new = mend(source, texts)
    assert worse(source, new) == []
    return new


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Aşa şi aţa.", "Așa și ața."),
        ("a\u0306 s\u0326 s\u0327", "ă ș ș"),
        ('El zice "nu".', "El zice „nu”."),
        ("El zice “nu” azi.", "El zice „nu” azi."),
        ('El zice „am zis "nu" azi”.', "El zice „am zis «nu» azi”."),
        ('**"Nu"**, zice.', "**„Nu”**, zice."),
        ('Un ecran de 5" și atât.', 'Un ecran de 5" și atât.'),
        ('Unu "doi trei.', 'Unu "doi trei.'),
        (
            '`"ş"` <b title="ş">ş</b> [a](#silence "ş")',
            '`"ş"` <b title="ş">ș</b> [a](#silence "ş")',
        ),
    ],
)
def test_letters_and_marks_of_a_page(tmp_path: Path, text: str, right: str) -> None:
    files = small_course()
    files[RO] = files[RO].replace("Nu spuneți nimic.", text)
    new = mended(tmp_path, files).get(RO, files[RO])
    assert new == files[RO].replace(text, right)


def test_code_and_what_is_silenced_stay(tmp_path: Path) -> None:
    text = '```\n"ş"\n```\n\n<!-- allow letters: shown as they are -->\nşi\n\nşi'
    files = small_course()
    files[RO] = files[RO].replace("Nu spuneți nimic.", text)
    assert mended(tmp_path, files)[RO] == files[RO].replace("\n\nşi", "\n\nși")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ('"Aşa \\"zic\\" ei."', '"Așa „zic” ei."'),
        ("'Aşa \"zic\" ''ei''.'", "'Așa „zic” ''ei''.'"),
        ('"A\\u015Fa."', '"Așa."'),
    ],
)
def test_texts_of_data_keep_their_yaml(tmp_path: Path, written: str, right: str) -> None:
    files = small_course()
    files[QUIZ] = files[QUIZ].replace('"Așteptați."}', f"{written}}}  # ş stays")
    new = mended(tmp_path, files).get(QUIZ, files[QUIZ])
    want = right if written[0] == '"' else written.replace("ş", "ș")
    assert new == files[QUIZ].replace(written, want)


def test_a_folded_text_keeps_its_lines(tmp_path: Path) -> None:
    files = small_course()
    files[QUIZ] = files[QUIZ].replace(
        'text: {en: "Wait.", ro: "Așteptați."}',
        'text:\n          en: >-\n            He says "wait\n            a bit" to us.\n'
        "          # a comment with ş\n          ro: Aşteptaţi.",
    )
    new = mended(tmp_path, files)[QUIZ]
    wanted = files[QUIZ].replace('"wait', "“wait").replace('bit"', "bit”")
    assert new == wanted.replace("Aşteptaţi", "Așteptați")


def test_missing_ids_are_made_from_texts(tmp_path: Path) -> None:
    files = small_course()
    files[QUIZ] = (
        files[QUIZ]
        .replace("- id: pause\n    type", "- type")
        .replace("- id: talk\n        text", "- text")
    )
    new = mended(tmp_path, files)[QUIZ]
    assert "  - id: listening-" in new
    assert "      - id: talk\n        text: {en:" in new
    assert judge(lay_out(tmp_path, files | {QUIZ: new}))[1] == []


def test_headings_get_the_same_id_in_all_languages(tmp_path: Path) -> None:
    files = small_course()
    for path in (EN, RO):
        files[path] += "\n## Încă ceva: trei\n"
    files[EN] = files[EN].replace("## Încă ceva: trei", "## Three more things")
    new = mended(tmp_path, files)
    name = slug("Three more things", "en")
    assert new[EN].endswith(f"## Three more things {{ #{name} }}\n")
    assert new[RO].endswith(f"## Încă ceva: trei {{ #{name} }}\n")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The client falls silent.", "client-falls"),
        ("4 weeks before", "part-4"),
        ("…", "part"),
        ("Ș ț", "s-t"),
    ],
)
def test_an_id_is_made_of_the_words_with_content(text: str, name: str) -> None:
    assert slug(text, "en").startswith(name)


def test_an_edit_that_does_not_find_its_text_is_left_out() -> None:
    edits = [Edit("a", 1, 0, "x", "y", ""), Edit("a", 1, 2, "c", "d", "")]
    assert applied("abc", [*edits, Edit("a", 9, 0, "", "z", "")]) == "abd"


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet="a „”«»“\"'*_[]()`<>ş\u0327.\n", max_size=60))
def test_mending_twice_is_mending_once_and_never_makes_it_worse(text: str) -> None:
    files = small_course()
    files[RO] = files[RO].replace("Nu spuneți nimic.", text)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        source = read_source(lay_out(root, files), LANGUAGES)
        once = mend(source, files)
        assert worse(source, once) == []
        again = read_source(lay_out(root, files | once), LANGUAGES)
        assert mend(again, files | once) == {}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = small_course() | {"mkdocs.yml": SETTINGS}
    files[RO] = files[RO].replace("Nu spuneți nimic.", "Nu spuneţi nimic.")
    return lay_out(tmp_path, files)


def test_without_a_terminal_it_shows_and_writes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / RO).read_bytes()
    assert main(["check", "--fix"], root) == 1
    captured = capsys.readouterr()
    assert "- Nu spuneţi nimic.\n+ Nu spuneți nimic." in captured.out
    assert captured.out.endswith("Nothing was written; add --yes to write 1 file.\n")
    assert (root / RO).read_bytes() == before


def test_with_yes_it_writes_and_keeps_mark_and_line_ends(root: Path) -> None:
    raw = b"\xef\xbb\xbf" + (root / RO).read_bytes().replace(b"\n", b"\r\n")
    (root / RO).write_bytes(raw)
    main(["check", "--fix", "--yes"], root)
    assert (root / RO).read_bytes() == raw.replace("ţ".encode(), "ț".encode())
    assert [path.name for path in (root / "docs").iterdir() if path.name.startswith(".")] == []


def test_what_would_be_worse_is_not_written(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mending, "mend", lambda source, texts: {QUIZ: "questions: []\n"})
    before = (root / QUIZ).read_bytes()
    assert main(["check", "--fix", "--yes"], root) == 1
    assert "something new would be wrong" in capsys.readouterr().err
    assert (root / QUIZ).read_bytes() == before
