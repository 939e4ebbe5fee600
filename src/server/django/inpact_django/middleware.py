"""The agent's place in Django. Use it first: what comes before it is not seen."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .agent import start_agent
from .options import options_from_settings
from .served import Answer, AsyncAnswer, answer_for, answer_for_async, serve_from


class InpactMiddleware:
    """Follows each request, in the form in which Django asks: on an event loop, or in a thread.

    It asks in a thread under WSGI, and under ASGI where any middleware after this one can't be called on the loop.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Answer | AsyncAnswer) -> None:
        options = options_from_settings()
        if not options.enabled:
            raise MiddlewareNotUsed("INPact records where DEBUG is on, or INPACT['ENABLED'] says so.")
        self._get_response = get_response
        self._agent = start_agent(options)
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)
            self._agent.arrivals.start()
            # Servers load the application on their loop. Else the first request begins the watch.
            self._agent.loops.watch_running()

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if self._is_async:
            return self._answer_async(request)
        served = serve_from(request, self._agent.arrivals.begun_in_thread(request))
        try:
            response = answer_for(served, cast(Answer, self._get_response), request)
        except BaseException:
            self._agent.requests.ended(served, request, None)
            raise
        self._agent.requests.answered(served, request, response)
        return response

    async def _answer_async(self, request: HttpRequest) -> HttpResponseBase:
        served = serve_from(request, self._agent.arrivals.begun(request))
        try:
            response = await answer_for_async(served, cast(AsyncAnswer, self._get_response), request)
        except BaseException:
            # Django answers exceptions itself: what comes through is the end of a request whose client has gone.
            self._agent.requests.ended(served, request, None)
            raise
        self._agent.requests.answered(served, request, response)
        return response
