from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from evenhand.scorecards import queries, services
from evenhand.scorecards.models import Category, Condition, ScalePoint


def problems(draft, world):
    with pytest.raises(ValidationError) as refused:
        services.publish(draft, world.mara)
    draft.refresh_from_db()
    assert draft.state == "draft"
    return refused.value.messages


def test_an_empty_draft_is_refused(world):
    scorecard = services.create(world.workspace, "Blank", world.mara)
    assert problems(queries.draft_of(scorecard), world) == ["Add at least one category."]


def test_two_categories_of_one_name_are_refused(world, draft, category):
    services.edit_category(category("Tone"), world.mara, name="solution")
    assert problems(draft, world) == ["Two categories are called “solution”. Rename one."]


def test_weights_of_nothing_are_refused(world, draft):
    for category in draft.categories.all():
        services.edit_category(category, world.mara, weight=0)
    assert problems(draft, world) == ["Every weight is 0. Give at least one category a weight, or there is no score."]


def test_a_scale_of_one_answer_is_refused_by_the_name_of_its_category(world, draft, category):
    ScalePoint.objects.filter(category=category("Privacy"), points=1).delete()
    assert problems(draft, world) == ["Privacy: A scale has between 2 and 11 answers; this one has 1."]


def test_failing_a_group_needs_a_group(world, draft, category):
    services.edit_category(category("Tone"), world.mara, critical="group", group=None)
    (problem,) = problems(draft, world)
    assert problem.startswith("Tone: It fails its group but is in none.")


def test_a_condition_without_values_is_refused(world, draft, category):
    Condition.objects.create(version=draft, category=category("Tone"), field="tag", values=[])
    (problem,) = problems(draft, world)
    assert problem.startswith("Tone: A condition has no value.")


def test_every_problem_is_told_at_once(world, draft, category):
    services.edit_category(category("Tone"), world.mara, critical="group", group=None)
    ScalePoint.objects.filter(category=category("Privacy")).update(label="")
    assert len(problems(draft, world)) == 2


def test_the_database_holds_the_weight_too(world, draft):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.filter(version=draft).update(weight=101)
