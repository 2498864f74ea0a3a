"""The adapter between MkDocs and the course generator.

Only it, `kept_pages` and `quick_pages` import MkDocs.

Reads in the order of the flow: load -> check -> model -> render -> place. mkdocs-static-i18n
runs these events once for each language, the others from inside the first one's end; what
belongs to the whole build happens in the first only.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from course.aside import Aside, EndedError, aside
from course.asking import Answers, asking
from course.assets import Assets
from course.borrowed import borrowed, told
from course.cache import Answer, Question, Result, Store, fingerprint
from course.changes import course_anew, read_anew
from course.check import check
from course.checks.templates import template_problems
from course.contents import Contents
from course.fingerprints import of_files, of_generator, of_settings
from course.live import ASSETS as LIVE_ASSETS
from course.live import Live
from course.load import Source, read_source, relative
from course.mishap import mishaps
from course.model import Course, CoursePage
from course.moves import moved, moved_names
from course.notes import with_notes
from course.outline import scored_ids
from course.page import split_front_matter, split_language, without_allowances
from course.pairs import marked, stamped
from course.pieces import rendered, scripts_of
from course.place import Marker, below_headings, block_names, place, placed_ids
from course.problem import Problem, counted
from course.publish import join, others_folder, publish, remove, staging_folder
from course.render import Renderer, Strings
from course.search_index import SearchIndexError, index_search
from course.settings import SettingsError, read_settings
from course.silence import silence
from course.states import States, differing, states
from course.translation import TOP
from course.watch import Watch
from jinja2 import Environment
from kept_pages import Frames, convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import CountHandler, get_relative_url, write_file
from quick_pages import Hooks, Pages, Spoken, spoken

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

KEPT = ".cache/course"
"""Where results of a build are kept for the next one, in the project; safe to delete."""

log = logging.getLogger("mkdocs.hooks.course")

# It tells of every setting it applies; among that a trainer would miss a problem.
logging.getLogger("mkdocs.plugins.mkdocs_static_i18n").setLevel(logging.WARNING)


Records = list[tuple[str, int, str]]
"""What was logged: each time the logger's name, the level and the message."""


@dataclass
class Build:
    """What one build of all languages needs to remember.

    `settings` is the fingerprint of what all pages depend on, `base` the same with the
    templates; what only some hang on, these ask for. `read` is how the files stood when they
    were read. `files` are the pages of the language that is being built, by their slugs, `nav`
    is its navigation. `placed` are the pages with their pieces, by their places in the site;
    `languages` what is left of each language's build. `others` are the other languages, while
    they are built in another process.
    """

    root: Path
    source: Source
    course: Course
    assets: Assets
    site: Path
    staging: Path
    store: Store
    settings: str
    base: str
    read: States
    files: dict[str, File] = field(default_factory=dict)
    nav: Navigation = field(default_factory=lambda: Navigation([], []))
    placed: dict[str, Result] = field(default_factory=dict)
    languages: dict[str, Spoken] = field(default_factory=dict)
    others: Aside[tuple[Records, list[Problem]]] | None = None

    @cached_property
    def answers(self) -> Answers:
        """What the pieces of pages ask the course for."""
        return Answers(self.course)


_current: list[Build] = []

_configs: list[MkDocsConfig] = []
"""The settings of the last good build: `serve` reads them anew for each."""

_live: list[Live] = []
"""What `serve` adds to the pages, while it runs."""


class MistakesError(PluginError):
    """What keeps the course from being built."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Word it for the terminal: all problems, a line each."""
        problems = [*problems]
        count = counted(len(problems), "problem")
        super().__init__("\n".join([f"{count} to mend in the course:", *map(str, problems)]))
        self.problems = problems


_mistakes: list[Problem] = []
"""What ended the last build: MkDocs words some errors anew on their way to `serve`."""


_serving: list[bool] = []
"""Holds something under `serve`, which makes the search when a page asks for it."""


def on_startup(command: str, dirty: bool) -> None:
    """Remember what this process is for."""
    _serving[:] = [True] if command == "serve" else []


