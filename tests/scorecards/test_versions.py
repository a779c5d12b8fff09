from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from evenhand.people.models import AuditEntry
from evenhand.scorecards import queries, services
from evenhand.scorecards.models import Lineage, Scorecard


def shape(version):
    """What a version asks, without the ids of its rows."""
    return [
        (c.group_name, c.name, c.weight, c.critical, [(p.points, p.label, p.guidance) for p in c.scale],
         [(x.label, x.kind) for x in c.causes], [(x.field, x.values, x.negated) for x in c.conditions])
        for c in queries.version_tree(version)
    ]  # fmt: skip


def test_a_draft_is_a_copy_with_the_same_lineages(world, draft):
    assert draft.number == 2
    assert draft.state == "draft"
    assert shape(draft) == shape(world.version)
    lineages = [[c.lineage_id for c in queries.version_tree(v)] for v in (draft, world.version)]
    assert lineages[0] == lineages[1]


def test_there_is_one_draft(world, draft):
    assert services.ensure_draft(world.scorecard, world.lena).pk == draft.pk


def test_a_copy_carries_conditions(world, draft):
    privacy = draft.categories.get(name="Privacy")
    services.add_condition(draft, "channel", ["chat"], world.mara)
    services.add_condition(draft, "tag", ["vip"], world.mara, negated=True, category=privacy)
    services.publish(draft, world.mara)
    again = services.ensure_draft(world.scorecard, world.mara)
    assert shape(again) == shape(draft)
    assert [c.values for c in queries.version_tree(again).conditions] == [("chat",)]


def test_publishing_archives_the_version_before(world, draft):
    services.publish(draft, world.mara)
    world.version.refresh_from_db()
    assert (draft.state, world.version.state) == ("published", "archived")
    assert draft.published_by == world.mara
    assert draft.published_at is not None
    assert AuditEntry.objects.filter(action="version.publish", object_id=str(draft.public_id)).count() == 1


def test_a_rename_reaches_the_lineage_when_it_is_published(world, draft, category):
    services.edit_category(category("Tone"), world.mara, name="Voice")
    assert Lineage.objects.filter(name="Tone").exists()
    services.publish(draft, world.mara)
    assert set(Lineage.objects.values_list("name", flat=True)) == {"Solution", "Voice", "Privacy"}


def test_discarding_keeps_the_published_version_and_its_lineages(world, draft):
    services.add_category(draft, _new("Extra"), world.mara)
    assert services.discard_draft(draft, world.mara) is True
    assert set(Lineage.objects.values_list("name", flat=True)) == {"Solution", "Tone", "Privacy"}
    assert services.ensure_draft(world.scorecard, world.mara).number == 2


def test_discarding_the_first_draft_takes_the_scorecard_along(world):
    scorecard = services.create(world.workspace, "Trial", world.mara, "chat")
    assert services.discard_draft(queries.draft_of(scorecard), world.mara) is False
    assert not Scorecard.objects.filter(name="Trial").exists()


def test_a_duplicate_begins_lineages_of_its_own(world):
    copy = services.duplicate(world.scorecard, "Copy", world.mara)
    draft = queries.draft_of(copy)
    assert shape(draft) == shape(world.version)
    assert not set(draft.categories.values_list("lineage", flat=True)) & set(
        world.version.categories.values_list("lineage", flat=True)
    )


def test_a_duplicate_in_another_workspace_leaves_connections_behind(world, draft):
    services.add_condition(draft, "connection", [str(world.connection.public_id)], world.mara)
    services.add_condition(draft, "channel", ["chat"], world.mara)
    services.publish(draft, world.mara)
    copy = services.duplicate(world.scorecard, "Essentials", world.ada, world.other)
    assert copy.workspace == world.other
    tree = queries.version_tree(queries.draft_of(copy))
    assert [(c.field, c.values) for c in tree.conditions] == [("channel", ("chat",))]


def test_an_archived_scorecard_is_not_offered(world):
    services.archive(world.scorecard, world.mara)
    assert queries.published(world.workspace) == []
    services.restore(world.scorecard, world.mara)
    assert [v.pk for v in queries.published(world.workspace)] == [world.version.pk]


def test_names_are_unique_among_scorecards_in_use(world):
    with pytest.raises(ValidationError, match="called “essentials” already"):
        services.create(world.workspace, " essentials ", world.mara)
    services.archive(world.scorecard, world.mara)
    services.create(world.workspace, "Essentials", world.mara)
    with pytest.raises(ValidationError):
        services.restore(world.scorecard, world.mara)


def _new(name):
    from evenhand.scorecards.scales import preset
    from evenhand.scorecards.shape import NewCategory

    return NewCategory(name, preset("binary"))
