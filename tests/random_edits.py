"""Edits of a course by chance, of every kind that a build depends on; and builds in one process.

An edit may leave the course with a mistake: then it is told as one, by a cold build and a warm
one alike. Run as a program: `random_edits.py FOLDER COUNT SEED [quick]` compares after each edit.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import logging
import multiprocessing
import os
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast
from unittest.mock import Mock

WORDS = ("silence", "hold", "five", "a pause", "ceas", "țăran", "șoaptă", "& co.", "*now*", "“so”")
PAGE = (
    "---\ntitle: Page {0}\ndescription: Page {0}.\n---\n## Part {{ #part }}\n\n[Up](listening.md)\n"
)
CODES = {"en": "", "ro": ".ro"}

Edit = Callable[[Path, random.Random], str]
"""Changes something in the project, and tells what."""


def swap(path: Path, old: str, new: str) -> None:
    """Replace one place of a text; files that are not there any more stay so."""
    if path.is_file():
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def _nav(root: Path, change: Callable[[list[str]], None]) -> None:
    """Change the lines of the navigation in mkdocs.yml."""
    path = root / "mkdocs.yml"
    before, entries, after = re.split(
        r"(?ms)^nav:\n(.*?)(?=^\S)", path.read_text(encoding="utf-8"), maxsplit=1
    )
    lines = entries.splitlines()
    change(lines)
    path.write_text(f"{before}nav:\n" + "\n".join(lines) + f"\n{after}", encoding="utf-8")


def _pages(root: Path) -> list[Path]:
    return sorted((root / "docs").rglob("*.md"))


def _line_of(path: Path, chance: random.Random, wanted: str) -> tuple[str, str] | None:
    """A line of a file that has `wanted` in it, and the same with a word more."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if wanted in line]
    if not lines:
        return None
    line = chance.choice(lines)
    return line, line.replace(wanted, f"{wanted}{chance.choice(WORDS)} ", 1)


def sentence(root: Path, chance: random.Random) -> str:
    path = chance.choice(_pages(root))
    text = path.read_text(encoding="utf-8")
    link = f"[that]({chance.choice(_pages(root)).name.replace('.ro.md', '.md')})"
    more = chance.choice([*WORDS, link, "> said", "- item", "`code`", "/// note\nInside.\n///"])
    path.write_text(f"{text}\n{more} {chance.randrange(99)}\n", encoding="utf-8")
    return f"sentence in {path.name}"


def _in_line(kind: str, pattern: str, wanted: str) -> Edit:
    def edit(root: Path, chance: random.Random) -> str:
        path = chance.choice(sorted(root.glob(pattern)))
        found = _line_of(path, chance, wanted)
        if found:
            swap(path, *found)
        return f"{kind} in {path.name}: {found and found[1]}"

    edit.__name__ = kind
    return edit


def page_added(root: Path, chance: random.Random) -> str:
    name = f"page-{chance.randrange(1000)}"
    for ending in [".md", ".ro.md"][: chance.choice([1, 2, 2])]:
        (root / f"docs/{name}{ending}").write_text(PAGE.format(name), encoding="utf-8")
    if chance.random() < 0.7:
        _nav(root, lambda lines: lines.insert(chance.randrange(1, 4), f"  - {name}.md"))
    return f"page added: {name}"


def page_removed(root: Path, chance: random.Random) -> str:
    path = chance.choice(_pages(root))
    path.unlink()
    if chance.random() < 0.8:
        stem = path.name.removesuffix(".md").removesuffix(".ro")
        for other in path.parent.glob(f"{stem}*.md"):
            other.unlink()
        _nav(root, lambda lines: _keep(lines, lambda line: f"{stem}.md" not in line))
    return f"page removed: {path.name}"


def _keep(lines: list[str], wanted: Callable[[str], bool]) -> None:
    lines[:] = filter(wanted, lines)


