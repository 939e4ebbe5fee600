"""``path("inpact/", include("inpact_django.urls"))`` puts the trace at ``/inpact/trace``."""

from django.urls import path

from .request_watch import TRACE_URL_NAME
from .views import trace

urlpatterns = [path("trace", trace, name=TRACE_URL_NAME)]
