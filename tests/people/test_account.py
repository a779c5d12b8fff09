from __future__ import annotations

import pytest
from django.test import Client

from evenhand.people.models import User

PASSWORD = "correct horse battery"


@pytest.fixture
def nadia(db):
    return User.objects.create_user("nadia@team.example", PASSWORD, name="Nadia Agent")


def test_one_can_change_ones_name_and_theme(sign_in, nadia):
    sign_in(nadia).post("/me/settings", {"name": "Nadia Benali", "theme": "dark"})
    nadia.refresh_from_db()
    assert (nadia.name, nadia.theme) == ("Nadia Benali", "dark")


def test_the_theme_stays_on_the_page(sign_in, nadia):
    response = sign_in(nadia).post("/me/theme", {"theme": "light", "next": "/inbox"})
    nadia.refresh_from_db()
    assert (response["Location"], nadia.theme) == ("/inbox", "light")


def test_without_an_account_a_cookie_keeps_the_theme(client, db):
    client.post("/me/theme", {"theme": "dark", "next": "/sign-in"})
    assert 'data-theme="dark"' in client.get("/sign-in").content.decode()


def test_a_theme_that_does_not_exist_is_the_systems(sign_in, nadia):
    sign_in(nadia).post("/me/theme", {"theme": "neon"})
    nadia.refresh_from_db()
    assert nadia.theme == ""


def test_a_new_password_keeps_this_window_and_ends_the_others(sign_in, nadia):
    here, elsewhere = sign_in(nadia), Client()
    elsewhere.force_login(nadia)
    here.post("/me/password", {"old": PASSWORD, "password": "staple of wires"})
    assert here.get("/inbox").status_code == 200
    assert elsewhere.get("/inbox").status_code == 302
    nadia.refresh_from_db()
    assert nadia.check_password("staple of wires")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrong", "staple of wires", "not your present password"),
        (PASSWORD, "short", "too short"),
        (PASSWORD, "Nadia Agent 1", "too similar"),
        (PASSWORD, "password123", "too common"),
    ],
)
def test_a_bad_password_is_refused_with_the_rule(sign_in, nadia, old, new, said):
    response = sign_in(nadia).post("/me/password", {"old": old, "password": new})
    assert said in response.content.decode()
    nadia.refresh_from_db()
    assert nadia.check_password(PASSWORD)


def test_the_rules_stand_beside_the_field(sign_in, nadia):
    assert "at least 10 characters" in sign_in(nadia).get("/me/password").content.decode()
