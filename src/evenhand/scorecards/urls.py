from __future__ import annotations

from django.urls import include, path

from evenhand.scorecards.views import cards, editing, versions

app_name = "scorecards"

one = [
    path("", versions.scorecard, name="scorecard"),
    path("draft/", editing.draft, name="draft"),
    path("change/<slug:action>/", editing.change, name="change"),
    path("publish/", editing.publish, name="publish"),
    path("discard/", editing.discard, name="discard"),
    path("rename/", cards.rename, name="rename"),
    path("duplicate/", cards.duplicate, name="duplicate"),
    path("archive/", cards.archive, name="archive"),
    path("restore/", cards.restore, name="restore"),
    path("versions/", versions.history, name="history"),
    path("versions/<int:number>/", versions.version, name="version"),
]
urlpatterns = [
    path("w/<slug:workspace>/scorecards/", cards.listing, name="list"),
    path("w/<slug:workspace>/scorecards/new/", cards.new, name="new"),
    path("w/<slug:workspace>/scorecards/<uuid:scorecard>/", include(one)),
]
