"""Short ways to tickets, answers and reviews in tests."""

from __future__ import annotations

from datetime import date

from evenhand.conversations.models import Participation
from evenhand.people.access import Seat
from evenhand.people.models import Membership
from evenhand.reviews import services
from evenhand.reviews.answers import Answer, Answers, Passage
from evenhand.reviews.models import Draw, DrawItem, DrawStratum
from evenhand.reviews.services import Save
from evenhand.reviews.tickets import Ticket

BEST = {"Solution": 5, "Tone": 4, "Privacy": 2}


def seat(world, name):
    user = getattr(world, name)
    roles = Membership.objects.filter(workspace=world.workspace, user=user).values_list("role", flat=True)
    return Seat(user, world.workspace, frozenset(roles))


def ticket(world, name, number=0, **values):
    conversation = world.conversations[number]
    pair = Participation.objects.get(conversation=conversation)
    return Ticket(
        **{
            "user": getattr(world, name).pk,
            "workspace": world.workspace.pk,
            "conversation": conversation.pk,
            "participation": pair.pk,
            "agent": pair.agent_id,
            "scorecard": world.scorecard.pk,
            "version": world.version.pk,
            "blind": True,
            **values,
        }
    )


def category(world, name):
    return world.version.categories.get(name=name)


def answers(world, comment="", passages=None, **ratings):
    """`answers(world, Solution=4, Tone="na")`; passages by category name."""
    found = {}
    for name, points in (ratings or BEST).items():
        found[str(category(world, name).public_id)] = Answer(
            points=None if points == "na" else float(points),
            na=points == "na",
            passages=tuple(Passage(*passage) for passage in (passages or {}).get(name, ())),
        )
    return Answers(found, comment)


def save(world, number=0, tab="tab", turn=1, seconds=0, **ratings):
    return Save(answers(world, **ratings), number, tab, turn, seconds)


def submit(world, name, number=0, tab="tab", turn=9, ticket_values=None, **ratings):
    """Submit a review of conversation `number`; full marks unless said otherwise."""
    made = save(world, tab=tab, turn=turn, **(ratings or BEST))
    return services.submit(
        seat(world, name), world.conversations[number], ticket(world, name, number, **(ticket_values or {})), made
    )


def drawn(world, number=0, blind=True, **values):
    """A draw of one pair."""
    pair = Participation.objects.get(conversation=world.conversations[number])
    draw = Draw.objects.create(
        workspace=world.workspace,
        name="March",
        size=1,
        seed=7,
        blind=blind,
        period_from=date(2026, 3, 1),
        period_until=date(2026, 4, 1),
        rule_version=1,
        frame_size=6,
        frame_fingerprint="f",
        frame=b"",
    )
    stratum = DrawStratum.objects.create(draw=draw, agent=pair.agent, population=3, drawn=1)
    return DrawItem.objects.create(
        **{"draw": draw, "stratum": stratum, "participation": pair, "position": 0, "probability": 1 / 3, **values}
    )
