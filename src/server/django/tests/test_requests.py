"""Requests, what their responses tell, and where the agent keeps quiet."""

import asyncio
import json
import re
import sys
from collections.abc import Awaitable
from contextlib import nullcontext
from contextvars import Context, copy_context
from typing import Any, cast

import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from inpact_django.agent import running_agent, start_agent
from inpact_django.clock import Span
from inpact_django.middleware import InpactMiddleware
from inpact_django.options import Options, options_from_settings
from inpact_django.served import current_request
from inpact_django.spans import span

from .asgi import get, serve
from .recorded import Recorded
from .shop.models import Thing


def answer(path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Any:
    return asyncio.run(get(ASGIHandler(), path, headers, method))


def test_a_request_is_told_with_method_route_path_and_status_and_without_its_query() -> None:
    served = serve("/things/7")
    [request] = served.trace.named("inpact.request")
    args = request["args"]
    assert (args["method"], args["route"], args["path"]) == ("GET", "/things/<int:number>", "/things/7")
    assert re.fullmatch("[0-9a-f]{16}", args["id"])
    assert re.fullmatch("[0-9a-f]{32}", args["traceId"])
    end = served.trace.ended(request)
    assert end["args"]["status"] == 200
    assert request["ts"] <= end["args"]["headersUs"] <= end["ts"]
    assert "secret" not in json.dumps(served.trace.file)


def test_a_response_names_its_request_and_its_times() -> None:
    served = serve("/query_in_thread")
    [request] = served.trace.args("inpact.request")
    timing = served.answers[0].headers["server-timing"]
    figures = dict(re.findall(r"(\w+);dur=([\d.]+)", timing))
    assert figures.keys() == {"total", "db", "queue", "loop"}
    assert float(figures["db"]) == pytest.approx(json.loads(served.answers[0].body)["ms"], rel=0.1, abs=2)
    assert float(figures["total"]) >= float(figures["db"])
    assert f'traceparent;desc="00-{request["traceId"]}-{request["id"]}-01"' in timing


def test_a_client_that_names_its_trace_is_followed() -> None:
    async def ask() -> None:
        await get(ASGIHandler(), "/ping", {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"})
        await get(ASGIHandler(), "/ping", {"traceparent": "nonsense"})

    asyncio.run(ask())
    agent = running_agent()
    assert agent is not None
    named, unnamed = Recorded(agent.writer.to_file()).args("inpact.request")
    assert (named["traceId"], named["parentId"]) == ("ab" * 16, "cd" * 8)
    assert unnamed["parentId"] is None


def test_a_streamed_response_ends_with_its_last_part() -> None:
    served = serve("/streamed")
    [request] = served.trace.named("inpact.request")
    assert served.answers[0].body == b"ab"
    assert served.trace.length_ms(request) >= 30
    assert served.trace.ended(request)["args"]["headersUs"] - request["ts"] < 30_000


def test_a_span_is_told_under_its_name() -> None:
    served = serve("/with_span")
    [span] = served.trace.named("inpact.span")
    assert (span["args"]["name"], span["args"]["kind"], span["args"]["onLoop"]) == ("price list", "own", True)
    assert served.trace.length_ms(span) >= 20


def test_a_span_that_ends_by_an_exception_is_told_and_passes_it_on() -> None:
    agent = start_agent(options_from_settings())
    with pytest.raises(KeyError), span("price list", kind="template"):
        raise KeyError
    [told] = Recorded(agent.writer.to_file()).args("inpact.span")
    assert (told["name"], told["kind"], told["onLoop"]) == ("price list", "template", False)


def test_a_plain_view_under_asgi_queries_in_a_thread() -> None:
    served = serve("/plain")
    [query] = served.trace.args("inpact.query")
    assert (query["onLoop"], query["rows"]) == (False, 500)
    assert query["stack"][0]["functionName"] == "plain"
    assert served.trace.blocks("database") == []


def test_under_wsgi_there_is_no_loop_and_the_trace_says_so() -> None:
    response = Client().get("/plain")
    agent = running_agent()
    assert agent is not None
    trace = Recorded(agent.writer.to_file())
    assert trace.file["metadata"]["inpact-server"]["eventLoop"] is None
    [query] = trace.args("inpact.query")
    [request] = trace.args("inpact.request")
    assert query["request"] == request["id"]
    assert query["onLoop"] is False
    # What a request waits for there, a worker or a thread, nobody tells.
    assert re.findall(r"(\w+);", response.headers["Server-Timing"]) == ["total", "db", "traceparent"]


def test_an_async_view_under_wsgi_has_a_loop_that_serves_nobody_else() -> None:
    Client().get("/query_on_loop")
    agent = running_agent()
    assert agent is not None
    trace = Recorded(agent.writer.to_file())
    assert trace.args("inpact.query")[0]["onLoop"] is False
    assert trace.named("inpact.loopBlocked") == []


def test_a_request_whose_client_has_gone_is_told_without_a_status() -> None:
    async def cancelled(request: HttpRequest) -> HttpResponse:
        raise asyncio.CancelledError

    def ended(request: HttpRequest) -> HttpResponse:
        raise SystemExit

    request = RequestFactory().get("/ping")
    with pytest.raises(SystemExit):
        InpactMiddleware(ended)(request)

    async def ask() -> None:
        with pytest.raises(asyncio.CancelledError):
            await cast(Awaitable[object], InpactMiddleware(cancelled)(request))

    asyncio.run(ask())
    agent = running_agent()
    assert agent is not None
    trace = Recorded(agent.writer.to_file())
    assert [trace.ended(begin)["args"]["status"] for begin in trace.named("inpact.request")] == [None, None]


@pytest.mark.parametrize("client_stays", [True, False])
def test_what_a_request_has_begun_may_query_for_ever_and_is_not_kept_for_its_headers(client_stays: bool) -> None:
    begun: list[Context] = []

    def begin(request: HttpRequest) -> HttpResponse:
        # As a task has it that is created here.
        begun.append(copy_context())
        if client_stays:
            return HttpResponse()
        raise SystemExit

    with nullcontext() if client_stays else pytest.raises(SystemExit):
        InpactMiddleware(begin)(RequestFactory().get("/ping"))
    [context] = begun
    context.run(Thing.objects.count)
    served = context.run(current_request)
    assert served is not None
    assert served.queries == []
    served.waited(Span(0, 1))
    assert served.waits == []
    agent = running_agent()
    assert agent is not None
    assert [query["request"] for query in Recorded(agent.writer.to_file()).args("inpact.query")] == [served.id]


def test_the_trace_can_be_asked_for_and_forgotten_and_is_not_in_itself() -> None:
    async def ask() -> list[Any]:
        app = ASGIHandler()
        await get(app, "/ping")
        first = await get(app, "/inpact/trace")
        forgotten = await get(app, "/inpact/trace", method="DELETE")
        return [first, forgotten, await get(app, "/inpact/trace"), await get(app, "/inpact/trace", method="POST")]

    first, forgotten, again, refused = asyncio.run(ask())
    assert [args["path"] for args in Recorded(json.loads(first.body)).args("inpact.request")] == ["/ping"]
    assert forgotten.status == 204
    assert Recorded(json.loads(again.body)).args("inpact.request") == []
    assert "no-store" in again.headers["cache-control"]
    assert refused.status == 405


def test_the_metadata_names_the_clock_and_the_boot() -> None:
    metadata = serve("/ping").trace.file["metadata"]
    assert metadata["clock-domain"] == ("LINUX_CLOCK_MONOTONIC" if sys.platform == "linux" else "UNKNOWN")
    assert metadata["inpact-server"]["agent"] == "django"
    assert metadata["inpact-server"]["version"] == 1
    assert metadata["inpact-server"]["droppedEvents"] == 0
    assert {"bootId", "monotonicUs", "unixUs"} <= metadata["inpact-server"].keys()


@override_settings(INPACT={})
def test_it_is_off_where_debug_is_off() -> None:
    assert "server-timing" not in answer("/ping").headers
    assert answer("/inpact/trace").status == 404
    assert running_agent() is None


@override_settings(INPACT={}, DEBUG=True)
def test_it_is_on_where_debug_is_on() -> None:
    assert "server-timing" in answer("/ping").headers


@override_settings(INPACT={"ENABLED": True, "SERVER_TIMING": False})
def test_it_can_record_without_telling_clients() -> None:
    assert "server-timing" not in answer("/ping").headers
    assert running_agent() is not None


@override_settings(INPACT={"ENABLED": True, "THRESHOLD_MS": 2.5})
def test_its_threshold_is_told_in_milliseconds() -> None:
    assert options_from_settings() == Options(enabled=True, server_timing=True, threshold_us=2_500)


@override_settings(INPACT={"ENABLE": True})
def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="ENABLE"):
        InpactMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]


@override_settings(INPACT={"ENABLED": False})
def test_where_it_is_off_the_middleware_takes_itself_out() -> None:
    with pytest.raises(MiddlewareNotUsed):
        InpactMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]
