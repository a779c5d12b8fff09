"""From draws to arrays: cells, chances, domains."""

from __future__ import annotations

import numpy as np
import pytest
from django.utils import timezone

from evenhand.conversations.models import Participation
from evenhand.conversations.services import agents as agent_services
from evenhand.facts.cells import drawn_of
from evenhand.facts.load import decode_frame
from evenhand.facts.metrics import breakdowns, scores
from evenhand.quality.estimates import draws_estimate, stratified_mean
from evenhand.reviews.models import Draw, DrawItem, DrawStratum, Review
from evenhand.reviews.services import draws
from evenhand.reviews.services.draws import encode_frame
from tests.facts.helpers import add_pairs, asked, draw, rate, review_drawn


@pytest.fixture
def two_agents(world):
    """Nadia has 13 pairs, Owen 9."""
    add_pairs(world, "nadia", 10)
    add_pairs(world, "owen", 6, first=30)
    return world


def scored(world, drawn, of=lambda n: 90 - 7 * (n % 5)):
    items = list(drawn.items.order_by("position"))
    values = [of(n) for n in range(len(items))]
    review_drawn(world, drawn, values)
    return items, values


def test_a_stratified_draw_gives_the_stratified_mean_of_the_same_arrays(two_agents):
    items, values = scored(two_agents, draw(two_agents, 12, min_per_agent=4))
    agent = [item.participation.agent_id for item in items]
    sizes = dict.fromkeys(agent, 0) | {two_agents.agents["nadia"].pk: 13, two_agents.agents["owen"].pk: 9}
    found, wanted = scores.iqs(*asked(two_agents)), stratified_mean(values, agent, sizes)
    assert found.value == pytest.approx(wanted.value)
    assert (found.n, found.population, found.design) == (12, 22, "stratified")
    assert found.se == pytest.approx(wanted.se)


def test_two_overlapping_draws_are_weighed_by_their_union(two_agents):
    by_agent = draw(two_agents, 8, min_per_agent=3)
    simple = draw(two_agents, 6, seed=8, design="simple")
    scored(two_agents, by_agent)
    scored(two_agents, simple, lambda n: 60 + n)
    chance = {s.agent_id: s.drawn / s.population for s in by_agent.strata.all()}
    second = 6 / 14  # of what the first draw left
    cell = Participation.objects.values_list("agent_id", flat=True).order_by("pk")
    union = {agent: 1 - (1 - p) * (1 - second) for agent, p in chance.items()}
    found = drawn_of(*asked(two_agents))
    wanted = draws_estimate(found.score, found.sampled_agents, {a: list(cell).count(a) for a in union}, union)
    assert sorted(found.chance) == pytest.approx(sorted(union.values()))
    assert found.estimate().value == pytest.approx(wanted.value)


def test_what_was_set_aside_is_missing_within_its_stratum(two_agents):
    drawn = draw(two_agents, 10, min_per_agent=4)
    owen = drawn.items.filter(participation__agent=two_agents.agents["owen"]).first()
    draws.refuse(owen, two_agents.lena, "In a language that nobody here reads")
    scored_items = [item for item in drawn.items.order_by("position") if item.pk != owen.pk]
    for item in scored_items:
        score = 100 if item.participation.agent == two_agents.agents["owen"] else 50
        review_one(two_agents, item, score)
    # 13 of Nadia's at 50, 9 of Owen's at 100, however many of his are missing.
    assert scores.iqs(*asked(two_agents)).value == pytest.approx((13 * 50 + 9 * 100) / 22)


def review_one(world, item, score):
    from tests.facts.helpers import review

    review(world, item.participation, score, "ravi", item)


def test_a_part_of_the_frame_is_estimated_from_its_own(two_agents):
    scored(two_agents, draw(two_agents, 12, min_per_agent=4), lambda n: 40 if n % 2 else 80)
    facts, filters = asked(two_agents)
    whole, owen = drawn_of(facts, filters), two_agents.agents["owen"].pk
    part = scores.iqs(*asked(two_agents, agents=(owen,)))
    mine = whole.score[whole.sampled_agents == owen]
    assert (part.n, part.population) == (len(mine), 9)
    assert part.value == pytest.approx(mine.mean())


def test_a_group_is_who_belonged_to_it_on_that_day(two_agents):
    from datetime import date

    from evenhand.conversations.models import Group, GroupMembership

    group = Group.objects.create(workspace=two_agents.workspace, name="Night")
    left = date(2026, 3, 17)
    GroupMembership.objects.create(group=group, agent=two_agents.agents["nadia"], since=date(2026, 1, 1), until=left)
    GroupMembership.objects.create(group=group, agent=two_agents.agents["owen"], since=left)
    # Nadia's 0, 2 and 4 are of the 18th, 16th and 14th; Owen's 1, 3 and 5 of the 17th, 15th and 13th, and 6 more.
    assert scores.headline(*asked(two_agents, groups=(group.pk,))).frame == 2 + 1 + 6


