"""A workspace with very many conversations, written straight into the tables.

Everything is drawn from one seed, so two runs measure the same rows. Words follow Zipf's law; a few words, tags and
field values have a frequency of their own, so that a filter can be named for how much it lets through.
"""

from __future__ import annotations

import json
import random
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from typing import Any

from django.db import connection, transaction

from evenhand.conversations.models import Agent, Connection, Conversation, Group, GroupMembership, Tag
from evenhand.people.models import Membership, User, Workspace

END = datetime(2026, 11, 1, tzinfo=UTC)
YEARS = 3
CHUNK = 5_000
AGENTS = 40

CHANNELS = {"email": 55, "chat": 30, "phone": 10, "social": 4.9, "fax": 0.1}
LANGUAGES = {"en": 60, "de": 15, "fr": 10, "es": 8, "ja": 4, "pl": 2.9, "is": 0.1}
STATUSES = {"solved": 70, "closed": 20, "open": 8, "pending": 2}
TAGS = {"warranty": 0.3, "delivery": 0.2, "vip": 0.05, "spam": 0.02, "recall": 0.002, "lawsuit": 0.00005}
PLANS = {"free": 70, "pro": 27, "enterprise": 3}
SYLLABLES = tuple("ba de fi go lu mar nel os pra qui rot sen tam ur vek wis xa yon zel".split())  # noqa: SIM905
WORDS = {"order": 0.6, "refund": 0.08, "descaling": 0.004, "kumquat": 0.00005}


def build(rows: int) -> Workspace:
    """A workspace named "bench" with `rows` conversations; what is there of one that was begun is used again."""
    workspace = Workspace.objects.filter(slug="bench").first() or begin()
    agents = list(workspace.agents.order_by("pk").values_list("pk", flat=True))
    tags = dict(Tag.objects.filter(workspace=workspace).values_list("name", "pk"))
    source = Connection.objects.get(workspace=workspace).pk
    stream = conversations(random.Random(7), rows, workspace.pk, source, agents, tags)
    done = Conversation.objects.filter(workspace=workspace).count()
    if done >= rows:
        return workspace
    deque(islice(stream, done), maxlen=0)  # drawn from the same dice, so the rest is what it would have been
    while chunk := list(islice(stream, CHUNK)):
        with transaction.atomic():
            store(chunk)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what PostgreSQL does by itself within a minute
    return workspace


@transaction.atomic
def begin() -> Workspace:
    workspace = Workspace.objects.create(slug="bench", name="Bench")
    user = User.objects.create_user("lead@bench.example", "correct horse battery", name="Lena Lead")
    Membership.objects.create(workspace=workspace, user=user, role="lead")
    add_agents(workspace)
    Connection.objects.create(workspace=workspace, name="Files")
    for name in TAGS:
        Tag.objects.create(workspace=workspace, name=name)
    return workspace


def add_agents(workspace: Workspace) -> None:
    agents = [Agent.objects.create(workspace=workspace, name=f"Agent {n:02}") for n in range(AGENTS)]
    groups = [Group.objects.create(workspace=workspace, name=name) for name in ("Kitchen", "Parcels")]
    for number, agent in enumerate(agents):
        group = groups[number % 2]
        GroupMembership.objects.create(group=group, agent=agent, since=(END - timedelta(days=800)).date())


class Weighted:
    """Draws names by weight, many at a time."""

    def __init__(self, weights: dict[str, float] | Sequence[float], names: Sequence[Any] | None = None) -> None:
        self.names = list(weights) if names is None else list(names)
        values = list(weights.values()) if isinstance(weights, dict) else list(weights)
        self.cumulative = list(accumulate(values))

    def draw(self, random: random.Random, k: int = 1) -> list[Any]:
        return random.choices(self.names, cum_weights=self.cumulative, k=k)


def vocabulary(random: random.Random, size: int = 20_000) -> Weighted:
    words = ["".join(random.choices(SYLLABLES, k=3)) for _ in range(size)]
    return Weighted([1 / (rank + 3) for rank in range(size)], words)


