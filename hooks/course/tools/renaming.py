"""`rename`: another name for a lesson, and for everything that points to it."""

from __future__ import annotations

from pathlib import Path

import click

from .moving import renamed
from .verb import Verb
from .workshop import workshop
from .writing import show, write_all


@click.command(
    cls=Verb,
    examples={
        "rename listening good-listening --dry-run": "what would change",
        "rename listening good-listening": "a lesson and all links to it",
    },
)
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.pass_obj
def rename(root: Path, old: str, new: str, dry_run: bool) -> None:
    """Give the lesson or page OLD the name NEW, in all languages.

    Its self-check, its place in the navigation and all links to it follow. The old address leads
    to the new one, and what learners have done stays theirs.
    """
    changes = renamed(workshop(root), old, new)
    if dry_run:
        show(root, changes, around=0)
        return
    write_all(root, changes)
    for change in changes:
        moved = change.path != change.was
        click.echo(f"moved   {change.was} -> {change.path}" if moved else f"changed {change.path}")
