"""Every room's pages. A room that is not installed has none, so that the lower rooms can run alone."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from evenhand.site import patterns, views

urlpatterns = [
    path("", views.home, name="home"),
    path("w/<slug:workspace>/", views.workspace, name="workspace"),
    path("patterns", patterns.show, name="patterns"),
    path("healthz", views.health, name="health"),
]
urlpatterns += [
    path("", include(f"evenhand.{room}.urls"))
    for room in settings.INSTALLED_ROOMS
    if find_spec(f"evenhand.{room}.urls")
]

handler403 = "evenhand.site.views.denied"
handler404 = "evenhand.site.views.missing"
handler500 = "evenhand.site.views.broken"
