"""Queries put into SQL once."""

from __future__ import annotations

import pytest
from django.db.models import F, SlugField

from evenhand.people.kept import Given, Kept
from evenhand.people.models import Workspace

BY_MEMBER = Kept(
    lambda: (
        Workspace.objects.filter(
            slug=Given("slug", SlugField()), memberships__user=Given("user"), memberships__deleted_at=None
        )
        .annotate(role=F("memberships__role"))
        .order_by("memberships__role")
    )
)


def asked(user, slug="orchard"):
    return [(one, one.role) for one in BY_MEMBER.ask(user=user.pk, slug=slug)]


def test_each_asking_has_its_own_values(world):
    assert asked(world.owen) == [(world.workspace, "agent"), (world.workspace, "reviewer")]
    assert asked(world.lena) == [(world.workspace, "lead")]
    assert asked(world.lena, "harbour") == []


def test_models_are_whole(world):
    [found] = {one for one, _role in asked(world.owen)}
    assert {name: getattr(found, name) for name in ("pass_baseline", "created_at", "public_id")} == {
        name: getattr(world.workspace, name) for name in ("pass_baseline", "created_at", "public_id")
    }


def test_sql_is_made_once(world, monkeypatch):
    asked(world.owen)
    monkeypatch.setattr(BY_MEMBER, "_build", None)
    assert asked(world.lena)


def test_what_is_not_given_is_missed():
    with pytest.raises(KeyError):
        BY_MEMBER.ask(slug="orchard")