def on_pre_build(config: MkDocsConfig) -> None:
    """Load and check the course; with a mistake in it, stop before anything is written."""
    if not _is_inner(config):
        root = Path(config.config_file_path).parent
        watched = (config.docs_dir, config.config_file_path, *config.watch)
        read = states(map(os.path.abspath, watched))
        source, course = _checked_course(config, root)
        site = Path(config.site_dir).resolve()
        settings = _settings(config)
        kept = (Store(root / KEPT), settings, _base(settings, config), read)
        staging = staging_folder(site)
        _current[:] = [Build(root, source, course, _assets(config), site, staging, *kept)]
        remove(others_folder(_current[0].staging))
        config.site_dir = str(_current[0].staging)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the theme's files out: no page loads those of Material, and ours are shrunk first."""
    for file in list(files):
        if file.src_dir in config.theme.dirs:
            files.remove(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a translated lesson what its original says once for all languages."""
    markdown = without_allowances(markdown)
    course_page = _current[0].course.pages[_slug(page.file)]
    _name_blocks(config, _page_language(page))
    page.meta["uri"] = course_page.uri
    for key in ("lesson", "minutes"):
        page.meta[key] = getattr(course_page.shared, key)
    page.meta["objectives"] = course_page.text(_page_language(page)).meta.objectives
    if course_page.shared.lesson and len(course_page.texts) > 1:
        page.meta["beside"] = True
        markdown = stamped(markdown, _original(page))
    page.render = partial(_convert, page)  # type: ignore[method-assign]
    return with_notes(markdown, course_page.uri, _current[0].course, _page_language(page))


def _convert(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Convert a page's Markdown, unless it was converted before."""
    blocks = config.mdx_configs["pymdownx.blocks.admonition"]["types"]
    convert(page, config, files, _current[0].store, fingerprint(_current[0].settings, blocks))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Render the pieces that the page's markers ask for, and place them."""
    build, answer = _current[0], _answers(page.file)

    def make(ask: Callable[[Question], None]) -> Any:
        def address(target: str, anchor: str) -> str:
            ask((ADDRESS, target, anchor))
            return answer((ADDRESS, target, anchor))

        course = asking(build.course, ask)
        renderer = Renderer(course, _page_language(page), _templates(config), address)
        return _placed(html, page, config, course, renderer)

    alternates = {code: file.url for code, file in page.file.alternates.items()}  # type: ignore[attr-defined]
    here = (page.file.src_uri, page.url, alternates, _page_language(page))
    settings = (_mark(config), config.site_name, page.meta.get("beside"))
    key = fingerprint("placed", build.base, html, *here, *settings)
    result = build.placed[page.file.dest_uri] = build.store.remembered(key, answer, make)
    done = result.value
    page.meta["course_scripts"] = done["scripts"]
    page.toc.items += [_anchor(part) for part in done["contents"]]
    # Rows, terms and questions can be linked to, and MkDocs has not seen them.
    page.present_anchor_ids = (page.present_anchor_ids or set()) | placed_ids(done["html"])
    return str(done["html"])


ADDRESS = "address"
"""The question of where a page stands, beside those that a course answers."""


def _answers(file: File) -> Answer:
    """What the pieces of a page may ask for."""
    build, slug = _current[0], _slug(file)

    def answer(question: Question) -> str:
        kind, *names = question
        if kind != ADDRESS:
            return build.answers(question)
        target, anchor = names
        path = "" if target == slug else build.files[target].url_relative_to(file)
        return f"{path}#{anchor}" if anchor else path

    return answer


def _placed(
    html: str, page: Page, config: MkDocsConfig, course: Course, renderer: Renderer
) -> dict[str, Any]:
    """A page's HTML with its pieces, the scripts they need, and what they add to its contents."""
    slug = _slug(page.file)
    placed: list[str] = []

    def piece(marker: Marker) -> str:
        placed.append(marker.name)
        return rendered(marker, renderer, slug, _mark(config), config.site_name)

    html = below_headings(told(marked(html)), _stale_notes(page, renderer, config, course))
    html = place(html, piece)
    if page.meta.get("beside"):
        placed.append("beside")
    if slug in course.quizzes and "quiz" not in placed:
        html += piece(Marker("quiz"))
    if course.pages[slug].text(_page_language(page)).terms:
        html += piece(Marker("terms"))
    contents = renderer.fields_contents() if "fields" in placed else []
    return {"html": html, "scripts": scripts_of(placed + block_names(html)), "contents": contents}


def _anchor(part: list[tuple[str, str]]) -> AnchorLink:
    """What the reference of fields adds to the contents of its page: a kind of file, its parts."""
    (name, title), *inner = part
    link = AnchorLink(title, name, 2)
    link.children += [AnchorLink(text, anchor, 3) for anchor, text in inner]
    return link


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let the theme's templates use the interface texts, and know each lesson's questions."""
    build, language = _current[0], _language(config)
    frames = Frames(build.store, build.nav)
    env.template_class = frames.template_class
    its = spoken(language, config, files, build.nav, env, frames)
    build.languages[language] = its
    _tell_templates(its)
    _write_all_moved(env, config)
    return env


def _tell_templates(its: Spoken) -> None:
    """Give the theme's templates what they may see of the course, besides the page's own."""
    build, course = _current[0], _current[0].course
    seen = {
        "strings": course.strings,
        "lesson_questions": scored_ids(course),
        "moved_names": moved_names(course),
    }
    its.env.globals.update(seen)
    its.env.globals["t"] = Strings(course.strings[its.language])
    its.env.globals["asset"] = build.assets.address
    its.env.globals["contents"] = _contents_by_section([page.url for page in its.nav.pages])
    its.frames.renew(fingerprint(build.base, its.language, seen, build.assets.addresses))


def _contents_by_section(addresses: list[str]) -> Callable[..., str]:
    """What partials/nav.html calls: the list of contents for a page, or for none (404.html)."""
    lists = Contents(addresses, get_relative_url)

    def contents(page: Page | None, caller: Callable[[], str]) -> str:
        return lists.of(page.parent, page.url, caller) if page else caller()

    return contents


def _write_all_moved(env: Environment, config: MkDocsConfig) -> None:
    for old, page in moved(_current[0].course).items():
        _write_moved(old, page, _current[0].files[page.slug], env, config)


def _write_moved(
    old: str, page: CoursePage, file: File, env: Environment, config: MkDocsConfig
) -> None:
    """Write what stands at an old address of a page, in the language of this build."""
    end = "/index.html" if config.use_directory_urls else ".html"
    target = file.dest_uri.removesuffix(page.uri + end) + old + end
    url = target.removesuffix("index.html")
    text = page.text(_language(config))
    html = env.get_template("moved.html").render(
        language=_language(config),
        title=text.meta.title,
        title_language=next(code for code, its in page.texts.items() if its is text),
        href=get_relative_url(file.url, url),
        base=get_relative_url(".", url),
        canonical=config.site_url and config.site_url + file.url,
        site_name=config.site_name,
    )
    write_file(html.encode("utf-8"), str(Path(config.site_dir, target)))


@event_priority(-200)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Mark the titles of modules that are not translated; `on_post_page` tells their language."""
    course, language = _current[0].course, _language(config)
    _current[0].files = {_slug(file): file for file in files.documentation_pages()}
    _current[0].nav = nav
    titles = (module.title for module in course.modules if language not in module.title)
    lent = {title[course.languages[0]] for title in titles}
    for section in _sections(nav.items):
        if section.title in lent:
            section.title = borrowed(section.title, course.languages[0])
    # `serve` needs the pages of all languages at hand.
    if not _is_inner(config) and not _serving:
        _current[0].others = aside(lambda: _others_built(config))
    return nav


def _others_built(config: MkDocsConfig) -> tuple[Records, list[Problem]]:
    """Build the other languages in a process of their own, into a folder of their own.

    Returns what was logged, and what kept them from being built.

    That is what mkdocs-static-i18n does at the end of the first language; it needs of that one
    no more than its files and their addresses, so it need not wait.
    """
    _current[:] = [replace(_current[0], staging=others_folder(_current[0].staging))]
    config.site_dir = str(_current[0].staging)
    config.strict = False  # Warnings are counted where they are told.
    problems: list[Problem] = []
    with _recorded() as records:
        try:
            _i18n(config).on_post_build(config)
        except MistakesError as error:
            problems = error.problems
        except (Exception, SystemExit) as error:
            problems = mishaps(error, _current[0].root)
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


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Say in which language a text is that this one borrows."""
    return told(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for pages that no Markdown stands behind."""
    return told(output_content)


@event_priority(-50)
def _join_others(config: MkDocsConfig) -> None:
    """Before mkdocs-static-i18n builds the other languages: take them, where they are built."""
    build = _current[0]
    if _is_inner(config) or not build.others:
        return
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
    _i18n(config).building = True  # It takes its inner builds to be under way, and begins none.


@event_priority(-200)
def _publish(config: MkDocsConfig) -> None:
    """After the last language: put the new site in the place of the old one.

    A strict build with warnings ends right after this event; it leaves the old site alone.
    """
    if _current[0].others:
        _i18n(config).building = False
    if _is_inner(config) or any(handler.get_counts() for handler in _strict_counters()):
        return
    build = _current[0]
    build.store.prune()
    build.assets.write(build.staging)
    if not _serving:
        _index(build.staging)
    publish(build.staging, build.site)
    config.site_dir = str(build.site)
    _configs[:] = [config]


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
    root = Path(config.config_file_path).parent
    live = Live(root, _overrides(config), Path(server.root), server.mount_path)
    editing = Editing(live, config, server.builder)
    server.builder = editing.build
    server.set_app(live.wrapped(editing.wrapped(server)))
    _watch(server, editing.watch)
    _live[:] = [live]
    editing.show()
    return server


def _watch(server: LiveReloadServer, watch: Watch) -> None:
    """Let the server watch what it watches with `watch`, and wait less for more changes."""
    paths = [*server._watched_paths]
    for path in paths:
        server.unwatch(path)
    server.observer = watch  # type: ignore[assignment]
    server.build_delay = QUIET
    for path in paths:
        server.watch(path)


QUIET = 0.03
"""Seconds without a change after which an edit is taken to be complete."""

SETTLE = 0.25
"""Seconds that belong to the browser's requests before the rest of an edit is done."""


class Editing:
    """What `serve` does for each edit: shows it at once if it can, else builds the whole."""

    def __init__(self, live: Live, config: MkDocsConfig, whole: Callable[[], None]) -> None:
        self._live = live
        self._whole = whole
        self._good = _current[0]
        self._read = self._good.read
        self._config = config
        self._pages = _pages(config)
        self._strict = bool(config.strict)
        self._sound = True
        self._edit = 0
        live.mistaken = self._mistaken
        self.watch = Watch(self._good.read)

    def show(self) -> None:
        """The site is the one of the course as it was read."""
        self._live.built(self._good.source, self._good.course.strings)

    def build(self) -> None:
        """Take over what was saved since the last good build; whatever ends that is told."""
        _mistakes.clear()
        self._edit += 1
        self._live.building()
        try:
            with _errors_said() as said:
                self._build()
        except (Exception, SystemExit) as error:
            self._failed(error, said)

    def _build(self) -> None:
        good = self._good
        now = self.watch.known = states(self.watch.paths)
        paths = differing(self._read, now)
        if self._sound and not self._strict and self._edited(paths):
            self._read = now
            Thread(target=self._follow_up, args=(self._edit,), daemon=True).start()
            return
        self._pages.close()
        try:
            self._whole()
        except BaseException:
            _current[:] = [good]
            self._pages.open()
            raise
        self._good, self._read, self._sound = _current[0], now, True
        self._config = _configs[0]
        self._pages = _pages(self._config)
        self.show()

    def _edited(self, paths: set[str]) -> bool:
        """Show an edit at once; False for one that takes a whole build."""
        good, pictures = self._good, self._pages.pictures(paths)
        names = {relative(Path(path), good.root) for path in paths - pictures}
        theme = relative(_overrides(self._config), good.root)
        assets = {name for name in names if name.startswith(f"{theme}/assets/")}
        templates = {name for name in names - assets if name.startswith(f"{theme}/")}
        texts = names - assets - templates
        html = all(n.endswith(".html") and (good.root / n).is_file() for n in templates)
        if not html or any(map(_is_template, assets)):
            return False
        source = read_anew(good.source, good.root, texts)
        if source is None or any(template_problems(good.root, templates)):
            return False
        course = course_anew(good.course, source, texts)

        def change() -> None:
            good.source, good.course = source, course
            good.__dict__.pop("answers", None)
            if templates:
                good.base = _base(good.settings, self._config)
            if assets:
                good.assets = _assets(self._config)
                good.assets.write(good.site)

        interface = {document.path for document in source.interface}
        self._pages.edit(paths, change, bool(templates or texts & interface))
        if texts or templates:
            self._live.edited(source, course.strings)
        return True

    def _follow_up(self, edit: int) -> None:
        """After an edit: what the bar tells, the check of the whole course, all other pages."""
        time.sleep(SETTLE)
        if self._edit != edit:
            return
        self.show()
        try:
            self._pages.finish(lambda: self._edit == edit)
            self._live.finished()
        except Exception as error:
            self._failed(error, ())

    def _mistaken(self, problems: list[Problem]) -> None:
        """An edit that was sound by itself is none for the rest of the course."""
        self._sound = False
        self._failed(MistakesError(problems), ())

    def _failed(self, error: BaseException, said: Iterable[str]) -> None:
        known = error.problems if isinstance(error, MistakesError) else _mistakes
        problems = known or mishaps(error, self._good.root, said)
        self._live.failed(problems)
        told = error if known else MistakesError(problems)
        log.error("%s The last good site stays on show until this is mended.", told)

    def wrapped(self, server: LiveReloadServer) -> WSGIApplication:
        """The server's application; what an edit has changed is made when it is asked for."""

        def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
            with server._epoch_cond:
                server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
            try:
                end = "index.html" if path.endswith("/") else ""
                self._pages.fresh(path.removeprefix(server.mount_path) + end)
            except Exception as error:
                self._failed(error, ())
            return server.serve_request(environ, start)

        return serve


def _pages(config: MkDocsConfig) -> Pages:
    """The pages of the site that was just built."""
    build = _current[0]

    def speak(language: str) -> None:
        its = build.languages[language]
        build.files, build.nav = {_slug(file): file for file in its.pages}, its.nav

    def holds(file: File) -> bool:
        return build.placed[file.dest_uri].holds(_answers(file))

    def finish(its: Spoken) -> None:
        _write_all_moved(its.env, config)

    return Pages(config, build.languages, build.site, Hooks(speak, holds, _tell_templates, finish))


def on_shutdown() -> None:
    """End what is still under way."""
    for live in _live:
        live.stop()
    _stop_others()


def _stop_others() -> None:
    """End the process that builds the other languages, and remove what it has made."""
    for build in _current:
        if build.others:
            build.others.stop()
            remove(others_folder(build.staging))


def on_build_error(error: Exception) -> None:
    """Leave nothing half-written behind, and tell of a broken template without a traceback."""
    if not _current:
        return
    _stop_others()
    remove(_current[0].staging)
    if isinstance(error, MistakesError):
        _mistakes[:] = error.problems
    elif not isinstance(error, BuildError):
        _mistakes[:] = mishaps(error, _current[0].root)
        raise MistakesError(_mistakes) from None


@contextlib.contextmanager
def _errors_said() -> Iterator[list[str]]:
    """What is logged as an error meanwhile."""
    said: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        yield said
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)


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
    source = read_source(root, settings.languages, settings.modules)
    course, problems = check(source)
    if course is None:
        raise MistakesError(problems)
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


