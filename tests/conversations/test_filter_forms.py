from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from evenhand.conversations.models import ConversationTag, Tag
from evenhand.conversations.registry import registry

URL = "/w/orchard/conversations/filters/"


def choose(client, name, **sent):
    return client.get(f"{URL}{name}/set", sent)


def test_the_menu_offers_every_filter_that_one_may_use(world, sign_in):
    page = BeautifulSoup(sign_in(world.lena).get(URL).content, "html.parser")
    names = {link.get_text(strip=True) for link in page.select(".filter-menu a")}
    assert {"Date", "Tag", "Agent", "Group"} <= names
    agent = BeautifulSoup(sign_in(world.nadia).get(URL).content, "html.parser")
    assert "Agent" not in {link.get_text(strip=True) for link in agent.select(".filter-menu a")}


def test_ticked_values_become_an_address(world, sign_in):
    answer = choose(sign_in(world.lena), "channel", value=["chat", "email"], mode="not", list="q=x&tag=vip")
    assert answer["Location"] == "/w/orchard/conversations/?channel=-chat,email&q=x&tag=vip"


def test_two_ends_become_a_range(world, sign_in):
    answer = choose(sign_in(world.lena), "replies", low="2", high="", sort="oldest")
    assert answer["Location"] == "/w/orchard/conversations/?replies=2..&sort=oldest"


def test_a_field_keeps_its_name(world, sign_in):
    answer = choose(sign_in(world.lena), "field", part="plan", value="pro")
    assert answer["Location"] == "/w/orchard/conversations/?field.plan=pro"


def test_nothing_chosen_takes_the_filter_off(world, sign_in):
    assert choose(sign_in(world.lena), "channel", list="tag=vip")["Location"].endswith("/?tag=vip")


def test_a_bad_value_comes_back_with_its_sentence(world, sign_in):
    answer = choose(sign_in(world.lena), "date", low="2026-02-30")
    assert answer.status_code == 422
    assert "is no day" in answer.content.decode()


def test_the_form_begins_with_what_is_set(world, sign_in):
    page = BeautifulSoup(sign_in(world.lena).get(f"{URL}channel/", {"set": "-email"}).content, "html.parser")
    assert [box["value"] for box in page.select("#options input:checked")] == ["email"]
    assert page.select_one("input[name=mode]:checked")["value"] == "not"


@pytest.mark.parametrize("name", ["q", *registry.filters])
def test_every_filter_has_a_form(world, sign_in, name):
    assert sign_in(world.lena).get(f"{URL}{name}/").status_code == 200


def test_a_filter_that_one_may_not_use_does_not_exist(world, sign_in):
    assert sign_in(world.nadia).get(f"{URL}agent/").status_code == 404
    assert sign_in(world.lena).get(f"{URL}nosuch/").status_code == 404


def test_a_dialog_leaves_the_address_alone(world, sign_in):
    client = sign_in(world.lena)
    for path in (URL, f"{URL}channel/"):
        assert client.get(path, headers={"HX-Request": "true"})["HX-Push-Url"] == "false"


def test_agents_are_offered_only_what_their_own_conversations_have(world, sign_in):
    colleague = world.conversations[1]
    colleague.channel, colleague.fields = "fax", {"secret": "canary"}
    colleague.save()
    tag = Tag.objects.create(workspace=world.workspace, name="canary")
    ConversationTag.objects.create(conversation=colleague, tag=tag)
    client = sign_in(world.nadia)
    for address in ("channel/", "tag/", "field/", "field/?part=secret"):
        page = client.get(URL + address).content.decode().lower()
        assert not any(word in page for word in ("canary", "fax")), address
    assert "secret" not in client.get(URL + "field/").content.decode()
    assert client.get(URL + "connection/").status_code == 404
