"""Who may open the pages that belong to no room."""

from __future__ import annotations

from tests.permissions.table import anybody, members, signed_in

ROWS = [
    signed_in("home"),
    members("workspace"),
    anybody("health"),
    anybody("patterns"),
]
