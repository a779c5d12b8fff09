"""The demo as it is built: the same at every build, through the services that people use."""

from __future__ import annotations

import argparse
import random
from datetime import timedelta

import pytest
from django.db import connection, transaction

from evenhand.cli import Refused
from evenhand.cli import demo as command
from evenhand.conversations.models import Participation
from evenhand.demo import company, reviewing, stories
from evenhand.demo.build import build
from evenhand.facts.filters import Filters
from evenhand.facts.load import load
from evenhand.facts.metrics import agreement, scores
from evenhand.people.models import User, Workspace
from evenhand.quality.periods import Period
from evenhand.quality.scores import Rating, review_score
from evenhand.reviews.models import Draw, Praise, Review
from evenhand.reviews.models import Rating as StoredRating
from evenhand.scorecards.models import Scorecard
from tests.worlds import NOW

REVIEW = (
    "conversation__external_id", "agent__name", "reviewer__name", "selection", "score", "comment", "submitted_at",
    "dated_at", "seen_at", "probability", "kind",
)  # fmt: skip
RATING = (
    "review__conversation__external_id", "review__reviewer__name", "lineage__name", "points", "na",
    "causes__root_cause__label", "evidence__start", "evidence__end",
)  # fmt: skip


class Built:
    """What a build left behind, told by names instead of keys."""

    def __init__(self):
        if connection.vendor == "postgresql":
            # A new database counts from 1; this one, whose first build was rolled back, counts on.
            with connection.cursor() as cursor:
                cursor.execute("SELECT setval(pg_get_serial_sequence('conversations_agent', 'id'), 1, false)")
        self.logins = build(now=NOW)
        self.reviews = sorted(Review.objects.values_list(*REVIEW), key=str)
        self.ratings = sorted(StoredRating.objects.values_list(*RATING), key=str)


@pytest.fixture(scope="module")
def twice(django_db_setup, django_db_blocker):
    """Two builds, one after the other, each into an empty database; the second one is there."""
    with django_db_blocker.unblock(), transaction.atomic():
        with transaction.atomic():
            first = Built()
            transaction.set_rollback(True)
        assert not User.objects.exists()
        yield first, Built()
        transaction.set_rollback(True)


def test_the_reviews_and_ratings_are_the_same_at_every_build(twice):
    first, second = twice
    assert len(first.reviews) > 150
    assert first.reviews == second.reviews
    assert first.ratings == second.ratings


def test_the_passwords_are_not(twice):
    first, second = twice
    assert first.logins != second.logins


def test_everybody_who_can_sign_in_is_listed_once(twice):
    logins = twice[1].logins
    for user in User.objects.all():
        assert logins.count(user.email) == 1
        password = next(line.split()[1] for line in logins.splitlines() if user.email in line)
        assert user.check_password(password)


def test_the_newest_draw_is_half_reviewed(twice):
    newest = Draw.objects.order_by("-period_from")[0]
    states = list(newest.items.order_by("position").values_list("state", flat=True))
    assert newest.design == "stratified"
    assert states == ["reviewed"] * (len(states) // 2) + ["open"] * (len(states) - len(states) // 2)
    assert set(Draw.objects.exclude(pk=newest.pk).values_list("items__state", flat=True)) == {"reviewed"}


def test_its_kinds_and_scores_come_from_the_services(twice):
    kinds = {(name, kind) for _c, _a, name, *_rest, kind in twice[1].reviews}
    assert ("Wim Verhoeven", "manager") in kinds
    assert ("Isla Brandt", "peer") in kinds
    assert all(r.revisions.count() == 1 for r in Review.objects.all()[:20])
    assert Review.objects.filter(selection="list").count() >= 12
    assert Praise.objects.count() == 5


def test_nothing_happened_after_it_was_built(twice):
    assert Review.objects.filter(submitted_at__gt=NOW).count() == 0
    assert Review.objects.filter(dated_at__gt=NOW).count() == 0
    assert Review.objects.filter(submitted_at__lt=NOW - timedelta(weeks=20)).count() == 0


def test_the_reviewers_strictness_can_be_found_again(twice):
    """What company.py writes down about the strictest and the mildest is what their reviews say."""
    fair = {story["id"]: stories.fair_score(story) for story in stories.read()}
    above = {r.name: [] for r in company.REVIEWERS}
    for name, story, score in Review.objects.values_list(
        "reviewer__name", "conversation__external_id", "score_uncritical"
    ):
        above[name].append(score - fair[story])
    mean = {name: sum(values) / len(values) for name, values in above.items()}
    assert min(mean, key=mean.get) == "Greta Sandberg"
    assert mean["Isla Brandt"] - mean["Greta Sandberg"] == pytest.approx(15, abs=7)


def test_true_leniency_lies_in_the_intervals_of_the_agreement_page(twice):
    """Truth is what each reviewer would give every story on average, against the panel's mean of the same."""
    workspace = Workspace.objects.get(is_demo=True)
    end = NOW.date() + timedelta(days=1)
    filters = Filters(Period(end - timedelta(weeks=company.WEEKS + 1), end))
    blind = agreement.blind_reviews(load(workspace, filters), filters, Scorecard.objects.get().pk)
    drawn = Participation.objects.filter(pk__in=blind.pair[blind.drawn].tolist())
    told = {story["id"]: stories.truth_of(story) for story in stories.read()}
    truths = [told[name] for name in drawn.values_list("conversation__external_id", flat=True)]
    chance = random.Random(3)
    mean = {r.name: _mean([reviewing.rate(truth, r, chance) for truth in truths for _ in range(8)])
            for r in company.REVIEWERS}  # fmt: skip
    panel = agreement.leniency(blind)
    assert panel.differ
    assert blind.doubles.pairs >= 40
    for one in panel.reviewers:
        name = User.objects.get(pk=one.reviewer).name
        assert one.estimate.contains(mean[name] - sum(mean.values()) / len(mean)), name


def _mean(rated):
    """Mean score without the critical rule."""
    scores = [
        review_score(
            [Rating(points=given[name], scale_min=1, scale_max=steps, weight=weight, critical="")
             for name, steps, weight, _critical in stories.TRUTH.values()]
        ).without_critical
        for given in rated
    ]  # fmt: skip
    return sum(scores) / len(scores)


def test_the_dashboard_has_a_number_from_the_first_minute(twice):
    workspace = Workspace.objects.get(is_demo=True)
    end = NOW.date() + timedelta(days=1)
    filters = Filters(Period(end - timedelta(days=28), end))
    found = scores.headline(load(workspace, filters, earlier=filters.before()), filters)
    assert (found.name, found.estimate.n) == ("iqs", 32)
    assert found.left_out > 0


def test_a_database_with_people_is_refused(world):
    with pytest.raises(Refused, match="the demo only goes into an empty home"):
        command.run(argparse.Namespace(if_empty=False))
    assert command.run(argparse.Namespace(if_empty=True)) == 0
    assert not Workspace.objects.filter(is_demo=True).exists()
