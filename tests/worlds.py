"""A world of named people that every test can ask for.

Ada is the installation's admin, Mara manages the workspace "Orchard", Lena leads it, Ravi and Greta review, Nadia
and Owen answer customers (Owen also reviews his peers), Sol is a reviewer in another workspace, "Harbour".
Rooms that are not installed add nothing, so that a lower room's tests run without the higher ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps

NOW = datetime(2026, 3, 18, 15, 0, tzinfo=ZoneInfo("UTC"))


@dataclass
class World:
    ada: Any = None
    mara: Any = None
    lena: Any = None
    ravi: Any = None
    greta: Any = None
    nadia: Any = None
    owen: Any = None
    sol: Any = None
    workspace: Any = None
    other: Any = None
    connection: Any = None
    agents: dict[str, Any] = field(default_factory=dict)
    conversations: list[Any] = field(default_factory=list)
    scorecard: Any = None
    version: Any = None

    @property
    def people(self) -> dict[str, Any]:
        names = ("ada", "mara", "lena", "ravi", "greta", "nadia", "owen", "sol")
        return {name: getattr(self, name) for name in names}


def build() -> World:
    world = World()
    add_people(world)
    if apps.is_installed("evenhand.conversations"):
        add_conversations(world)
    if apps.is_installed("evenhand.scorecards"):
        add_scorecard(world)
    return world


def add_people(world: World) -> None:
    from evenhand.people.models import Membership, User, Workspace

    world.workspace = Workspace.objects.create(slug="orchard", name="Orchard", time_zone="Europe/Berlin")
    world.other = Workspace.objects.create(slug="harbour", name="Harbour")
    full_names = {
        "ada": "Ada Admin",
        "mara": "Mara Manager",
        "lena": "Lena Lead",
        "ravi": "Ravi Reviewer",
        "greta": "Greta Reviewer",
        "nadia": "Nadia Agent",
        "owen": "Owen Agent",
        "sol": "Sol Stranger",
    }
    for name, full_name in full_names.items():
        user = User.objects.create_user(f"{name}@team.example", "correct horse battery", name=full_name)
        setattr(world, name, user)
    world.ada.is_admin = True
    world.ada.save()
    roles = {
        "mara": ["manager"],
        "lena": ["lead"],
        "ravi": ["reviewer"],
        "greta": ["reviewer"],
        "nadia": ["agent"],
        "owen": ["agent", "reviewer"],
    }
    for name, held in roles.items():
        for role in held:
            Membership.objects.create(workspace=world.workspace, user=getattr(world, name), role=role)
    Membership.objects.create(workspace=world.other, user=world.sol, role="reviewer")


def add_conversations(world: World, count: int = 6) -> None:
    """Conversations 0, 2, 4 … are Nadia's, 1, 3, 5 … Owen's; each a day apart, the newest first."""
    from evenhand.conversations.models import Agent, Connection, FrameRule

    world.connection = Connection.objects.create(workspace=world.workspace, name="Files")
    FrameRule.objects.create(workspace=world.workspace, version=1)
    FrameRule.objects.create(workspace=world.other, version=1)
    for name in ("nadia", "owen"):
        user = getattr(world, name)
        world.agents[name] = Agent.objects.create(workspace=world.workspace, name=user.name, user=user)
    for number in range(count):
        agent = world.agents["nadia" if number % 2 == 0 else "owen"]
        world.conversations.append(add_conversation(world, agent, number))


def add_conversation(world: World, agent: Any, number: int, **values: Any) -> Any:
    from evenhand.conversations.models import Conversation, ConversationSearch, Message, Participation

    at = NOW - timedelta(days=number)
    conversation = Conversation.objects.create(
        workspace=world.workspace,
        connection=world.connection,
        external_id=f"c{number}",
        **{
            "subject": f"Question {number}",
            "channel": "email",
            "language": "en",
            "status": "solved",
            "customer_name": f"Customer {number}",
            "main_agent": agent,
            "assignee": agent,
            "opened_at": at,
            "last_message_at": at + timedelta(minutes=5),
            "happened_at": at + timedelta(minutes=5),
            "content_hash": b"",
            "message_count": 2,
            "customer_message_count": 1,
            "agent_reply_count": 1,
            **values,
        },
    )
    Message.objects.create(
        conversation=conversation,
        position=0,
        role="customer",
        sent_at=at,
        author_name=f"Customer {number}",
        text=f"My parcel {number} has not arrived.",
    )
    Message.objects.create(
        conversation=conversation,
        position=1,
        role="agent",
        agent=agent,
        author_name=agent.name,
        sent_at=at + timedelta(minutes=5),
        text="I am sorry. It left the depot this morning.",
    )
    ConversationSearch.objects.create(conversation=conversation, terms=f"my parcel {number} has not arrived")
    Participation.objects.create(
        workspace=world.workspace,
        conversation=conversation,
        agent=agent,
        replies=1,
        eligible=True,
        first_reply_at=at + timedelta(minutes=5),
        last_reply_at=at + timedelta(minutes=5),
        dated_at=at + timedelta(minutes=5),
    )
    return conversation


def add_scorecard(world: World) -> None:
    """Published: Solution (5 points, weight 30), Tone (4 points, weight 10), Privacy (binary, critical, 10)."""
    from evenhand.scorecards.models import (
        Category,
        CategoryGroup,
        Lineage,
        RootCause,
        ScalePoint,
        Scorecard,
        ScorecardVersion,
    )

    world.scorecard = Scorecard.objects.create(workspace=world.workspace, name="Essentials")
    world.version = ScorecardVersion.objects.create(
        scorecard=world.scorecard, number=1, state="draft", published_at=NOW, published_by=world.mara
    )
    group = CategoryGroup.objects.create(version=world.version, name="All of it")
    scales = {
        "Solution": ["Wrong", "Weak", "Partial", "Good", "Complete"],
        "Tone": ["Rude", "Stiff", "Fitting", "Ours"],
        "Privacy": ["No", "Yes"],
    }
    for position, (name, labels) in enumerate(scales.items()):
        category = Category.objects.create(
            version=world.version,
            group=group,
            name=name,
            position=position,
            lineage=Lineage.objects.create(scorecard=world.scorecard, name=name),
            weight=30 if name == "Solution" else 10,
            critical="review" if name == "Privacy" else "",
        )
        for points, label in enumerate(labels, 1):
            ScalePoint.objects.create(category=category, points=points, label=label)
        RootCause.objects.create(category=category, label="Macro out of date", kind="process")
    # Published last: from then on the version refuses every change.
    ScorecardVersion.objects.filter(pk=world.version.pk).update(state="published")
    world.version.refresh_from_db()
