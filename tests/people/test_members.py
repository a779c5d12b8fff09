from __future__ import annotations

import pytest

from evenhand.people import queries
from evenhand.people.models import AuditEntry, Membership, User
from evenhand.people.services import accounts, memberships

MEMBER = "/w/orchard/settings/members/{}"


def roles(world, user):
    held = Membership.objects.filter(workspace=world.workspace, user=user, deleted_at=None)
    return set(held.values_list("role", flat=True))


def test_roles_can_be_changed_and_each_change_is_logged(sign_in, world):
    url = MEMBER.format(world.owen.public_id)
    sign_in(world.mara).post(url, {"roles": ["agent", "lead"]})
    assert roles(world, world.owen) == {"agent", "lead"}
    logged = AuditEntry.objects.filter(action__startswith="membership.").values_list("action", "data__roles")
    assert set(map(str, logged)) == {"('membership.remove', ['reviewer'])", "('membership.add', ['lead'])"}


def test_without_roles_one_is_no_longer_a_member(sign_in, world):
    sign_in(world.mara).post(MEMBER.format(world.ravi.public_id), {})
    assert roles(world, world.ravi) == set()
    assert sign_in(world.ravi).get("/w/orchard/").status_code == 404


def test_who_left_can_come_back(world):
    memberships.set_roles(world.ravi, world.workspace, [], world.mara)
    memberships.set_roles(world.ravi, world.workspace, ["reviewer"], world.mara)
    assert roles(world, world.ravi) == {"reviewer"}


def test_the_last_manager_cannot_be_removed(sign_in, world):
    page = sign_in(world.mara).post(MEMBER.format(world.mara.public_id), {"roles": ["lead"]})
    assert "at least one manager" in page.content.decode()
    assert roles(world, world.mara) == {"manager"}


def test_a_manager_who_cannot_sign_in_does_not_count(world):
    accounts.add_roles(world.lena, world.workspace, ["manager"], None)
    accounts.set_active(world.lena, False, world.ada)
    with pytest.raises(memberships.LastManager):
        memberships.set_roles(world.mara, world.workspace, [], world.ada)


def test_members_are_listed_with_all_their_roles(world):
    owen = next(m for m in queries.members(world.workspace) if m.user == world.owen)
    assert owen.roles == ["reviewer", "agent"]


def test_the_page_asks_as_much_for_ten_as_for_two(sign_in, world, django_assert_max_num_queries):
    client = sign_in(world.mara)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get("/w/orchard/settings/members")
    for number in range(10):
        user = User.objects.create_user(f"p{number}@team.example", None, name=f"P {number}")
        accounts.add_roles(user, world.workspace, ["agent", "reviewer"], None)
    with CaptureQueriesContext(connection) as many:
        client.get("/w/orchard/settings/members")
    assert len(many) == len(few)


def test_somebody_of_another_workspace_is_no_member_here(sign_in, world):
    assert sign_in(world.mara).get(MEMBER.format(world.sol.public_id)).status_code == 404


def test_keeping_somebody_out_ends_their_sessions_for_good(sign_in, world):
    from django.test import Client

    theirs = Client()
    theirs.force_login(world.ravi)
    sign_in(world.ada).post(f"/installation/people/{world.ravi.public_id}/active")
    assert theirs.get("/inbox").status_code == 302
    accounts.set_active(world.ravi, True, world.ada)
    assert theirs.get("/inbox").status_code == 302


def test_the_last_admin_stays(sign_in, world):
    client = sign_in(world.ada)
    for what in ("active", "admin"):
        client.post(f"/installation/people/{world.ada.public_id}/{what}")
    world.ada.refresh_from_db()
    assert (world.ada.is_active, world.ada.is_admin) == (True, True)


def test_an_admin_can_make_another(sign_in, world):
    sign_in(world.ada).post(f"/installation/people/{world.lena.public_id}/admin")
    world.lena.refresh_from_db()
    assert world.lena.is_admin
