"""Names for stretches of the project's own work."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal, TypeAlias

from .agent import running_agent
from .call_stack import call_stack, to_json
from .clock import Span, now_us
from .served import current_id

Kind: TypeAlias = Literal["database", "template", "view", "middleware", "own"]


@contextmanager
def span(name: str, kind: Kind = "own") -> Generator[None, None, None]:
    """Shows what runs inside under a name. Does nothing where INPact does not record."""
    agent = running_agent()
    if agent is None:
        yield
        return
    begin = {
        "request": current_id(),
        "kind": kind,
        "name": name,
        "onLoop": agent.loops.running() is not None,
        "stack": to_json(call_stack()),
    }
    start_us = now_us()
    try:
        yield
    finally:
        agent.writer.asynchronous("inpact.span", Span(start_us, now_us()), begin, {})