def _base(settings: str, config: MkDocsConfig) -> str:
    return fingerprint(settings, of_files([_overrides(config)], TEMPLATES))


TEMPLATES = (".html", ".svg", ".xml")
"""The endings of what a template may take in."""


def _is_template(name: str) -> bool:
    return name.endswith(TEMPLATES)


def _name_blocks(config: MkDocsConfig, language: str) -> None:
    """Give blocks without a title of their own (`/// rule`) one in the page's language."""
    strings = _current[0].course.strings[language]
    blocks = config.mdx_configs["pymdownx.blocks.admonition"]
    names = [b["name"] if isinstance(b, dict) else b for b in blocks["types"]]
    blocks["types"] = [{"name": name, "title": strings[f"block.{name}"]} for name in names]


def _sections(items: Iterable[Any]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


def _is_inner(config: MkDocsConfig) -> bool:
    return bool(_i18n(config).building)


def _language(config: MkDocsConfig) -> str:
    return str(_i18n(config).current_language)


def _page_language(page: Page) -> str:
    return str(page.file.locale)  # type: ignore[attr-defined]


def _slug(file: File) -> str:
    uri, _ = split_language(file.src_uri, _current[0].course.languages)
    return uri.rsplit("/", 1)[-1]


def _original(page: Page) -> str:
    """The text of a page in the default language."""
    file = page.file.alternates[_current[0].course.languages[0]]  # type: ignore[attr-defined]
    return without_allowances(split_front_matter(file.content_string)[1])


def _stale_notes(
    page: Page, renderer: Renderer, config: MkDocsConfig, course: Course
) -> dict[str, str]:
    """The notes for readers of the sections that are older than their originals."""
    default = course.languages[0]
    name = next(lang.name for lang in _i18n(config).config.languages if lang.locale == default)

    def note(section: str) -> str:
        original: File = page.file.alternates[default]  # type: ignore[attr-defined]
        anchor = "" if section == TOP else f"#{section}"
        href = original.url_relative_to(page.file) + anchor
        return renderer.stale(section, href, default, name)

    text = course.pages[_slug(page.file)].text(_page_language(page))
    return {section: note(section) for section in text.stale}


def _mark(config: MkDocsConfig) -> float:
    """The share of a self-check that the certificate asks for."""
    return float((config.extra.get("course") or {}).get("mark", 0.7))


def _assets(config: MkDocsConfig) -> Assets:
    return Assets(_overrides(config) / "assets", LIVE_ASSETS)


def _templates(config: MkDocsConfig) -> Path:
    return _overrides(config) / "fragments"


def _overrides(config: MkDocsConfig) -> Path:
    return Path(config.theme.custom_dir or "")


def _strict_counters() -> Iterator[CountHandler]:
    handlers = logging.getLogger("mkdocs").handlers
    yield from (handler for handler in handlers if isinstance(handler, CountHandler))
