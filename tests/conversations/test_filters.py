from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from evenhand.conversations import queries
from evenhand.conversations.filters import select
from evenhand.conversations.filters.address import joined, read
from evenhand.conversations.models import Agent, ConversationTag, Group, GroupMembership, Participation, Tag
from evenhand.conversations.queries.listing import Position
from evenhand.people.access import Seat
from tests.worlds import NOW, add_conversation


@pytest.fixture
def found(world):
    """`found("channel=chat")`: the numbers of the conversations that come out, newest first."""

    def find(query, user=None, roles=("lead",)):
        seat = Seat(user or world.lena, world.workspace, frozenset(roles))
        page = queries.page(select(seat, query), Position())
        assert [c.pk for c in page.conversations] == queries.keys(select(seat, query))
        assert queries.count(select(seat, query), 5.0).n == len(page.conversations)
        return [int(conversation.external_id[1:]) for conversation in page.conversations]

    return find


@pytest.fixture
def problem(world):
    def read_problem(query, user=None, roles=("lead",)):
        seat = Seat(user or world.lena, world.workspace, frozenset(roles))
        return next((one.problem for one in select(seat, query).chosen if one.problem), "")

    return read_problem


def change(world, number, **values):
    type(world.conversations[number]).objects.filter(pk=world.conversations[number].pk).update(**values)


def tag(world, number, *names):
    for name in names:
        kept, _ = Tag.objects.get_or_create(workspace=world.workspace, name=name)
        ConversationTag.objects.create(conversation=world.conversations[number], tag=kept)


def test_channels_are_alternatives(world, found):
    change(world, 1, channel="chat")
    change(world, 2, channel="phone")
    assert found("channel=chat,phone") == [1, 2]
    assert found("channel=-chat,phone") == [0, 3, 4, 5]


def test_several_filters_must_all_hold(world, found):
    change(world, 1, channel="chat", status="open")
    change(world, 2, channel="chat")
    assert found("channel=chat&status=open") == [1]


def test_an_empty_column_is_none(world, found):
    change(world, 3, language="")
    assert found("language=none") == [3]


def test_tags_any_of_and_none_of(world, found):
    tag(world, 0, "vip", "spam")
    tag(world, 1, "vip")
    assert found("tag=vip,nosuch") == [0, 1]
    assert found("tag=vip&tag=-spam") == [1]
    assert found("tag=nosuch") == []
    assert len(found("tag=-nosuch")) == 6


def test_a_tag_of_another_workspace_does_not_count(world, found):
    other = Tag.objects.create(workspace=world.other, name="vip")
    ConversationTag.objects.create(conversation=world.conversations[0], tag=other)
    assert found("tag=vip") == []


@pytest.mark.parametrize("name", ["a,b", "-x", "with space", "q\\z", "100%", "&amp=1", "ключ"])
def test_any_name_of_a_tag_survives_the_address(world, found, name):
    tag(world, 4, name)
    seat = Seat(world.lena, world.workspace, frozenset(["lead"]))
    from urllib.parse import urlencode

    query = urlencode({"tag": joined([name])})
    assert found(query) == [4]
    assert found(select(seat, query).query) == [4]


def test_reading_and_writing_the_address_agree():
    for raw in ("a,b", "-a,b", "\\-a", "a\\,b,c", "a\\\\"):
        choice = read(raw)
        assert ("-" if choice.excluded else "") + joined(choice.values) == raw


def test_agent_means_taking_part(world, found):
    owen = world.agents["owen"]
    assert found(f"agent={owen.public_id}") == [1, 3, 5]
    pair = Participation.objects.create(
        workspace=world.workspace, conversation=world.conversations[0], agent=owen, dated_at=NOW
    )
    assert found(f"agent={owen.public_id}") == [0, 1, 3, 5]
    pair.deleted_at = NOW
    pair.save()
    assert found(f"agent=-{owen.public_id}") == [0, 2, 4]


def test_me_is_whoever_looks(world, found):
    assert found("agent=me", user=world.owen, roles=["reviewer", "agent"]) == [1, 3, 5]
    assert found("agent=me") == []


def test_group_means_membership_on_the_day(world, found):
    """Nadia was in the group from two days before the newest conversation until the day before it."""
    group = Group.objects.create(workspace=world.workspace, name="Kitchen")
    GroupMembership.objects.create(
        group=group, agent=world.agents["nadia"], since=date(2026, 3, 14), until=date(2026, 3, 17)
    )
    assert found(f"group={group.public_id}") == [2, 4]
    assert found(f"group=-{group.public_id}") == [0, 1, 3, 5]


def test_a_group_ends_at_local_midnight(world, found):
    group = Group.objects.create(workspace=world.workspace, name="Kitchen")
    GroupMembership.objects.create(group=group, agent=world.agents["nadia"], since=date(2026, 3, 18), until=None)
    # 23:30 in UTC on the 17th is half past midnight on the 18th in Berlin.
    Participation.objects.filter(conversation=world.conversations[2]).update(
        dated_at=datetime(2026, 3, 17, 23, 30, tzinfo=UTC)
    )
    assert found(f"group={group.public_id}") == [0, 2]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("date=2026-03-17", [1]),
        ("date=2026-03-16..2026-03-17", [1, 2]),
        ("date=..2026-03-14", [4, 5]),
        ("date=2026-03-17..", [0, 1]),
    ],
)
def test_days_are_both_included(world, found, query, numbers):
    assert found(query) == numbers