def page_renamed(root: Path, chance: random.Random) -> str:
    pages = [path for path in _pages(root) if path.name.count(".") == 1]
    path, number = chance.choice(pages), chance.randrange(1000)
    old, new = path.stem, f"{path.stem.split('-')[0]}-{number}"
    for ending in CODES.values():
        if path.with_name(f"{old}{ending}.md").exists():
            path.with_name(f"{old}{ending}.md").rename(path.with_name(f"{new}{ending}.md"))
    quiz = root / f"quizzes/{old}.yml"
    if quiz.exists():
        quiz.rename(quiz.with_name(f"{new}.yml"))
    if chance.random() < 0.5:
        swap(path.with_name(f"{new}.md"), "\ntitle:", f"\nwas: [{old}]\ntitle:")
    _nav(
        root,
        lambda lines: lines.__setitem__(
            slice(None), [s.replace(f"{old}.md", f"{new}.md") for s in lines]
        ),
    )
    for text in (*_pages(root), *(root / "quizzes").rglob("*.yml")):
        whole = text.read_text(encoding="utf-8")
        whole = whole.replace(f"{old}.md", f"{new}.md").replace(f": {old}\n", f": {new}\n")
        text.write_text(whole.replace(f"{old}#", f"{new}#"), encoding="utf-8")
    return f"page renamed: {old} -> {new}"


def order(root: Path, chance: random.Random) -> str:
    _nav(root, lambda lines: lines.append(lines.pop(0)))
    return "order of the navigation"


def picture(root: Path, chance: random.Random) -> str:
    path = root / f"docs/assets/picture-{chance.randrange(3)}.svg"
    path.parent.mkdir(exist_ok=True)
    if path.exists() and chance.random() < 0.5:
        path.unlink()
    else:
        path.write_text(f"<svg><!-- {chance.random()} --></svg>", encoding="utf-8")
        page = chance.choice(_pages(root))
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\n![drawn](assets/{path.name})\n", encoding="utf-8")
    return f"picture {path.name}"


def template(root: Path, chance: random.Random) -> str:
    paths = [*(root / "overrides").glob("*.html"), *(root / "overrides/fragments").glob("*.html")]
    paths += (root / "overrides/partials").glob("*.html")
    path = chance.choice(sorted(paths))
    with path.open("a", encoding="utf-8") as file:
        file.write(f"<!-- {chance.choice(WORDS)} {{{{ 1 + {chance.randrange(99)} }}}} -->\n")
    return f"template {path.name}"


def style(root: Path, chance: random.Random) -> str:
    path = chance.choice(sorted((root / "overrides/assets").glob("*.[cj]s*")))
    with path.open("a", encoding="utf-8") as file:
        file.write(f"/* {chance.random()} */\n")
    return f"style {path.name}"


def setting(root: Path, chance: random.Random) -> str:
    old, new = chance.choice(
        [
            ("site_name: ", "site_name: New "),
            ("mark: 0.7", "mark: 0.8"),
            ("permalink: false", "permalink: true"),
            ("- navigation.top\n", "- navigation.top\n    - toc.integrate\n"),
            ("site_description: >-\n", "site_description: >-\n    More.\n"),
            ("reconfigure_search: true", "reconfigure_search: false"),
            ("use_directory_urls: true", "use_directory_urls: false"),
            ("use_directory_urls: false", "use_directory_urls: true"),
            ("  - abbr\n", ""),
            ("        - rule\n", "        - rule\n        - remark\n"),
        ]
    )
    swap(root / "mkdocs.yml", old, new)
    return f"setting {new.strip()}"


def address(root: Path, chance: random.Random) -> str:
    os.environ["SITE_URL"] = f"https://{chance.choice('abc')}.example/"
    return f"SITE_URL={os.environ['SITE_URL']}"


EDITS: tuple[Edit, ...] = (
    *(sentence, sentence, page_added, page_removed, page_renamed, order, picture, template, style),
    *(setting, address),
    _in_line("title", "docs/**/*.md", "title: "),
    _in_line("heading", "docs/**/*.md", "## "),
    _in_line("description", "docs/**/*.md", "description: "),
    _in_line("data", "quizzes/**/*.yml", 'en: "'),
    _in_line("data", "quizzes/**/*.yml", 'ro: "'),
    _in_line("glossary", "quizzes/glossary.yml", "{en: "),
    _in_line("text of the interface", "hooks/course/strings/??.yml", ': "'),
)


QUICK = tuple(edit for edit in EDITS if edit is not address)
"""Those that a running server sees."""


