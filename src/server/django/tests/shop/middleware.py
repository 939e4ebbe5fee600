"""A middleware as many are: Django calls it in a thread, and with it all that come before it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class SynchronousMiddleware:
    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)
