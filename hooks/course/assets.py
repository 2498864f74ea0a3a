"""What pages load besides their text: one style sheet, few scripts, fonts, drawings.

A file's address carries a fingerprint of its content, so that a browser may keep the file for
good and still meets a new one at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

import rjsmin

STYLE = "course.css"
"""The style sheet of all pages: this file, and behind it those of the pieces."""

SCRIPT = "course.js"
"""The script of all pages."""

SCRIPT_PARTS = ("record.js", SCRIPT)
"""What it is made of, in the order it runs in."""

_GAP = r"(?:\s|/\*(?:[^*]|\*(?!/))*\*/)"
_CSS = re.compile(rf"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|{_GAP}*([{{}};,]){_GAP}*|{_GAP}+""")
_URL = re.compile(r'url\("([^":?#]+)"\)')


class Assets:
    """The files of overrides/assets/ as they are sent."""

    def __init__(self, folder: Path, leave_out: Collection[str] = ()) -> None:
        """Read and shrink the files in `folder`, but those named in `leave_out`."""
        paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        files = {name: data for name, data in files.items() if name not in leave_out}
        styles = [files.pop(name) for name in sorted(files, key=_style_first) if _is_style(name)]
        scripts = [files.pop(name) for name in SCRIPT_PARTS]
        self._files = {
            name: shrunk_script(data) if name.endswith(".js") else data
            for name, data in files.items()
        }
        self._stamps: dict[str, str] = {}
        self._files[SCRIPT] = shrunk_script(b"\n".join(scripts))
        self._files[STYLE] = self._stamped(shrunk_style(b"\n".join(styles)))

    def address(self, name: str) -> str:
        """Where a file is found, from the root of the site; KeyError when there is none."""
        return f"assets/{self._with_stamp(name)}"

    @property
    def addresses(self) -> list[str]:
        """Where all of them are found."""
        return [self.address(name) for name in sorted(self._files)]

    def write(self, site: Path) -> None:
        """Put all of them into the folder of a built site."""
        for name, data in self._files.items():
            path = site / "assets" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def _with_stamp(self, name: str) -> str:
        if name not in self._stamps:
            self._stamps[name] = hashlib.sha256(self._files[name]).hexdigest()[:8]
        return f"{name}?v={self._stamps[name]}"

    def _stamped(self, style: bytes) -> bytes:
        """A style sheet that asks for fonts and pictures by their stamped addresses."""
        text = _URL.sub(lambda match: f'url("{self._with_stamp(match[1])}")', style.decode())
        return text.encode()


def shrunk_script(script: bytes) -> bytes:
    """Without comments and needless space."""
    return bytes(rjsmin.jsmin(script))


def shrunk_style(style: bytes) -> bytes:
    """Without comments and space that means nothing; strings and selectors stay as they are."""

    def kept(match: re.Match[str]) -> str:
        return match[1] or match[2] or " "

    return _CSS.sub(kept, style.decode()).strip().replace(";}", "}").encode()


def _is_style(name: str) -> bool:
    return name.endswith(".css")


def _style_first(name: str) -> tuple[bool, str]:
    return (name != STYLE, name)
