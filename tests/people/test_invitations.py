from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from evenhand.people import access
from evenhand.people.models import Installation, Invitation, Membership, User
from evenhand.people.registry import registry
from evenhand.people.services import invitations

NEW = {"name": "Ida Okoye", "password": "staple of wires"}


@pytest.fixture
def invited(world):
    return invitations.invite(world.workspace, world.mara, "Ida@Team.example", ["reviewer", "agent"], "Ida")


def roles(user, workspace):
    return set(
        Membership.objects.filter(user=user, workspace=workspace, deleted_at=None).values_list("role", flat=True)
    )


def test_the_link_is_shown_once_and_only_its_fingerprint_is_kept(sign_in, world):
    client = sign_in(world.mara)
    page = client.post("/w/orchard/settings/invitations", {"email": "ida@team.example", "roles": ["reviewer"]})
    token = page.context["link"].rsplit("/", 1)[1]
    assert page["Cache-Control"] == "no-store"
    assert token not in client.get("/w/orchard/settings/members").content.decode()
    assert token not in str(Invitation.objects.values())
    assert invitations.find(token).email == "ida@team.example"


def test_somebody_new_gives_a_name_and_a_password_and_is_in(client, world, invited):
    response = client.post(f"/invitation/{invited[1]}", NEW)
    ida = User.objects.get(email="ida@team.example")
    assert (response["Location"], roles(ida, world.workspace)) == ("/w/orchard/", {"reviewer", "agent"})
    assert client.session["_auth_user_id"] == str(ida.pk)


def test_a_link_works_once(client, world, invited):
    client.post(f"/invitation/{invited[1]}", NEW)
    client.logout()
    assert client.get(f"/invitation/{invited[1]}").status_code == 404


def test_a_bad_password_keeps_the_invitation_open(client, invited):
    response = client.post(f"/invitation/{invited[1]}", {"name": "Ida", "password": "ida@team.example"})
    assert "too similar" in response.content.decode()
    assert client.get(f"/invitation/{invited[1]}").status_code == 200


def test_whoever_has_an_account_signs_in_first(client, world):
    _invitation, token = invitations.invite(world.workspace, world.mara, world.sol.email, ["lead"])
    page = client.post(f"/invitation/{token}", NEW).content.decode()
    assert f"/sign-in?next=/invitation/{token}" in page
    world.sol.refresh_from_db()
    assert world.sol.name == "Sol Stranger"


def test_whoever_is_signed_in_joins_with_that_account(sign_in, world):
    _invitation, token = invitations.invite(world.workspace, world.mara, world.sol.email, ["lead"])
    client = sign_in(world.sol)
    assert "Join as Sol Stranger" in client.get(f"/invitation/{token}").content.decode()
    assert roles(world.sol, world.workspace) == set()
    client.post(f"/invitation/{token}")
    assert roles(world.sol, world.workspace) == {"lead"}
    assert world.workspace in access.seats(world.sol)


def test_it_ends_after_fourteen_days(client, invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/invitation/{invited[1]}").status_code == 404


def test_a_new_link_replaces_the_old_one(client, sign_in, world, invited):
    invitation, old = invited
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    url = f"/w/orchard/settings/invitations/{invitation.public_id}/renew"
    new = sign_in(world.mara).post(url).context["link"].rsplit("/", 1)[1]
    with pytest.raises(invitations.NotOpen):
        invitations.find(old)
    assert invitations.find(new).pk == invitation.pk


def test_a_withdrawn_link_does_not_work(sign_in, world, invited):
    invitation, token = invited
    sign_in(world.mara).post(f"/w/orchard/settings/invitations/{invitation.public_id}/revoke")
    with pytest.raises(invitations.NotOpen):
        invitations.find(token)
    with pytest.raises(invitations.NotOpen):
        invitations.renew(invitation, world.mara)


def test_two_windows_cannot_both_use_it(world, invited):
    invitation, _token = invited
    invitations.join(invitation, world.sol)
    with pytest.raises(invitations.NotOpen):
        invitations.join(invitation, world.greta)


def test_a_link_into_an_archived_workspace_is_closed(client, world, invited):
    from evenhand.people.services import workspaces

    workspaces.archive(world.workspace, world.ada)
    assert client.get(f"/invitation/{invited[1]}").status_code == 404


def test_the_room_that_knows_agents_hears_of_it(world, monkeypatch):
    heard = []
    monkeypatch.setattr(registry, "invitation_accepted", [lambda *what: heard.append(what)])
    reference = world.workspace.public_id
    invitation, _token = invitations.invite(world.workspace, world.mara, "i@t.example", ["agent"], "", reference)
    invitations.join(invitation, world.sol)
    assert heard == [(world.sol, world.workspace, reference)]


def test_with_a_mail_server_the_link_can_be_sent(sign_in, world):
    Installation.objects.create(pk=1, smtp_host="mail.example", mail_from="quality@team.example")
    data = {"email": "ida@team.example", "roles": ["reviewer"], "send": "on"}
    page = sign_in(world.mara).post("/w/orchard/settings/invitations", data)
    (letter,) = outgoing.outbox
    assert (letter.to, letter.from_email) == (["ida@team.example"], "quality@team.example")
    assert page.context["link"] in letter.body


def test_a_mail_that_fails_still_shows_the_link(sign_in, world, monkeypatch):
    from evenhand.people.services import mail

    def fail(*what):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(mail, "send", fail)
    Installation.objects.create(pk=1, smtp_host="mail.example", mail_from="quality@team.example")
    data = {"email": "ida@team.example", "roles": ["reviewer"], "send": "on"}
    page = sign_in(world.mara).post("/w/orchard/settings/invitations", data)
    assert "Connection refused" in page.content.decode()
    assert page.context["link"] in page.content.decode()


def test_an_invitation_of_another_workspace_cannot_be_withdrawn(sign_in, world):
    invitation, _token = invitations.invite(world.other, world.ada, "i@t.example", ["agent"])
    response = sign_in(world.mara).post(f"/w/orchard/settings/invitations/{invitation.public_id}/revoke")
    assert response.status_code == 404


def test_a_form_sent_twice_at_once_makes_one_account(world, monkeypatch):
    """The second request looked before the first had committed."""
    invitation, _token = invitations.invite(world.workspace, world.mara, "ravi@team.example", ["agent"])
    answers = iter([False, True])
    monkeypatch.setattr(invitations, "_has_account", lambda _email: next(answers))
    with pytest.raises(invitations.HasAccount):
        invitations.accept_new(invitation, **NEW)
    assert User.objects.filter(email="ravi@team.example").count() == 1
