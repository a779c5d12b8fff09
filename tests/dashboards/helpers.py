"""A small world with a draw, reviews of several kinds, causes and answers, and a reader of pages."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from evenhand.conversations.models import Conversation, ConversationTag, Group, GroupMembership, Participation, Tag
from evenhand.facts.load import engine
from evenhand.reviews.models import RatingCause, Review
from evenhand.surveys.models import SurveyResponse
from tests.facts.helpers import add_pairs, draw, rate, review, review_drawn
from tests.worlds import NOW

MARCH = "date=2026-03-01..2026-03-31"
HOME = "/w/orchard/dashboard/"


def fill(world):
    """22 pairs of two agents, 12 of them drawn and reviewed, some twice; 3 by hand, 5 answers, 2 groups."""
    engine()  # its libraries take their time to load, and a browser does not wait for ever
    add_pairs(world, "nadia", 10)
    add_pairs(world, "owen", 6, first=30)
    items = review_drawn(
        world, draw(world, 12, min_per_agent=5), [(90, 70), 80, 100, 60, 75, 85, 95, 88, 40, 92, 77, 0]
    )
    taken = [item.participation_id for item in items]
    for number, pair in enumerate(Participation.objects.exclude(pk__in=taken).order_by("pk")[:3]):
        review(world, pair, 50 + number, "greta")
    _rate(world)
    _answers(world)
    _groups(world)
    return world


def _rate(world):
    for number, made in enumerate(Review.objects.order_by("pk")):
        failed = made.score == 0
        Review.objects.filter(pk=made.pk).update(
            active_seconds=number * 30, critical_failed=failed, score_uncritical=60 if failed else made.score,
            seen_at=NOW if number % 3 else None,
        )  # fmt: skip
        solution = rate(world, made, "Solution", 1 + number % 5)
        rate(world, made, "Tone", None if number % 4 == 0 else 1 + number % 4)
        rate(world, made, "Privacy", 1 if failed else 2)
        if number % 3 == 0:
            cause = solution.category.root_causes.get()
            RatingCause.objects.create(rating=solution, root_cause=cause)


def _answers(world):
    for number, score in enumerate((5, 4, 4, 2, 1, 5)):
        conversation = world.conversations[number]
        Conversation.objects.filter(pk=conversation.pk).update(csat_score=score, csat_positive=score > 3)
        SurveyResponse.objects.create(
            workspace=world.workspace, conversation=conversation, agent=conversation.main_agent, external_id="1",
            kind="csat", score=score, minimum=1, maximum=5, dated_at=NOW,
        )  # fmt: skip


def _groups(world):
    for name, agent in (("Days", "nadia"), ("Nights", "owen")):
        group = Group.objects.create(workspace=world.workspace, name=name)
        GroupMembership.objects.create(group=group, agent=world.agents[agent], since=date(2025, 1, 1))
    tag = Tag.objects.create(workspace=world.workspace, name="vip")
    for conversation in world.conversations[:4]:
        ConversationTag.objects.create(conversation=conversation, tag=tag)


class Links(HTMLParser):
    """Every link of a page with its words; a cause's number stands in the next cell."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.open = [dict(attrs).get("href", ""), ""]

    def handle_data(self, data):
        if self.open:
            self.open[1] += data

    def handle_endtag(self, tag):
        if tag == "a" and self.open:
            self.found.append(tuple(self.open))
            self.open = None


def links(html, base=HOME):
    return [(urljoin(base, unescape(href)), " ".join(words.split())) for href, words in Links(html).found]


def first_number(words):
    found = re.search(r"\d[\d,]*", words)
    return int(found.group().replace(",", "")) if found else None


def counted(response):
    """How many rows a page behind a number says that there are."""
    return int(re.search(r'data-count="(\d+)"', response.content.decode()).group(1))
