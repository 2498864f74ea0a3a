"""Styles and scripts lose what no browser needs, and get addresses that tell their content."""

from __future__ import annotations

from pathlib import Path

import pytest
from course.assets import Assets, shrunk_style

FILES = {
    "course.css": '/* Fonts */\n@font-face {\n  src: url("fonts/a.woff2") format("woff2");\n}\n',
    "course.js": "// The page\nlet there = record;\n",
    "record.js": "const record = 1;\n",
    "quiz.css": ".quiz {\n  margin: 0;\n}\n",
    "quiz.js": "/* A self-check */\nlet quiz = 2;\n",
    "live.css": ".live { margin: 0 }",
    "fonts/a.woff2": "a font",
}


def assets(folder: Path, **changed: str) -> Assets:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, text), encoding="utf-8")
    return Assets(folder, ["live.css"])


@pytest.mark.parametrize(
    ("style", "shrunk"),
    [
        ("a {\n  color: red;\n  margin: 0 1px;\n}\n", "a{color: red;margin: 0 1px}"),
        ("a :is(b, c) > d:hover { e: f }", "a :is(b,c) > d:hover{e: f}"),
        ("/* one { } */ a /* two */ { b: c } /* ** */", "a{b: c}"),
        ('a::before { content: "  /* ; } \\" { , "; }', 'a::before{content: "  /* ; } \\" { , "}'),
        ("a { b: url('data:x, y ; z') }", "a{b: url('data:x, y ; z')}"),
        ("@media not all and (width > 1em) {\n  a { b: calc(1px + 2px) }\n}\n",
         "@media not all and (width > 1em){a{b: calc(1px + 2px)}}"),
    ],
)  # fmt: skip
def test_a_style_loses_space_and_comments_and_nothing_else(style: str, shrunk: str) -> None:
    assert shrunk_style(style.encode()).decode() == shrunk


def test_all_styles_are_one_and_what_every_page_runs_is_one(tmp_path: Path) -> None:
    assets(tmp_path / "in").write(tmp_path / "site")
    written = {
        path.relative_to(tmp_path / "site/assets").as_posix(): path.read_text(encoding="utf-8")
        for path in (tmp_path / "site").rglob("*.*")
    }
    style = written.pop("course.css")
    assert style.startswith('@font-face{src: url("fonts/a.woff2?v=')
    assert style.endswith('format("woff2")}.quiz{margin: 0}')
    assert written == {
        "course.js": "const record=1;let there=record;",
        "quiz.js": "let quiz=2;",
        "fonts/a.woff2": "a font",
    }


def test_an_address_changes_with_what_the_file_holds_and_only_then(tmp_path: Path) -> None:
    before = assets(tmp_path)
    assert before.address("quiz.js").startswith("assets/quiz.js?v=")
    again, script, font = assets(tmp_path), assets(tmp_path, quiz="{}"), assets(tmp_path, a="b")
    names = ("course.css", "course.js", "quiz.js", "fonts/a.woff2")

    def changed(other: Assets) -> list[str]:
        return [name for name in names if before.address(name) != other.address(name)]

    assert changed(again) == []
    assert changed(script) == ["course.css", "quiz.js"]  # its style sheet has the same stem
    assert changed(font) == ["course.css", "fonts/a.woff2"]


def test_a_comment_changes_no_address(tmp_path: Path) -> None:
    before = assets(tmp_path)
    after = assets(tmp_path, record="// Why\nconst record = 1;\n")
    assert before.address("course.js") == after.address("course.js")


def test_what_is_not_there_has_no_address(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        assets(tmp_path).address("live.css")
