from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "evenhand.reviews"
    label = "reviews"

    def ready(self) -> None:
        from evenhand.reviews import plugs

        plugs.plug_in()