def test_categories_weigh_a_rating_as_the_iqs_weighs_its_conversation(two_agents):
    """Nadia has 13 pairs and Owen 9, and four of each were drawn: a plain mean would count them alike."""
    items, _ = scored(two_agents, draw(two_agents, 8, min_per_agent=4), lambda _: 80)
    mine = two_agents.agents["nadia"].pk
    for item in items:
        found = Review.objects.get(draw_item=item)
        rate(two_agents, found, "Solution", 5 if found.agent_id == mine else 1)
        rate(two_agents, found, "Tone", None if found.agent_id == mine else 3)

    def numbers(headline):
        found = {c.lineage_id: c for c in breakdowns.categories(*asked(two_agents), headline)}
        return (found[lineage(two_agents, name)] for name in ("Solution", "Tone"))

    solution, tone = numbers(scores.IQS)
    assert solution.estimate.value == pytest.approx(100 * 13 / 22)
    assert (solution.estimate.n, solution.ratings) == (8, 8)
    assert tone.estimate.n == 4
    assert next(numbers(scores.AVERAGE)).estimate.value == 50


def test_two_reviewers_of_one_conversation_rate_it_once(two_agents):
    items = list(draw(two_agents, 5).items.order_by("position"))
    review_drawn(two_agents, items[0].draw, [(80, 80), 80, 80, 80, 80])
    for found in Review.objects.all():
        rate(two_agents, found, "Solution", 1 if found.draw_item_id == items[0].pk else 5)
    solution = breakdowns.categories(*asked(two_agents), scores.IQS)[0]
    assert (solution.estimate.n, solution.ratings) == (5, 6)


def lineage(world, name):
    return world.version.categories.get(name=name).lineage_id


def test_agents_keep_their_number_when_one_looks_at_one_alone(two_agents):
    scored(two_agents, draw(two_agents, 14, min_per_agent=5))
    owen = two_agents.agents["owen"].pk
    team = breakdowns.agents(*asked(two_agents), scores.IQS).by_group()[owen]
    alone = breakdowns.agents(*asked(two_agents, agents=(owen,)), scores.IQS)
    assert [group.group for group in alone.groups] == [owen]
    assert alone.groups[0].estimate == team.estimate


def test_the_trends_pieces_hold_what_the_whole_holds(two_agents):
    scored(two_agents, draw(two_agents, 12, min_per_agent=4))
    facts, filters = asked(two_agents)
    for name in (scores.IQS, scores.AVERAGE):
        steps = breakdowns.trend(facts, filters, name)
        assert sum(step.estimate.n for step in steps) == 12
        assert len(steps) == 6  # 1 March 2026 is a Sunday: a week of one day, four weeks, and two days


def test_the_frame_survives_its_way_into_the_database(two_agents):
    keys = [3, 5, 2**40, 4]
    assert decode_frame(encode_frame(keys)).tolist() == sorted(keys)
    stored = Draw.objects.get(pk=draw(two_agents, 4).pk)
    wanted = Participation.objects.order_by("pk").values_list("pk", flat=True)
    assert decode_frame(stored.frame).tolist() == list(wanted)
    assert decode_frame(encode_frame([])).dtype == np.int64


def test_a_draw_that_was_withdrawn_weighs_nothing(two_agents):
    drawn = draw(two_agents, 12, min_per_agent=4)
    scored(two_agents, drawn)
    Draw.objects.filter(pk=drawn.pk).update(deleted_at=timezone.now())
    assert scores.headline(*asked(two_agents)).name == "average"


def test_two_agents_who_became_one_are_one_stratum(two_agents):
    scored(two_agents, draw(two_agents, 12, min_per_agent=4))
    agent_services.merge(two_agents.agents["owen"], unlinked(two_agents.agents["nadia"]), two_agents.lena)
    assert DrawStratum.objects.count() == 2
    found = drawn_of(*asked(two_agents))
    assert found.chance.tolist() == pytest.approx([12 / 22])
    assert DrawItem.objects.count() == found.estimate().n == 12


def unlinked(agent):
    agent.user = None
    agent.save()
    return agent


@pytest.mark.parametrize("name", [scores.IQS, scores.AVERAGE])
def test_groups_side_by_side_are_what_each_is_alone(two_agents, name):
    from evenhand.conversations.models import Group, GroupMembership
    from evenhand.facts.metrics import work

    keys = []
    for number, agent in enumerate(two_agents.agents.values()):
        group = Group.objects.create(workspace=two_agents.workspace, name=f"Group {number}")
        until = None if number else "2026-03-18"
        GroupMembership.objects.create(group=group, agent=agent, since="2026-03-15", until=until)
        keys.append(group.pk)
    scored(two_agents, draw(two_agents, 16, min_per_agent=5))
    together = scores.by_group(*asked(two_agents), keys, name)
    alone = {key: scores.estimate(*asked(two_agents, groups=(key,)), name) for key in keys}
    assert {key: (e.n, e.value) for key, e in together.items()} == {key: (e.n, e.value) for key, e in alone.items()}
    assert work.satisfaction_by_group(*asked(two_agents), keys)[keys[0]].n == 0