def test_days_are_those_of_the_workspace(world, found):
    change(world, 5, happened_at=datetime(2026, 3, 13, 23, 30, tzinfo=UTC))
    assert found("date=2026-03-14") == [4, 5]


def test_relative_days_follow_the_clock_and_zone(world, found):
    now = timezone.now().astimezone(ZoneInfo("Europe/Berlin"))
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    add_conversation(world, world.agents["owen"], 70, happened_at=now)
    add_conversation(world, world.agents["owen"], 71, happened_at=midnight - timedelta(seconds=1))
    assert found("date=today") == [70]
    assert found("date=yesterday") == [71]
    assert found("date=last_7_days") == [70, 71]


def test_satisfaction(world, found):
    change(world, 0, csat_score=5, csat_max=5, csat_positive=True)
    change(world, 1, csat_score=2, csat_max=5, csat_positive=False)
    assert found("csat=positive") == [0]
    assert found("csat=negative") == [1]
    assert found("csat=1..2,5") == [0, 1]
    assert found("csat=none") == [2, 3, 4, 5]
    assert found("csat=-positive,none") == [1]


@pytest.mark.parametrize(
    ("query", "numbers"), [("replies=4..", [2]), ("replies=..0", [1]), ("replies=2..3", [3]), ("messages=9", [5])]
)
def test_numbers(world, found, query, numbers):
    for number, replies in ((1, 0), (2, 4), (3, 2)):
        change(world, number, agent_reply_count=replies)
    change(world, 5, message_count=9)
    assert found(query) == numbers


def test_customers_by_address_and_by_company(world, found):
    change(world, 1, customer_email="ada@mill.example")
    change(world, 2, customer_email="bo@mill.example")
    assert found("customer=ADA@mill.example") == [1]
    assert found("customer=@mill.example") == [1, 2]


def test_connection(world, found):
    assert len(found(f"connection={world.connection.public_id}")) == 6
    assert found(f"connection=-{world.connection.public_id}") == []


def test_fields_of_the_source(world, found):
    one, two, three = world.conversations[:3]
    one.fields = {"plan": "pro", "seats": 5, "paid": True}
    two.fields = {"plan": ["pro", "team"], "nested": {"plan": "pro"}}
    three.fields = {"plan": "free"}
    for conversation in (one, two, three):
        conversation.save()
    assert found("field.plan=pro") == [0, 1]
    assert found("field.plan=team,free") == [1, 2]
    assert found("field.plan=-pro") == [2, 3, 4, 5]
    assert found("field.seats=5") == [0]
    assert found("field.paid=true") == [0]
    assert found("field.nested=pro") == []


def test_a_changed_field_is_found_by_its_new_value_only(world, found):
    conversation = world.conversations[0]
    for plan in ("pro", "free"):
        conversation.fields = {"plan": plan}
        conversation.save()
    assert (found("field.plan=pro"), found("field.plan=free")) == ([], [0])


def test_a_field_of_another_workspace_is_not_found(world, found):
    conversation = world.conversations[0]
    conversation.fields = {"plan": "pro"}
    conversation.workspace = world.other
    conversation.save()
    assert found("field.plan=pro") == []


@pytest.mark.parametrize(
    "query",
    [
        "date=soon", "date=2026-02-30", "date=2026-03-02..2026-03-01", "date=last_0_days", "date=last_99999_months",
        "date=0001-01-01", "date=today,yesterday", "replies=many", "replies=5..2", "replies=..", "replies=1e99",
        "csat=great", "customer=ada", "agent=nobody", "group=x", "connection=x", "field=pro", "chanel=email", "tag=-",
        "q=!!!", "q=-spam", "replies=-3..",
    ],
)  # fmt: skip
def test_a_bad_value_says_what_is_wrong_and_filters_nothing(world, found, problem, query):
    assert problem(query)
    assert found(f"{query}&status=solved") == [0, 1, 2, 3, 4, 5]


def test_colleagues_are_no_filter_for_agents(world, problem):
    agent = Agent.objects.get(name="Owen Agent")
    assert problem(f"agent={agent.public_id}", user=world.nadia, roles=["agent"])


def test_filters_stand_in_one_order_whatever_was_typed(world):
    seat = Seat(world.lena, world.workspace, frozenset(["lead"]))
    ways = ["tag=-spam&channel=chat", "channel=chat&tag=-spam", "after=x&channel=chat&sort=oldest&tag=-spam"]
    assert {select(seat, way).query for way in ways} == {"channel=chat&tag=-spam"}


def test_the_chip_speaks(world):
    seat = Seat(world.lena, world.workspace, frozenset(["lead"]))
    chosen = select(seat, "channel=-email,chat&replies=2..&date=last_7_days&csat=1..2,none").good
    said = [f"{one.filter.title(one.choice)} {one.filter.words(one.choice, seat)}" for one in chosen]
    assert said == [
        "Channel is not E-mail or Chat",
        "Customer’s score is 1 to 2 or none",
        "Date last 7 days",
        "Agent replies 2 or more",
    ]
