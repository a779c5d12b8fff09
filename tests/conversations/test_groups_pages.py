from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.conversations.models import Group, GroupMembership
from evenhand.conversations.services import groups as service

GROUPS = "/w/orchard/settings/groups"


@pytest.fixture
def night(world):
    return service.create(world.workspace, "Night", world.lena)


def url(group, rest=""):
    return f"{GROUPS}/{group.public_id}{rest}"


def add(client, group, agent, since="2026-01-01", until=""):
    return client.post(url(group, "/members"), {"agent": str(agent.public_id), "since": since, "until": until})


def test_a_group_can_be_made_and_renamed(sign_in, world):
    client = sign_in(world.lena)
    client.post(GROUPS, {"name": "Night"})
    group = Group.objects.get()
    client.post(url(group), {"name": "Late"})
    group.refresh_from_db()
    assert group.name == "Late"


def test_two_groups_of_one_name_are_refused(sign_in, world, night):
    page = sign_in(world.lena).post(GROUPS, {"name": "Night"})
    assert page.status_code == 422
    assert "a group with this name already" in page.content.decode()


def test_an_agent_belongs_from_a_day_until_another(sign_in, world, night):
    client = sign_in(world.lena)
    add(client, night, world.agents["nadia"], "2026-01-01", "2026-02-01")
    time = GroupMembership.objects.get()
    assert (time.since, time.until) == (date(2026, 1, 1), date(2026, 2, 1))


def test_times_that_overlap_are_refused(sign_in, world, night):
    client = sign_in(world.lena)
    add(client, night, world.agents["nadia"])
    page = add(client, night, world.agents["nadia"], "2026-02-01")
    assert page.status_code == 422
    assert "already" in page.content.decode()
    assert GroupMembership.objects.count() == 1


def test_a_time_can_be_mended(sign_in, world, night):
    client = sign_in(world.lena)
    add(client, night, world.agents["nadia"])
    time = GroupMembership.objects.get()
    client.post(url(night, "/dates"), {"time": time.pk, "since": "2026-01-05", "until": "2026-03-01"})
    time.refresh_from_db()
    assert (time.since, time.until) == (date(2026, 1, 5), date(2026, 3, 1))


def test_a_time_that_ends_before_it_began_is_refused_with_the_name(sign_in, world, night):
    client = sign_in(world.lena)
    add(client, night, world.agents["nadia"])
    time = GroupMembership.objects.get()
    data = {"time": time.pk, "since": "2026-01-05", "until": "2025-01-01"}
    page = client.post(url(night, "/dates"), data, follow=True).content.decode()
    assert "Nadia Agent: The time in a group ends after it began." in page


def test_the_list_counts_those_who_belong_today(sign_in, world, night):
    client = sign_in(world.lena)
    add(client, night, world.agents["nadia"])
    add(client, night, world.agents["owen"], "2025-01-01", "2025-06-01")
    assert [group.now for group in client.get(GROUPS).context["rows"]] == [1]


def test_a_deleted_group_leaves_the_list_and_its_times_end(sign_in, world, night):
    client = sign_in(world.lena)
    add(client, night, world.agents["nadia"])
    client.post(url(night, "/delete"))
    assert client.get(GROUPS).context["rows"] == []
    assert client.get(url(night)).status_code == 404
    assert GroupMembership.objects.get().until is not None


def test_a_group_of_another_workspace_does_not_exist_here(sign_in, world):
    far = service.create(world.other, "Far", None)
    assert sign_in(world.lena).get(url(far)).status_code == 404


@pytest.mark.parametrize("page", ["list", "one"])
def test_the_pages_ask_as_much_for_many_as_for_few(sign_in, world, night, page):
    from evenhand.conversations.services import agents

    client, counts = sign_in(world.lena), []
    for more in (1, 20):
        for number in range(more):
            agent = agents.create(world.workspace, f"A {more} {number}", None)
            service.add(night, agent, date(2026, 1, 1), None)
            service.create(world.workspace, f"G {more} {number}", None)
        with CaptureQueriesContext(connection) as queries:
            client.get(GROUPS if page == "list" else url(night))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_that_no_calendar_reaches_are_refused(world, sign_in, day):
    group = Group.objects.create(workspace=world.workspace, name="Second line")
    url = reverse("conversations:group-add", args=["orchard", group.public_id])
    data = {"agent": str(world.agents["nadia"].public_id), "since": day}
    assert sign_in(world.lena).post(url, data).status_code == 422
    assert not group.memberships.exists()
