"""Sees at once that a file was saved: the system tells, and a look around each second makes sure.

It stands in the place of the observer of MkDocs' server, which compares all files each half second.
Network folders and containers may tell of nothing, and what was saved while the first site was
being built nobody has told; the look around sees both.
"""

from __future__ import annotations

import threading
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileModifiedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from .states import States, states

LOOK = 1.0
"""Seconds between two looks around."""

CHANGES = [EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MODIFIED, EVENT_TYPE_MOVED]
"""The system also tells that a file was opened, which a build does to all of them."""


class Watch:
    """Watches files and folders; `known` is how they stood when they were read."""

    def __init__(self, known: States) -> None:
        self.known = known
        self._handlers: dict[str, FileSystemEventHandler] = {}
        self._ended = threading.Event()
        self._observer = Observer()
        self._thread = threading.Thread(target=self._look_around, daemon=True)

    @property
    def paths(self) -> list[str]:
        """The files and folders that are watched."""
        return [*self._handlers]

    def schedule(self, handler: FileSystemEventHandler, path: str, recursive: bool = False) -> str:
        """Tell `handler` of changes to the file `path`, or to any below that folder."""
        self._handlers[path] = handler
        return path

    def unschedule(self, path: str) -> None:
        """Tell no more of changes there."""
        self._handlers.pop(path, None)

    def start(self) -> None:
        """Begin to watch."""
        try:
            for path, handler in self._handlers.items():
                place = path if Path(path).is_dir() else str(Path(path).parent)
                self._observer.schedule(
                    _Changes(path, handler), place, recursive=Path(path).is_dir()
                )
            self._observer.start()
        except OSError:  # the system watches no more files, or cannot; then there are the looks
            self._observer.unschedule_all()
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._ended.set()
        if self._observer.is_alive():
            self._observer.stop()

    def join(self) -> None:
        """Wait for its end."""
        self._thread.join()

    def _look_around(self) -> None:
        while True:
            now = states(self._handlers)
            if now != self.known and self._handlers:
                self.known = now
                path, handler = next(iter(self._handlers.items()))
                handler.dispatch(FileModifiedEvent(path))
            if self._ended.wait(LOOK):
                return


class _Changes(FileSystemEventHandler):
    """Passes on what changes `path` or is below it."""

    def __init__(self, path: str, handler: FileSystemEventHandler) -> None:
        self._path = path
        self._handler = handler

    def on_any_event(self, event: FileSystemEvent) -> None:
        places = {str(event.src_path), str(event.dest_path)}
        ours = Path(self._path).is_dir() or self._path in places
        if event.event_type in CHANGES and ours:
            self._handler.dispatch(event)
