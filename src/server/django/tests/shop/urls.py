from django.urls import include, path

from . import views

urlpatterns = [
    path("inpact/", include("inpact_django.urls")),
    path("things/<int:number>", views.ping),
    *(
        path(view.__name__, view)
        for view in (
            views.ping,
            views.plain,
            views.query_on_loop,
            views.query_in_thread,
            views.make_objects_on_loop,
            views.refused,
            views.await_queryset,
            views.not_awaited,
            views.awaited,
            views.dropped_later,
            views.compute_on_loop,
            views.compute_at_once,
            views.together,
            views.in_default_executor,
            views.secret,
            views.streamed,
            views.with_span,
            views.iterate,
        )
    ),
]
