"""The review page over HTTP: what it shows, how it saves, where it leads."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.conversations.models import Agent, Message, Participation, Tag
from evenhand.conversations.services import agents
from evenhand.reviews import tickets
from evenhand.reviews.models import Review
from evenhand.scorecards.models import Category, Condition, ScorecardVersion
from tests.reviews.helpers import BEST, category, drawn, seat, submit, ticket
from tests.worlds import NOW


def url(world, number=0, name="page", query=""):
    return reverse(f"reviews:{name}", args=["orchard", world.conversations[number].public_id]) + query


def soup(client, address):
    response = client.get(address)
    assert response.status_code == 200, response
    return BeautifulSoup(response.content, "html.parser")


def fields(world, html, ratings=None, **extra):
    """What the form sends with these ratings."""
    sent = {field["name"]: field["value"] for field in html.select("#sheet input[type=hidden]")}
    for name, points in (ratings or BEST).items():
        sent[f"rate.{category(world, name).public_id}"] = points
    return {**sent, "turn": 1, "comment": "", **extra}


def send(client, world, name="submit", ratings=None, query="", headers=None, **extra):
    html = soup(client, url(world, query=query))
    return client.post(url(world, name=name, query=query), fields(world, html, ratings, **extra), headers=headers)


AS_JSON = {"Accept": "application/json"}


def test_looking_at_a_conversation_writes_nothing(world, sign_in):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        soup(sign_in(world.ravi), url(world))
    written = [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "reviews_" in sql] == []
    assert not Review.objects.exists()


def test_a_save_says_what_it_comes_to(world, sign_in):
    answer = send(sign_in(world.ravi), world, "draft", {"Solution": 4, "Privacy": 1}).json()
    assert (answer["score"], answer["rated"], answer["failed"], answer["number"]) == ("0", 2, True, 1)
    assert answer["saved"].startswith("Saved ")


def test_a_draft_is_found_again(world, sign_in):
    client = sign_in(world.ravi)
    send(client, world, "draft", {"Solution": 4}, comment="So far so good")
    html = soup(client, url(world))
    assert html.select_one("[name^=rate][checked]")["value"] == "4"
    assert html.select_one("#comment").text == "So far so good"
    assert html.select_one("#sheet")["data-number"] == "1"


def test_without_scripts_a_form_submits_and_leads_to_the_review(world, sign_in):
    response = send(sign_in(world.ravi), world)
    assert response["Location"] == reverse("reviews:review", args=["orchard", Review.objects.get().public_id])


def test_without_scripts_what_is_missing_is_said_and_nothing_is_lost(world, sign_in):
    response = send(sign_in(world.ravi), world, ratings={"Solution": 4}, comment="Kept")
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert "Tone and Privacy are not rated yet." in html.select_one("#notice").text
    assert html.select_one("#comment").text == "Kept"
    assert html.select_one("[name^=rate][checked]")["value"] == "4"


def test_scripts_are_told_what_is_missing_by_category(world, sign_in):
    response = send(sign_in(world.ravi), world, ratings={"Solution": 4, "Tone": 4}, headers=AS_JSON)
    assert response.status_code == 422
    assert response.json()["faults"][str(category(world, "Privacy").public_id)] == (
        "Privacy is not rated yet; 0 is for not applicable."
    )


def test_a_second_tab_gets_a_conflict_and_overwrites_nothing(world, sign_in):
    client = sign_in(world.ravi)
    first, second = soup(client, url(world)), soup(client, url(world))
    client.post(url(world, name="draft"), fields(world, first, {"Solution": 4}))
    response = client.post(url(world, name="draft"), fields(world, second, {"Solution": 1}))
    assert response.status_code == 409
    assert "another tab" in response.json()["conflict"]
    assert Review.objects.get().score == 75


@pytest.mark.parametrize("source", ["list", "search", "spotlight", "link"])
def test_the_selection_is_where_one_came_from(world, sign_in, source):
    send(sign_in(world.ravi), world, query=f"?from={source}")
    assert Review.objects.get().selection == source


@pytest.mark.parametrize("source", ["draw", "assignment", "import", "nonsense"])
def test_an_address_cannot_claim_a_draw(world, sign_in, source):
    send(sign_in(world.ravi), world, query=f"?from={source}")
    assert (Review.objects.get().selection, Review.objects.get().probability) == ("link", None)


def test_a_forged_ticket_is_refused(world, sign_in):
    forged = signing.dumps({"selection": "draw", "user": world.ravi.pk}, key="guess", salt="evenhand.reviews.ticket")
    assert send(sign_in(world.ravi), world, "draft", ticket=forged).status_code == 404
    assert not Review.objects.exists()


def test_a_ticket_is_of_one_person_and_one_conversation(world, sign_in):
    theirs = fields(world, soup(sign_in(world.greta), url(world)))
    client = sign_in(world.ravi)
    assert client.post(url(world, name="submit"), theirs).status_code == 404
    mine = fields(world, soup(client, url(world)))
    assert client.post(url(world, 2, "submit"), mine).status_code == 404
    assert not Review.objects.exists()


def test_a_drawn_pair_is_reviewed_as_drawn(world, sign_in):
    item = drawn(world)
    send(sign_in(world.ravi), world, query=f"?item={item.public_id}")
    review = Review.objects.get()
    assert (review.selection, review.draw_item, review.probability, review.blind) == ("draw", item, 1 / 3, True)


def test_another_agent_of_a_drawn_conversation_is_not_drawn(world, sign_in):
    item = drawn(world)
    owen = world.agents["owen"]
    Participation.objects.create(
        workspace=world.workspace, conversation=world.conversations[0], agent=owen, replies=1, dated_at=NOW
    )
    send(sign_in(world.ravi), world, query=f"?item={item.public_id}&who={owen.public_id}")
    assert (Review.objects.get().selection, Review.objects.get().agent) == ("link", owen)


def test_the_page_says_that_a_draw_is_blind_and_how_far_one_is(world, sign_in):
    item = drawn(world)
    bar = soup(sign_in(world.ravi), url(world, query=f"?item={item.public_id}")).select_one(".queue").text
    assert "1 of 1" in bar
    assert "Blind: other reviews appear after you submit" in bar


@pytest.mark.parametrize(("rule", "expected"), [("most_replies", "Owen Agent"), ("assignee", "Nadia Agent")])
def test_the_reviewee_follows_the_rule_of_the_workspace(world, sign_in, rule, expected):
    world.workspace.reviewee_rule = rule
    world.workspace.save()
    Participation.objects.create(
        workspace=world.workspace,
        conversation=world.conversations[0],
        agent=world.agents["owen"],
        replies=5,
        dated_at=NOW,
    )
    html = soup(sign_in(world.ravi), url(world))
    assert html.select_one("#reviewee option[selected]").text == expected


def test_one_message_is_reviewed_for_its_author(world, sign_in):
    nadia = world.agents["nadia"]
    send(sign_in(world.ravi), world, query=f"?who={nadia.public_id}.1")
    review = Review.objects.get()
    assert (review.message.position, review.agent) == (1, nadia)


def test_a_message_of_a_customer_cannot_be_reviewed(world, sign_in):
    nadia = world.agents["nadia"]
    assert sign_in(world.ravi).get(url(world, query=f"?who={nadia.public_id}.0")).status_code == 404


def hide(world, name, **condition):
    """Let a category show under a condition alone, as its draft would have said."""
    ScorecardVersion.objects.filter(pk=world.version.pk).update(state="draft")
    Condition.objects.create(version=world.version, category=category(world, name), **condition)
    ScorecardVersion.objects.filter(pk=world.version.pk).update(state="published")


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ({"field": "channel", "values": ["chat", "email"]}, True),
        ({"field": "channel", "values": ["chat"]}, False),
        ({"field": "channel", "values": ["email"], "negated": True}, False),
        ({"field": "language", "values": ["en"]}, True),
        ({"field": "tag", "values": ["vip"]}, True),
        ({"field": "csat", "values": ["negative"]}, False),
    ],
)
def test_categories_show_by_their_conditions(world, sign_in, condition, shown):
    hide(world, "Tone", **condition)
    world.conversations[0].tags.add(Tag.objects.create(workspace=world.workspace, name="vip"))
    html = soup(sign_in(world.ravi), url(world))
    assert bool(html.select(f"#c-{category(world, 'Tone').public_id}")) is shown


def test_a_hidden_category_is_as_if_absent(world, sign_in):
    hide(world, "Tone", field="channel", values=["chat"])
    send(sign_in(world.ravi), world, ratings={"Solution": 4, "Privacy": 2})
    review = Review.objects.get()
    assert review.score == pytest.approx((30 * 75 + 10 * 100) / 40)
    assert review.ratings.count() == 2


def test_a_hidden_category_cannot_be_rated(world, sign_in):
    hide(world, "Tone", field="channel", values=["chat"])
    response = send(sign_in(world.ravi), world, "draft", {"Solution": 4, "Tone": 2})
    assert (response.status_code, Review.objects.count()) == (422, 0)


def test_a_scorecard_whose_conditions_fit_goes_first(world, sign_in):
    from evenhand.scorecards.models import Lineage, ScalePoint, Scorecard

    other = Scorecard.objects.create(workspace=world.workspace, name="Zebra mail")
    version = ScorecardVersion.objects.create(scorecard=other, number=1)
    one = Category.objects.create(
        version=version, name="One", lineage=Lineage.objects.create(scorecard=other, name="One")
    )
    for points in (1, 2):
        ScalePoint.objects.create(category=one, points=points, label=str(points))
    Condition.objects.create(version=version, field="channel", values=["email"])
    ScorecardVersion.objects.filter(pk=version.pk).update(state="published")
    html = soup(sign_in(world.ravi), url(world))
    assert html.select_one("#card option[selected]").text == "Zebra mail, v1"
    by_hand = soup(sign_in(world.ravi), url(world, query=f"?card={world.version.public_id}"))
    assert by_hand.select_one("#card option[selected]").text == "Essentials, v1"


def test_a_draft_keeps_its_version_when_the_scorecard_goes_on(world, sign_in):
    client = sign_in(world.ravi)
    send(client, world, "draft", {"Solution": 4})
    ScorecardVersion.objects.filter(pk=world.version.pk).update(state="archived")
    html = soup(client, url(world))
    assert html.select_one("#card option[selected]").text == "Essentials, v1"
    assert html.select_one("[name^=rate][checked]")["value"] == "4"


def test_without_a_scorecard_the_page_says_what_is_missing(world, sign_in):
    ScorecardVersion.objects.filter(pk=world.version.pk).update(state="archived")
    assert "No scorecard yet" in soup(sign_in(world.ravi), url(world)).text


def test_a_conversation_that_went_on_says_so(world, sign_in):
    review = submit(world, "ravi")
    world.conversations[0].message_count = 5
    world.conversations[0].save()
    html = soup(sign_in(world.ravi), reverse("reviews:review", args=["orchard", review.public_id]))
    assert "2 messages then, 5 now." in html.select_one(".banner").text


def test_saving_evidence_sends_the_message_back_with_its_mark(world, sign_in):
    reply = world.conversations[0].messages.get(position=1)
    key = category(world, "Solution").public_id
    answer = send(sign_in(world.ravi), world, "draft", {"Solution": 2}, **{f"passage.{key}": f"{reply.pk}:1:0:10"})
    (turn,) = json.loads(answer.content)["turns"].values()
    mark = BeautifulSoup(turn, "html.parser").select_one(".evidence[data-tone=low]")
    assert (mark.text, mark.find_next("a", class_="ref").text) == ("I am sorry", "Solution 2")


def test_next_leads_through_a_draw_and_then_to_the_days_work(world, sign_in):
    item = drawn(world)
    second = type(item).objects.create(
        draw=item.draw,
        stratum=item.stratum,
        position=1,
        probability=0.3,
        participation=Participation.objects.get(conversation=world.conversations[2]),
    )
    client = sign_in(world.ravi)
    response = send(client, world, query=f"?item={item.public_id}", then="next")
    assert response["Location"] == url(world, 2, query=f"?item={second.public_id}")
    html = soup(client, response["Location"])
    last = client.post(url(world, 2, "submit", f"?item={second.public_id}"), fields(world, html, then="next"))
    assert last["Location"] == reverse("reviews:work", args=["orchard"])


def test_next_keeps_the_filters_of_the_list(world, sign_in):
    response = sign_in(world.ravi).get(
        url(world, 0, "next", "?from=list&agent=" + str(world.agents["nadia"].public_id))
    )
    assert str(world.conversations[2].public_id) in response["Location"]
    assert "from=list&agent=" in response["Location"]


@pytest.mark.parametrize("extra", [0, 30])
def test_the_number_of_queries_does_not_grow(world, sign_in, extra):
    conversation = world.conversations[0]
    for position in range(2, 2 + extra):
        Message.objects.create(
            conversation=conversation,
            position=position,
            role="agent",
            text="Yes.",
            agent=world.agents["nadia"],
            sent_at=NOW + timedelta(hours=position),
        )
    client = sign_in(world.ravi)
    soup(client, url(world))
    with CaptureQueriesContext(connection) as queries:
        soup(client, url(world))
    assert len(queries) <= 30


def test_the_days_work_lists_drafts_draws_and_the_latest(world, sign_in):
    client = sign_in(world.ravi)
    send(client, world, "draft", {"Solution": 4})
    drawn(world, 1)
    submit(world, "ravi", 2)
    text = soup(client, reverse("reviews:work", args=["orchard"])).select_one("main").text
    assert "0 of 1 reviewed" in text
    assert "1 rated" in text
    assert "Question 2" in text


def test_the_days_work_of_nobody_says_what_to_do(world, sign_in):
    assert "Nothing waits for you." in soup(sign_in(world.ravi), reverse("reviews:work", args=["orchard"])).text


@pytest.mark.parametrize("extra", [1, 5])
def test_the_days_work_asks_no_more_for_more_drafts(world, sign_in, extra, django_assert_max_num_queries):
    for number in range(extra):
        submit(world, "ravi", number)
    Review.objects.update(state="draft")
    client = sign_in(world.ravi)
    with django_assert_max_num_queries(16):
        soup(client, reverse("reviews:work", args=["orchard"]))


def test_a_scale_of_own_points_is_rated_by_its_steps(world, sign_in):
    from evenhand.scorecards.models import ScalePoint

    ScalePoint.objects.filter(category=category(world, "Tone")).delete()
    points = [(0, "Never"), (2.5, "At times"), (10, "Always")]
    ScalePoint.objects.bulk_create(
        ScalePoint(category=category(world, "Tone"), points=at, label=label) for at, label in points
    )
    html = soup(sign_in(world.ravi), url(world))
    steps = html.select(f"[name='rate.{category(world, 'Tone').public_id}'][data-step]")
    assert [(s["data-step"], s["value"], s["data-percent"], s["aria-label"]) for s in steps] == [
        ("1", "0", "0", "1, Never"),
        ("2", "2.5", "25", "2, At times"),
        ("3", "10", "100", "3, Always"),
    ]


def test_the_panel_of_a_conversation_hides_what_a_blind_draw_hides(world):
    from evenhand.reviews import panels

    submit(world, "greta")
    drawn(world)
    shown = panels.reviews_of(seat(world, "ravi"), world.conversations[0])
    assert (shown["reviews"], shown["hidden"]) == ([], True)
    assert len(panels.reviews_of(seat(world, "greta"), world.conversations[0])["reviews"]) == 1


def test_an_erased_conversation_keeps_scores_and_loses_words(world):
    from evenhand.reviews import content

    review = submit(world, "ravi", comment="He said his name", **BEST)
    for _label, _place, erase in content.PLACES:
        erase([world.conversations[0].pk])
    review.refresh_from_db()
    assert (review.score, review.comment, review.revisions.get().comment) == (100, "", "")


def test_reviews_follow_an_agent_who_turns_out_to_be_another_one(world):
    from evenhand.conversations.services import agents

    review, item = submit(world, "ravi"), drawn(world, 2)
    world.nadia.agents.update(user=None)
    world.agents["nadia"].refresh_from_db()
    agents.merge(world.agents["nadia"], world.agents["owen"], world.mara)
    review.refresh_from_db()
    item.refresh_from_db()
    assert (review.agent, review.participation.agent, item.participation.agent) == (world.agents["owen"],) * 3


def test_a_page_of_an_agent_who_was_merged_since_is_out_of_date(world, sign_in):
    signed = tickets.sign(ticket(world, "ravi"))
    other = Agent.objects.create(workspace=world.workspace, name="Nadia, really")
    agents.merge(world.agents["nadia"], other, None)
    assert send(sign_in(world.ravi), world, "draft", ticket=signed).status_code == 404
    assert not Review.objects.exists()
