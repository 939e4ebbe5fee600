"""Mistakes that Python and Django tell late, or not at all."""

import threading
import warnings
from pathlib import Path

import pytest

from inpact_django.agent import start_agent
from inpact_django.options import Options

from .asgi import serve
from .recorded import Recorded, lines
from .shop.models import Thing


def test_a_synchronous_queryset_in_an_async_view_is_refused_by_django() -> None:
    served = serve("/refused")
    assert served.answers[0].status == 500
    [error] = served.trace.args("inpact.error")
    [request] = served.trace.args("inpact.request")
    assert error["type"] == "SynchronousOnlyOperation"
    assert error["message"] == "You cannot call this from an async context - use a thread or sync_to_async."
    assert error["request"] == request["id"]
    assert "# refused here" in lines(error["stack"])[0]
    assert served.trace.named("inpact.query") == []


def test_a_queryset_cannot_be_awaited() -> None:
    served = serve("/await_queryset")
    [error] = served.trace.args("inpact.error")
    assert error["type"] == "TypeError"
    assert "QuerySet" in error["message"]
    assert "await" in error["message"]


def test_an_update_that_is_not_awaited_changes_nothing_and_is_told_with_its_line() -> None:
    Thing.objects.update(in_stock=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        served = serve("/not_awaited", "/not_awaited")
    assert [answer.status for answer in served.answers] == [200, 200]
    told = served.trace.args("inpact.notAwaited")
    # Every time, and not only the first, as a warning would be.
    assert [args["name"] for args in told] == ["QuerySet.aupdate"] * 2
    assert [args["request"] for args in told] == [args["id"] for args in served.trace.args("inpact.request")]
    assert "# not awaited" in lines(told[0]["stack"])[0]
    assert Thing.objects.filter(in_stock=True).count() == 0


def test_a_coroutine_that_is_dropped_elsewhere_is_told_where_it_was_made() -> None:
    with pytest.warns(RuntimeWarning, match="never awaited"):
        served = serve("/dropped_later")
    [told] = served.trace.args("inpact.notAwaited")
    assert "# made here" in lines(told["stack"])[0]


def test_in_a_thread_that_does_not_remember_it_is_told_where_it_was_dropped() -> None:
    agent = start_agent(Options(enabled=True, server_timing=True, threshold_us=10_000))

    def forget() -> None:
        Thing.objects.aupdate(in_stock=True)  # type: ignore[unused-coroutine]  # dropped here

    with pytest.warns(RuntimeWarning, match="never awaited"):
        thread = threading.Thread(target=forget)
        thread.start()
        thread.join()
    [told] = Recorded(agent.writer.to_file()).args("inpact.notAwaited")
    assert "# dropped here" in lines(told["stack"])[0]


def test_the_warning_of_python_itself_is_still_given() -> None:
    with pytest.warns(RuntimeWarning, match=r"aupdate.*never awaited") as warned:
        serve("/not_awaited")
    # At its own place, by which filters choose.
    assert [Path(warning.filename).name for warning in warned] == ["views.py"]


def test_the_same_update_awaited_changes_the_rows() -> None:
    Thing.objects.update(in_stock=False)
    served = serve("/awaited")
    assert served.trace.named("inpact.notAwaited") == []
    assert Thing.objects.filter(in_stock=True).count() == 500
    assert next(args["rows"] for args in served.trace.args("inpact.query") if "UPDATE" in args["sql"]) == 500


def test_an_error_is_told_without_the_values_in_its_message() -> None:
    served = serve("/secret")
    [error] = served.trace.args("inpact.error")
    assert error["message"] == "The card ? of ? was refused"
    assert error["type"] == "ValueError"
