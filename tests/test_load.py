"""Pages are read with their front matter, headings and comments, code left out."""

from __future__ import annotations

from pathlib import Path

from course.load import read_page
from small_course import LANGUAGES, lay_out

PAGE = """---
title: A page
---
## First { #first }

```markdown
## Not a heading { #fenced }
<!-- quiz: fenced -->
```

Text with `<!-- quiz: inline -->` in it, <!-- quiz: shared -->.

   ### Indented
### Second `<!-- x -->` { .wide #second }

<!-- quiz -->
~~~
<!-- quiz: tilde -->
```
<!-- quiz: still -->
~~~
<!--
quiz
-->
"""


def test_headings_outside_of_code_with_their_ids_and_lines(tmp_path: Path) -> None:
    found = read_page(lay_out(tmp_path, {"docs/p.md": PAGE}) / "docs/p.md", tmp_path, LANGUAGES)
    assert [(h.level, h.id, h.line) for h in found.headings] == [(2, "first", 4), (3, "second", 14)]


def test_comments_outside_of_code_with_their_lines(tmp_path: Path) -> None:
    found = read_page(lay_out(tmp_path, {"docs/p.md": PAGE}) / "docs/p.md", tmp_path, LANGUAGES)
    assert [(c.text, c.line, c.alone) for c in found.comments] == [
        ("quiz: shared", 11, False),
        ("quiz", 16, True),
        ("quiz", 22, True),
    ]


def test_address_and_language_come_from_the_name(tmp_path: Path) -> None:
    names = {
        "docs/a/b.md": ("a/b", "en"),
        "docs/a/b.ro.md": ("a/b", "ro"),
        "docs/v1.2.md": ("v1.2", "en"),
    }
    lay_out(tmp_path, dict.fromkeys(names, PAGE))
    for name, expected in names.items():
        found = read_page(tmp_path / name, tmp_path, LANGUAGES)
        assert (found.uri, found.language) == expected


def test_lines_of_windows_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode()
    lay_out(tmp_path, {"docs/p.md": text})
    found = read_page(tmp_path / "docs/p.md", tmp_path, LANGUAGES)
    assert found.meta.data == {"title": "A page"}
    assert [heading.line for heading in found.headings] == [4, 14]


def test_a_page_without_front_matter(tmp_path: Path) -> None:
    lay_out(tmp_path, {"docs/p.md": "## One { #one }\n"})
    found = read_page(tmp_path / "docs/p.md", tmp_path, LANGUAGES)
    assert [problem.rule for problem in found.problems] == ["missing-field"]
    assert found.headings[0].line == 1
