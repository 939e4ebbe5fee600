"""Under ASGI, with a middleware that can't be called on the loop: Django calls the agent in a thread too."""

import re
from collections.abc import Iterator

import django
import pytest
from django.test import override_settings

from .asgi import Served, serve


@pytest.fixture(autouse=True)
def _with_a_synchronous_middleware() -> Iterator[None]:
    names = ["inpact_django.middleware.InpactMiddleware", "tests.shop.middleware.SynchronousMiddleware"]
    with override_settings(MIDDLEWARE=names):
        yield


def timings(served: Served) -> list[dict[str, float]]:
    """Of each answer, in its order."""
    headers = [answer.headers["server-timing"] for answer in served.answers]
    return [{name: float(ms) for name, ms in re.findall(r"(\w+);dur=([\d.]+)", header)} for header in headers]


def test_a_query_on_the_loop_is_known_for_one_and_its_block_for_that_request() -> None:
    served = serve("/query_on_loop")
    [query] = served.trace.args("inpact.query")
    [request] = served.trace.args("inpact.request")
    assert (query["onLoop"], query["request"]) == (True, request["id"])
    block = served.trace.longest_block("database")
    assert block["args"]["by"].startswith("WITH RECURSIVE")
    assert served.trace.file["metadata"]["inpact-server"]["eventLoop"] == "asyncio"


def test_a_view_that_computes_on_the_loop_is_found_by_its_request() -> None:
    served = serve("/compute_on_loop")
    [request] = served.trace.args("inpact.request")
    block = served.trace.longest_block_by("compute")
    assert block["args"]["request"] == request["id"]


def test_a_query_in_a_thread_is_in_a_thread() -> None:
    served = serve("/query_in_thread")
    [query] = served.trace.args("inpact.query")
    [request] = served.trace.args("inpact.request")
    assert (query["onLoop"], query["request"]) == (False, request["id"])
    assert served.trace.blocks("database") == []


def test_the_first_request_is_not_told_what_it_waited_for() -> None:
    [first] = timings(serve("/ping"))
    assert first.keys() == {"total", "db"}


@pytest.mark.skipif(django.VERSION < (5, 0), reason="Django 4.2 tells of a request's arrival in threads only.")
def test_later_requests_begin_on_the_loop_and_are_told_what_they_waited_for() -> None:
    served = serve("/ping", "/compute_at_once", "/ping")
    _, second, third = timings(served)
    assert second.keys() == third.keys() == {"total", "db", "queue", "loop"}
    assert second["total"] >= 80
    assert 0 < second["queue"] < second["total"]
    threads = {event["tid"]: event["args"]["name"] for event in served.trace.named("thread_name")}
    names = [threads[event["tid"]] for event in served.trace.named("inpact.request")]
    assert names == ["worker thread", "server event loop", "server event loop"]
