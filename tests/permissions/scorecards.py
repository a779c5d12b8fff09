"""Who may read and change scorecards."""

from __future__ import annotations

from typing import Any

from tests.permissions.table import always, managers, members, row
from tests.worlds import World


def a_card(world: World) -> Any:
    return world.scorecard.public_id


def a_draft(world: World) -> Any:
    from evenhand.scorecards import services

    services.ensure_draft(world.scorecard, world.mara)
    return world.scorecard.public_id


def never_published(world: World) -> Any:
    from evenhand.scorecards import services

    return services.create(world.workspace, "Not yet", world.mara, "chat").public_id


def an_archived(world: World) -> Any:
    from evenhand.scorecards import services

    services.archive(world.scorecard, world.mara)
    return world.scorecard.public_id


def a_row(world: World) -> Any:
    category = world.scorecard.versions.get(state="draft").categories.get(name="Privacy")
    return {"stamp": 0, "category": category.public_id, "weight": 20, "critical": ""}


ROWS = [
    members("scorecards:list"),
    managers("scorecards:new"),
    managers("scorecards:new", "POST", data={"name": "Calls", "template": "phone"}),
    members("scorecards:scorecard", scorecard=a_card),
    row(
        "scorecards:scorecard",
        let_in="ada mara lena ravi greta owen",
        missing="nadia sol",
        scorecard=never_published,
    ),
    managers("scorecards:draft", "POST", scorecard=a_card),
    managers("scorecards:change", "POST", scorecard=a_draft, action=always("row"), data=a_row),
    managers("scorecards:change", "POST", scorecard=a_draft, action=always("add-group"), data={"name": "More"}),
    managers("scorecards:publish", scorecard=a_draft),
    managers("scorecards:publish", "POST", scorecard=a_draft, data={"stamp": 0}),
    managers("scorecards:discard", scorecard=a_draft),
    managers("scorecards:discard", "POST", scorecard=a_draft, data={"stamp": 0}),
    managers("scorecards:rename", scorecard=a_card),
    managers("scorecards:rename", "POST", scorecard=a_card, data={"name": "Basics"}),
    managers("scorecards:duplicate", scorecard=a_card),
    managers("scorecards:duplicate", "POST", scorecard=a_card, data={"name": "Copy", "workspace": "orchard"}),
    managers("scorecards:archive", "POST", scorecard=a_card),
    managers("scorecards:restore", "POST", scorecard=an_archived),
    members("scorecards:history", scorecard=a_card),
    members("scorecards:version", scorecard=a_card, number=always(1)),
    row(
        "scorecards:version",
        let_in="ada mara lena ravi greta owen",
        missing="nadia sol",
        scorecard=a_draft,
        number=always(2),
    ),
]
