"""Where in the project's own code something happens."""

from __future__ import annotations

import sys
import sysconfig
import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any, NamedTuple

import django

MOST_FRAMES = 32

DJANGO = str(Path(django.__file__).parent)
DATABASE_LAYER = str(Path(DJANGO, "db")) + "/"


def _folders() -> tuple[str, ...]:
    names = ("stdlib", "platstdlib", "purelib", "platlib", "scripts")
    found = {sysconfig.get_path(name) for name in names} | {DJANGO, str(Path(__file__).parent)}
    # The standard library of a virtual environment is the one that it was made from.
    found.add(str(Path(threading.__file__).parent))
    return tuple(f"{folder}/" for folder in found if folder)


LIBRARIES = _folders()


class Place(NamedTuple):
    """A line of code that is running. Its text is made only for what is kept."""

    code: CodeType
    line: int

    def to_json(self) -> dict[str, Any]:
        name = getattr(self.code, "co_qualname", self.code.co_name)
        return {"functionName": name, "url": self.code.co_filename, "line": self.line}


def to_json(places: tuple[Place, ...]) -> list[dict[str, Any]]:
    return [place.to_json() for place in places]


@cache
def is_own(file: str) -> bool:
    """Whether a file is the project's, and not a library's."""
    return not (file.startswith((*LIBRARIES, "<")) or "/site-packages/" in file or "/dist-packages/" in file)


def own_places(frame: FrameType | None, outermost: FrameType | None = None) -> tuple[Place, ...]:
    """The project's functions among those that run, innermost first, up to but not including ``outermost``."""
    places: list[Place] = []
    while frame is not outermost and frame is not None and len(places) < MOST_FRAMES:
        if is_own(frame.f_code.co_filename):
            places.append(Place(frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return tuple(places)


def places_of_error(traceback: TracebackType | None) -> tuple[Place, ...]:
    """The project's functions that an exception went through, innermost first."""
    places: list[Place] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if is_own(code.co_filename):
            places.append(Place(code, traceback.tb_lineno))
        traceback = traceback.tb_next
    return tuple(reversed(places))[:MOST_FRAMES]


class _Asker(threading.local):
    places: tuple[Place, ...] = ()


_asker = _Asker()


@contextmanager
def asked_by(places: tuple[Place, ...]) -> Generator[None, None, None]:
    """While a thread works for a coroutine, the coroutine's stack goes on where the thread's own ends."""
    before = _asker.places
    _asker.places = places
    try:
        yield
    finally:
        _asker.places = before


def call_stack() -> tuple[Place, ...]:
    """The project's functions that led here, in this thread and in the coroutine that it works for."""
    return (own_places(sys._getframe(1)) + _asker.places)[:MOST_FRAMES]
