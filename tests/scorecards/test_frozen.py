from __future__ import annotations

import pytest

from evenhand.scorecards import services
from evenhand.scorecards.guards import Frozen
from evenhand.scorecards.models import Category, CategoryGroup, Condition, RootCause, ScalePoint
from evenhand.scorecards.shape import NewCategory, Point


def parts(version):
    category = version.categories.first()
    return [
        version,
        version.groups.first(),
        category,
        category.scale.first(),
        category.root_causes.first(),
    ]


@pytest.mark.parametrize("number", range(5))
def test_nothing_of_a_published_version_can_be_saved(world, number):
    with pytest.raises(Frozen):
        parts(world.version)[number].save()


@pytest.mark.parametrize("number", range(5))
def test_nothing_of_a_published_version_can_be_deleted(world, number):
    with pytest.raises(Frozen):
        parts(world.version)[number].delete()


@pytest.mark.parametrize("number", range(5))
def test_nothing_of_an_archived_version_can_be_saved(world, draft, number):
    services.publish(draft, world.mara)
    world.version.refresh_from_db()
    assert world.version.state == "archived"
    with pytest.raises(Frozen):
        parts(world.version)[number].save()


def test_nothing_can_be_added_to_a_published_version(world):
    category = world.version.categories.first()
    news = [
        CategoryGroup(version=world.version, name="More"),
        Category(version=world.version, lineage=category.lineage, name="More"),
        ScalePoint(category=category, points=9, label="More"),
        RootCause(category=category, label="More"),
        Condition(version=world.version, field="channel", values=["chat"]),
    ]
    for new in news:
        with pytest.raises(Frozen):
            new.save()


def test_a_version_in_memory_does_not_deceive_the_guard(world, draft):
    category = draft.categories.first()
    services.publish(draft.scorecard.versions.get(state="draft"), world.mara)
    with pytest.raises(Frozen):
        category.save()


def test_services_refuse_a_published_version(world):
    new = NewCategory("More", (Point(1, "No"), Point(2, "Yes")))
    with pytest.raises(Frozen):
        services.add_category(world.version, new, world.mara)
    with pytest.raises(Frozen):
        services.edit_category(world.version.categories.first(), world.mara, weight=3)
    with pytest.raises(Frozen):
        services.publish(world.version, world.mara)
    with pytest.raises(Frozen):
        services.discard_draft(world.version, world.mara)


def test_a_scorecard_with_a_published_version_cannot_be_deleted(world):
    with pytest.raises(Frozen):
        world.scorecard.delete()
