from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.conversations.models import Agent, AgentAlias, FrameRule, Participation
from evenhand.conversations.services import agents as service
from evenhand.people.models import AuditEntry, Job

AGENTS = "/w/orchard/settings/agents"


def url(agent, rest=""):
    return f"{AGENTS}/{agent.public_id}{rest}"


def names(response):
    return [agent.name for agent in response.context["rows"]]


def test_people_come_before_bots_by_name(sign_in, world):
    service.create(world.workspace, "Alba", world.lena, is_bot=True)
    assert names(sign_in(world.lena).get(AGENTS)) == ["Nadia Agent", "Owen Agent", "Alba"]


def test_a_search_finds_names_and_aliases(sign_in, world):
    service.add_alias(world.agents["owen"], "email", "o.p@help.example", world.lena)
    client = sign_in(world.lena)
    assert names(client.get(AGENTS + "?q=o.p@help")) == ["Owen Agent"]
    assert names(client.get(AGENTS + "?q=nad")) == ["Nadia Agent"]


def test_those_who_left_have_a_list_of_their_own(sign_in, world):
    service.leave(world.agents["owen"], date(2026, 1, 1), world.lena)
    client = sign_in(world.lena)
    assert (names(client.get(AGENTS)), names(client.get(AGENTS + "?left=1"))) == (["Nadia Agent"], ["Owen Agent"])


def test_the_list_asks_as_much_for_thirty_as_for_two(sign_in, world):
    client, counts = sign_in(world.lena), []
    for more in (0, 30):
        for number in range(more):
            agent = service.create(world.workspace, f"A {number}", None, email=f"a{number}@help.example")
            assert agent.pk
        with CaptureQueriesContext(connection) as queries:
            client.get(AGENTS)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_agent_can_be_added_and_changed(sign_in, world):
    client = sign_in(world.lena)
    client.post(AGENTS, {"name": "Ida", "email": "ida@help.example"})
    ida = Agent.objects.get(name="Ida")
    client.post(url(ida), {"name": "Ida Okoye", "started_on": "2026-02-01"})
    ida.refresh_from_db()
    assert (ida.name, ida.started_on) == ("Ida Okoye", date(2026, 2, 1))
    assert [alias.value for alias in ida.aliases.all()] == ["ida@help.example"]


def test_an_e_mail_that_is_somebody_elses_is_refused_beside_its_field(sign_in, world):
    service.add_alias(world.agents["owen"], "email", "o@help.example", world.lena)
    client = sign_in(world.lena)
    page = client.post(url(world.agents["nadia"], "/aliases"), {"kind": "email", "value": "o@help.example"})
    assert page.status_code == 422
    assert "belongs to Owen Agent" in page.content.decode()


def test_an_external_id_needs_its_connection(sign_in, world):
    client, where = sign_in(world.lena), url(world.agents["nadia"], "/aliases")
    assert client.post(where, {"kind": "external", "value": "U1"}).status_code == 422
    client.post(where, {"kind": "external", "value": "U1", "connection": world.connection.public_id})
    assert AgentAlias.objects.get().connection == world.connection


def test_a_name_can_be_taken_away_but_not_another_agents(sign_in, world):
    alias = service.add_alias(world.agents["owen"], "email", "o@help.example", world.lena)
    client = sign_in(world.lena)
    assert client.post(url(world.agents["nadia"], "/aliases/remove"), {"alias": alias.pk}).status_code == 404
    client.post(url(world.agents["owen"], "/aliases/remove"), {"alias": alias.pk})
    assert not AgentAlias.objects.exists()


def test_an_agent_leaves_and_comes_back(sign_in, world):
    nadia, client = world.agents["nadia"], sign_in(world.lena)
    client.post(url(nadia, "/leave"), {"left_on": "2026-03-01"})
    nadia.refresh_from_db()
    assert nadia.left_on == date(2026, 3, 1)
    client.post(url(nadia, "/leave"), {"back": "1"})
    nadia.refresh_from_db()
    assert nadia.left_on is None


def test_a_manager_says_which_login_is_whose(sign_in, world):
    ida = service.create(world.workspace, "Ida", world.lena)
    client = sign_in(world.mara)
    client.post(url(ida, "/login"), {"user": str(world.greta.public_id)})
    ida.refresh_from_db()
    assert ida.user == world.greta
    client.post(url(ida, "/login"), {"user": ""})
    ida.refresh_from_db()
    assert ida.user is None


