"""Who may open the pages about agents, groups and the rule of what counts."""

from __future__ import annotations

from typing import Any

from tests.permissions.table import leads, managers
from tests.worlds import World


def an_agent(world: World) -> Any:
    return world.agents["owen"].public_id


def a_group(world: World) -> Any:
    from evenhand.conversations.models import Group

    return Group.objects.create(workspace=world.workspace, name="Night").public_id


def an_alias(world: World) -> Any:
    from evenhand.conversations.models import AgentAlias

    made = AgentAlias.objects.create(
        workspace=world.workspace, agent=world.agents["owen"], kind="email", value="o@x.example"
    )
    return {"alias": made.pk}


def a_time(world: World) -> Any:
    from evenhand.conversations.models import Group, GroupMembership

    group = Group.objects.get(name="Night")
    made = GroupMembership.objects.create(group=group, agent=world.agents["owen"], since="2026-01-01")
    return {"time": made.pk, "since": "2026-01-02"}


ROWS = [
    leads("conversations:agents"),
    leads("conversations:agents", "POST", data={"name": "Ida"}),
    leads("conversations:agent", agent=an_agent),
    leads("conversations:agent", "POST", agent=an_agent, data={"name": "Ida"}),
    managers("conversations:agent-login", "POST", agent=an_agent, data={"user": ""}),
    leads("conversations:agent-alias", "POST", agent=an_agent, data={"kind": "email", "value": "i@x.example"}),
    leads("conversations:agent-alias-remove", "POST", agent=an_agent, data=an_alias),
    leads("conversations:agent-leave", "POST", agent=an_agent, data={"left_on": "2026-03-01"}),
    leads("conversations:agent-merge", agent=an_agent),
    leads("conversations:agent-merge", "POST", agent=an_agent),
    leads("conversations:groups"),
    leads("conversations:groups", "POST", data={"name": "Day"}),
    leads("conversations:group", group=a_group),
    leads("conversations:group", "POST", group=a_group, data={"name": "Day"}),
    leads("conversations:group-add", "POST", group=a_group),
    leads("conversations:group-dates", "POST", group=a_group, data=a_time),
    leads("conversations:group-delete", "POST", group=a_group),
    managers("conversations:frame"),
    managers("conversations:frame", "POST", data={"min_agent_replies": 2, "min_customer_messages": 1}),
]
