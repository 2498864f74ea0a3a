"""What an editor is told: schemas as strict as the checks, files wired to them, snippets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from course.base import GRADES
from course.chart import Chart
from course.model import QUESTION_TYPES
from course.place import MARKERS
from course.schema import FOLDER, schema_texts
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from small_course import HERE, cases, changed, every_type, judge, lay_out, small_course
from small_site import ROOT
from test_charts import chart_course
from test_planner import GOLDEN as PLANNER
from test_reference import reference_course
from test_scenarios import scenario_course

EDITOR = ROOT / ".vscode"
SCHEMAS = {
    path.name: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")
}
SETTINGS = json.loads((EDITOR / "settings.json").read_text(encoding="utf-8"))
WIRED = {PurePosixPath(name).name: glob for name, glob in SETTINGS["yaml.schemas"].items()}
DATA = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("quizzes", "hooks/course/strings")
    for path in (ROOT / folder).rglob("*.yml")
)

UNSAYABLE = re.compile(
    r"a second time|is taken|have the same|is named twice|two prompts have"  # what is unique
    r"|there is no |has no |no lesson has|no choice has|holds? |links to|asks for|to be drawn"
    r"|no question asks|no page|places? the|nothing leads|lead back|round|no answer leads"  # ways
    r"|cannot have the name|looks like a second copy|no page of its own|draws its questions"
    r"|the drawing .* is missing"
    r"|the plan (gives|cuts)|session takes|more than one paragraph|says nothing at|ask for \d"
    r"|the best path|the course has no language|not UTF-8|byte order mark|ends before “#”"
    r"|has a meaning of its own"
)
"""What JSON Schema cannot say: what holds between places, of names, or of Markdown and bytes."""


REGISTRY = Registry().with_resources(
    (name, Resource.from_contents(content)) for name, content in SCHEMAS.items()
)


def complaints(schema: str, data: object) -> list[str]:
    found = Draft202012Validator(SCHEMAS[schema], registry=REGISTRY).iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def wired(path: str) -> list[str]:
    """The schemas that an editor gives to a file; `*` does not reach into folders."""
    return [name for name, glob in WIRED.items() if PurePosixPath(path).match(glob)]


@pytest.mark.parametrize("path", DATA)
def test_each_data_file_has_one_schema_and_meets_it(path: str) -> None:
    (schema,) = wired(path)
    data = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    assert complaints(schema, data) == []


def test_what_is_wired_is_there() -> None:
    for name in SETTINGS["yaml.schemas"]:
        assert (ROOT / name).is_file()
        Draft202012Validator.check_schema(SCHEMAS[PurePosixPath(name).name])


def golden() -> Iterator[tuple[Mapping[str, Any], Mapping[str, str | bytes]]]:
    """Every golden case, and the files of its course."""
    for case in cases("check"):
        yield case, changed(case)
    for case in cases("charts"):
        yield case, changed(case, chart_course())
    for case in cases("tables"):
        yield case, changed(case, reference_course())
    for case in cases("scenarios"):
        yield case, scenario_course(case)
    for case in PLANNER["cases"]:
        yield case, changed(case, small_course() | PLANNER["course"])


@lru_cache
def refused(path: str, text: str | bytes) -> bool | None:
    """Whether an editor complains of a data file's content; None when it is no YAML."""
    try:
        data = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return bool(complaints(wired(path)[0], data))


def test_the_schemas_allow_what_the_checks_allow() -> None:
    """Over all golden cases: no false alarm, and nothing passes that JSON Schema could refuse."""
    false, missed = [], []
    for case, files in golden():
        for path, text in files.items():
            if not wired(path) or PurePosixPath(path).name.startswith("."):
                continue
            told = [problem for problem in case["problems"] if problem.startswith(f"{path}:")]
            if refused(path, text) and not told:
                false.append((case["name"], path))
            elif refused(path, text) is False:
                missed += [t for t in told if not UNSAYABLE.search(t.partition("; ")[0])]
    assert false == []
    assert missed == []


