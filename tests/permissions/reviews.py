"""Who may read, write and change reviews, draw, and praise. An agent sees reviews of their own work alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.permissions.canaries import WORDS
from tests.permissions.table import leads, members, reviewers, row
from tests.worlds import World

NOBODY_BUT_RAVI = {"let_in": "ravi", "missing": "ada mara lena greta nadia owen sol"}
NOT_OWEN = {"let_in": "ada mara lena ravi greta", "denied": "owen nadia", "missing": "sol"}
ALL_BUT_NADIA = {"let_in": "ada mara lena ravi greta owen", "missing": "nadia sol"}

NOT_OF_ONESELF = {"let_in": "ada mara lena ravi greta", "denied": "owen nadia", "missing": "sol"}


def nadias(world: World) -> Any:
    return world.conversations[0].public_id


def owens(world: World) -> Any:
    return world.conversations[1].public_id


def make(world: World, number: int, agent: str, **values: Any) -> Any:
    """A review of Ravi's."""
    from evenhand.reviews.models import Review

    conversation = world.conversations[number]
    return Review.objects.create(
        **{
            "workspace": world.workspace,
            "conversation": conversation,
            "participation": conversation.participations.get(),
            "agent": world.agents[agent],
            "reviewer": world.ravi,
            "scorecard": world.scorecard,
            "version": world.version,
            "state": "submitted",
            "kind": "specialist",
            "selection": "list",
            "comment": f"A {WORDS[18]}",
            "submitted_at": conversation.happened_at,
            "dated_at": conversation.happened_at,
            **values,
        }
    ).public_id


def of_nadia(world: World) -> Any:
    return make(world, 2, "nadia")


def of_owen(world: World) -> Any:
    return make(world, 3, "owen")


def a_draft(world: World) -> Any:
    return make(world, 2, "nadia", state="draft", submitted_at=None)


def a_draw(world: World) -> Any:
    from evenhand.reviews.services import draws

    return draws.draw(world.workspace, draws.Plan(date(2026, 3, 1), date(2026, 4, 1), 2, name="March"), world.lena)


def draw_id(world: World) -> Any:
    return a_draw(world).public_id


def item_id(world: World) -> Any:
    return a_draw(world).items.first().public_id


def ravis_ticket(world: World) -> dict[str, Any]:
    """A page that was made for Ravi: nobody else can send it."""
    from evenhand.reviews import tickets

    conversation = world.conversations[0]
    ticket = tickets.Ticket(
        user=world.ravi.pk,
        workspace=world.workspace.pk,
        conversation=conversation.pk,
        participation=conversation.participations.get().pk,
        agent=world.agents["nadia"].pk,
        scorecard=world.scorecard.pk,
        version=world.version.pk,
    )
    return {"ticket": tickets.sign(ticket), "comment": "Well done"}


def nadia(world: World) -> Any:
    return world.agents["nadia"].public_id


def owen(world: World) -> Any:
    return world.agents["owen"].public_id


ROWS = [
    reviewers("reviews:work"),
    row("reviews:page", let_in="ada mara lena ravi greta owen", denied="nadia", missing="sol", conversation=nadias),
    row("reviews:page", **ALL_BUT_NADIA, conversation=owens),
    row("reviews:draft", "POST", **NOBODY_BUT_RAVI, conversation=nadias, data=ravis_ticket),
    row("reviews:submit", "POST", **NOBODY_BUT_RAVI, conversation=nadias, data=ravis_ticket),
    members("reviews:review", review=of_nadia),
    members("reviews:seen", "POST", review=of_nadia),
    row("reviews:seen", "POST", **ALL_BUT_NADIA, review=of_owen),
    row("reviews:review", **ALL_BUT_NADIA, review=of_owen),
    row("reviews:edit", let_in="ada mara lena ravi", denied="greta owen nadia", missing="sol", review=of_nadia),
    row("reviews:edit", "POST", let_in="ada mara lena ravi", denied="greta owen nadia", missing="sol", review=of_nadia),
    row(
        "reviews:delete", "POST", let_in="ada mara lena ravi", denied="greta owen nadia", missing="sol", review=of_nadia
    ),
    row(
        "reviews:delete", "POST", let_in="ada mara lena ravi", denied="greta owen", missing="nadia sol", review=of_owen
    ),
    row("reviews:discard", "POST", **NOBODY_BUT_RAVI, review=a_draft),
    reviewers("reviews:coverage"),
    reviewers("reviews:review-one", "POST", agent=nadia),
    row("reviews:review-one", "POST", **NOT_OF_ONESELF, agent=owen),
    leads("reviews:draw-new"),
    leads("reviews:draw-new", "POST"),
    reviewers("reviews:draw", draw=draw_id),
    leads("reviews:draw-close", "POST", draw=draw_id),
    reviewers("reviews:draw-refuse", "POST", item=item_id, data={"reason": "spam"}),
    reviewers("reviews:praise", "POST", conversation=nadias, agent=nadia),
    row("reviews:praise", "POST", **NOT_OF_ONESELF, conversation=owens, agent=owen),
    members("reviews:next", conversation=nadias),
    row("reviews:next", **ALL_BUT_NADIA, conversation=owens),
    row("reviews:previous", **ALL_BUT_NADIA, conversation=owens),
]
