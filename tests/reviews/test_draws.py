"""Drawing at random: what is drawn, from what, with which chance."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from evenhand.conversations.models import Agent, Conversation, Participation
from evenhand.people.models import AuditEntry
from evenhand.quality.sampling import frame_fingerprint
from evenhand.reviews import queries
from evenhand.reviews.models import Draw, DrawItem
from evenhand.reviews.services import draws
from evenhand.reviews.services.draws import NothingToDraw, Plan
from tests.reviews.helpers import drawn, seat, submit

MARCH = {"name": "March", "since": date(2026, 3, 1), "until": date(2026, 4, 1)}


def draw(world, size=3, **values):
    return draws.draw(world.workspace, Plan(**{**MARCH, "size": size, "seed": 5, **values}), world.lena)


def drawn_ids(found):
    return list(found.items.order_by("position").values_list("participation__public_id", flat=True))


def test_the_same_frame_and_seed_give_the_same_sample(world):
    first = drawn_ids(draw(world, design="simple"))
    Draw.objects.all().delete()
    assert drawn_ids(draw(world, design="simple")) == first
    Draw.objects.all().delete()
    assert drawn_ids(draw(world, design="simple", seed=6)) != first


def test_the_order_of_rows_plays_no_part(world, monkeypatch):
    first = drawn_ids(draw(world, design="simple"))
    Draw.objects.all().delete()
    whole = draws.frame

    def turned(workspace, plan):
        found = whole(workspace, plan)
        return draws.Frame(found.keys[::-1], found.public_ids[::-1], found.agents[::-1], found.drawn_before)

    monkeypatch.setattr(draws, "frame", turned)
    assert drawn_ids(draw(world, design="simple")) == first


def test_every_pair_keeps_its_chance_and_every_stratum_its_size(world):
    found = draw(world, size=4, min_per_agent=1)
    strata = {s.agent_id: (s.drawn, s.population) for s in found.strata.all()}
    assert {size for _n, size in strata.values()} == {3}
    for item in found.items.select_related("participation"):
        n, size = strata[item.participation.agent_id]
        assert item.probability == pytest.approx(n / size)
    assert sum(n for n, _size in strata.values()) == found.size == 4


def test_the_frame_is_stored_with_its_fingerprint(world):
    found = draw(world)
    ids = [str(p) for p in Participation.objects.values_list("public_id", flat=True)]
    assert (found.frame_size, found.frame_fingerprint, found.rule_version) == (6, frame_fingerprint(ids), 1)
    assert AuditEntry.objects.get(action="draw.create").data["seed"] == 5


def test_pairs_that_were_drawn_are_not_drawn_again_but_stay_in_the_frame(world):
    first, second = draw(world, size=4, design="simple"), draw(world, size=2, design="simple")
    assert not set(drawn_ids(first)) & set(drawn_ids(second))
    assert (second.frame_size, second.strata.get().population) == (6, 2)
    with pytest.raises(NothingToDraw):
        draw(world, size=1, design="simple")


def test_bots_and_pairs_that_are_not_eligible_stay_out(world):
    bot = Agent.objects.create(workspace=world.workspace, name="Pip", is_bot=True)
    pairs = list(Participation.objects.order_by("pk"))
    Participation.objects.filter(pk=pairs[0].pk).update(agent=bot, is_bot=True)
    Participation.objects.filter(pk=pairs[1].pk).update(eligible=False)
    assert draws.frame(world.workspace, Plan(**MARCH, size=1)).keys == [pair.pk for pair in pairs[2:]]


def test_other_days_stay_out(world):
    plan = Plan(since=date(2026, 3, 16), until=date(2026, 3, 18), size=1)
    assert len(draws.frame(world.workspace, plan).keys) == 2


def test_set_aside_needs_an_open_item(world):
    found = draw(world)
    first, second, third = found.items.order_by("position")
    assert draws.refuse(first, world.ravi, "x" * 400)
    first.refresh_from_db()
    assert (first.state, len(first.refused_reason)) == ("refused", 300)
    DrawItem.objects.filter(pk=second.pk).update(state="reviewed")
    assert not draws.refuse(second, world.ravi, "late")
    draws.close(found, world.lena)
    assert not draws.refuse(third, world.ravi, "closed")


def test_closing_twice_is_one_entry(world):
    found = draw(world)
    draws.close(found, world.lena)
    draws.close(found, world.lena)
    found.refresh_from_db()
    assert found.closed_at
    assert AuditEntry.objects.filter(action="draw.close").count() == 1


def test_a_stratified_draw_takes_its_minimum_of_each(world):
    Participation.objects.filter(agent=world.agents["owen"]).exclude(conversation__external_id="c1").update(
        eligible=False
    )
    found = draw(world, size=3, min_per_agent=2)
    agents = Counter(found.items.values_list("participation__agent__name", flat=True))
    assert agents == {"Nadia Agent": 2, "Owen Agent": 1}  # he has no more


def test_filters_of_the_list_narrow_the_frame(world):
    only = Conversation.objects.filter(external_id__in=["c0", "c1"])
    assert draw(world, size=2, design="simple", conversations=only).frame_size == 2


def test_a_closed_draw_gets_no_more_reviews(world):
    item = drawn(world)
    draws.close(item.draw, world.lena)
    assert queries.item_of(seat(world, "ravi"), str(item.public_id), world.conversations[0]) is None
    review = submit(world, "ravi", ticket_values={"draw_item": item.pk, "selection": "draw", "probability": 0.3})
    item.refresh_from_db()
    assert (review.selection, review.draw_item, review.probability, item.state) == ("link", None, None, "open")
