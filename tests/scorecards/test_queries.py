from __future__ import annotations

import pytest

from evenhand.scorecards import queries, services
from evenhand.scorecards.conditions import ConversationFacts
from evenhand.scorecards.models import ScorecardVersion
from evenhand.scorecards.templates import TEMPLATES


def put_into_use(world, name, template=None, **condition):
    scorecard = services.create(world.workspace, name, world.mara, template or "chat")
    draft = queries.draft_of(scorecard)
    draft.conditions.all().delete()
    for field, values in condition.items():
        services.add_condition(draft, field, values, world.mara)
    return services.publish(draft, world.mara)


def test_scorecards_whose_conditions_fit_come_first(world):
    put_into_use(world, "Calls", channel=["voice"])
    put_into_use(world, "Chats", channel=["chat"])
    offers = queries.for_conversation(world.workspace, ConversationFacts(channel="chat"))
    assert [(offer.version.scorecard.name, offer.fits) for offer in offers] == [
        ("Chats", True), ("Essentials", True), ("Calls", False),
    ]  # fmt: skip


def test_only_published_scorecards_of_the_workspace_are_offered(world):
    services.create(world.workspace, "Draft only", world.mara, "chat")
    other = services.create(world.other, "Elsewhere", world.ada, "chat")
    services.publish(queries.draft_of(other), world.ada)
    assert [v.scorecard.name for v in queries.published(world.workspace)] == ["Essentials"]


def test_a_category_hides_where_its_conditions_do_not_fit(world, draft, category):
    services.add_condition(draft, "channel", ["voice"], world.mara, category=category("Privacy"))
    shown = queries.visible_categories(draft, ConversationFacts(channel="chat"))
    assert [c.name for c in shown] == ["Solution", "Tone"]
    shown = queries.visible_categories(queries.version_tree(draft), ConversationFacts(channel="voice"))
    assert [c.name for c in shown] == ["Solution", "Tone", "Privacy"]


def test_shares_are_of_the_sum_of_weights(world):
    shares = {c.name: c.share for c in queries.version_tree(world.version)}
    assert shares == pytest.approx({"Solution": 60, "Tone": 20, "Privacy": 20})


def test_a_tree_takes_as_many_queries_for_many_versions_as_for_one(world, django_assert_num_queries):
    for key in TEMPLATES:
        services.create(world.workspace, f"From {key}", world.mara, key)
    versions = list(ScorecardVersion.objects.all())
    with django_assert_num_queries(6):
        one = queries.version_tree(world.version)
    with django_assert_num_queries(6):
        many = queries.version_trees(versions)
    assert len(one) == 3
    assert sorted(len(tree) for tree in many) == [3, 6, 7, 8]


def test_offers_take_as_many_queries_for_many_scorecards(world, django_assert_num_queries):
    for n in range(4):
        put_into_use(world, f"Card {n}", channel=["chat"])
    with django_assert_num_queries(2):
        assert len(queries.for_conversation(world.workspace, ConversationFacts())) == 5


@pytest.mark.parametrize("key", TEMPLATES)
def test_each_template_can_be_published_as_it_is(world, key):
    scorecard = services.create(world.workspace, "New", world.mara, key)
    tree = queries.version_tree(services.publish(queries.draft_of(scorecard), world.mara))
    assert tree.total_weight == 100
    assert all(point.guidance for category in tree for point in category.scale)
    assert all(category.causes and category.description for category in tree)


def test_essentials_asks_what_the_demo_rests_on(world):
    scorecard = services.create(world.workspace, "New", world.mara, "essentials")
    tree = queries.version_tree(queries.draft_of(scorecard))
    assert [(c.name, len(c.scale), c.weight, c.critical) for c in tree] == [
        ("Solution", 5, 30, ""),
        ("Product knowledge", 4, 20, ""),
        ("Protects customer data", 2, 10, "review"),
        ("Says what happens next", 2, 5, ""),
        ("Empathy", 3, 15, ""),
        ("Tone", 4, 10, ""),
        ("Clarity", 3, 5, ""),
        ("Spelling and grammar", 2, 5, ""),
    ]
    assert all({"agent", "process", "product", "policy"} == {x.kind for x in c.causes} for c in tree)
