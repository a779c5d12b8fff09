from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from evenhand.scorecards import queries, services
from evenhand.scorecards.scales import preset
from evenhand.scorecards.shape import Cause, NewCategory, Point


def order(draft):
    return [(c.group_name, c.name) for c in queries.version_tree(draft)]


def test_a_new_category_comes_last_in_its_group(world, draft):
    new = NewCategory("Greeting", preset("3"), weight=5, causes=(Cause("Rushed", "agent"),))
    services.add_category(draft, new, world.mara, group=draft.groups.get())
    last = queries.version_tree(draft).categories[-1]
    assert (last.name, last.weight, last.group_name) == ("Greeting", 5, "All of it")
    assert [p.label for p in last.scale] == ["Bad", "Satisfactory", "Good"]
    assert [c.label for c in last.causes] == ["Rushed"]


@pytest.mark.parametrize("weight", [-1, 101, 2.5, True, None, "10"])
def test_a_weight_is_a_whole_number_up_to_100(world, draft, category, weight):
    with pytest.raises(ValidationError, match="whole number from 0 to 100"):
        services.edit_category(category("Tone"), world.mara, weight=weight)


def test_moving_goes_through_groups(world, draft, category):
    services.add_group(draft, "Later", world.mara)
    assert services.move_category(category("Privacy"), 1, world.mara)
    assert order(draft) == [("All of it", "Solution"), ("All of it", "Tone"), ("Later", "Privacy")]
    assert services.move_category(category("Tone"), -1, world.mara)
    assert order(draft) == [("All of it", "Tone"), ("All of it", "Solution"), ("Later", "Privacy")]


def test_moving_over_the_first_heading_leaves_the_groups(world, draft, category):
    assert services.move_category(category("Solution"), -1, world.mara)
    assert order(draft)[0] == ("", "Solution")
    assert not services.move_category(category("Solution"), -1, world.mara)


def test_the_last_category_stays_where_it_is(world, draft, category):
    assert not services.move_category(category("Privacy"), 1, world.mara)
    assert order(draft)[-1] == ("All of it", "Privacy")


def test_groups_move_with_their_categories(world, draft, category):
    later = services.add_group(draft, "Later", world.mara)
    services.edit_category(category("Tone"), world.mara, group=later)
    assert services.move_group(later, -1, world.mara)
    assert order(draft)[0] == ("Later", "Tone")
    services.remove_group(later, world.mara)
    assert order(draft)[0] == ("", "Tone")


def test_a_group_has_a_name_of_its_own(world, draft):
    with pytest.raises(ValidationError, match="called “all of it” already"):
        services.add_group(draft, "all of it", world.mara)


def test_a_removed_category_leaves_its_lineage_to_earlier_versions(world, draft, category):
    lineage = category("Tone").lineage
    services.remove_category(category("Tone"), world.mara)
    lineage.refresh_from_db()
    assert [c.version.number for c in lineage.categories.all()] == [1]


def test_points_are_free(world, draft, category):
    scale = [Point(Decimal("2.5"), "Best", "when all is well"), Point(-1, "Worst"), Point(0, "So so")]
    services.set_scale(category("Tone"), scale, world.mara)
    assert list(category("Tone").scale.values_list("points", "label")) == [
        (Decimal(-1), "Worst"), (Decimal(0), "So so"), (Decimal("2.5"), "Best"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("points", "problem"),
    [
        ([Point(1, "a")], "between 2 and 11"),
        ([Point(n, str(n)) for n in range(12)], "between 2 and 11"),
        ([Point(1, "a"), Point(Decimal("1.0"), "b")], "same points"),
        ([Point(1, "a"), Point(2, " ")], "needs a label"),
        ([Point(1, "a"), Point(10**6, "b")], "99,999.99"),
    ],
)
def test_a_bad_scale_is_refused_and_the_old_one_stays(world, draft, category, points, problem):
    with pytest.raises(ValidationError, match=problem):
        services.set_scale(category("Tone"), points, world.mara)
    assert category("Tone").scale.count() == 4


def test_a_preset_of_the_same_length_keeps_the_labels(world, draft, category):
    services.set_preset(category("Tone"), "4", world.mara)
    assert category("Tone").scale.first().label == "Rude"
    services.set_preset(category("Tone"), "binary", world.mara)
    assert [p.label for p in category("Tone").scale.all()] == ["No", "Yes"]


def test_root_causes(world, draft, category):
    cause = services.add_cause(category("Tone"), "  Queue   pressure ", "process", world.mara)
    assert cause.label == "Queue pressure"
    with pytest.raises(ValidationError, match="on the list already"):
        services.add_cause(category("Tone"), "queue pressure", "agent", world.mara)
    services.edit_cause(cause, world.mara, kind="policy")
    assert category("Tone").root_causes.get(label="Queue pressure").kind == "policy"
    services.remove_cause(cause, world.mara)
    assert category("Tone").root_causes.count() == 1


def test_values_join_a_condition_on_the_same_field(world, draft):
    services.add_condition(draft, "tag", ["vip"], world.mara)
    services.add_condition(draft, "tag", [" vip", "trial"], world.mara)
    services.add_condition(draft, "tag", ["spam"], world.mara, negated=True)
    assert [c.values for c in queries.version_tree(draft).conditions] == [("vip", "trial"), ("spam",)]


def test_a_condition_wants_a_value(world, draft):
    with pytest.raises(ValidationError, match="at least one value"):
        services.add_condition(draft, "tag", [" "], world.mara)


def test_a_save_on_an_older_state_is_told_and_overwrites_nothing(world, draft, category):
    stamp = draft.edits
    services.edit_category(category("Tone"), world.mara, stamp, weight=15)
    with pytest.raises(services.Stale) as told:
        services.edit_category(category("Tone"), world.ada, stamp, weight=20)
    assert category("Tone").weight == 15
    assert told.value.version.edits == stamp + 1
    assert told.value.version.edited_by == world.mara


def test_publishing_what_one_has_not_seen_is_refused(world, draft, category):
    stamp = draft.edits
    services.edit_category(category("Tone"), world.ada, weight=15)
    with pytest.raises(services.Stale):
        services.publish(draft, world.mara, stamp)
