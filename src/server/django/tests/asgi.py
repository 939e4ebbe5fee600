"""An ASGI server of a few lines: what Django's own handler is given by uvicorn or daphne."""

import asyncio
from dataclasses import dataclass
from typing import Any

from django.core.handlers.asgi import ASGIHandler

from inpact_django.agent import running_agent

from .recorded import Recorded


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


async def get(app: ASGIHandler, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    sent: list[dict[str, Any]] = []
    received = False

    async def receive() -> dict[str, Any]:
        nonlocal received
        if received:
            # The client stays.
            await asyncio.Event().wait()
        received = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "query_string": b"token=secret",
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    await app(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    return Answer(
        status=start["status"],
        headers={name.decode().lower(): value.decode() for name, value in start["headers"]},
        body=b"".join(message.get("body", b"") for message in sent),
    )


@dataclass
class Served:
    answers: list[Answer]
    trace: Recorded


def serve(*paths: str, together: bool = False) -> Served:
    """Answers requests one after the other, or all at once, on a new loop, and says what the agent recorded."""

    async def answer_all() -> list[Answer]:
        app = ASGIHandler()
        # The watch must have seen the loop turn before something holds it.
        await asyncio.sleep(0.03)
        if together:
            answers = await asyncio.gather(*(get(app, path) for path in paths))
        else:
            answers = [await get(app, path) for path in paths]
        await asyncio.sleep(0.03)
        return list(answers)

    answers = asyncio.run(answer_all())
    agent = running_agent()
    return Served(answers, Recorded(agent.writer.to_file() if agent else {"traceEvents": [], "metadata": {}}))
