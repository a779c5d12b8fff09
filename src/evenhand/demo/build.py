"""`evenhand demo`: builds the company out of its stories, through the same services that people use."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from evenhand.conversations.models import Connection, Participation
from evenhand.conversations.services import agents as agent_services
from evenhand.conversations.services import groups as group_services
from evenhand.conversations.services.store import Store
from evenhand.demo import company, reviewing, stories
from evenhand.demo.company import DemoReviewer
from evenhand.demo.past import submit_past
from evenhand.demo.stories import Told
from evenhand.people.access import Seat
from evenhand.people.models import Membership, User, Workspace
from evenhand.people.services import accounts, workspaces
from evenhand.reviews.models import Draw, DrawItem, Praise, Review
from evenhand.reviews.services import draws
from evenhand.scorecards import services as scorecard_services
from evenhand.scorecards.models import ScorecardVersion

SEED = 20_231
DRAW_SIZES, DRAW_MINIMUM = (24, 34, 44, 64), 2
PICKED_BY_HAND = 16
REVIEWED_BY_TWO = 40  # per cent of what is drawn


@dataclass
class Demo:
    """What has been built so far."""

    chance: random.Random
    now: datetime
    workspace: Workspace
    users: dict[str, User] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    version: ScorecardVersion | None = None

    def seat(self, name: str) -> Seat:
        user = self.users[name]
        roles = Membership.objects.filter(workspace=self.workspace, user=user).values_list("role", flat=True)
        return Seat(user, self.workspace, frozenset(roles))


def build(now: datetime | None = None, seed: int = SEED) -> str:
    """Fill an empty database; returns the logins as text. The stories and ratings are the same at every build."""
    workspace = workspaces.create(company.WORKSPACE, by=None, time_zone=company.TIME_ZONE, is_demo=True)
    demo = Demo(random.Random(seed), now or timezone.now(), workspace)
    _people(demo)
    _conversations(demo)
    _scorecard(demo)
    _draws(demo)
    _by_hand(demo)
    _praise(demo)
    _seen(demo)
    return logins(demo)


def logins(demo: Demo) -> str:
    roles = {
        company.MANAGER: "manager and admin", company.LEAD: "lead", "Greta Sandberg": "reviewer",
        "Ravi Menon": "reviewer", "Isla Brandt": "agent who also reviews", "Noor Haddad": "agent",
        "Dougal Finlay": "agent",
    }  # fmt: skip
    lines = ["Demo logins, made for this home alone:", ""]
    for name, role in roles.items():
        lines.append(f"    {company.email_of(name):<34} {demo.passwords[name]:<18} {name}, {role}")
    return "\n".join([*lines, ""])


def _people(demo: Demo) -> None:
    names = [company.MANAGER, *(r.name for r in company.REVIEWERS), *company.AGENTS_WITH_LOGIN]
    for name in dict.fromkeys(names):
        demo.passwords[name] = secrets.token_urlsafe(9)
        admin = name == company.MANAGER
        email = company.email_of(name)
        demo.users[name] = accounts.create(email=email, name=name, password=demo.passwords[name], is_admin=admin)
    manager = demo.users[company.MANAGER]
    accounts.add_roles(manager, demo.workspace, ["manager"], by=manager)
    for reviewer in company.REVIEWERS:
        accounts.add_roles(demo.users[reviewer.name], demo.workspace, [reviewer.role], by=manager)
    for name in company.AGENTS_WITH_LOGIN:
        accounts.add_roles(demo.users[name], demo.workspace, ["agent"], by=manager)
    _agents(demo, manager)


def _agents(demo: Demo, manager: User) -> None:
    began = (demo.now - timedelta(weeks=company.WEEKS + 20)).date()
    groups = {name: group_services.create(demo.workspace, name, by=manager) for name in company.GROUPS}
    for person in company.AGENTS:
        agent = agent_services.create(demo.workspace, person.name, manager, email=person.email)
        group_services.add(groups[person.group], agent, began, by=manager)
        if person.name in demo.users:
            agent_services.link(agent, demo.users[person.name], by=manager)
    agent_services.create(demo.workspace, company.BOT, manager, is_bot=True)


def _conversations(demo: Demo) -> None:
    connection = Connection.objects.create(workspace=demo.workspace, kind="file", name="Tindle & Rook inbox")
    told = stories.tell(demo.now, demo.chance)
    demo.told = {one.record.external_id: one for one in told}
    Store(connection, now=demo.now).chunk([one.record for one in told])
    _settle_ids(demo)


def _settle_ids(demo: Demo) -> None:
    """A draw hashes the pairs' public ids, so they have to be the same at every build for the sample to be."""
    pairs = list(Participation.objects.filter(workspace=demo.workspace).select_related("conversation", "agent"))
    for pair in pairs:
        digest = sha256(f"{pair.conversation.external_id}|{pair.agent.name}".encode()).digest()
        moment = int(pair.dated_at.timestamp() * 1000).to_bytes(6, "big")
        bits = int.from_bytes(moment + digest[:10], "big")
        bits = bits & ~(0xF << 76) | (0x7 << 76)
        pair.public_id = UUID(int=bits & ~(0x3 << 62) | (0x2 << 62))
    Participation.objects.bulk_update(pairs, ["public_id"], batch_size=200)