def digests(site: Path) -> dict[str, str]:
    """The fingerprint of each file of a site."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def build(site: Path, command: Literal["build", "serve"] = "build") -> str:
    """Build the course in this folder; what was said of it, with the last line for an error."""
    # Both know the hook of the course, whose generator has to be that of its own folder.
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    from course import search_index  # noqa: PLC0415

    # It is made of the finished pages alone, and takes longer than all of them.
    search_index.index_search = search_index.index_ahead = Mock()
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logging.getLogger("mkdocs").addHandler(handler)
    handler.setLevel(logging.WARNING)
    ended = ""
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            config = load_config("mkdocs.yml", site_dir=str(site))
            config.plugins.on_startup(command=command, dirty=False)
            mkdocs_build(config)
        except (Exception, SystemExit) as error:
            ended = f"{type(error).__name__}: {error}"
        finally:
            logging.getLogger("mkdocs").removeHandler(handler)
    return said.getvalue().replace(str(site), "SITE") + ended


def _cold(site: str, environ: dict[str, str], told: multiprocessing.Queue[str]) -> None:
    from course.cache import Store  # noqa: PLC0415

    os.environ.update(environ)
    Store.get = lambda *_: None  # type: ignore[method-assign]
    Store.put = lambda *_: None  # type: ignore[method-assign]
    told.put(build(Path(site)))


def cold(site: Path) -> str:
    """The same in a process that has built nothing before, and with nothing kept."""
    shutil.rmtree(site, ignore_errors=True)
    fresh = multiprocessing.get_context("forkserver")
    fresh.set_forkserver_preload(["mkdocs.commands.build", "course.render", "course.check"])
    told: multiprocessing.Queue[str] = fresh.Queue()
    process = fresh.Process(target=_cold, args=(str(site), dict(os.environ), told))
    process.start()
    said = told.get(timeout=120)
    process.join()
    return said


def compared(root: Path, count: int, seed: int, quick: bool) -> Iterator[str]:
    """Edit the course in `root` `count` times; tells each edit after which the builds differ.

    With `quick` the edits are shown as `serve` does it, without a whole build where it can.
    """
    chance, warm_site, cold_site = random.Random(seed), root / "warm", root / "cold"
    pristine = root / "pristine"
    make = Quick(warm_site).build if quick else partial(build, warm_site)
    for number in range(count):
        shutil.rmtree(pristine, ignore_errors=True)
        _copy(root, pristine)
        told = chance.choice(QUICK if quick else EDITS)(root, chance)
        said, wanted = make(), cold(cold_site)
        broken = not cold_site.exists()
        print(f"{number}: {told}{' (a mistake)' if broken else ''}{said * quick}", flush=True)
        if said != wanted and not quick:
            yield f"{number}: {told}: said\n{said}\ninstead of\n{wanted}"
        if broken:
            _copy(pristine, root)
        names = differing(warm_site, cold_site)
        if names and not broken:
            yield f"{number}: {told}: differs in {sorted(names)}"


def differing(one: Path, other: Path) -> set[str]:
    """The files of two sites that are not the same."""
    return {name for name, _ in digests(one).items() ^ digests(other).items()}


class Quick:
    """A site as `serve` keeps it, without a server."""

    def __init__(self, site: Path) -> None:
        assert not build(site, "serve")
        self._site = site
        editing = cast(Any, importlib.import_module("adapter.editing"))
        editing.Thread = Mock()  # what that does later, `build` does at once
        self._whole = 0
        config = cast(Any, sys.modules["adapter.state"]).CONFIGS[0]
        self._editing = editing.Editing(Mock(), config, self._build)
        for path in (config.docs_dir, config.config_file_path, *config.watch):
            self._editing.watch.schedule(Mock(), str(Path(path).resolve()))

    def _build(self) -> None:
        self._whole += 1
        said = build(self._site, "serve")
        if "Aborted" in said or "Error" in said:
            raise SystemExit(said)

    def build(self) -> str:
        """Take over an edit; tells whether it was quick."""
        before = self._whole
        self._editing.build()
        self._editing._pages.finish(lambda: True)
        return " (quick)" if before == self._whole else ""


PARTS = ("docs", "quizzes", "overrides", "hooks/course/strings", "mkdocs.yml")


def _copy(source: Path, target: Path) -> None:
    for part in PARTS:
        if (source / part).is_file():
            target.mkdir(exist_ok=True)
            shutil.copy2(source / part, target / part)
        else:
            shutil.rmtree(target / part, ignore_errors=True)
            shutil.copytree(source / part, target / part)


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    asked = (Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] == ["quick"])
    different = list(compared(*asked))
    print("\n".join(different), file=sys.stderr)
    sys.exit(bool(different))
