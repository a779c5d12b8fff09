from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from evenhand.people.models import SignInAttempt, User
from evenhand.people.services import signin

PASSWORD = "correct horse battery"


@pytest.fixture
def nadia(db):
    return User.objects.create_user("nadia@team.example", PASSWORD, name="Nadia Agent")


def attempt(client, email="nadia@team.example", password=PASSWORD, **more):
    return client.post("/sign-in", {"email": email, "password": password, **more})


def age(seconds):
    """Let time pass: what failed, failed earlier."""
    for row in SignInAttempt.objects.all():
        SignInAttempt.objects.filter(pk=row.pk).update(at=row.at - timedelta(seconds=seconds))


def test_a_right_password_signs_in(client, nadia):
    response = attempt(client, email="Nadia@Team.example")
    assert (response.status_code, client.session["_auth_user_id"]) == (302, str(nadia.pk))


def test_it_goes_on_to_where_one_was_going(client, nadia):
    assert attempt(client, next="/me/settings")["Location"] == "/me/settings"


def test_it_never_goes_to_another_host(client, nadia):
    assert attempt(client, next="https://elsewhere.example/")["Location"] == "/"


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(client, nadia):
    wrong, unknown = attempt(client, password="wrong"), attempt(client, email="who@team.example", password="wrong")
    said = "The e-mail or the password is wrong."
    assert said in wrong.content.decode()
    assert said in unknown.content.decode()


def test_an_unknown_account_costs_as_many_hashes_as_a_known_one(client, nadia, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args))
    attempt(client, password="wrong")
    known = len(hashed)
    attempt(client, email="who@team.example", password="wrong")
    assert len(hashed) == 2 * known


def test_after_five_failures_even_the_right_password_waits_and_is_told_how_long(client, nadia):
    for _ in range(5):
        assert attempt(client, password="wrong").status_code == 200
    response = attempt(client)
    assert response.status_code == 429
    assert "Wait 15 seconds" in response.content.decode()


def test_the_wait_doubles_and_ends(client, nadia):
    for _ in range(5):
        signin.failed("nadia@team.example", "1.2.3.4")
    age(20)
    assert not signin.wait("nadia@team.example", "1.2.3.4")
    signin.failed("nadia@team.example", "1.2.3.4")
    assert timedelta(seconds=25) < signin.wait("nadia@team.example", "1.2.3.4") <= timedelta(seconds=30)


def test_the_wait_is_never_longer_than_a_quarter_of_an_hour(db):
    for _ in range(40):
        signin.failed("nadia@team.example", "1.2.3.4")
    assert signin.wait("nadia@team.example", "1.2.3.4") <= timedelta(minutes=15)


def test_one_address_that_tries_many_accounts_waits_too(db):
    for number in range(20):
        signin.failed(f"{number}@team.example", "1.2.3.4")
    assert signin.wait("new@team.example", "1.2.3.4")
    assert not signin.wait("new@team.example", "5.6.7.8")


def test_signing_in_forgets_the_failures_of_the_account(client, nadia):
    for _ in range(4):
        attempt(client, password="wrong")
    attempt(client)
    assert not signin.wait("nadia@team.example", "9.9.9.9")
    assert not SignInAttempt.objects.filter(key=signin._key("account", "nadia@team.example")).exists()


def test_old_failures_are_swept_away(db):
    signin.failed("nadia@team.example", "1.2.3.4")
    age(signin.REMEMBERED.total_seconds() + 1)
    signin.failed("owen@team.example", "1.2.3.4")
    assert SignInAttempt.objects.filter(at__lt=timezone.now() - signin.REMEMBERED).count() == 0


def test_behind_a_trusted_proxy_the_last_hop_says_where_one_comes_from(rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4")
    assert signin.address_of(request) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert signin.address_of(request) == "1.2.3.4"


def test_somebody_who_is_kept_out_cannot_sign_in(client, nadia):
    User.objects.filter(pk=nadia.pk).update(is_active=False)
    assert attempt(client).status_code == 200
    assert "_auth_user_id" not in client.session


def test_signing_out_is_never_a_link(sign_in, nadia):
    client = sign_in(nadia)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert "_auth_user_id" not in client.session


def test_a_password_is_kept_with_argon2(settings):
    from django.contrib.auth.hashers import check_password, make_password

    from evenhand.site import settings as delivered

    settings.PASSWORD_HASHERS = delivered.PASSWORD_HASHERS
    kept = make_password(PASSWORD)
    assert kept.startswith("argon2$")
    assert check_password(PASSWORD, kept)


def test_where_nobody_is_set_up_the_page_says_where_the_link_is(client, db):
    assert "evenhand up" in client.get("/sign-in").content.decode()


def test_where_there_are_people_the_page_says_nothing_of_setting_up(client, world):
    assert "evenhand up" not in client.get("/sign-in").content.decode()


def test_an_account_has_one_spelling_for_the_throttle(world):
    """`ſ` is an S to some databases: each such spelling would have guesses of its own."""
    assert authenticate(None, username="SOL@team.example ", password=PASSWORD) == world.sol
    assert authenticate(None, username="ſol@team.example", password=PASSWORD) is None
