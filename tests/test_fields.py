"""The reference of the data: all that the model says, and nothing else, in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import yaml
from course.base import Id, Strict, Text
from course.check import check, description_problems
from course.fields import Kind, Row, Value, descriptions, ids, kind_of, parts
from course.load import read_source
from course.model import SHAPES, Course
from course.render import Renderer
from course.yaml_reader import parse
from pydantic import Field
from small_course import LANGUAGES, judge, lay_out, small_course
from small_site import ROOT

STRINGS = ROOT / "hooks" / "course" / "strings"
KINDS = [kind for part in parts() for kind in part]
BY_KEY = {kind.key: kind for kind in KINDS}
BY_ID = {kind.id: kind for kind in KINDS}


def strings(name: str) -> dict[str, str]:
    return dict(yaml.safe_load((STRINGS / f"{name}.yml").read_text(encoding="utf-8")))


def rows(kind: Kind) -> dict[str, Row]:
    """The fields of a kind by name, with those of the kind it extends."""
    inherited = rows(BY_ID[kind.extends]) if kind.extends else {}
    return inherited | {row.name: row for row in kind.rows}


def definitions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each kind as Pydantic's own JSON Schema has it."""
    for shape in SHAPES.values():
        schema = shape.model_json_schema()
        yield shape.__name__, schema
        yield from schema.get("$defs", {}).items()


def innermost(schema: dict[str, Any]) -> dict[str, Any]:
    """What stands in a field, by its schema: without null, lists and mappings around it."""
    for inner in (*schema.get("anyOf", []), *schema.get("prefixItems", [])):
        if inner.get("type") != "null":
            return innermost(inner)
    for around in ("items", "additionalProperties"):
        if isinstance(schema.get(around), dict):
            return innermost(schema[around])
    if "patternProperties" in schema:
        return innermost(next(iter(schema["patternProperties"].values())))
    return schema


def inmost(value: Value) -> Value:
    return inmost(value.each) if value.each else value


@pytest.mark.parametrize(("key", "schema"), [*definitions()])
def test_each_kind_has_the_fields_of_its_schema(key: str, schema: dict[str, Any]) -> None:
    found = rows(BY_KEY[key])
    assert set(found) == set(schema["properties"])
    assert {name for name, row in found.items() if row.needed} == set(schema.get("required", []))


@pytest.mark.parametrize(("key", "schema"), [*definitions()])
def test_closed_values_and_bounds_are_those_of_the_schema(key: str, schema: dict[str, Any]) -> None:
    for name, row in rows(BY_KEY[key]).items():
        said, value = innermost(schema["properties"][name]), inmost(row.value)
        closed = said.get("enum") or [said[word] for word in ("const",) if word in said]
        closed = ["true", "false"] if said.get("type") == "boolean" else closed
        assert list(value.words) == closed, name
        assert (value.least, value.most) == (said.get("minimum"), said.get("maximum")), name


def test_every_kind_stands_there_once_below_its_file() -> None:
    assert len(KINDS) == len(BY_KEY) == len(BY_ID) == len(dict(definitions())) + 1
    assert set(BY_KEY) - set(dict(definitions())) == {"QuestionBase"}
    assert [part[0].file for part in parts()] == [
        "quizzes/<page>.yml",
        "quizzes/challenges.yml",
        "quizzes/glossary.yml",
        "quizzes/plans.yml",
        "quizzes/pictures.yml",
        "quizzes/planner.yml",
        "quizzes/charts/<id>.yml",
        "quizzes/scenarios/<id>.yml",
        "docs/<address>.md",
    ]
    assert not any(kind.file for part in parts() for kind in part[1:])


