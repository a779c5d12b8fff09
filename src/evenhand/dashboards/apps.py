from __future__ import annotations

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "evenhand.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from evenhand.dashboards import plugs
        from evenhand.dashboards.change import plugs as change

        plugs.register()
        change.register()
