from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from evenhand.people import access


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_a_strangers_workspace_does_not_exist(world):
    with pytest.raises(Http404):
        access.seat(request_of(world.sol), "orchard")


def test_an_admin_sits_in_every_workspace(world):
    assert access.seat(request_of(world.ada), "harbour").manages


def test_a_person_may_hold_two_roles(world):
    seat = access.seat(request_of(world.owen), "orchard")
    assert seat.roles == {"agent", "reviewer"}
    assert seat.reviews
    assert not seat.leads


@pytest.mark.parametrize("end", ["membership", "workspace"])
def test_what_has_ended_gives_no_seat(world, end):
    ended = world.workspace if end == "workspace" else world.workspace.memberships.get(user=world.ravi)
    ended.deleted_at = timezone.now()
    ended.save()
    with pytest.raises(Http404):
        access.seat(request_of(world.ravi), "orchard")


def test_a_seat_is_one_question(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert access.seat(request_of(world.owen), "orchard").workspace == world.workspace
