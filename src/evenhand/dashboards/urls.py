from __future__ import annotations

from django.urls import path

from evenhand.dashboards import views
from evenhand.dashboards.agents.views import agents
from evenhand.dashboards.agreement.views import agreement
from evenhand.dashboards.change import views as change
from evenhand.dashboards.guide import views as guide
from evenhand.dashboards.planner.views import planner

app_name = "dashboards"
urlpatterns = [
    path("guide/", guide.contents, name="guide-contents"),
    path("guide/<slug:page>/", guide.page, name="guide"),
    path("w/<slug:workspace>/me/", views.my_quality, name="mine"),
    path("w/<slug:workspace>/planner/", planner, name="planner"),
    path("w/<slug:workspace>/agents/", agents, name="agents"),
    path("w/<slug:workspace>/agreement/", agreement, name="agreement"),
    path("w/<slug:workspace>/dashboard/", views.dashboard, name="dashboard"),
    path("w/<slug:workspace>/change/", change.change, name="change"),
    path("w/<slug:workspace>/change/budget/", change.budget, name="change-budget"),
    path("w/<slug:workspace>/dashboard/behind/<slug:kind>/", views.rows_behind, name="behind"),
    path("w/<slug:workspace>/dashboard/category/<uuid:lineage>/", views.category_behind, name="category"),
    path("w/<slug:workspace>/dashboard/cause/<path:cause>/", views.cause_behind, name="cause"),
]