class Small(Strict):
    """A small thing."""

    words: Text = Field(description="It's what it is.")
    many: dict[Id, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    how: tuple[Literal["so", "otherwise"], ...] = ()
    same: Literal["so"]
    sign: bool = True
    other: Kindred | Further | None = None


class Kindred(Strict):
    """A kindred."""


class Further(Strict):
    """A further one."""


def test_types_become_values() -> None:
    kind = kind_of(Small)
    assert {row.name: (row.needed, row.value, row.default) for row in kind.rows} == {
        "words": (True, Value("texts"), ""),
        "many": (False, Value("by-id", each=Value("number-from", least=1)), ""),
        "how": (False, Value("list", each=Value("one-of", ("so", "otherwise"))), ""),
        "same": (True, Value("always", ("so",)), ""),
        "sign": (False, Value("one-of", ("true", "false")), "true"),
        "other": (False, Value("kind", kinds=("kindred", "further")), ""),
    }


def test_every_field_is_described_in_a_sentence() -> None:
    for key, text in descriptions().items():
        assert re.search(r"\S[.)]$", text), key
        assert "'" not in text, key
    described = {row.key for kind in KINDS for row in kind.rows if row.value.form != "always"}
    assert set(descriptions()) == described | set(BY_KEY)


def test_every_description_is_translated_and_none_is_left_over() -> None:
    assert set(strings("fields/ro")) == set(descriptions())


def test_the_words_of_a_value_are_the_same_in_a_translation() -> None:
    """A translation that explains a field's closed values explains all, as they are written."""
    translated = strings("fields/ro")
    for row in (row for kind in KINDS for row in kind.rows):
        explained = re.findall(r"\(`([\w-]+)`\)", translated.get(row.key, ""))
        assert not explained or explained == list(inmost(row.value).words), row.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_form_has_its_words(language: str) -> None:
    texts = strings(language)
    said = {key.removeprefix("fields.title.") for key in texts if key.startswith("fields.title.")}
    assert said == set(BY_ID)
    used = set()
    for row in (row for kind in KINDS for row in kind.rows):
        value: Value | None = row.value
        while value:
            used.add(value.form)
            value = value.each
    said = {key.removeprefix("fields.form.") for key in texts if key.startswith("fields.form.")}
    # Kinds are links, and “kinds” stands before several; no number is without bounds today.
    assert said - {"kinds", "number"} == used - {"kind"}


class Page(HTMLParser):
    """The ids, targets and headings of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.headings: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self.ids += [values["id"]] if "id" in values else []
        self.targets |= {values["href"]} if tag == "a" else set()
        if tag in {"h2", "h3"}:
            self.headings.append((tag, values["id"]))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course, problems = judge(lay_out(tmp_path, small_course()))
    assert course, problems
    return course


def rendered(course: Course, language: str) -> str:
    templates = ROOT / "overrides" / "fragments"
    return Renderer(course, language, templates, lambda page, anchor: page).fields()


def flat(html: str) -> str:
    return re.sub(r"\s+", " ", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_kind_and_field_under_its_id(course: Course, language: str) -> None:
    page = Page(rendered(course, language))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.ids) == ids()
    assert page.targets <= {f"#{name}" for name in ids()}
    assert page.headings == [("h2" if kind.file else "h3", kind.id) for kind in KINDS]


def test_a_field_says_what_stands_in_it_in_the_language_of_the_page(course: Course) -> None:
    english, romanian = flat(rendered(course, "en")), flat(rendered(course, "ro"))
    assert (
        '<div class="field" id="option-key"> <dt><code>key</code> <span class="field-need">optional'
        '</span></dt> <dd class="field-form">one of <code>true</code>, <code>false</code>; '
        "without it: <code>false</code></dd> <dd>true on an option that is right.</dd> </div>"
    ) in english
    assert (
        '<dt><code>count</code> <span class="field-need field-needed">obligatoriu</span></dt> '
        '<dd class="field-form">un număr întreg de la 1 la 100</dd> <dd>Câte întrebări.</dd>'
    ) in romanian
    assert (
        '<dd class="field-form">a list; each entry: one of <a href="#single-choice">Single choice'
        '</a>, <a href="#multiple-choice">'
    ) in english
    assert 'It also has the fields of <a href="#question-base">Every question</a>.' in english
    assert '<dd class="field-form">for each id: a whole number, 1 or more</dd>' in english
    assert "<code>prompts</code> și <code>choices</code>" in romanian


def test_what_is_not_translated_is_read_in_the_language_of_the_model(course: Course) -> None:
    lacking = replace(course, descriptions={"ro": {"Draw": "Extragere."}})
    html = flat(rendered(lacking, "ro"))
    assert "<p>Extragere.</p>" in html
    assert '<dd lang="en">How many questions.</dd>' in html
    assert "lang=" not in rendered(lacking, "en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Quiz: Ein Test.\nDraw.count: Wie viele.\n", []),
        (
            "Quiz: Ein Test.\nDraw.cuont: Wie viele.\n",
            ["de.yml:2: the model has no field “Draw.cuont”; did you mean “Draw.count”?"],
        ),
        ("Draw.count: 5\n", ["de.yml:1: “Draw.count” is no text; write it in quotes: “…”"]),
        ("- a\n", ["de.yml:1: the file holds no texts; write a key and a text in each line"]),
    ],
)
def test_mistakes_in_translated_descriptions_are_told(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    source = read_source(lay_out(tmp_path, small_course()), LANGUAGES)
    source = replace(source, descriptions={"de": parse(text, "de.yml")})
    problems = [str(problem) for problem in description_problems(source)]
    assert [line.partition("  [")[0].replace('"…"', "“…”") for line in problems] == told
    assert (check(source)[0] is None) == bool(told)


@pytest.mark.parametrize(("anchor", "there"), [("option-key", True), ("option-kye", False)])
def test_links_to_a_field_are_known(tmp_path: Path, anchor: str, there: bool) -> None:
    files = small_course()
    page = f"---\ntitle: A\ndescription: B.\n---\n[it](#{anchor})\n\n<!-- fields -->\n"
    _, problems = judge(lay_out(tmp_path, files | {"docs/data.md": page, "docs/data.ro.md": page}))
    found = [problem.rule for problem in problems]
    assert found == ([] if there else ["broken-link", "broken-link"])


def test_the_fields_stand_on_a_page_once(tmp_path: Path) -> None:
    files = small_course()
    page = "---\ntitle: A\ndescription: B.\n---\n<!-- fields -->\n\n<!-- fields -->\n"
    _, problems = judge(lay_out(tmp_path, files | {"docs/data.md": page, "docs/data.ro.md": page}))
    assert [problem.rule for problem in problems] == ["placed-twice", "placed-twice"]
