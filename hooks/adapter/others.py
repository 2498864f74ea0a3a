"""The other languages, built in a process of their own."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import replace

from course.mishap import mishaps
from course.problem import Problem
from course.publish import others_folder, remove
from course.search_index import index_ahead
from mkdocs.config.defaults import MkDocsConfig

from .state import CURRENT, MistakesError, Records, i18n_of


def others_built(config: MkDocsConfig) -> tuple[Records, list[Problem]]:
    """Build the other languages in a process of their own, into a folder of their own.

    Returns what was logged, and what kept them from being built.

    That is what mkdocs-static-i18n does at the end of the first language; it needs of that one
    no more than its files and their addresses, so it need not wait.
    """
    CURRENT[:] = [replace(CURRENT[0], staging=others_folder(CURRENT[0].staging))]
    config.site_dir = str(CURRENT[0].staging)
    config.strict = False  # Warnings are counted where they are told.
    problems: list[Problem] = []
    with _recorded() as records:
        try:
            i18n_of(config).on_post_build(config)
            index_ahead(CURRENT[0].staging)
        except MistakesError as error:
            problems = error.problems
        except (Exception, SystemExit) as error:
            problems = mishaps(error, CURRENT[0].root)
    return records, problems


@contextlib.contextmanager
def _recorded() -> Iterator[Records]:
    """What is logged from here on; nobody else hears it."""
    records: Records = []
    recorder = logging.Handler()
    recorder.emit = lambda record: records.append(  # type: ignore[method-assign]
        (record.name, record.levelno, record.getMessage())
    )
    logger = logging.getLogger("mkdocs")
    handlers, logger.handlers = logger.handlers, [recorder]
    try:
        yield records
    finally:
        logger.handlers = handlers


def stop_others() -> None:
    """End the process that builds the other languages, and remove what it has made."""
    for build in CURRENT:
        if build.others:
            build.others.stop()
            remove(others_folder(build.staging))
