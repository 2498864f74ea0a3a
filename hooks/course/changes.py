"""What has changed in a course since it was read, and the course with only that read anew.

An edit of texts alone touches few pages, and no rule about the rest of the course can mind it:
it is read and checked by itself. For any other edit there is no such short way, and None says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .check import check_files, interface_texts, page_texts
from .load import Source, read_page, read_yaml, with_files
from .model import SHAPES, Course, CoursePage
from .page import Page
from .place import read_marker
from .yaml_reader import UNREADABLE, Document

TEXTS = frozenset({"title", "description", "hero", "objectives"})
"""What a reader reads of a page's front matter."""


def read_anew(source: Source, root: Path, paths: Iterable[str]) -> Source | None:
    """The course with the files at `paths` (in the project) read anew.

    None when that is more than an edit of texts, or when something is wrong with them.
    """
    paths = frozenset(paths)
    pages = {page.path: page for page in source.pages}
    interface = {document.path for document in source.interface}
    documents = {document.path: document for document in (*source.data, *source.interface)}
    if not paths <= pages.keys() | documents.keys():
        return None
    new_pages = {
        path: read_page(root / path, root, source.languages) for path in paths & pages.keys()
    }
    new_data = {path: read_yaml(root / path, root) for path in paths & documents.keys()}
    alike = all(_same_page(pages[path], page) for path, page in new_pages.items()) and all(
        _same_keys(documents[path], document)
        if path in interface
        else _same_data(documents[path], document, source.languages)
        for path, document in new_data.items()
    )
    if not alike:
        return None
    changed = with_files(source, new_pages, new_data)
    sound = all(problem.advice for problem in check_files(changed, paths))
    return changed if sound else None


def _same_page(old: Page, new: Page) -> bool:
    """Whether two states of a page differ in texts only: what others point to is still there."""
    return (
        (old.uri, old.language) == (new.uri, new.language)
        and _front(old.meta.data) == _front(new.meta.data)
        and new.anchors >= old.anchors
        and [read_marker(comment.text) for comment in old.comments]
        == [read_marker(comment.text) for comment in new.comments]
    )


def _front(data: Any) -> object:
    """Front matter without its texts, whose names stay."""
    if not isinstance(data, Mapping):
        return UNREADABLE
    return [
        (key, list(value) if isinstance(value, Mapping) else "" if key in TEXTS else value)
        if key in TEXTS
        else (key, value)
        for key, value in data.items()
    ]


def _same_keys(old: Document, new: Document) -> bool:
    """Whether two states of a file with texts of the interface differ in these only."""
    both = isinstance(old.data, Mapping) and isinstance(new.data, Mapping)
    return both and not new.problems and list(old.data) == list(new.data)


def _same_data(old: Document, new: Document, languages: tuple[str, ...]) -> bool:
    """Whether two states of a data file differ in texts only."""
    return not new.problems and _bones(old.data, languages) == _bones(new.data, languages)


def _bones(data: Any, languages: tuple[str, ...]) -> Any:
    """Data without its texts: a text in several languages is the list of these."""
    if isinstance(data, Mapping):
        texts = all(isinstance(value, str) for value in data.values())
        if texts and data and data.keys() <= {*languages}:
            return list(data)
        return [(key, _bones(value, languages)) for key, value in data.items()]
    if isinstance(data, list):
        return [_bones(value, languages) for value in data]
    return data


def course_anew(course: Course, source: Source, paths: Iterable[str]) -> Course:
    """The model of `source`, which differs from that of `course` in the files at `paths` only."""
    paths = frozenset(paths)
    changed = {page.uri for page in source.pages if page.path in paths}
    pages = {
        uri.rsplit("/", 1)[-1]: CoursePage(uri, page_texts(source.by_uri[uri], source.languages))
        for uri in changed
    }
    tables: dict[str, Any] = {
        name: SHAPES[name].model_validate(document.data)
        for name, document in source.tables.items()
        if document.path in paths
    }

    def data(shape: str, documents: Mapping[str, Document]) -> dict[str, Any]:
        return {
            name: SHAPES[shape].model_validate(document.data)
            for name, document in documents.items()
            if document.path in paths
        }

    return replace(
        course,
        pages={**course.pages, **pages},
        quizzes={**course.quizzes, **data("quiz", source.quizzes)},
        scenarios={**course.scenarios, **data("scenario", source.scenarios)},
        charts={**course.charts, **data("chart", source.charts)},
        strings={code: interface_texts(source, code) for code in source.languages},
        descriptions={code: document.data for code, document in source.descriptions.items()},
        **tables,
    )
