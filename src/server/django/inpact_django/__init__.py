"""INPact's agent inside a Django server.

Add ``inpact_django.middleware.InpactMiddleware`` as the first of ``MIDDLEWARE``, and include
``inpact_django.urls`` where the trace may be asked for. What it writes is described in
docs/server-trace.md.
"""

from .spans import span

__all__ = ["span"]
__version__ = "0.1.0"
