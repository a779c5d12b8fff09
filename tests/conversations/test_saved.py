from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from evenhand.conversations.models import SavedView

URL = "/w/orchard/conversations/"


def save(client, name="Low ratings", query="csat=negative", **sent):
    return client.post(URL + "views/", {"name": name, "query": query, **sent})


def views(client, query=""):
    page = BeautifulSoup(client.get(URL + query).content, "html.parser")
    return [name.get_text() for name in page.select(".views bdi")]


def test_a_view_keeps_the_filters_under_a_name(world, sign_in):
    client = sign_in(world.ravi)
    assert save(client, query="tag=-spam&csat=negative&after=x")["Location"] == URL + "?csat=negative&tag=-spam"
    page = BeautifulSoup(client.get(URL + "?csat=negative&tag=-spam").content, "html.parser")
    assert page.h1.get_text() == "Low ratings"
    assert page.select_one(".views [aria-current] bdi").get_text() == "Low ratings"


def test_the_same_name_replaces_the_view(world, sign_in):
    client = sign_in(world.ravi)
    save(client)
    save(client, query="csat=none")
    assert [view.query for view in SavedView.objects.all()] == ["csat=none"]


def test_a_private_view_is_seen_by_nobody_else(world, sign_in):
    save(sign_in(world.lena))
    assert views(sign_in(world.ravi)) == []


def test_a_lead_shares_a_view(world, sign_in):
    save(sign_in(world.lena), shared="on")
    assert views(sign_in(world.ravi)) == ["Low ratings"]
    assert views(sign_in(world.nadia)) == []


def test_a_reviewer_cannot_share(world, sign_in):
    assert save(sign_in(world.ravi), shared="on").status_code == 403
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "status"), [("ravi", 302), ("greta", 404), ("lena", 404), ("nadia", 404), ("sol", 404)]
)
def test_a_private_view_is_its_owners_to_delete(world, sign_in, who, status):
    save(sign_in(world.ravi))
    view = SavedView.objects.get()
    answer = sign_in(getattr(world, who)).post(f"{URL}views/{view.public_id}/delete")
    assert (answer.status_code, SavedView.objects.filter(deleted_at=None).exists()) == (status, status != 302)


@pytest.mark.parametrize(("who", "status"), [("lena", 302), ("mara", 302), ("ravi", 403), ("nadia", 404)])
def test_a_shared_view_is_changed_by_leads(world, sign_in, who, status):
    save(sign_in(world.lena), shared="on")
    view = SavedView.objects.get()
    answer = sign_in(getattr(world, who)).post(f"{URL}views/{view.public_id}", {"name": "New", "shared": "on"})
    view.refresh_from_db()
    assert (answer.status_code, view.name) == (status, "New" if status == 302 else "Low ratings")


def test_a_view_without_a_name_is_not_saved(world, sign_in):
    client = sign_in(world.ravi)
    page = client.post(URL + "views/", {"name": " ", "query": "csat=none"}, follow=True)
    assert "was not saved" in page.content.decode()
    assert SavedView.objects.count() == 0


def test_counts_stand_beside_the_names(world, sign_in):
    client = sign_in(world.ravi)
    save(client, name="Mail", query="channel=email")
    save(client, name="Fax", query="channel=fax")
    page = BeautifulSoup(client.get(URL + "views/").content, "html.parser")
    assert [link.get_text(" ", strip=True) for link in page.select("a")] == ["Fax 0", "Mail 6", "All conversations 6"]


def test_a_deleted_name_is_free_again(world, sign_in):
    client = sign_in(world.ravi)
    save(client)
    client.post(f"{URL}views/{SavedView.objects.get().public_id}/delete")
    save(client, query="csat=none")
    assert views(client) == ["Low ratings"]


def test_filters_that_are_too_long_for_a_view_are_refused(world, sign_in):
    query = {"name": "Long", "query": "q=" + "é" * 900}
    page = sign_in(world.ravi).post(URL + "views/", query, follow=True)
    assert "too long" in page.content.decode()
    assert not SavedView.objects.exists()
