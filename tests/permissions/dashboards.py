"""Who may see numbers: agents their own page alone."""

from __future__ import annotations

from typing import Any

from tests.permissions.table import always, leads, reviewers, row, signed_in
from tests.worlds import World


def a_category(world: World) -> Any:
    return world.version.categories.get(position=1).lineage.public_id


ROWS = [
    signed_in("dashboards:guide-contents"),
    signed_in("dashboards:guide", page=always("intervals")),
    row("dashboards:mine", let_in="nadia owen", missing="ada mara lena ravi greta sol"),
    reviewers("dashboards:planner"),
    reviewers("dashboards:agreement"),
    row("dashboards:agents", let_in="ada mara lena ravi greta owen", missing="nadia sol"),
    row("dashboards:agents", let_in="ada mara lena ravi greta owen", missing="nadia sol", query="?format=csv"),
    reviewers("dashboards:dashboard"),
    reviewers("dashboards:dashboard", query="?format=csv"),
    reviewers("dashboards:change"),
    leads("dashboards:change-budget", "POST", data=always({"per_year": "3"})),
    reviewers("dashboards:behind", kind=always("reviews")),
    reviewers("dashboards:category", lineage=a_category),
    reviewers("dashboards:cause", cause=always("process")),
]
