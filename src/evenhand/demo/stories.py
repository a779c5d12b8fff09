"""Reads the stories and gives each a place in time and an agent: conversations, as a source would send them."""

from __future__ import annotations

import math
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.demo import company
from evenhand.demo.company import AGENTS, DemoAgent
from evenhand.quality.scores import Rating, review_score
from evenhand.sources.records import ConversationRecord, MessageRecord, PersonRef, ResponseRecord

FOLDER = Path(__file__).parent / "stories"
ZONE = ZoneInfo(company.TIME_ZONE)
PUBLIC_ROLES = {"customer": "customer", "agent": "agent", "agent2": "agent", "bot": "bot"}
# Story key -> (lineage of the scorecard, steps of its scale, weight, critical).
TRUTH = {
    "solution": ("Solution", 5, 30, ""),
    "knowledge": ("Product knowledge", 4, 20, ""),
    "privacy": ("Protects customer data", 2, 10, "review"),
    "next_step": ("Says what happens next", 2, 5, ""),
    "empathy": ("Empathy", 3, 15, ""),
    "tone": ("Tone", 4, 10, ""),
    "clarity": ("Clarity", 3, 5, ""),
    "spelling": ("Spelling and grammar", 2, 5, ""),
}


@dataclass(frozen=True)
class Told:
    """A story that has found its agent and its time. `truth`: category -> points, None for not applicable."""

    record: ConversationRecord
    agent: DemoAgent
    truth: dict[str, int | None]


def read() -> list[dict[str, Any]]:
    files = sorted(FOLDER.glob("*.toml"))
    return [story for path in files for story in tomllib.loads(path.read_text(encoding="utf-8"))["story"]]


def truth_of(story: dict[str, Any]) -> dict[str, int | None]:
    return {name: story["truth"][key] or None for key, (name, *_) in TRUTH.items()}


def fair_score(story: dict[str, Any]) -> float:
    """What a perfectly fair reviewer's ratings come to, without the critical rule: how well it was handled."""
    ratings = [
        Rating(points=story["truth"][key] or None, scale_min=1, scale_max=steps, weight=weight, critical="")
        for key, (_name, steps, weight, _critical) in TRUTH.items()
    ]
    return review_score(ratings).without_critical or 0.0


def tell(today: datetime, chance: random.Random) -> list[Told]:
    """Every story once, the oldest first, over the demo's weeks up to an hour ago."""
    told = read()
    chance.shuffle(told)
    load: dict[str, int] = {agent.name: 0 for agent in AGENTS}
    begin = [_begin(today, index, len(told), chance) for index in range(len(told))]
    return [_told(story, _agent(story, load, chance), at, chance, today) for story, at in zip(told, begin, strict=True)]


def _begin(today: datetime, index: int, count: int, chance: random.Random) -> datetime:
    """A growing company: three times as many a week at the end as at the beginning; working hours mostly."""
    first = today - timedelta(weeks=company.WEEKS)
    at = first + ((index + chance.random()) / count) ** 0.65 * (today - first)
    at = at.astimezone(ZONE).replace(hour=min(20, max(7, round(chance.gauss(12.5, 3)))), minute=chance.randrange(60))
    if at.weekday() == 6:
        at -= timedelta(days=2)
    return at


def _agent(story: dict[str, Any], load: dict[str, int], chance: random.Random) -> DemoAgent:
    """Somebody who speaks the language; good stories find strong agents more often, and nobody gets them all."""
    score = fair_score(story)
    able = [agent for agent in AGENTS if story["language"] in agent.languages]
    weights = [math.exp(-(((score - a.strength) / 22) ** 2)) / (1 + load[a.name]) ** 1.5 + 1e-6 for a in able]
    agent = chance.choices(able, weights)[0]
    load[agent.name] += 1
    return agent


def _told(story: dict[str, Any], agent: DemoAgent, begin: datetime, chance: random.Random, today: datetime) -> Told:
    second = chance.choice([a for a in AGENTS if a is not agent])
    names = {"agent": agent.name.split()[0], "agent2": second.name.split()[0], "customer": story["customer"]}
    length = timedelta(minutes=sum(float(m["after"]) for m in story["message"]))
    begin = min(begin, today - length - timedelta(hours=chance.uniform(1, 10)))
    first, other, bot = _person(agent), _person(second), PersonRef(name=company.BOT)
    people = {"agent": first, "agent2": other, "note": first, "bot": bot}
    messages = list(_messages(story, begin, names, people))
    ended = messages[-1].sent_at
    done = story["status"] in {"solved", "closed"}
    record = ConversationRecord(
        external_id=story["id"], channel=story["channel"], subject=story["subject"], status=story["status"],
        language=story["language"], customer_name=story["customer"], assignee=_person(agent), created_at=begin,
        updated_at=ended, closed_at=ended if done else None, tags=list(story["tags"]), messages=messages,
        responses=list(_responses(story, ended, chance)), brand=company.WORKSPACE,
    )  # fmt: skip
    return Told(record, agent, truth_of(story))


def _messages(
    story: dict[str, Any], begin: datetime, names: dict[str, str], people: dict[str, PersonRef]
) -> Iterator[MessageRecord]:
    at = begin
    for number, message in enumerate(story["message"], 1):
        role = message["role"]
        at += timedelta(minutes=float(message["after"]))
        text = message["text"].strip()
        for name, value in names.items():
            text = text.replace(f"{{{name}}}", value)
        author = PersonRef(name=story["customer"]) if role == "customer" else people.get(role)
        kind = {"note": "note", "event": "event"}.get(role, "message")
        yield MessageRecord(
            external_id=f"{story['id']}-{number}", role="agent" if role == "note" else PUBLIC_ROLES.get(role, "system"),
            author=author, text=text, sent_at=at, public=role != "note", kind=kind,
        )  # fmt: skip


def _person(agent: DemoAgent) -> PersonRef:
    return PersonRef(email=agent.email, name=agent.name)


def _responses(story: dict[str, Any], ended: datetime | None, chance: random.Random) -> Iterator[ResponseRecord]:
    if "csat" in story and ended:
        yield ResponseRecord(
            kind="csat", score=float(story["csat"]), minimum=1, maximum=5, comment=story.get("csat_comment", ""),
            responded_at=ended + timedelta(minutes=chance.randrange(5, 300)), external_id=f"{story['id']}-csat",
        )  # fmt: skip
