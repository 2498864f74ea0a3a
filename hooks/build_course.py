"""The adapter between MkDocs and the course generator.

The events of a build, in the order of the flow: load -> check -> model -> render -> place. What
is more than an event stands in `adapter/`; nothing else imports MkDocs.

mkdocs-static-i18n runs these events once for each language, the others from inside the first
one's end; what belongs to the whole build happens in the first only.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from adapter.contents import (
    ADDRESS,
    answers_of,
    convert_kept,
    fragments,
    mark_of,
    name_blocks,
    original_of,
    toc_link,
    with_pieces,
)
from adapter.frames import base_of, sections_of, tell_templates, write_all_moved
from adapter.kept_pages import Frames
from adapter.others import others_built, stop_others
from adapter.quick_pages import spoken
from adapter.state import (
    CONFIGS,
    CURRENT,
    KEPT,
    LIVE,
    MISTAKES,
    SERVING,
    Build,
    MistakesError,
    assets_of,
    i18n_of,
    is_inner,
    language_of,
    log,
    overrides,
    page_language,
    slug_of,
)
from course.aside import EndedError, aside
from course.asking import asking
from course.borrowed import borrowed, told
from course.cache import Question, Store, fingerprint
from course.check import check
from course.checks.templates import template_problems
from course.fingerprints import of_generator, of_settings
from course.garbage import collection_as_usual, collection_held_back, collection_over
from course.live import Live
from course.load import Source, read_source
from course.mishap import mishaps
from course.model import Course
from course.notes import with_notes
from course.page import without_allowances
from course.pairs import stamped
from course.place import placed_ids
from course.problem import Problem, gathered
from course.publish import join, others_folder, publish, remove, staging_folder
from course.render import Renderer
from course.search_index import SearchIndexError, index_ahead, index_search
from course.settings import SettingsError, read_settings
from course.silence import silence
from course.states import states
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler


def on_startup(command: str, dirty: bool) -> None:
    """Remember what this process is for."""
    SERVING[:] = [True] if command == "serve" else []


def on_pre_build(config: MkDocsConfig) -> None:
    """Load and check the course; with a mistake in it, stop before anything is written."""
    if not is_inner(config):
        root = Path(config.config_file_path).parent
        watched = (config.docs_dir, config.config_file_path, *config.watch)
        read = states(map(os.path.abspath, watched))
        with collection_held_back():
            source, course = _checked_course(config, root)
        site = Path(config.site_dir).resolve()
        settings = _settings(config)
        kept = (Store(root / KEPT), settings, base_of(settings, config), read)
        staging = staging_folder(site)
        CURRENT[:] = [Build(root, source, course, assets_of(config), site, staging, *kept)]
        remove(others_folder(CURRENT[0].staging))
        config.site_dir = str(CURRENT[0].staging)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the theme's files out: no page loads those of Material, and ours are shrunk first."""
    for file in list(files):
        if file.src_dir in config.theme.dirs:
            files.remove(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a translated lesson what its original says once for all languages."""
    markdown = without_allowances(markdown)
    course_page = CURRENT[0].course.pages[slug_of(page.file)]
    name_blocks(config, page_language(page))
    page.meta["uri"] = course_page.uri
    for key in ("lesson", "minutes"):
        page.meta[key] = getattr(course_page.shared, key)
    page.meta["objectives"] = course_page.text(page_language(page)).meta.objectives
    if course_page.shared.lesson and len(course_page.texts) > 1:
        page.meta["beside"] = True
        markdown = stamped(markdown, original_of(page))
    page.render = partial(convert_kept, page)  # type: ignore[method-assign]
    return with_notes(markdown, course_page.uri, CURRENT[0].course, page_language(page))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Render the pieces that the page's markers ask for, and place them."""
    build, answer = CURRENT[0], answers_of(page.file)

    def make(ask: Callable[[Question], None]) -> Any:
        def address(target: str, anchor: str) -> str:
            ask((ADDRESS, target, anchor))
            return answer((ADDRESS, target, anchor))

        course = asking(build.course, ask)
        renderer = Renderer(course, page_language(page), fragments(config), address)
        return with_pieces(html, page, config, course, renderer)

    alternates = {code: file.url for code, file in page.file.alternates.items()}  # type: ignore[attr-defined]
    here = (page.file.src_uri, page.url, alternates, page_language(page))
    settings = (mark_of(config), config.site_name, page.meta.get("beside"))
    key = fingerprint("placed", build.base, html, *here, *settings)
    result = build.placed[page.file.dest_uri] = build.store.remembered(key, answer, make)
    done = result.value
    page.meta["course_scripts"] = done["scripts"]
    page.toc.items += [toc_link(part) for part in done["contents"]]
    # Rows, terms and questions can be linked to, and MkDocs has not seen them.
    page.present_anchor_ids = (page.present_anchor_ids or set()) | placed_ids(done["html"])
    return str(done["html"])


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let the theme's templates use the interface texts, and know each lesson's questions."""
    build, language = CURRENT[0], language_of(config)
    frames = Frames(build.store, build.nav)
    env.template_class = frames.template_class
    its = spoken(language, config, files, build.nav, env, frames)
    build.languages[language] = its
    tell_templates(its)
    write_all_moved(env, config)
    return env


@event_priority(-200)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Mark the titles of modules that are not translated; `on_post_page` tells their language."""
    course, language = CURRENT[0].course, language_of(config)
    CURRENT[0].files = {slug_of(file): file for file in files.documentation_pages()}
    CURRENT[0].nav = nav
    titles = (module.title for module in course.modules if language not in module.title)
    lent = {title[course.languages[0]] for title in titles}
    for section in sections_of(nav.items):
        if section.title in lent:
            section.title = borrowed(section.title, course.languages[0])
    # `serve` needs the pages of all languages at hand.
    if not is_inner(config) and not SERVING:
        CURRENT[0].others = aside(lambda: others_built(config))
    return nav


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Say in which language a text is that this one borrows."""
    return told(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for pages that no Markdown stands behind."""
    return told(output_content)


@event_priority(-50)
def _join_others(config: MkDocsConfig) -> None:
    """Before mkdocs-static-i18n builds the other languages: take them, where they are built."""
    build = CURRENT[0]
    if is_inner(config) or not build.others:
        return
    index_ahead(build.staging)
    try:
        records, problems = build.others.result()
    except EndedError as error:
        what = f"The process that builds the other languages ended too early ({error})"
        raise PluginError(f"{what}; build again, with more memory if that runs short.") from None
    for name, level, message in records:
        logging.getLogger(name).log(level, "%s", message)
    if problems:
        raise MistakesError(problems)
    join(others_folder(build.staging), build.staging)
    i18n_of(config).building = True  # It takes its inner builds to be under way, and begins none.


@event_priority(-200)
def _publish(config: MkDocsConfig) -> None:
    """After the last language: put the new site in the place of the old one.

    A strict build with warnings ends right after this event; it leaves the old site alone.
    """
    if CURRENT[0].others:
        i18n_of(config).building = False
    if is_inner(config):
        return
    collection_as_usual()
    if any(handler.get_counts() for handler in _strict_counters()):
        return
    build = CURRENT[0]
    build.store.prune()
    build.assets.write(build.staging)
    if not SERVING:
        _index(build.staging)
    publish(build.staging, build.site)
    config.site_dir = str(build.site)
    CONFIGS[:] = [config]


on_post_build = CombinedEvent(_join_others, _publish)


def _index(site: Path) -> None:
    """Make the search of a site; without it, the site is not published."""
    try:
        index_search(site)
    except SearchIndexError as error:
        raise PluginError(str(error)) from None


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Show an edit at once, keep the last good site while it cannot be built, and say why.

    MkDocs' own server builds all pages for each edit, looks for edits twice a second, and answers
    no request from a failed build until the next good one.
    """
    # A build has no use for it, and would wait for it.
    from adapter.editing import Editing, watch_with  # noqa: PLC0415

    root = Path(config.config_file_path).parent
    live = Live(root, overrides(config), Path(server.root), server.mount_path)
    editing = Editing(live, config, server.builder)
    server.builder = editing.build
    server.set_app(live.wrapped(editing.wrapped(server)))
    watch_with(server, editing.watch)
    LIVE[:] = [live]
    editing.show()
    return server


def on_shutdown() -> None:
    """End what is still under way."""
    for live in LIVE:
        live.stop()
    stop_others()
    collection_over()


def on_build_error(error: Exception) -> None:
    """Leave nothing half-written behind, and tell of a broken template without a traceback."""
    collection_as_usual()
    if not CURRENT:
        return
    stop_others()
    remove(CURRENT[0].staging)
    if isinstance(error, MistakesError):
        MISTAKES[:] = error.problems
    elif not isinstance(error, BuildError):
        MISTAKES[:] = mishaps(error, CURRENT[0].root)
        raise MistakesError(MISTAKES) from None


def _checked_course(config: MkDocsConfig, root: Path) -> tuple[Source, Course]:
    try:
        settings = read_settings(root)
    except SettingsError as error:
        raise MistakesError(error.problems) from None
    for code in settings.languages:
        name = f"partials/languages/{code}.html"
        if not any((Path(folder) / name).is_file() for folder in config.theme.dirs):
            fix = f"copy overrides/partials/languages/en.html to {code}.html and translate it"
            raise PluginError(f"mkdocs.yml: the theme has no texts of its own in “{code}”; {fix}")
    source = read_source(root, settings.languages, settings.modules, templates=False)
    course, problems = check(source)
    if course is None:
        raise MistakesError(gathered([*problems, *template_problems(root)]))
    _warn(problems, source)
    return source, course


def _warn(problems: Iterable[Problem], source: Source) -> None:
    told, _ = silence(problems, source, judged=frozenset())
    for problem in told:
        log.warning(str(problem))


def _settings(config: MkDocsConfig) -> str:
    """The fingerprint of the generator, its packages and settings."""
    text = Path(config.config_file_path).read_text(encoding="utf-8")
    told = (config.site_url, config.use_directory_urls, config.theme.name)
    return fingerprint(of_generator(), of_settings(text, os.environ), *told)


def _strict_counters() -> Iterator[CountHandler]:
    handlers = logging.getLogger("mkdocs").handlers
    yield from (handler for handler in handlers if isinstance(handler, CountHandler))
