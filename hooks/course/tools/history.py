"""Since which commit a section has changed, if git knows; git is asked, never changed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from ..page import Page, page_from
from ..translation import fingerprints

MOST = 200
"""How many versions of a file are looked at, the latest first."""


def commits_before(root: Path, original: Page, wanted: Mapping[str, str]) -> dict[str, str]:
    """The last commit in which each section of an original had the fingerprint wanted.

    `git diff <commit> -- <path>` then shows what has changed in it since. A section without
    such a commit is left out; without git, or outside of a repository, all are.
    """
    found: dict[str, str] = {}
    versions = _git(root, "log", f"--max-count={MOST}", "--format=%h", "--", original.path)
    for commit in (versions or "").split():
        text = _git(root, "show", f"{commit}:./{original.path}")
        if text is None or set(found) == set(wanted):
            break
        then = fingerprints(page_from(text, original.path, original.uri, original.language))
        for name, value in wanted.items():
            if then.get(name) == value:
                found.setdefault(name, commit)
    return found


def _git(root: Path, *arguments: str) -> str | None:
    """What git prints, or None when there is no git, no repository, or nothing to tell."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
    return None if done.returncode else text
