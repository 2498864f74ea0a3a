"""The other languages are built in a process of their own where that is safe, and else after.

Whichever way it goes, the site is the same, what is wrong is told, and nothing stays behind.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_course import small_course
from small_site import environment, small_site

BESIDE_A_THREAD = """
import sys, threading
threading.Thread(target=threading.Event().wait, daemon=True).start()
from mkdocs.__main__ import cli
sys.argv[0] = "mkdocs"
cli()
"""
"""With another thread a process cannot be copied safely, so one language follows the other."""

aside = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
each_way = pytest.mark.parametrize("program", [("-m", "mkdocs"), ("-c", BESIDE_A_THREAD)])


def build(
    root: Path, program: tuple[str, str] = ("-m", "mkdocs")
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *program, "build", "--strict"],
        cwd=root,
        env=environment() | {"SOURCE_DATE_EPOCH": "1700000000"},
        capture_output=True,
        text=True,
        check=False,
    )


def with_hook(root: Path, code: str) -> Path:
    """A small site with a hook of its own, which runs in whatever process builds a page."""
    small_site(root)
    (root / "own.py").write_text(f"import os, pathlib, time\n{code}", encoding="utf-8")
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("hooks:\n", "hooks:\n  - own.py\n"), encoding="utf-8")
    return root


def snapshot(site: Path) -> dict[str, bytes]:
    # Pagefind's files are another program's.
    files = (path for path in site.rglob("*") if path.is_file() and "pagefind" not in path.parts)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def folders(root: Path) -> list[str]:
    return sorted(path.name for path in root.glob("site*"))


def test_the_site_is_the_same_either_way(tmp_path: Path) -> None:
    sites = []
    for program in (("-m", "mkdocs"), ("-c", BESIDE_A_THREAD)):
        root = small_site(tmp_path / program[0])
        done = build(root, program)
        assert done.returncode == 0, done.stderr
        assert folders(root) == ["site"]
        sites.append(snapshot(root / "site"))
    assert sites[0] == sites[1]
    assert {"index.html", "ro/index.html", "ro/table/index.html", "sitemap.xml"} <= {*sites[0]}


@aside
def test_the_languages_have_a_process_each(tmp_path: Path) -> None:
    root = with_hook(
        tmp_path,
        "def on_page_markdown(markdown, page, config, files):\n"
        "    with open('processes.txt', 'a') as told:\n"
        "        told.write(f'{page.file.locale} {os.getpid()}\\n')\n",
    )
    assert build(root).returncode == 0
    told = {*(root / "processes.txt").read_text(encoding="utf-8").splitlines()}
    assert sorted(line.split()[0] for line in told) == ["en", "ro"]
    assert len({line.split()[1] for line in told}) == 2


@each_way
def test_warnings_of_every_language_count_and_stand_in_order(
    tmp_path: Path, program: tuple[str, str]
) -> None:
    root = small_site(tmp_path)
    assert build(root, program).returncode == 0
    before = snapshot(root / "site")
    with_hook(
        root,
        "import logging\n"
        "def on_page_markdown(markdown, page, config, files):\n"
        "    logging.getLogger('mkdocs.hooks.own').warning(f'of {page.file.src_uri}')\n",
    )
    done = build(root, program)
    assert done.returncode == 1
    pages = ["index.md", "listening.md", "table.md"]
    both = [*pages, *(page.replace(".md", ".ro.md") for page in pages)]
    warned = [line for line in done.stderr.splitlines() if line.startswith("WARNING")]
    assert warned == [f"WARNING -  of {page}" for page in both]
    assert "strict mode" in done.stdout + done.stderr
    assert snapshot(root / "site") == before


@each_way
def test_what_is_wrong_in_another_language_only_ends_the_build_in_a_sentence(
    tmp_path: Path, program: tuple[str, str]
) -> None:
    files = small_course()
    files["docs/table.ro.md"] = files["docs/table.ro.md"].replace(
        "title:", "template: nowhere.html\ntitle:", 1
    )
    root = small_site(tmp_path, files)
    done = build(root, program)
    assert done.returncode == 1
    assert "1 problem to mend in the course:\nmkdocs.yml:1:" in done.stderr
    assert "nowhere.html" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert folders(root) == []


@aside
def test_a_process_that_is_killed_is_told_of(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    assert build(root).returncode == 0
    before = snapshot(root / "site")
    with_hook(
        root,
        "def on_page_markdown(markdown, page, config, files):\n"
        "    if page.file.locale == 'ro':\n"
        "        os.kill(os.getpid(), 9)\n",
    )
    done = build(root)
    assert done.returncode == 1
    assert (
        "The process that builds the other languages ended too early (signal SIGKILL)"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert (folders(root), snapshot(root / "site")) == (["site"], before)


@aside
def test_the_other_process_ends_with_the_first(tmp_path: Path) -> None:
    root = with_hook(
        tmp_path,
        "from mkdocs.exceptions import PluginError\n"
        "def on_page_markdown(markdown, page, config, files):\n"
        "    if page.file.locale == 'ro':\n"
        "        pathlib.Path('process.txt').write_text(str(os.getpid()))\n"
        "        time.sleep(60)\n"
        "    while not pathlib.Path('process.txt').exists():\n"
        "        time.sleep(0.01)\n"
        "    raise PluginError('that was it')\n",
    )
    start = time.monotonic()
    done = build(root)
    assert done.returncode == 1
    assert "that was it" in done.stderr
    assert time.monotonic() - start < 30
    with pytest.raises(ProcessLookupError):
        os.kill(int((root / "process.txt").read_text(encoding="utf-8")), 0)
    assert folders(root) == []
