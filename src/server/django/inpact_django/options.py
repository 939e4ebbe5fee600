"""What the project's settings ask of the agent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KNOWN = {"ENABLED", "SERVER_TIMING", "THRESHOLD_MS"}


@dataclass(frozen=True)
class Options:
    """The setting ``INPACT``, a dictionary."""

    enabled: bool
    """``ENABLED``: whether to record. As ``DEBUG`` where absent: what it tells is not for everybody."""
    server_timing: bool
    """``SERVER_TIMING``: whether responses tell their times. Yes where absent."""
    threshold_us: int
    """``THRESHOLD_MS``: how long the loop must stand still for it to count. 10 where absent: nobody feels less."""


def options_from_settings() -> Options:
    asked: dict[str, Any] = getattr(settings, "INPACT", {})
    unknown = asked.keys() - KNOWN
    if unknown:
        known = ", ".join(sorted(KNOWN))
        raise ImproperlyConfigured(f"INPACT has no option {', '.join(sorted(unknown))}. It has {known}.")
    return Options(
        enabled=bool(asked.get("ENABLED", settings.DEBUG)),
        server_timing=bool(asked.get("SERVER_TIMING", True)),
        threshold_us=round(float(asked.get("THRESHOLD_MS", 10)) * 1_000),
    )
