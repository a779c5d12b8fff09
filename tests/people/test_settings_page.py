from __future__ import annotations

import pytest

from evenhand.people.forms.workspaces import SettingsForm
from evenhand.people.models import AuditEntry, Workspace
from evenhand.people.registry import registry
from evenhand.people.services import workspaces

GENERAL = "/w/orchard/settings/general"


def posted(workspace, **changes):
    form = SettingsForm(workspace=workspace)
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**data, **changes}.items() if value is not False}


def test_every_setting_has_a_field():
    assert set(SettingsForm(workspace=Workspace()).fields) == set(workspaces.SETTINGS)


def test_each_change_is_one_entry_of_the_audit_log(sign_in, world):
    data = posted(world.workspace, pass_baseline="85", draws_blind=False)
    assert sign_in(world.mara).post(GENERAL, data).status_code == 302
    entries = AuditEntry.objects.filter(action="workspace.setting")
    assert {(e.data["setting"], e.data["old"], e.data["new"]) for e in entries} == {
        ("pass_baseline", "80.00", "85"),
        ("draws_blind", "True", "False"),
    }


def test_saving_without_a_change_leaves_no_trace(sign_in, world):
    sign_in(world.mara).post(GENERAL, posted(world.workspace))
    assert not AuditEntry.objects.filter(action="workspace.setting").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("pass_baseline", "120"), ("threshold", "-1"), ("time_zone", "Nowhere/Land"), ("name", ""), ("week_start", "9")],
)
def test_a_bad_value_is_named_and_nothing_is_saved(sign_in, world, field, value):
    page = sign_in(world.mara).post(GENERAL, posted(world.workspace, **{field: value, "threshold_": ""}))
    assert f'id="id_{field}_error"' in page.content.decode()
    assert not AuditEntry.objects.exists()


def test_the_settings_of_a_lead_begin_with_a_page_that_a_lead_may_open(sign_in, world):
    client = sign_in(world.lena)
    first = client.get("/w/orchard/settings/")
    assert first.status_code == 302
    assert client.get(first["Location"]).status_code == 200


def test_every_entry_of_the_navigation_leads_somewhere(world):
    from django.urls import reverse

    for item in [*registry.nav.values(), *registry.settings_pages.values()]:
        assert reverse(item.url_name, args=["orchard"])
    for step in registry.first_steps.values():
        assert reverse(step.url_name, args=["orchard"])


def test_no_two_entries_of_the_navigation_share_a_key():
    keys = [item.key for item in registry.nav.values()]
    assert len(keys) == len(set(keys))


def test_a_workspace_can_be_made_renamed_archived_and_opened_again(sign_in, world):
    client = sign_in(world.ada)
    made = client.post("/installation/workspaces", {"name": "Night", "time_zone": "Asia/Tokyo"})
    assert made["Location"] == "/w/night/welcome"
    client.post("/installation/workspaces/night", {"name": "Late"})
    client.post("/installation/workspaces/night/archive")
    assert Workspace.objects.get(slug="night").name == "Late"
    assert client.get("/w/night/").status_code == 404
    client.post("/installation/workspaces/night/archive")
    assert client.get("/w/night/settings/general").status_code == 200


def test_two_workspaces_of_one_name_get_two_addresses(world):
    first, second = (workspaces.create("Night", world.ada) for _ in range(2))
    assert (first.slug, second.slug) == ("night", "night-2")


@pytest.mark.parametrize(("now", "offered"), [("iqs", False), ("corrected", True)])
def test_a_headline_that_nothing_computes_yet_is_not_offered(now, offered):
    choices = SettingsForm(workspace=Workspace(headline=now)).fields["headline"].choices
    assert ("corrected" in dict(choices)) is offered
