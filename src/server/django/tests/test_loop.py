"""What holds the event loop is told with its kind, its place and its length."""

import itertools
import json
import re

from .asgi import serve
from .recorded import lines


def test_a_query_on_the_loop_blocks_it_and_is_named_with_sql_file_and_line() -> None:
    served = serve("/query_on_loop")
    block = served.trace.longest_block("database")
    [request] = served.trace.args("inpact.request")
    args = block["args"]
    assert args["by"].startswith("WITH RECURSIVE")
    assert "secret" not in args["by"]
    assert args["request"] == request["id"]
    assert "# the slow query" in lines(args["stack"])[0]
    assert args["stack"][0]["functionName"] == "query_slowly"
    # The view has timed itself. What else the request did on the loop in that turn is in the block too.
    view_ms = json.loads(served.answers[0].body)["ms"]
    assert view_ms - 3 <= block["dur"] / 1_000 <= served.trace.length_ms(served.trace.named("inpact.request")[0]) + 5


def test_the_same_query_in_a_thread_blocks_nothing_and_names_the_line_that_awaits_it() -> None:
    served = serve("/query_in_thread")
    assert served.trace.blocks("database") == []
    [query] = served.trace.named("inpact.query")
    assert query["args"]["onLoop"] is False
    assert query["tid"] != served.trace.named("inpact.request")[0]["tid"]
    at_query, *callers = lines(query["args"]["stack"])
    assert "# the slow query" in at_query
    assert any("# awaits the thread" in line for line in callers)


def test_the_orm_that_makes_objects_on_the_loop_is_database_work() -> None:
    served = serve("/make_objects_on_loop")
    block = served.trace.longest_block("database")
    assert block["args"]["kind"] == "database"
    assert 'FROM "shop_thing"' in block["args"]["by"]
    assert "# makes objects" in lines(block["args"]["stack"])[0]


def test_a_view_that_computes_is_no_database_problem() -> None:
    served = serve("/compute_on_loop")
    assert served.trace.blocks("database") == []
    block = served.trace.longest_block_by("compute")
    [request] = served.trace.args("inpact.request")
    assert block["args"]["request"] == request["id"]
    assert [place["functionName"] for place in block["args"]["stack"][:2]] == ["compute", "compute_on_loop"]
    assert 77 <= block["dur"] / 1_000 <= served.trace.length_ms(served.trace.named("inpact.request")[0]) + 5


def test_async_iteration_leaves_the_loop_free() -> None:
    served = serve("/iterate")
    assert served.trace.blocks("database") == []
    [query] = served.trace.args("inpact.query")
    assert (query["onLoop"], query["rows"]) == (False, 500)


def test_a_request_behind_a_block_is_told_how_long_the_loop_was_blocked() -> None:
    served = serve("/compute_at_once", "/ping", together=True)
    loops = [float(re.findall(r"loop;dur=([\d.]+)", answer.headers["server-timing"])[0]) for answer in served.answers]
    assert [event["args"]["by"] for event in served.trace.blocks("python")].count("compute") == 1
    assert loops[1] + 3 >= 80


def test_blocks_never_overlap() -> None:
    served = serve(*["/compute_on_loop", "/query_on_loop"] * 2, together=True)
    blocks = sorted(served.trace.named("inpact.loopBlocked"), key=lambda event: event["ts"])
    assert len(blocks) >= 1
    for one, next_one in itertools.pairwise(blocks):
        assert one["ts"] + one["dur"] <= next_one["ts"]


def test_work_for_the_thread_of_a_request_waits_for_the_work_before_it() -> None:
    served = serve("/together")
    [request] = served.trace.named("inpact.request")
    waits = [
        event
        for event in served.trace.named("inpact.executorWait")
        if event["args"]["request"] == request["args"]["id"] and event["args"]["name"] == "sleep"
    ]
    assert {event["args"]["executor"] for event in waits} == {"thread-sensitive"}
    # Each sleeps for 40 ms, and the next one begins then.
    first, second, third = sorted(served.trace.ended(event)["ts"] for event in waits)
    assert second - first >= 40_000
    assert third - second >= 40_000
    assert float(re.findall(r"queue;dur=([\d.]+)", served.answers[0].headers["server-timing"])[0]) >= 75


def test_to_thread_asks_the_default_executor() -> None:
    served = serve("/in_default_executor")
    asked = [(args["name"], args["executor"]) for args in served.trace.args("inpact.executorWait")]
    assert ("compute", "default") in asked
    assert ("HttpResponseBase.close", "thread-sensitive") in asked


def test_the_trace_says_what_turns_the_loop() -> None:
    served = serve("/ping")
    assert served.trace.file["metadata"]["inpact-server"]["eventLoop"] == "asyncio"
    names = {args["name"] for args in served.trace.args("thread_name")}
    assert "server event loop" in names
