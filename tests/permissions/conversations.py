"""Who may see conversations, keep views of them, and bring in files. Agents see only their own."""

from __future__ import annotations

from typing import Any

from tests.permissions.table import PEOPLE, always, leads, members, row
from tests.worlds import World

ALL_BUT_NADIA = {"let_in": "ada mara lena ravi greta owen", "missing": "nadia sol"}


def nadias(world: World) -> Any:
    return world.conversations[0].public_id


def owens(world: World) -> Any:
    return world.conversations[1].public_id


def an_import(world: World) -> Any:
    from evenhand.conversations.models import Import

    made = Import.objects.create(
        workspace=world.workspace,
        connection=world.connection,
        file_name="november.jsonl",
        path="november.jsonl",
        fingerprint="0" * 64,
        kind="jsonl",
        state="failed",
    )
    return made.public_id


def nadias_view(world: World) -> Any:
    from evenhand.conversations.models import SavedView

    made = SavedView.objects.create(workspace=world.workspace, user=world.nadia, name="Mine", query="channel=email")
    return made.public_id


def nadias_search(world: World) -> Any:
    from evenhand.conversations import searching
    from evenhand.people import jobs

    made = jobs.enqueue(searching.JOB, {"query": "q=parcel"}, world.workspace, world.nadia)
    return made.public_id


ROWS = [
    members("conversations:list"),
    members("conversations:list", query="?q=parcel"),
    members("conversations:count"),
    row("conversations:selected", missing=" ".join(PEOPLE), action=always("no-such-action")),
    members("conversations:filters"),
    members("conversations:filter", name=always("channel")),
    row("conversations:filter", **ALL_BUT_NADIA, name=always("agent")),
    members("conversations:set-filter", name=always("channel")),
    members("conversations:searches", "POST", data={"list": "q=parcel"}),
    row("conversations:search", let_in="nadia", missing="ada mara lena ravi greta owen sol", job=nadias_search),
    members("conversations:views"),
    members("conversations:views", "POST", data={"name": "Mail", "query": "channel=email"}),
    row(
        "conversations:view",
        "POST",
        let_in="nadia",
        missing="ada mara lena ravi greta owen sol",
        view=nadias_view,
        data={"name": "Ours"},
    ),
    row(
        "conversations:view-delete",
        "POST",
        let_in="nadia",
        missing="ada mara lena ravi greta owen sol",
        view=nadias_view,
    ),
    members("conversations:conversation", conversation=nadias),
    row("conversations:conversation", **ALL_BUT_NADIA, conversation=owens),
    leads("conversations:imports"),
    leads("conversations:imports", "POST"),
    leads("conversations:import", item=an_import),
    leads("conversations:import-cancel", "POST", item=an_import),
    leads("conversations:import-go-on", "POST", item=an_import),
    leads("conversations:import-bad-rows", item=an_import),
    leads("conversations:import-reasons", item=an_import),
]