def test_too_few_steps_or_choices_are_seen() -> None:
    quiz = yaml.safe_load(every_type()["quizzes/listening.yml"])
    (order,) = (question for question in quiz["questions"] if question["type"] == "order")
    del order["steps"][2:]
    assert complaints("quiz.json", quiz)
    talk = yaml.safe_load((HERE / "cases" / "scenario_example.yml").read_text(encoding="utf-8"))
    assert complaints("scenario.json", talk) == []
    talk["nodes"][0]["choices"] = [c for c in talk["nodes"][0]["choices"] if c["grade"] == "best"]
    assert complaints("scenario.json", talk)


def nodes(schema: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every property and every definition of a schema."""
    for key in ("properties", "$defs"):
        for child, node in schema.get(key, {}).items():
            yield f"{name}/{child}", node
            yield from nodes(node, f"{name}/{child}")


@pytest.mark.parametrize("name", sorted({*SCHEMAS} - {"fields.json"}))
def test_every_field_says_in_plain_words_what_it_is(name: str) -> None:
    """In fields.json stand the same words whole, for who translates them."""
    for where, node in nodes(SCHEMAS[name]):
        told = node.get("description", "")
        assert re.search(r"^[^\n]{3,120}[.]$", told), (name, where, told)
        jargon = r"tuple|\bNone\b|\bTrue\b|\bFalse\b|\bdict\b|\bstr\b|frozen|``|Pydantic"
        assert not re.search(jargon, told), (where, told)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_nothing_is_shown_or_inserted_that_pydantic_made_up(name: str) -> None:
    text = json.dumps(SCHEMAS[name])
    assert not re.search(r'"(title|default|discriminator)": ("|null|\[|true|false)', text)


def test_closed_values_can_be_completed() -> None:
    quiz = SCHEMAS["quiz.json"]["$defs"]
    assert {
        quiz[name]["properties"]["type"]["const"]
        for name in quiz
        if "level" in str(quiz[name].get("required"))
    } == set(QUESTION_TYPES)
    assert quiz["SingleChoice"]["properties"]["level"]["enum"] == ["recall", "apply", "judge"]
    assert quiz["GradedOption"]["properties"]["grade"]["enum"] == list(GRADES)


def test_the_schemas_ask_for_the_languages_of_the_course(tmp_path: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert SCHEMAS["quiz.json"]["$defs"]["Text"]["required"] == ["en", "ro"]
    third = "        - locale: de\n          name: Deutsch\n          build: true\n"
    lay_out(
        tmp_path,
        {"mkdocs.yml": settings.replace("        - locale: ro", third + "        - locale: ro")},
    )
    text = json.loads(schema_texts(tmp_path)["quiz.json"])["$defs"]["Text"]
    assert text["required"] == ["en", "de", "ro"]
    # Until the schemas are written anew, a new language meets no complaint.
    data = yaml.safe_load(small_course()["quizzes/listening.yml"])
    data["questions"][0]["stem"]["de"] = "Was tun Sie?"
    assert complaints("quiz.json", data) == []
    data["questions"][0]["stem"]["de"] = " "
    assert complaints("quiz.json", data)


# The settings


def test_recommended_extensions_are_few_and_well_named() -> None:
    names = json.loads((EDITOR / "extensions.json").read_text(encoding="utf-8"))["recommendations"]
    assert len(names) <= 4
    assert "redhat.vscode-yaml" in names
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*\.[a-z0-9][a-z0-9-]*", name) for name in names)


def test_the_editor_writes_as_the_project_does() -> None:
    assert SETTINGS["files.encoding"] == "utf8"
    assert SETTINGS["files.eol"] == "\n"
    assert SETTINGS["files.insertFinalNewline"] is True
    assert SETTINGS["editor.rulers"] == []
    assert SETTINGS["[markdown]"]["editor.wordWrap"] == "on"
    rules = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    for line in ("charset = utf-8", "end_of_line = lf", "insert_final_newline = true"):
        assert line in rules


def test_nothing_of_it_is_needed_to_build() -> None:
    for path in (*(ROOT / "hooks").rglob("*.py"), ROOT / "course.py", ROOT / "mkdocs.yml"):
        code = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert ".vscode" not in code, path


# The snippets

KNOWN = {
    "objective": "keep-silent",
    "section": "silence",
    "lesson#section": "listening#silence",
    "row-one": "delays",
    "row-two": "budget",
    "row-three": "mistake",
    "term": "empathy",
}
"""What exists in the small course, by the placeholder that asks for it."""


def snippets() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(EDITOR.glob("*.code-snippets")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def filled(snippet: Mapping[str, Any], known: Mapping[str, str] = KNOWN) -> str:
    """A snippet as somebody leaves it who accepts each suggestion."""
    text = "\n".join(snippet["body"])
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^}]*)\}", lambda match: known.get(match[1], match[1]), text)
    return text.replace("$0", "")


def of_kind(prefix: str) -> list[Any]:
    return [
        pytest.param(snippet, id=snippet["prefix"])
        for snippet in snippets().values()
        if snippet["prefix"].startswith(prefix)
    ]


def test_every_snippet_is_called_by_a_word_of_its_own_and_numbers_its_blanks() -> None:
    prefixes = [snippet["prefix"] for snippet in snippets().values()]
    assert len(set(prefixes)) == len(prefixes)
    for snippet in snippets().values():
        assert set(snippet) == {"scope", "prefix", "body", "description"}
        blanks = [int(n) for n in re.findall(r"\$\{(\d+)", "\n".join(snippet["body"]))]
        assert blanks == list(range(1, len(blanks) + 1))
        assert not re.search(
            r"[${|]",
            filled(snippet)
            .replace("{ #", "")
            .replace("{trust", "")
            .replace("/// ", "")
            .replace(" | ", ""),
        ), snippet["prefix"]


def test_there_is_a_snippet_for_every_type_of_question() -> None:
    types = {re.findall(r"type: ([\w-]+)", filled(p.values[0]))[0] for p in of_kind("question-")}
    assert types == set(QUESTION_TYPES)


@pytest.mark.parametrize("snippet", of_kind("question-"))
def test_a_question_from_a_snippet_is_valid(tmp_path: Path, snippet: Any) -> None:
    text = "questions:\n" + re.sub("(?m)^(?=.)", "  ", filled(snippet))
    (schema,) = wired("quizzes/listening.yml")
    assert complaints(schema, yaml.safe_load(text)) == []
    course, problems = judge(lay_out(tmp_path, small_course() | {"quizzes/listening.yml": text}))
    assert course, problems


def test_a_conversation_from_snippets_is_valid(tmp_path: Path) -> None:
    node, choice, ending = (
        re.sub("(?m)^(?=.)", "  ", filled(snippets()[f"Conversation: {name}"]))
        for name in ("decision", "choice", "ending")
    )
    example = (HERE / "cases" / "scenario_example.yml").read_text(encoding="utf-8")
    head = re.sub(r"(?m)^start: .*", "start: node", example.split("\nnodes:")[0])
    deeper = re.sub("(?m)^(?=.)", "    ", choice)
    text = f"{head}\nnodes:\n{node}\n{deeper}\nendings:\n{ending}\n"
    data = yaml.safe_load(text)
    assert len(data["nodes"][0]["choices"]) == 3
    assert complaints("scenario.json", data) == []
    files = scenario_course() | {"quizzes/scenarios/lost-keys.yml": text}
    course, problems = judge(lay_out(tmp_path, files))
    assert course, problems


def test_a_chart_from_snippets_is_valid() -> None:
    parts = [filled(snippet.values[0]) for snippet in of_kind("chart-")]
    title = {"en": "Title", "ro": "Titlu"}
    data = {"title": title, "intro": title, "start": "question"}
    data["nodes"] = yaml.safe_load("\n".join(parts))
    assert complaints("chart.json", data) == []
    Chart.model_validate(data)


def test_there_is_a_snippet_for_every_block_and_marker() -> None:
    text = (ROOT / "hooks/course/strings/en.yml").read_text(encoding="utf-8")
    wanted = set(re.findall(r"(?m)^block\.(\w+):", text)) | {"details"}
    bodies = [filled(snippet) for snippet in snippets().values()]
    assert {name for body in bodies for name in re.findall(r"(?m)^/// ([a-z]+)", body)} == wanted
    assert {name for body in bodies for name in re.findall(r"<!-- ([a-z]+)", body)} == set(MARKERS)
