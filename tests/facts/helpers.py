"""Reviews and draws with exact numbers: rows as the services leave them, without their work."""

from __future__ import annotations

from datetime import date, timedelta

from evenhand.conversations.models import Agent, Participation
from evenhand.facts.filters import Filters
from evenhand.facts.load import load
from evenhand.quality.periods import Period
from evenhand.reviews.models import Rating, Review
from evenhand.reviews.services import draws
from tests.worlds import NOW, add_conversation

MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))


def add_pairs(world, name, count, first=10):
    """More conversations of one agent, numbered from `first`, all on one day."""
    agent = world.agents.get(name) or Agent.objects.create(workspace=world.workspace, name=name)
    world.agents[name] = agent
    for number in range(first, first + count):
        add_conversation(world, agent, number, happened_at=NOW)
    pairs = Participation.objects.filter(
        agent=agent, conversation__external_id__in=[f"c{n}" for n in range(first, first + count)]
    )
    pairs.update(dated_at=NOW - timedelta(days=1))
    return list(pairs.order_by("pk"))


def pair_of(world, number):
    return Participation.objects.get(workspace=world.workspace, conversation__external_id=f"c{number}")


def review(world, pair, score, by="ravi", item=None, **values):
    """A submitted review of one pair that came to `score`."""
    if item:
        type(item).objects.filter(pk=item.pk).update(state="reviewed")
    return Review.objects.create(
        **{
            "workspace": world.workspace,
            "conversation": pair.conversation,
            "participation": pair,
            "agent": pair.agent,
            "reviewer": getattr(world, by),
            "scorecard": world.scorecard,
            "version": world.version,
            "state": "submitted",
            "kind": "specialist",
            "selection": "draw" if item else "list",
            "draw_item": item,
            "probability": item.probability if item else None,
            "score": score,
            "score_over_max": score,
            "score_uncritical": score,
            "score_over_max_uncritical": score,
            "submitted_at": NOW,
            "dated_at": pair.dated_at,
            **values,
        }
    )


def rate(world, found, name, points, **values):
    category = world.version.categories.get(name=name)
    steps = category.scale.count()
    return Rating.objects.create(
        **{
            "workspace": world.workspace,
            "review": found,
            "category": category,
            "lineage": category.lineage,
            "na": points is None,
            "points": points,
            "scale_min": 1,
            "scale_max": steps,
            "weight": category.weight,
            "critical": category.critical,
            **values,
        }
    )


def draw(world, size, seed=7, since=MARCH.start, until=MARCH.end, **values):
    plan = draws.Plan(since=since, until=until, size=size, seed=seed, name="March", **values)
    return draws.draw(world.workspace, plan, world.lena)


def review_drawn(world, drawn, scores):
    """Review the first pairs of a draw, in its order; a score may be several, one a reviewer."""
    items = drawn.items.select_related("participation__conversation", "participation__agent").order_by("position")
    for item, score in zip(items, scores, strict=False):
        for by, one in zip(("ravi", "greta"), score if isinstance(score, tuple) else (score,), strict=False):
            review(world, item.participation, one, by, item)
    return list(items)


def asked(world, period=MARCH, **values):
    """Facts and filters of one question."""
    filters = Filters(period, **values)
    return load(world.workspace, filters, earlier=filters.before()), filters
