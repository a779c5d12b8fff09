from __future__ import annotations

import pytest

from evenhand.people.models import AuditEntry, Installation, User, Workspace
from evenhand.people.services import setup

GOOD = {
    "name": "Ines Calder",
    "email": "ines@team.example",
    "password": "staple of wires",
    "workspace": "Kitchen & Co",
    "time_zone": "Europe/Lisbon",
}


@pytest.fixture
def token(db):
    return setup.first_run_token()


def test_the_first_admin_and_workspace_are_made_and_signed_in(client, token):
    response = client.post(f"/setup/{token}", GOOD)
    user, workspace = User.objects.get(), Workspace.objects.get()
    assert response["Location"] == f"/w/{workspace.slug}/welcome"
    assert (user.is_admin, workspace.slug, workspace.time_zone) == (True, "kitchen-co", "Europe/Lisbon")
    assert [m.role for m in user.memberships.all()] == ["manager"]
    assert client.get(response["Location"]).status_code == 200


def test_it_works_once(client, token):
    client.post(f"/setup/{token}", GOOD)
    client.logout()
    again = client.post(f"/setup/{token}", {**GOOD, "email": "evil@team.example"})
    assert (again.status_code, User.objects.count()) == (404, 1)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_token_says_where_to_look(client, token, method):
    response = getattr(client, method)("/setup/wrong", GOOD)
    assert response.status_code == 404
    assert "evenhand up" in response.content.decode()
    assert not User.objects.exists()


def test_only_the_newest_token_works(client, token):
    newer = setup.first_run_token()
    assert client.get(f"/setup/{token}").status_code == 404
    assert client.get(f"/setup/{newer}").status_code == 200


def test_only_the_fingerprint_of_the_token_is_kept(token):
    assert token not in Installation.objects.get().setup_token_hash


def test_where_there_are_people_there_is_no_token(world):
    assert setup.first_run_token() is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("password", "short", "too short"),
        ("password", "ines calder", "too similar"),
        ("time_zone", "Kitchen", "Europe/Berlin"),
        ("email", "ines", "valid email"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_made(client, token, field, value, said):
    response = client.post(f"/setup/{token}", {**GOOD, field: value})
    assert said in response.content.decode()
    assert not User.objects.exists()
    assert setup.token_is_valid(token)


def test_the_page_lists_time_zones_to_search(client, token):
    page = client.get(f"/setup/{token}").content.decode()
    assert '<option value="Asia/Tokyo">' in page
    assert "posix/" not in page


def test_setting_up_is_in_the_audit_log(client, token):
    client.post(f"/setup/{token}", GOOD)
    assert "installation.setup" in set(AuditEntry.objects.values_list("action", flat=True))


def test_the_page_after_it_says_what_next(sign_in, world):
    page = sign_in(world.mara).get("/w/orchard/welcome").content.decode()
    assert "Invite people" in page
    assert "/w/orchard/settings/members" in page