def test_a_login_of_another_agent_cannot_be_chosen(sign_in, world):
    ida = service.create(world.workspace, "Ida", world.lena)
    page = sign_in(world.mara).post(url(ida, "/login"), {"user": str(world.owen.public_id)})
    assert page.status_code == 422
    ida.refresh_from_db()
    assert ida.user is None


def test_merging_shows_first_what_moves_and_changes_nothing_yet(sign_in, world):
    old = service.create(world.workspace, "N. Agent", world.lena)
    Participation.objects.filter(agent=world.agents["nadia"]).update(agent=old)
    page = sign_in(world.lena).get(url(old, f"/merge?into={world.agents['nadia'].public_id}")).content.decode()
    assert "3 conversations" in page
    assert "This cannot be undone" in page
    old.refresh_from_db()
    assert old.merged_into is None


def test_merging_moves_everything_and_old_links_lead_on(sign_in, world):
    old = service.create(world.workspace, "N. Agent", world.lena)
    nadia, client = world.agents["nadia"], sign_in(world.lena)
    Participation.objects.filter(agent=nadia).update(agent=old)
    client.post(url(old, "/merge"), {"into": str(nadia.public_id)})
    assert Participation.objects.filter(agent=nadia).count() == 3
    assert client.get(url(old))["Location"] == url(nadia)
    assert AuditEntry.objects.filter(action="agent.merge").exists()


def test_a_bot_is_not_offered_for_a_person(sign_in, world):
    bot = service.create(world.workspace, "Otto", world.lena, is_bot=True)
    page = sign_in(world.lena).post(url(world.agents["nadia"], "/merge"), {"into": str(bot.public_id)})
    assert page.status_code == 422


def test_an_agent_of_another_workspace_does_not_exist_here(sign_in, world):
    other = service.create(world.other, "Far", None)
    assert sign_in(world.lena).get(url(other)).status_code == 404


def test_an_invitation_can_be_for_an_agent_without_a_login(sign_in, world):
    ida = service.create(world.workspace, "Ida", world.lena)
    page = sign_in(world.mara).get(f"/w/orchard/settings/members?agent={ida.public_id}&name=Ida")
    form = page.context["form"]
    assert (form.initial["agent"], form.initial["roles"]) == (str(ida.public_id), ["agent"])
    assert [name for _key, name in form.fields["agent"].choices][1:] == ["Ida"]


def test_whoever_accepts_becomes_that_agent(client, world):
    from evenhand.people.services import invitations

    ida = service.create(world.workspace, "Ida", world.lena)
    _invitation, token = invitations.invite(
        world.workspace, world.mara, "ida@team.example", ["agent"], "Ida", ida.public_id
    )
    client.post(f"/invitation/{token}", {"name": "Ida", "password": "staple of wires"})
    ida.refresh_from_db()
    assert ida.user.email == "ida@team.example"


@pytest.mark.parametrize("data", [{"min_agent_replies": "0"}, {"min_customer_messages": "-1"}, {}])
def test_a_rule_that_makes_no_sense_is_refused(sign_in, world, data):
    whole = {"min_agent_replies": "1", "min_customer_messages": "1", **data} if data else {}
    assert sign_in(world.mara).post("/w/orchard/settings/eligibility", whole).status_code == 422
    assert FrameRule.objects.filter(workspace=world.workspace).count() == 1


def test_a_new_rule_is_the_next_version_by_somebody_and_a_job_applies_it(sign_in, world):
    data = {
        "min_agent_replies": "2",
        "min_customer_messages": "1",
        "excluded_statuses": ["solved"],
        "excluded_tags": "spam, test, spam",
    }
    client = sign_in(world.mara)
    client.post("/w/orchard/settings/eligibility", data)
    rule = FrameRule.objects.filter(workspace=world.workspace).order_by("-version").first()
    assert (rule.version, rule.created_by, rule.excluded_tags) == (2, world.mara, ["spam", "test"])
    assert Job.objects.get().kind == "frame"
    client.post("/w/orchard/settings/eligibility", data)
    assert FrameRule.objects.filter(workspace=world.workspace).count() == 2
