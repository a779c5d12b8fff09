from __future__ import annotations

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "evenhand.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from evenhand.dashboards import plugs

        plugs.register()
