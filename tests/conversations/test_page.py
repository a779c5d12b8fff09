from __future__ import annotations

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import SafeString

from evenhand.conversations.models import Message
from evenhand.conversations.registry import Action, Panel, registry

URL = "/w/orchard/conversations/"


def read(client, conversation, query=""):
    response = client.get(f"{URL}{conversation.public_id}{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_page_shows_facts_and_words(world, sign_in):
    page = read(sign_in(world.ravi), world.conversations[2])
    assert page.h1.get_text(strip=True) == "Question 2"
    assert "My parcel 2 has not arrived." in page.select_one(".transcript").get_text()
    facts = {row.dt.get_text(): row.dd.get_text(strip=True) for row in page.select(".facts > div")}
    assert (facts["Channel"], facts["Language"], facts["Customer"]) == ("E-mail", "English", "Customer 2")
    assert facts["Opened"] == "Mon 16 Mar 2026, 16:00"


@pytest.mark.parametrize(("who", "number", "status"), [("nadia", 0, 200), ("nadia", 1, 404), ("sol", 0, 404)])
def test_agents_open_only_their_own(world, sign_in, who, number, status):
    client = sign_in(getattr(world, who))
    response = client.get(f"{URL}{world.conversations[number].public_id}")
    assert response.status_code == status
    assert status == 200 or b"parcel" not in response.content


def test_no_such_conversation(world, sign_in):
    assert sign_in(world.ravi).get(f"{URL}{uuid4()}").status_code == 404


def test_next_and_previous_follow_the_list(world, sign_in):
    page = read(sign_in(world.ravi), world.conversations[2], "?status=solved")
    assert page.select_one("a[rel=next]")["href"] == f"{URL}{world.conversations[3].public_id}?status=solved"
    assert page.select_one("a[rel=prev]")["href"] == f"{URL}{world.conversations[1].public_id}?status=solved"


def test_oldest_first_turns_next_round(world, sign_in):
    page = read(sign_in(world.ravi), world.conversations[2], "?sort=oldest")
    assert str(world.conversations[1].public_id) in page.select_one("a[rel=next]")["href"]


def test_next_keeps_to_what_one_may_see(world, sign_in):
    page = read(sign_in(world.nadia), world.conversations[2])
    assert str(world.conversations[4].public_id) in page.select_one("a[rel=next]")["href"]


def test_the_first_has_no_previous(world, sign_in):
    page = read(sign_in(world.ravi), world.conversations[0])
    assert page.select_one("a[rel=prev]") is None


def test_a_search_marks_its_hits(world, sign_in):
    page = read(sign_in(world.ravi), world.conversations[0], "?q=parcel")
    assert [mark.get_text() for mark in page.select(".transcript mark")] == ["parcel"]


def test_higher_rooms_add_panels_and_buttons(world, sign_in, monkeypatch):
    def panel(name, context):
        monkeypatch.setitem(registry.panels, name, Panel(name, "conversations/_pieces.html", context))

    panel("one", lambda _seat, conversation: {"pieces": [{"text": f"Said of {conversation}"}]})
    panel("two", lambda *_about: None)
    action = Action("try", "Try it", lambda _seat, _conversation, query: f"/try?{query}", shortcut="try", key="z")
    monkeypatch.setitem(registry.actions, "try", action)
    page = read(sign_in(world.ravi), world.conversations[0], "?status=solved")
    assert "Said of Question 0" in page.select_one(".panels").get_text()
    assert page.select_one("a[data-shortcut=try]")["href"] == "/try?status=solved"


def test_a_conversation_without_messages_says_so(world, sign_in):
    Message.objects.filter(conversation=world.conversations[0]).delete()
    assert "has no messages" in read(sign_in(world.ravi), world.conversations[0]).get_text()


def test_an_address_that_is_no_web_address_is_no_link(world, sign_in):
    world.conversations[0].url = "javascript:alert(1)"
    world.conversations[0].save()
    assert "javascript:" not in str(read(sign_in(world.ravi), world.conversations[0]))


def test_the_number_of_queries_does_not_grow_with_the_messages(world, sign_in):
    client, conversation = sign_in(world.ravi), world.conversations[0]

    def queries_of():
        with CaptureQueriesContext(connection) as captured:
            read(client, conversation)
        return len(captured)

    few = queries_of()
    Message.objects.bulk_create(
        Message(conversation=conversation, position=n, role="agent", agent=world.agents["owen"], text="Hello")
        for n in range(2, 40)
    )
    assert queries_of() == few


def test_panels_cannot_be_written_by_customers():
    """What a panel renders is escaped where it is rendered: the page trusts templates, not texts."""
    from django.template.loader import render_to_string

    html = render_to_string("conversations/_pieces.html", {"pieces": [{"text": "<b>x</b>"}]})
    assert isinstance(html, SafeString)
    assert "<b>" not in html


def test_the_customer_leads_to_all_of_theirs_whatever_signs_the_address_has(world, sign_in):
    conversation = world.conversations[0]
    conversation.customer_email = "mia+shop,2@mail.example"
    conversation.save()
    client = sign_in(world.ravi)
    link = read(client, conversation).select_one('a[href*="customer="]')
    found = BeautifulSoup(client.get(link["href"]).content, "html.parser")
    assert [row.get_text(strip=True) for row in found.select("tbody th a")] == ["Question 0"]
