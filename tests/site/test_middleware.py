"""What holds for every request."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.utils import timezone

from evenhand.people import context


@pytest.mark.parametrize("path", ["/nowhere", "/w/harbour/", "/w/orchard/dashboard/", "/healthz", "/inbox"])
def test_every_answer_says_that_pages_load_nothing_from_elsewhere(world, sign_in, path):
    assert "default-src 'self'" in sign_in(world.nadia).get(path)["Content-Security-Policy"]


def test_a_wrong_host_is_told_the_same(client, db):
    answer = client.get("/sign-in", headers={"host": "evil.example"})
    assert (answer.status_code, "Content-Security-Policy" in answer) == (400, True)


def test_the_time_zone_of_a_workspace_ends_with_its_page(world, sign_in):
    client = sign_in(world.nadia)
    client.get("/w/orchard/conversations/")
    assert timezone.get_current_timezone_name() == "Europe/Berlin"
    client.get("/healthz")
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize("query", ["tag=%00", "field.%00=pro", "customer=a%00@b.example"])
def test_a_nul_character_in_an_address_reaches_no_query(world, sign_in, query):
    assert sign_in(world.ravi).get(f"/w/orchard/conversations/?{query}").status_code == 400


def test_a_nul_character_in_a_form_reaches_no_query(world, sign_in):
    data = {"name": "a\x00b", "query": ""}
    assert sign_in(world.ravi).post("/w/orchard/conversations/views/", data).status_code == 400


def test_what_every_page_needs_may_be_broken_too(world, sign_in, monkeypatch):
    def fail(*_):
        raise OperationalError("disk I/O error")

    client = sign_in(world.ravi)
    client.raise_request_exception = False
    monkeypatch.setattr(context.access, "seats", fail)
    answer = client.get("/inbox")
    assert (answer.status_code, "default-src 'self'" in answer["Content-Security-Policy"]) == (500, True)
    assert b"<html" in answer.content
