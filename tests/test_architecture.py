"""The house stays as it is drawn: the generator knows no MkDocs, code holds no HTML."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rjsmin

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "hooks" / "course"
MODULES = sorted(PACKAGE.glob("*.py"))


@pytest.mark.parametrize("module", [path.stem for path in MODULES if path.stem != "__init__"])
def test_the_package_imports_without_mkdocs(module: str) -> None:
    program = (
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in {'mkdocs', 'material', 'mkdocs_static_i18n'}:\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        f"import course.{module}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT / "hooks",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.stem))
def test_code_holds_no_html(path: Path) -> None:
    """Tags stand in templates; docstrings and messages about tags may name them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    made = [
        text for text in texts if re.search(r"<(div|p|span|ul|li|form|a|table)\b[^|]*>.+</", text)
    ]
    assert [text for text in made if "(.*)" not in text] == []


def test_scripts_make_no_html_and_hold_no_texts() -> None:
    for path in (ROOT / "overrides" / "assets").glob("*.js"):
        code = path.read_text(encoding="utf-8")
        assert "innerHTML" not in code
        assert "insertAdjacentHTML" not in code
        # Without comments, a quoted capital and a second word are a sentence for the reader.
        assert not re.search(r"""["'`][A-Z][a-z]+ [a-z]+""", rjsmin.jsmin(code)), path


def test_nothing_depends_on_the_brief() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    guilty = [
        name
        for name in tracked
        if Path(name).suffix in {".py", ".yml", ".toml", ".md", ".html", ".js", ".css", ".txt"}
        and (ROOT / name).is_file()
        and "../shared" in (ROOT / name).read_text(encoding="utf-8")
        and Path(name).name != Path(__file__).name
    ]
    assert guilty == []