def conversations(
    random: random.Random, rows: int, workspace: int, source: int, agents: list[int], tags: dict[str, int]
) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    """Rows of one conversation by table; they come in about the order of their time, as an import brings them."""
    words = vocabulary(random)
    channel, language, status = Weighted(CHANNELS), Weighted(LANGUAGES), Weighted(STATUSES)
    plan, agent = Weighted(PLANS), Weighted([1 / (n + 4) for n in range(len(agents))], agents)
    step = timedelta(days=365 * YEARS) / rows
    for number in range(1, rows + 1):
        at = END - step * (rows - number) - timedelta(minutes=random.expovariate(1 / 600))
        replies = min(60, 1 + int(random.expovariate(0.6)))
        main = agent.draw(random)[0]
        said = words.draw(random, 36) + [word for word, share in WORDS.items() if random.random() < share]
        answered = random.random() < 0.25
        csat = random.choice((1, 2, 3)) if random.random() < 0.18 else random.choice((4, 5))
        fields = {"plan": plan.draw(random)[0], "shop": f"shop-{random.randrange(20_000)}"}
        line = " ".join(said)
        yield {
            "conversation": [
                (number, uuid.UUID(int=number).hex, workspace, source, f"b{number}", channel.draw(random)[0],
                 language.draw(random)[0], status.draw(random)[0], " ".join(said[:6]), line[:200], f"Customer {number}",
                 f"c{random.randrange(rows // 3 + 1)}@mail.example", main, main, json.dumps(fields), at, at, at,
                 replies * 2, replies, replies, *((csat, 5, csat > 3) if answered else (None, None, None)))
            ],
            "message": [(number, 0, "customer", None, at, line[:150]), (number, 1, "agent", main, at, line[150:])],
            "search": [(number, line)],
            "participation": participations(random, number, workspace, main, agents, replies, at),
            "tag": [(number, tags[name]) for name, share in TAGS.items() if random.random() < share],
        }  # fmt: skip


def participations(
    random: random.Random, number: int, workspace: int, main: int, agents: list[int], replies: int, at: datetime
) -> list[tuple[Any, ...]]:
    who = {main} | ({random.choice(agents)} if random.random() < 0.15 else set())
    return [
        (uuid.UUID(int=number * 4 + n).hex, workspace, number, agent, replies, at, at, at)
        for n, agent in enumerate(sorted(who))
    ]


TABLES: dict[str, tuple[str, str, str]] = {
    # name here: (table, columns that vary, columns that do not with their values)
    "conversation": (
        "conversations_conversation",
        """id public_id workspace_id connection_id external_id channel language status subject preview customer_name
        customer_email assignee_id main_agent_id fields opened_at last_message_at happened_at message_count
        customer_message_count agent_reply_count csat_score csat_max csat_positive""",
        "brand='' url='' customer_external_id='' has_times=true content_hash=''",
    ),
    "message": (
        "conversations_message",
        "conversation_id position role agent_id sent_at text",
        "external_id='' author_name='' is_public=true text_version=1 html='' attachments='[]'",
    ),
    "search": ("conversations_conversationsearch", "conversation_id terms", ""),
    "participation": (
        "conversations_participation",
        "public_id workspace_id conversation_id agent_id replies first_reply_at last_reply_at dated_at",
        "has_times=true is_bot=false eligible=true rule_version=1",
    ),
    "tag": ("conversations_conversationtag", "conversation_id tag_id", ""),
}


def store(chunk: Iterable[dict[str, list[tuple[Any, ...]]]]) -> None:
    chunk = list(chunk)
    with connection.cursor() as cursor:
        for name in TABLES:
            rows = [plain(row) for parts in chunk for row in parts[name]]
            cursor.executemany(insert_statement(name), rows)


def insert_statement(name: str) -> str:
    table, varying, fixed = TABLES[name]
    columns = varying.split()
    constants = dict(pair.split("=", 1) for pair in fixed.split())
    marks = ", ".join(["%s"] * len(columns) + list(constants.values()))
    return f"INSERT INTO {table} ({', '.join([*columns, *constants])}) VALUES ({marks})"


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """SQLite keeps times as text without their zone, as Django writes them."""
    if connection.vendor != "sqlite":
        return row
    return tuple(value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value for value in row)
