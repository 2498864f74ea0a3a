"""A course folder -> its settings; whatever makes them useless is told with its line."""

from __future__ import annotations

from pathlib import Path

from ..settings import Settings, SettingsError, read_settings
from .environment import CourseError


def settings_of(root: Path) -> Settings:
    """The settings of the course in `root`; raises CourseError when they cannot be used."""
    try:
        return read_settings(root)
    except SettingsError as error:
        raise CourseError(str(error)) from None
