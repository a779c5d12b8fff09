from __future__ import annotations

import pytest

from evenhand.scorecards import queries, services
from evenhand.scorecards.diff import diff, in_words
from evenhand.scorecards.scales import preset
from evenhand.scorecards.shape import NewCategory, Point


@pytest.fixture
def words(world, draft):
    """What the draft changes, in words."""
    return lambda: in_words(diff(queries.version_tree(world.version), queries.version_tree(draft)))


def rescale(category, world, *points):
    services.set_scale(category, [Point(*point) for point in points], world.mara)


def test_an_untouched_draft_has_no_diff(words):
    assert words() == []


def test_weight_and_a_new_answer(world, draft, category, words):
    services.edit_category(category("Privacy"), world.mara, weight=15)
    rescale(category("Privacy"), world, (1, "No"), (2, "Yes"), (3, "Exemplary"))
    assert words() == ["Privacy: weight 10 → 15; new answer “Exemplary”"]


def test_becoming_and_ceasing_to_be_critical(world, draft, category, words):
    services.edit_category(category("Tone"), world.mara, critical="group")
    services.edit_category(category("Privacy"), world.mara, critical="")
    assert words() == ["Tone: is now critical: fails its group", "Privacy: is no longer critical"]


def test_another_effect_of_a_critical_category(world, draft, category, words):
    services.edit_category(category("Privacy"), world.mara, critical="group")
    assert words() == ["Privacy: fails its group now"]


def test_a_rename_is_no_removal(world, draft, category, words):
    services.edit_category(category("Tone"), world.mara, name="Voice")
    assert words() == ["Voice: was called “Tone”"]


def test_added_and_removed_categories(world, draft, category, words):
    services.remove_category(category("Tone"), world.mara)
    services.add_category(draft, NewCategory("Greeting", preset("binary"), weight=5, critical="review"), world.mara)
    assert words() == [
        "Greeting is new: No, Yes; weight 5; fails the review",
        "Tone was removed",
    ]


def test_the_same_name_again_is_a_new_category(world, draft, category, words):
    services.remove_category(category("Tone"), world.mara)
    services.add_category(draft, NewCategory("Tone", preset("3")), world.mara)
    assert words() == ["Tone is new: Bad, Satisfactory, Good; weight 10", "Tone was removed"]


def test_labels_points_and_guidance(world, draft, category, words):
    rescale(category("Privacy"), world, (1, "Leak", "Data went astray."), (5, "Yes"))
    (said,) = words()
    assert said.split("; ") == [
        "Privacy: answer 1 “No” → “Leak”",
        "when to give “Leak”: nothing said → “Data went astray.”",
        "points of “Yes” 2 → 5",
    ]


def test_another_scale_altogether(world, draft, category, words):
    services.set_preset(category("Tone"), "3", world.mara)
    assert words() == ["Tone: scale Rude, Stiff, Fitting, Ours → Bad, Satisfactory, Good"]


def test_a_removed_answer(world, draft, category, words):
    rescale(category("Tone"), world, (1, "Rude"), (2, "Stiff"), (3, "Fitting"))
    assert words() == ["Tone: answer “Ours” was removed"]


def test_root_causes(world, draft, category, words):
    tone = category("Tone")
    services.add_cause(tone, "Queue pressure", "process", world.mara)
    services.edit_cause(tone.root_causes.get(label="Macro out of date"), world.mara, kind="policy")
    services.edit_category(tone, world.mara, ask_causes="always")
    (said,) = words()
    assert said.split("; ") == [
        "Tone: root causes asked on low ratings, another one in words → on every rating, another one in words",
        "root cause “Macro out of date”: Process → Policy",
        "new root cause “Queue pressure” (Process)",
    ]


def test_groups_order_and_conditions(world, draft, category, words):
    later = services.add_group(draft, "Later", world.mara)
    services.edit_category(category("Solution"), world.mara, group=later, allow_na=False)
    services.add_condition(draft, "channel", ["voice", "chat"], world.mara)
    services.add_condition(draft, "tag", ["spam"], world.mara, negated=True, category=category("Tone"))
    assert words() == [
        "Scorecard: new group “Later”; categories in another order; offered when always → the channel is Phone or Chat",
        "Tone: shown when always → it does not have the tag spam",
        "Solution: group All of it → Later; must now always be rated",
    ]


def test_a_first_version_is_all_new(world):
    lines = in_words(diff(None, queries.version_tree(world.version)))
    assert [line.split(" is new")[0] for line in lines] == ["Solution", "Tone", "Privacy"]


def test_a_connection_is_called_by_its_name(world, draft):
    key = str(world.connection.public_id)
    services.add_condition(draft, "connection", [key], world.mara)
    entries = diff(queries.version_tree(world.version), queries.version_tree(draft), {key: "Files"})
    assert in_words(entries) == ["Scorecard: offered when always → it came in over Files"]
