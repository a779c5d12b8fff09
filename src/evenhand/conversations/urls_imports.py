from __future__ import annotations

from django.urls import path

from evenhand.conversations.views import imports as views

HERE = "w/<slug:workspace>/imports/"

urlpatterns = [
    path(HERE, views.imports, name="imports"),
    path(f"{HERE}<uuid:item>", views.one, name="import"),
    path(f"{HERE}<uuid:item>/cancel", views.cancel, name="import-cancel"),
    path(f"{HERE}<uuid:item>/go-on", views.go_on, name="import-go-on"),
    path(f"{HERE}<uuid:item>/set-aside", views.bad_rows, name="import-bad-rows"),
    path(f"{HERE}<uuid:item>/reasons", views.reasons, name="import-reasons"),
]