def _scorecard(demo: Demo) -> None:
    manager = demo.users[company.MANAGER]
    card = scorecard_services.create(demo.workspace, "Essentials", by=manager, template="essentials")
    began = demo.now - timedelta(weeks=company.WEEKS)
    demo.version = scorecard_services.publish(scorecard_services.ensure_draft(card, manager), by=manager)
    # It was in use before the first conversation: a trend must not begin with a break.
    ScorecardVersion.objects.filter(pk=demo.version.pk).update(published_at=began)


def _draws(demo: Demo) -> None:
    """One stratified draw for each four weeks: all reviewed but the newest, which is half done."""
    today = demo.now.astimezone(stories.ZONE).date() + timedelta(days=1)
    first = today - timedelta(weeks=company.WEEKS)
    for number, size in enumerate(DRAW_SIZES):
        since = first + timedelta(weeks=4 * number)
        plan = draws.Plan(
            since=since, until=since + timedelta(weeks=4), size=size, min_per_agent=DRAW_MINIMUM, twice=REVIEWED_BY_TWO,
            seed=SEED + number, name=f"{since:%-d %B} to {since + timedelta(weeks=4, days=-1):%-d %B}",
        )  # fmt: skip
        drawn = draws.draw(demo.workspace, plan, by=demo.users[company.LEAD])
        newest = number == len(DRAW_SIZES) - 1
        drawn_at = demo.now - timedelta(days=2) if newest else _noon(demo, plan.until)
        Draw.objects.filter(pk=drawn.pk).update(created_at=drawn_at)
        pairs = drawn.items.select_related("participation__conversation", "participation__agent")
        items = list(pairs.order_by("position"))
        for item in items[: len(items) // 2] if newest else items:
            _review_item(demo, item, drawn_at)


def _noon(demo: Demo, day: object) -> datetime:
    at = datetime.combine(day, datetime.min.time(), stories.ZONE) + timedelta(hours=12)  # type: ignore[arg-type]
    return min(at, demo.now - timedelta(days=1))


def _review_item(demo: Demo, item: DrawItem, drawn_at: datetime) -> None:
    for reviewer in _reviewers(demo, item.participation, item.wanted):
        at = drawn_at + timedelta(minutes=demo.chance.randrange(30, 60 * 46))
        _review(demo, item.participation, reviewer, min(at, demo.now - timedelta(minutes=20)), item)


def _by_hand(demo: Demo) -> None:
    """A few conversations that somebody looked up: low customer scores above all, as people do."""
    pairs = Participation.objects.filter(
        workspace=demo.workspace, eligible=True, is_bot=False, conversation__csat_score__lte=3, draw_items=None
    )
    found = list(
        pairs.select_related("conversation", "agent").order_by("dated_at", "conversation__external_id", "agent__name")
    )
    for pair in demo.chance.sample(found, min(PICKED_BY_HAND, len(found))):
        reviewer = _reviewers(demo, pair, 1)[0]
        at = min(pair.dated_at + timedelta(hours=demo.chance.randrange(20, 90)), demo.now - timedelta(hours=1))
        _review(demo, pair, reviewer, at, None)


def _reviewers(demo: Demo, pair: Participation, count: int) -> Sequence[DemoReviewer]:
    able = [r for r in company.REVIEWERS if r.name != pair.agent.name]
    first = demo.chance.choices(able, [r.share for r in able])[0]
    if count == 1:
        return [first]
    return [first, demo.chance.choice([r for r in able if r is not first])]


def _review(demo: Demo, pair: Participation, reviewer: DemoReviewer, at: datetime, item: DrawItem | None) -> None:
    told = demo.told[pair.conversation.external_id]
    ratings = reviewing.rate(told.truth, reviewer, demo.chance)
    words = reviewing.comment(ratings, demo.chance)
    seconds = max(95, round(demo.chance.lognormvariate(5.85, 0.35)))
    review = submit_past(demo.seat(reviewer.name), pair, demo.version, ratings, words, at, item, demo.chance)
    Review.objects.filter(pk=review.pk).update(
        active_seconds=seconds, started_at=at - timedelta(seconds=seconds + 40), created_at=at
    )
    review.revisions.update(at=at)


def _praise(demo: Demo) -> None:
    best = Review.objects.filter(workspace=demo.workspace, state="submitted", score__gte=97)
    best = best.order_by("-submitted_at", "conversation__external_id")
    for review in best.select_related("conversation", "agent", "reviewer")[:9:2]:
        Praise.objects.create(
            workspace=demo.workspace,
            conversation=review.conversation,
            agent=review.agent,
            given_by=review.reviewer,
            words=demo.chance.choice(["Great example for new starters.", "Worth reading aloud.", ""]),
        )


def _seen(demo: Demo) -> None:
    """Agents have read nearly all that is older than a week, and about half of the rest."""
    submitted = Review.objects.filter(workspace=demo.workspace, state="submitted")
    for review in submitted.order_by("submitted_at", "conversation__external_id", "reviewer__name"):
        old = review.submitted_at < demo.now - timedelta(days=7)
        if demo.chance.random() < (0.93 if old else 0.5):
            seen = review.submitted_at + timedelta(hours=demo.chance.randrange(2, 60))
            Review.objects.filter(pk=review.pk).update(seen_at=min(seen, demo.now))
