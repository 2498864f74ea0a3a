"""`serve` shows the course while it is written; `build` writes the site to publish."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
import time
from pathlib import Path

import click

from ..states import States, states
from .environment import CourseError, run
from .progress import doing
from .verb import CALL, Verb

FOLDERS = ("docs", "quizzes", "overrides", "hooks")


@click.command(
    cls=Verb,
    examples={
        "serve": "show it on http://127.0.0.1:8000/",
        "serve --port 8001": "show it on another port",
    },
)
@click.option("--port", type=int, default=8000, show_default=True, help="Its number.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="0.0.0.0: for others, too.",
)
@click.pass_obj
def serve(root: Path, port: int, host: str) -> int:
    """Show the course in the browser while you write.

    A saved change shows at once. While the course cannot be built, this waits for a correction.
    Ctrl-C stops it.
    """
    if not 0 < port < 65536:
        raise click.UsageError(f"--port takes a number from 1 to 65535, not {port}.")
    if not can_listen(host, port):
        others = [*range(port + 1, 65536), *range(8000, port)]
        free = next(other for other in others if can_listen(host, other))
        raise CourseError(f"Port {port} is busy or not allowed; run: {CALL} serve --port {free}")
    try:
        return int(serve_until_stopped(root, host, port) != 0)
    except KeyboardInterrupt:  # the way to end it, so no failure
        click.echo("\nStopped.")
        return 0


@click.command(cls=Verb, examples={"build": "write the site to publish"})
@click.pass_obj
def build(root: Path) -> int:
    """Write the finished site to site/.

    Whatever is wrong comes in one list, and the old site/ stays until all is mended.
    """
    if not os.access(root, os.W_OK):
        raise CourseError(f"{root} cannot be written; copy the course to a folder of your own.")
    judge_settings(root)
    with tempfile.TemporaryFile() as output:
        with doing("Building the course"):
            status = run(root, "mkdocs", "build", "--strict", "--quiet", output=output)
        output.seek(0)
        click.echo(output.read().decode("utf-8", "replace"), err=True, nl=False)
    click.echo("Not built (see above)." if status else "The finished site is in site/.")
    return int(status != 0)


def judge_settings(root: Path) -> None:
    """Raise CourseError for a mistake in mkdocs.yml: MkDocs' own words for it name no line.

    That there is no such file, MkDocs says well enough.
    """
    if (root / "mkdocs.yml").is_file():
        # It needs packages that help does not.
        from .reading import settings_of  # noqa: PLC0415

        settings_of(root)


def can_listen(host: str, port: int) -> bool:
    """Tell whether mkdocs could serve there; raises UsageError for what is no address."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name != "nt":  # as mkdocs does; on Windows it would make busy ports look free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            return False
        told = f"--host {host} is no address of this machine; leave it out."
        raise click.UsageError(told) from None
    return True


def serve_until_stopped(root: Path, host: str, port: int) -> int:
    """Serve the course in `root`; while it cannot be built, wait for a correction.

    Returns when the server has ended: 0 in order, a negative number by a signal.
    """
    shown = "127.0.0.1" if host == "0.0.0.0" else host
    while True:
        before = course_files(root)
        click.echo(f"Building the course for http://{shown}:{port}/ (Ctrl-C stops it) …")
        try:
            judge_settings(root)
            status = run(root, "mkdocs", "serve", "--livereload", "--dev-addr", f"{host}:{port}")
            if status <= 0:
                return status
        except CourseError as error:
            click.echo(error, err=True)
        click.echo(
            "The course could not be built (see above); waiting for a corrected course file …"
        )
        while course_files(root) == before:
            time.sleep(0.3)


def course_files(root: Path) -> States:
    """The time and size of every course file, to notice a change."""
    return states(str(root / name) for name in ("mkdocs.yml", *FOLDERS))
