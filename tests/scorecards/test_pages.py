from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test.utils import CaptureQueriesContext

from evenhand.scorecards import queries, services
from evenhand.scorecards.models import Scorecard

LIST = "/w/orchard/scorecards/"


@pytest.fixture
def here(world):
    return f"{LIST}{world.scorecard.public_id}/"


@pytest.fixture
def mara(world, sign_in):
    return sign_in(world.mara)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def change(client, here, draft, action, **data):
    return client.post(f"{here}change/{action}/", {"stamp": draft.edits, **data})


def test_the_list_tells_states_and_folds_the_archived(world, mara, draft):
    services.create(world.workspace, "Chat", world.mara, "chat")
    services.archive(services.duplicate(world.scorecard, "Old", world.mara), world.mara)
    page = soup(mara.get(LIST))
    rows = [" ".join(row.text.split()) for row in page.select("tbody tr")]
    assert rows == [
        "Chat Draft of version 1 6 Not published yet",
        "Essentials Version 1 in use Draft of version 2 3 18 Mar 2026",
        "Old Archived Draft of version 1 3 Not published yet",
    ]
    assert page.select_one("details.explain tbody").text.split()[0] == "Old"


def test_an_empty_list_says_what_to_do_next(world, sign_in):
    Scorecard.objects.filter(pk=world.scorecard.pk).update(workspace=world.other)
    page = soup(sign_in(world.mara).get(LIST))
    assert [a["href"].split("=")[1] for a in page.select(".starters a")] == ["essentials", "phone", "chat", "none"]
    page = soup(sign_in(world.nadia).get(LIST))
    assert "No scorecard is in use yet." in page.text
    assert not page.select(".starters")


def test_a_scorecard_is_made_from_a_template(world, mara):
    answer = mara.post(f"{LIST}new/", {"name": "Calls", "template": "phone"}, follow=True)
    assert Scorecard.objects.get(name="Calls").versions.get().categories.count() == 7
    assert "Publish version 1" in answer.text


def test_a_scorecard_is_made_from_nothing(world, mara):
    mara.post(f"{LIST}new/", {"name": "Own", "template": "none"})
    assert Scorecard.objects.get(name="Own").versions.get().categories.count() == 0


def test_a_taken_name_is_refused_and_what_was_written_stays(world, mara):
    answer = mara.post(f"{LIST}new/", {"name": "Essentials", "template": "chat"})
    assert answer.status_code == 422
    page = soup(answer)
    assert "There is a scorecard called “Essentials” already." in page.text
    assert page.select_one("[name=name]")["value"] == "Essentials"
    assert page.select_one("[name=template][checked]")["value"] == "chat"


def test_reading_begins_no_draft(world, mara, here):
    assert "Edit" in mara.get(here).text
    assert queries.draft_of(world.scorecard) is None
    mara.post(f"{here}draft/")
    assert queries.draft_of(world.scorecard).number == 2


def test_a_row_is_saved_by_a_plain_form(world, mara, here, draft, category):
    tone = category("Tone")
    answer = change(mara, here, draft, "row", category=tone.public_id, weight="15", critical="group", scale="4")
    assert answer.status_code == 302
    tone.refresh_from_db()
    assert (tone.weight, tone.critical, tone.allow_na) == (15, "group", False)


def test_a_save_of_htmx_answers_with_what_depends_on_it(world, mara, here, draft, category):
    data = {"category": category("Tone").public_id, "weight": "30", "critical": "", "scale": "4", "now": draft.edits}
    answer = mara.post(f"{here}change/row/", data, headers={"HX-Request": "true"})
    assert answer["HX-Reswap"] == "none"
    page = soup(answer)
    assert page.select_one("#now")["value"] == "1"
    assert "weights add up to 70" in page.select_one("#total").text
    assert "weight 10 30" in " ".join(page.select_one("#changes").text.split())
    assert not page.select("input:not([type=hidden]), select, textarea")


def test_a_preset_redraws_the_editor(world, mara, here, draft, category):
    data = {"category": category("Tone").public_id, "weight": "10", "critical": "", "scale": "3", "now": draft.edits}
    page = soup(mara.post(f"{here}change/row/", data, headers={"HX-Request": "true"}))
    assert page.select_one("#editor #label-3")["value"] == "Good"


