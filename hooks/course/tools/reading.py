"""A course folder -> its settings; whatever makes them useless is told in one sentence."""

from __future__ import annotations

from pathlib import Path

import yaml

from ..settings import Settings, read_settings
from .environment import CourseError


def settings_of(root: Path) -> Settings:
    """The settings of the course in `root`; raises CourseError when they cannot be used."""
    try:
        settings = read_settings(root)
    except OSError as error:
        raise CourseError(f"mkdocs.yml cannot be read ({error.strerror}); put it back.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or "unknown"
        raise CourseError(
            f"mkdocs.yml{where}: this is not readable as YAML ({said}); correct it."
        ) from None
    except (UnicodeError, AttributeError, KeyError, TypeError, ValueError):
        raise CourseError(
            "mkdocs.yml does not have its usual shape; compare it with an earlier version."
        ) from None
    if not settings.languages:
        raise CourseError(
            "mkdocs.yml names no language; add “languages:” to its plugin “i18n”, as it was."
        )
    return settings
