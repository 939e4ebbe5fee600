"""Views that do what the agent is to tell apart. Lines that a test looks for are marked."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from asgiref.sync import sync_to_async
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse

from inpact_django import span
from inpact_django.agent import running_agent

from .models import Thing

GIVES_UP_S = 10
"""A test fails then, and does not hang."""
SLOW_SQL = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600000)
    SELECT count(*) FROM n WHERE 'secret' <> ''
"""


@contextmanager
def async_unsafe() -> Iterator[None]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        yield
    finally:
        # Each coroutine has a connection of its own, which nobody else closes.
        connection.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def query_slowly() -> float:
    start = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(SLOW_SQL)  # the slow query
        cursor.fetchone()
    return (time.monotonic() - start) * 1_000


def compute(ms: int) -> None:
    start = time.monotonic()
    end = start + ms / 1_000
    while time.monotonic() < end or not is_seen("compute", start):
        end = max(end, time.monotonic() + 0.02)
        while time.monotonic() < end:  # computing
            sum(range(100))


def is_seen(name: str, start: float) -> bool:
    """Whether what the watch saw of this block is mostly the function. On a busy machine its thread comes late."""
    agent = running_agent()
    watch = agent and agent.loops.running()
    if watch is None or time.monotonic() > start + GIVES_UP_S:
        return True
    functions = [sample.places[0].code.co_name for sample in watch._samples if sample.places]
    # It may come to see a few others yet.
    return functions.count(name) * 2 >= len(watch._samples) + 3


async def ping(request: HttpRequest, number: int = 0) -> HttpResponse:
    return HttpResponse("pong")


def plain(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"things": list(Thing.objects.values_list("name", flat=True))})


async def query_on_loop(request: HttpRequest) -> HttpResponse:
    with async_unsafe():
        return JsonResponse({"ms": query_slowly()})


async def query_in_thread(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"ms": await sync_to_async(query_slowly)()})  # awaits the thread


async def make_objects_on_loop(request: HttpRequest) -> HttpResponse:
    start = time.monotonic()
    things: list[Thing] = []
    with async_unsafe():
        while len(things) < 15_000 or not is_seen("make_objects_on_loop", start):
            things += list(Thing.objects.all())  # makes objects
    return JsonResponse({"things": len(things)})


async def refused(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"things": list(Thing.objects.all())})  # refused here


async def await_queryset(request: HttpRequest) -> HttpResponse:
    things: QuerySet[Thing] = await Thing.objects.all()  # type: ignore[misc]
    return JsonResponse({"things": len(things)})


async def not_awaited(request: HttpRequest) -> HttpResponse:
    Thing.objects.aupdate(in_stock=True)  # not awaited
    return HttpResponse("done")


async def dropped_later(request: HttpRequest) -> HttpResponse:
    update = Thing.objects.aupdate(in_stock=True)  # made here
    await asyncio.sleep(0)
    del update
    return HttpResponse("done")


async def awaited(request: HttpRequest) -> HttpResponse:
    await Thing.objects.aupdate(in_stock=True)
    return HttpResponse("done")


async def compute_on_loop(request: HttpRequest) -> HttpResponse:
    await Thing.objects.acount()
    compute(80)
    return HttpResponse("done")


async def compute_at_once(request: HttpRequest) -> HttpResponse:
    compute(80)
    return HttpResponse("done")


async def together(request: HttpRequest) -> HttpResponse:
    await asyncio.gather(*(sync_to_async(time.sleep)(0.04) for _ in range(3)))
    return HttpResponse("done")


async def in_default_executor(request: HttpRequest) -> HttpResponse:
    await asyncio.to_thread(compute, 1)
    return HttpResponse("done")


async def secret(request: HttpRequest) -> HttpResponse:
    raise ValueError("The card 4111 of 'Ada' was refused")


async def streamed(request: HttpRequest) -> StreamingHttpResponse:
    async def parts():  # noqa: ANN202
        yield b"a"
        await asyncio.sleep(0.03)
        yield b"b"

    return StreamingHttpResponse(parts())


async def with_span(request: HttpRequest) -> HttpResponse:
    with span("price list"):
        await asyncio.sleep(0.02)
    return HttpResponse("done")


async def iterate(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"things": [thing.name async for thing in Thing.objects.order_by("id")]})
