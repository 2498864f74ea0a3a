"""Original and translation in step, told word for word; and blocks side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from course.lint.parity import aligned, parity_problems
from course.page_blocks import Block, read_blocks
from hypothesis import given
from hypothesis import strategies as st
from lint_part import told
from small_course import cases


@pytest.mark.parametrize("case", cases("lint_parity"), ids=lambda case: str(case["name"]))
def test_what_is_out_of_step_is_told(tmp_path: Path, case: Any) -> None:
    assert told(parity_problems, tmp_path, case) == case["problems"]


PAGE = """\
Opening
on two lines.

## Silence { #silence }

/// weak | Weakly

**Ana:** Yes.

> **Paul:** No.

- The turn.

///

Term
:   One.
:   Two.

Other
:   One.

1. First.

    Of it.

2. Second.

| A | B |
| - | - |
| c | d |

```
# no heading

/// no block
```

<!-- quiz -->
"""


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [block.kind for block in blocks]


def test_a_page_is_cut_into_its_top_level_blocks() -> None:
    blocks = read_blocks(PAGE)
    assert kinds(blocks) == [
        *("paragraph", "heading", "weak", "definition list", "numbered list", "table"),
        *("code", "marker"),
    ]
    assert kinds(blocks[2].inside) == ["paragraph", "quote", "list"]
    assert [block.sizes for block in blocks[3:6]] == [(2, 3), (2,), (1, 2)]
    lines = PAGE.split("\n")
    for block in (*blocks, *blocks[2].inside):
        assert block.text.split("\n")[0] == lines[block.line - 1]


def test_blocks_behind_the_next_heading_stay_paired() -> None:
    ours = "One.\n\nTwo.\n\n## A { #a }\n\n- x\n\n## B { #b }\n\nEnd."
    theirs = "Unu.\n\n## A { #a }\n\nMai mult.\n\n- x\n\n## B { #b }\n\nSfârșit."
    pairs = [(one and one.text, other and other.text) for one, other in aligned(ours, theirs)]
    assert pairs == [
        ("One.", "Unu."),
        ("Two.", None),
        ("## A { #a }", "## A { #a }"),
        (None, "Mai mult."),
        ("- x", "- x"),
        ("## B { #b }", "## B { #b }"),
        ("End.", "Sfârșit."),
    ]


PIECES = st.lists(
    st.sampled_from(
        [
            *("Text.", "- one\n- two", "1. one", "> said", "## H { #h }", "## I", "/// rule"),
            *("/// rule\n\nText.\n\n///", "///", "Term\n:   One.", "```\ncode", "<!-- quiz -->"),
            *("| a |\n| - |", "    type: trainer", "", "   ", "#", "|", ":   ", "```"),
        ]
    ),
    max_size=12,
)


@given(PIECES, PIECES)
def test_every_block_stands_in_one_pair_in_its_order(one: list[str], other: list[str]) -> None:
    ours, theirs = "\n\n".join(one), "\n".join(other)
    pairs = aligned(ours, theirs)
    assert tuple(a for a, _ in pairs if a) == read_blocks(ours)
    assert tuple(b for _, b in pairs if b) == read_blocks(theirs)
    assert all(a.sort == b.sort for a, b in pairs if a and b)


@given(PIECES)
def test_a_page_is_in_step_with_itself_and_loses_no_line(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    pairs = aligned(text, text)
    assert all(one == other for one, other in pairs)
    kept = "\n".join(one.text for one, _ in pairs if one)
    wanted = [line for line in text.split("\n") if line.strip() and line.strip() != "///"]
    found = [line for line in kept.split("\n") if line.strip() and line.strip() != "///"]
    assert found == wanted
