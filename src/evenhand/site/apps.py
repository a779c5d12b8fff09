from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "evenhand.site"
    label = "site"

    def ready(self) -> None:
        from evenhand.people.registry import registry
        from evenhand.site import keymap

        registry.keymap = keymap
