from __future__ import annotations

from django.urls import path

from evenhand.conversations.views import filters, listing, page, saved, searches

HERE = "w/<slug:workspace>/conversations/"

urlpatterns = [
    path(HERE, listing.conversations, name="list"),
    path(f"{HERE}count", listing.late_count, name="count"),
    path(f"{HERE}selected/<slug:action>", listing.selected, name="selected"),
    path(f"{HERE}filters/", filters.menu, name="filters"),
    path(f"{HERE}filters/<slug:name>/", filters.form, name="filter"),
    path(f"{HERE}filters/<slug:name>/set", filters.choose, name="set-filter"),
    path(f"{HERE}searches/", searches.begin, name="searches"),
    path(f"{HERE}searches/<uuid:job>", searches.state, name="search"),
    path(f"{HERE}views/", saved.views, name="views"),
    path(f"{HERE}views/<uuid:view>", saved.change, name="view"),
    path(f"{HERE}views/<uuid:view>/delete", saved.delete, name="view-delete"),
    path(f"{HERE}<uuid:conversation>", page.conversation, name="conversation"),
]
