from __future__ import annotations

from evenhand.conversations import urls_agents, urls_imports, urls_list

app_name = "conversations"

urlpatterns = [*urls_imports.urlpatterns, *urls_list.urlpatterns, *urls_agents.urlpatterns]
