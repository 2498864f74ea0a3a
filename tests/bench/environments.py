"""Virtual environments below a folder, one for each requirements file, kept for the next run."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path


def python_for(requirements: Path, folder: Path) -> Path:
    """The Python of an environment with what a requirements file names; made if need be."""
    environment = folder / f"env-{requirements.stem}"
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = environment / "stamp", _all_lines(requirements)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        print(f"Installing {requirements.name} …", file=sys.stderr)
        venv.create(environment, clear=True, with_pip=True)
        pip: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "-r", requirements], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def versions(python: Path, packages: tuple[str, ...]) -> str:
    """Some packages of an environment with their versions: `mkdocs 1.6.1, …`."""
    program = (
        "import sys, importlib.metadata as m;"
        "print(', '.join(f'{name} {m.version(name)}' for name in sys.argv[1:]))"
    )
    done = subprocess.run(
        [python, "-c", program, *packages], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def _all_lines(requirements: Path) -> str:
    """A requirements file with those that it names."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    others = [line.removeprefix("-r ") for line in lines if line.startswith("-r ")]
    return "\n".join([*lines, *(_all_lines(requirements.parent / name) for name in others)])
