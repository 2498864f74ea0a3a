"""A file changes where its data changes, and nowhere else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from course.yaml_reader import parse
from course.yaml_rewrite import EditError, comments, questions_file, rewrite
from hypothesis import given, settings
from hypothesis import strategies as st
from small_course import HERE, every_type

TYPES = every_type()["quizzes/listening.yml"]
BLOCK = """\
# At the top
questions:
  - id: pause # published
    stem:
      # allow: jargon, because clients say it
      en: >- # short
        Wait?
      ro: |
        Stați?
    options:
      - id: wait
        key: true
        text: {en: "Wait.", ro: 'Stați.'}
      # the tempting one
      - id: talk
        text:
          en: Talk. # plain
          ro: Vorbiți.

  - id: signs
    stem: {en: "A?", ro: "B?"}
# At the end
"""


def data_of(text: str) -> Any:
    return copy.deepcopy(parse(text, "").data)


def test_the_same_data_leaves_every_file_as_it_is() -> None:
    folder = HERE.parent / "quizzes"
    for path in [*folder.rglob("*.yml"), HERE / "cases" / "question_types.yml"]:
        text = path.read_bytes().decode("utf-8")
        assert rewrite(text, data_of(text)) == text


def edited(text: str, change: str) -> str:
    data = data_of(text)
    exec(change, {"q": data["questions"], "d": data})
    return rewrite(text, data)


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (
            "q[0]['stem']['en'] = 'Wait: now?'",
            "      en: >- # short\n        Wait?\n",
            "      en: >- # short\n        Wait: now?\n",
        ),
        (
            "q[0]['stem']['ro'] = 'Unu\\n\\n- doi'",
            "      ro: |\n        Stați?\n",
            "      ro: |-\n        Unu\n\n        - doi\n",
        ),
        (
            "q[0]['options'][0]['text']['ro'] = 'Nu \"acum\"'",
            "ro: 'Stați.'}",
            'ro: "Nu \\"acum\\""}',
        ),
        ("q[0]['options'][1]['text']['en'] = 'Go on.'", "en: Talk. #", "en: Go on. #"),
        ("q[0]['options'][1]['text']['en'] = 'a: b'", "en: Talk. #", 'en: "a: b" #'),
        ("del q[0]['options'][0]['key']", "        key: true\n", ""),
        (
            "q[0]['level'] = 'judge'",
            "          ro: Vorbiți.\n",
            "          ro: Vorbiți.\n    level: judge\n",
        ),
        ("del q[0]['options'][0]['text']['ro']", "{en: \"Wait.\", ro: 'Stați.'}", "{en: Wait.}"),
        (
            "q[0]['options'].insert(1, {'id': 'go', 'text': {'en': 'Go.', 'ro': 'Mergi.'}})",
            "      # the tempting one\n",
            "      - id: go\n        text:\n          en: >-\n            Go.\n          ro: >-\n"
            "            Mergi.\n      # the tempting one\n",
        ),
        (
            "q.append({'id': 'new', 'ideas': ['S1-01']})",
            '    stem: {en: "A?", ro: "B?"}\n',
            '    stem: {en: "A?", ro: "B?"}\n\n  - id: new\n    ideas: [S1-01]\n',
        ),
        ("del q[1]", '\n\n  - id: signs\n    stem: {en: "A?", ro: "B?"}\n', "\n"),
    ],
)
def test_one_change_touches_its_own_lines(change: str, old: str, new: str) -> None:
    assert old in BLOCK
    assert edited(BLOCK, change) == BLOCK.replace(old, new, 1)


def test_items_move_with_their_comments_and_may_change_on_the_way() -> None:
    text = edited(BLOCK, "q[0]['options'].reverse(); q[0]['options'][0]['text']['en'] = 'New.'")
    first = text.index("      # the tempting one\n      - id: talk")
    assert first < text.index("en: New. # plain") < text.index("- id: wait")


def test_line_ends_and_byte_order_mark_stay() -> None:
    mixed = "\ufeff" + BLOCK.replace("\n", "\r\n", 9)
    done = edited_mixed(mixed)
    assert done == mixed.replace("en: Talk.", "en: Go.")


def edited_mixed(text: str) -> str:
    data = data_of(BLOCK)
    data["questions"][0]["options"][1]["text"]["en"] = "Go."
    return rewrite(text, data)


def test_a_comment_inside_brackets_is_not_lost() -> None:
    text = "questions:\n  - id: a\n    ideas: [S1-01, # first\n            S1-02]\n"
    with pytest.raises(EditError) as error:
        edited(text, "q[0]['ideas'] = ['S1-03']")
    assert (error.value.line, error.value.what) == (
        3,
        "a comment stands inside brackets that have to be written anew",
    )


def test_comments_are_found_wherever_they_stand() -> None:
    text = "# a\nk: 'no # b' # c\nt: >- # d\n  no # e\n# f"
    assert comments(text) == [(1, "# a"), (2, "# c"), (3, "# d"), (5, "# f")]


TEXTS = st.text(
    st.one_of(
        st.sampled_from("#:>|&*!%@`'\"{}[],-? \n\t=+~\\"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from([TYPES, BLOCK]), st.integers(0, 30))
def test_any_text_can_be_written_anywhere(text: str, file: str, number: int) -> None:
    data = data_of(file)
    places = [m for q in data["questions"] for m in texts_in(q)]
    places[number % len(places)]["en"] = text
    done = rewrite(file, data)
    assert parse(done, "").data == data
    assert [found for _, found in comments(done)] == [found for _, found in comments(file)]


def texts_in(data: Any) -> list[dict[str, str]]:
    if isinstance(data, dict) and isinstance(data.get("en"), str):
        return [data]
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [found for child in children for found in texts_in(child)]


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_any_text_can_stand_in_a_new_file(text: str) -> None:
    questions = [{"id": "a", "stem": {"en": text, "ro": "x"}, "answers": {"en": [text, "b"]}}]
    assert parse(questions_file("New", questions), "").data == {"questions": questions}