def test_an_older_form_is_told_without_a_script_too(world, mara, here, draft, category):
    stamp = draft.edits
    services.edit_category(category("Tone"), world.ada, weight=40)
    sent = {"stamp": stamp, "category": category("Tone").public_id, "weight": "15", "critical": ""}
    answer = mara.post(f"{here}change/row/", sent)
    assert answer.status_code == 409
    assert "Ada Admin changed this draft" in answer.text
    assert category("Tone").weight == 40
    again = {i["name"]: i["value"] for i in soup(answer).select(".banner.warn form input[name]")}
    assert again["weight"] == "15"
    mara.post(f"{here}change/row/", again)
    assert category("Tone").weight == 15


@pytest.mark.parametrize("stamp", ["", "x", "99"])
def test_a_form_without_a_true_stamp_saves_nothing(world, mara, here, draft, category, stamp):
    sent = {"stamp": stamp, "category": category("Tone").public_id, "weight": "15", "critical": ""}
    assert mara.post(f"{here}change/row/", sent).status_code == 409
    assert category("Tone").weight == 10


@pytest.mark.parametrize(
    ("action", "data", "said"),
    [
        ("row", {"weight": "101", "critical": ""}, "whole number from 0 to 100"),
        ("row", {"weight": "10", "critical": "all"}, "not a valid choice"),
        ("category", {"name": " "}, "cannot be blank"),
        ("scale", {"points-1": "a", "label-1": "x"}, "“a” is no number of points."),
        ("add-cause", {"label": "", "kind": "agent"}, "cannot be blank"),
        ("add-cause", {"label": "x", "kind": "nobody"}, "not a valid choice"),
        ("add-condition", {"field": "csat", "values": "so so"}, "CSAT: there is no “so so” to choose."),
        ("add-condition", {"field": "connection", "values": "x"}, "there is no “x” to choose."),
        ("add-condition", {"field": "channel"}, "Say at least one value."),
        ("add-category", {"name": ""}, "cannot be blank"),
        ("add-group", {"name": "All of it"}, "There is a group called “All of it” already."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_saved(world, mara, here, draft, category, action, data, said):
    answer = change(mara, here, draft, action, **{"category": category("Tone").public_id, **data})
    assert answer.status_code == 422
    assert said in answer.text
    draft.refresh_from_db()
    assert draft.edits == 0


@pytest.mark.parametrize("action", ["row", "move", "remove-category", "cause", "remove-cause", "group", "nonsense"])
def test_parts_of_another_scorecard_do_not_exist_here(world, mara, here, draft, action):
    other = services.create(world.workspace, "Other", world.mara, "chat")
    elsewhere = queries.draft_of(other)
    theirs = elsewhere.categories.first()
    data = {
        "category": theirs.public_id,
        "cause": theirs.root_causes.first().public_id,
        "group": elsewhere.groups.first().pk,
        "weight": "3",
        "critical": "",
        "name": "Taken",
    }
    assert change(mara, here, draft, action, **data).status_code == 404


def test_publishing_shows_the_diff_and_asks_first(world, mara, here, draft, category):
    services.edit_category(category("Tone"), world.mara, weight=40)
    page = mara.get(f"{here}publish/")
    assert "A new version draws a break in the trend" in page.text
    assert "weight <del>10</del> <ins>40</ins>" in page.text
    draft.refresh_from_db()
    assert draft.state == "draft"
    answer = mara.post(f"{here}publish/", {"stamp": draft.edits}, follow=True)
    assert "Version 2 is in use." in answer.text


def test_a_draft_with_problems_cannot_be_published_from_the_page(world, mara, here, draft, category):
    services.edit_category(category("Tone"), world.mara, name="Privacy")
    assert "Rename one." in mara.get(f"{here}publish/").text
    assert mara.post(f"{here}publish/", {"stamp": 1}).status_code == 409


def test_publishing_asks_again_when_the_draft_has_changed(world, mara, here, draft, category):
    services.edit_category(category("Tone"), world.ada, weight=40)
    answer = mara.post(f"{here}publish/", {"stamp": 0})
    assert answer.status_code == 409
    assert "Somebody else has changed this draft" in answer.text


def test_a_change_after_publication_goes_nowhere(world, mara, here, draft, category):
    sent = {"stamp": draft.edits, "category": category("Tone").public_id, "weight": "99", "critical": ""}
    services.publish(draft, world.ada)
    answer = mara.post(f"{here}change/row/", sent, follow=True)
    assert "Your last change was not saved." in answer.text
    assert category("Tone").weight == 10


def test_discarding_asks_first(world, mara, here, draft):
    assert "Version 1 stays in use." in mara.get(f"{here}discard/").text
    mara.post(f"{here}discard/", {"stamp": 0})
    assert queries.draft_of(world.scorecard) is None


def test_history_tells_each_change(world, mara, here, draft, category):
    services.edit_category(category("Tone"), world.mara, weight=40)
    services.publish(draft, world.mara)
    page = soup(mara.get(f"{here}versions/"))
    heads = [h.text for h in page.select("h2 a")]
    assert heads == ["Version 2", "Version 1"]
    assert [" ".join(li.text.split()) for li in page.select(".diff li")] == ["Tone weight 10 40"]
    assert mara.get(f"{here}versions/1/").status_code == 200
    assert mara.get(f"{here}versions/3/").status_code == 404


def test_archive_rename_and_restore(world, mara, here):
    mara.post(f"{here}archive/")
    assert queries.published(world.workspace) == []
    assert "no new review is offered it" in mara.get(here).text
    mara.post(f"{here}rename/", {"name": "Basics"})
    mara.post(f"{here}restore/")
    assert [v.scorecard.name for v in queries.published(world.workspace)] == ["Basics"]


def test_a_copy_goes_only_where_one_manages(world, mara, sign_in, here):
    assert [o["value"] for o in soup(mara.get(f"{here}duplicate/")).select("option")] == ["orchard"]
    assert mara.post(f"{here}duplicate/", {"name": "Copy", "workspace": "harbour"}).status_code == 422
    client = sign_in(world.ada)
    client.post(f"{here}duplicate/", {"name": "Copy", "workspace": "harbour"})
    assert Scorecard.objects.get(name="Copy").workspace == world.other


@pytest.mark.parametrize("person", ["lena", "ravi"])
def test_leads_and_reviewers_read_everything_and_change_nothing(world, sign_in, here, draft, category, person):
    client = sign_in(getattr(world, person))
    assert not soup(client.get(here)).select("#editor")
    assert client.get(f"{here}versions/2/").status_code == 200
    for path in ("publish/", "discard/", "rename/", "duplicate/"):
        assert client.get(f"{here}{path}").status_code == 403
    answer = change(client, here, draft, "row", category=category("Tone").public_id, weight="1", critical="")
    assert answer.status_code == 403
    assert client.get(f"{LIST}new/").status_code == 403


def test_agents_read_what_they_are_judged_by_and_no_draft(world, sign_in, here, draft, category):
    services.edit_category(category("Tone"), world.mara, name="Canary")
    secret = services.create(world.workspace, "Secret plans", world.mara, "chat")
    client = sign_in(world.nadia)
    assert "Version 1 in use" in client.get(LIST).text
    for path in (LIST, here, f"{here}versions/"):
        assert "Canary" not in client.get(path).text
        assert "Secret plans" not in client.get(path).text
        assert "Draft" not in client.get(path).text
    assert client.get(f"{here}versions/2/").status_code == 404
    assert client.get(f"{LIST}{secret.public_id}/").status_code == 404
    assert client.post(f"{here}draft/").status_code == 403
    assert client.post(f"{LIST}{secret.public_id}/archive/").status_code == 404


def test_strangers_find_nothing(world, sign_in, here):
    client = sign_in(world.sol)
    for path in (LIST, here, f"{here}versions/1/", f"{here}publish/"):
        assert client.get(path).status_code == 404
    assert client.get(f"/w/harbour/scorecards/{world.scorecard.public_id}/").status_code == 404


def counted(client, path):
    from django.db import connection

    with CaptureQueriesContext(
        connection,
    ) as queries_made:
        assert client.get(path).status_code == 200
    return len(queries_made)


def test_the_list_takes_as_many_queries_for_many_scorecards(world, mara):
    few = counted(mara, LIST)
    for n in range(5):
        services.create(world.workspace, f"Card {n}", world.mara, "chat")
    assert counted(mara, LIST) == few


def test_the_editor_takes_as_many_queries_for_many_categories(world, mara, here, draft):
    from evenhand.scorecards.scales import preset
    from evenhand.scorecards.shape import Cause, NewCategory

    few = counted(mara, here)
    for n in range(6):
        new = NewCategory(f"Category {n}", preset("5"), causes=(Cause("One"), Cause("Two")))
        services.add_category(draft, new, world.mara)
    assert counted(mara, here) == few


def test_history_takes_as_many_queries_for_many_versions(world, mara, here, draft):
    services.publish(draft, world.mara)
    few = counted(mara, f"{here}versions/")
    for _n in range(4):
        services.publish(services.ensure_draft(world.scorecard, world.mara), world.mara)
    assert counted(mara, f"{here}versions/") == few
