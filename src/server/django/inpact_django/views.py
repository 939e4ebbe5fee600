"""Where the trace is asked for. Whoever includes it decides who may ask."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .agent import running_agent


@csrf_exempt
@never_cache
@require_http_methods(["GET", "DELETE"])
def trace(request: HttpRequest) -> HttpResponse:
    """``GET`` answers with all that is kept, ``DELETE`` forgets it."""
    agent = running_agent()
    if agent is None:
        raise Http404("INPact does not record here.")
    if request.method == "DELETE":
        agent.writer.clear()
        return HttpResponse(status=204)
    return HttpResponse(json.dumps(agent.writer.to_file()), content_type="application/json")
