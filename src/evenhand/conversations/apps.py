from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "evenhand.conversations"
    label = "conversations"

    def ready(self) -> None:
        from evenhand.conversations import jobs, places, plugs, settings_pages

        jobs.register()
        places.register()
        plugs.plug_in()
        settings_pages.register()
