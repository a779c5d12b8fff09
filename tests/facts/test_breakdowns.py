"""Categories, causes, critical failures, pass rate, time, customers' answers."""

from __future__ import annotations

import pytest

from evenhand.conversations.models import Agent
from evenhand.facts.metrics import breakdowns, scores, work
from evenhand.people.models import Workspace
from evenhand.reviews.models import RatingCause, Review
from evenhand.surveys.models import SurveyResponse
from tests.facts.helpers import asked, pair_of, rate, review
from tests.worlds import NOW


@pytest.fixture
def rated(world):
    """Four reviews: Solution 5, 5, 3, 1 of 5; Privacy 2, 2, 2, 1; Tone not applicable once."""
    values = [(5, 4, 2), (5, 3, 2), (3, None, 2), (1, 4, 1)]
    for number, (solution, tone, privacy) in enumerate(values):
        failed = privacy == 1
        made = review(
            world, pair_of(world, number), 0 if failed else 80, score_uncritical=70 if failed else 80,
            critical_failed=failed, active_seconds=60 * number,
        )  # fmt: skip
        rate(world, made, "Solution", solution)
        rate(world, made, "Tone", tone)
        rate(world, made, "Privacy", privacy)
    return world


def lineage(world, name):
    return world.version.categories.get(name=name).lineage_id


def test_a_category_is_the_mean_of_its_ratings_without_the_critical_rule(rated):
    found = {c.lineage_id: c for c in breakdowns.categories(*asked(rated), scores.AVERAGE)}
    solution, tone, privacy = (found[lineage(rated, name)] for name in ("Solution", "Tone", "Privacy"))
    assert (solution.estimate.value, solution.estimate.n) == (pytest.approx((100 + 100 + 50 + 0) / 4), 4)
    assert (tone.estimate.value, tone.estimate.n) == (None, 3)
    assert (privacy.estimate.value, privacy.critical, privacy.failed) == (75, True, 1)


def test_the_lowest_category_comes_last(rated):
    Review.objects.filter(conversation__external_id="c0")
    review_of = pair_of(rated, 4)
    rate(rated, review(rated, review_of, 50), "Tone", 1)
    found = breakdowns.categories(*asked(rated), scores.AVERAGE)
    values = [c.estimate.value for c in found]
    assert values == sorted(values, reverse=True)


def test_points_over_maximum_counts_the_lowest_point_too(rated):
    Workspace.objects.update(score_method="max_ratio")
    rated.workspace.refresh_from_db()
    found = {c.lineage_id: c for c in breakdowns.categories(*asked(rated), scores.AVERAGE)}
    assert found[lineage(rated, "Solution")].estimate.value == pytest.approx(100 * 14 / 20)


def test_causes_count_the_reviews_that_named_them(rated):
    cause = rated.version.categories.get(name="Solution").root_causes.get()
    for found in Review.objects.all()[:3]:
        RatingCause.objects.create(rating=found.ratings.get(category=cause.category), root_cause=cause)
    counts = breakdowns.root_causes(*asked(rated), scores.AVERAGE)
    assert [(c.label, c.kind, c.count) for c in counts] == [("Macro out of date", "process", 3)]
    assert breakdowns.root_causes(*asked(rated), scores.AVERAGE, lineage(rated, "Tone")) == []


def test_critical_failures_cost_points(rated):
    found = scores.critical_rule(*asked(rated))
    assert (found.parts.without_rule.value, found.failed) == (77.5, 1)
    assert found.parts.cost.value == pytest.approx(77.5 - 60)
    assert found.parts.cost.low < found.parts.cost.value < found.parts.cost.high


def test_a_failed_category_with_another_tools_score_costs_nothing(rated):
    Review.objects.update(score=80)
    found = scores.critical_rule(*asked(rated))
    assert (found.parts.failed.value, found.failed) == (0, 1)


def test_the_pass_rate_compares_unrounded(rated):
    Review.objects.filter(conversation__external_id="c0").update(score=79.999)
    assert work.pass_rate(*asked(rated), scores.AVERAGE).value == 50
    Workspace.objects.update(pass_baseline=79)
    rated.workspace.refresh_from_db()
    assert work.pass_rate(*asked(rated), scores.AVERAGE).value == 75


def test_review_time_is_of_reviews_that_have_any(rated):
    found = work.review_time(*asked(rated))
    assert (found.mean, found.total, found.n) == (120, 360, 3)


def test_unseen_is_a_share_of_all_reviews(rated):
    Review.objects.filter(conversation__external_id="c0").update(seen_at=NOW)
    found = work.unseen(*asked(rated))
    assert (found.value, found.n) == (75, 4)


def answer(world, number, score, agent=None, **values):
    conversation = pair_of(world, number).conversation
    return SurveyResponse.objects.create(
        **{"workspace": world.workspace, "conversation": conversation, "external_id": f"r{number}", "kind": "csat",
           "score": score, "minimum": 1, "maximum": 5, "dated_at": NOW, "agent": agent, **values}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("definition", "value"), [("share", 50), ("sum_over_max", 100 * 14 / 20), ("min_max", 100 * 10 / 16)]
)
def test_csat_by_each_published_definition(world, definition, value):
    for number, score in enumerate((5, 4, 3, 2)):
        answer(world, number, score)
    Workspace.objects.update(csat_definition=definition)
    world.workspace.refresh_from_db()
    found = work.customer_satisfaction(*asked(world))
    assert (found.value, found.n) == (pytest.approx(value), 4)


def test_answers_about_bots_and_other_surveys_stand_apart(world):
    bot = Agent.objects.create(workspace=world.workspace, name="Pip", is_bot=True)
    for number, agent in ((0, world.agents["nadia"]), (1, None), (2, bot)):
        answer(world, number, 5, agent)
    answer(world, 3, 9, kind="nps", minimum=0, maximum=10)
    assert work.customer_satisfaction(*asked(world)).n == 2
    assert work.customer_satisfaction(*asked(world, bots=True)).n == 1


def test_filters_on_columns_and_on_conversations(rated):
    wanted = pair_of(rated, 0).conversation_id
    assert scores.review_average(*asked(rated, conversations=(wanted,))).n == 1
    assert scores.review_average(*asked(rated, channels=("email",), languages=("en",))).n == 4
    assert scores.review_average(*asked(rated, channels=("chat",))).n == 0
    assert scores.review_average(*asked(rated, agents=(rated.agents["owen"].pk,))).n == 2
    assert scores.review_average(*asked(rated, reviewers=(rated.greta.pk,))).n == 0
    assert scores.review_average(*asked(rated, connections=(rated.connection.pk,))).n == 4
    assert scores.review_average(*asked(rated, scorecards=(rated.scorecard.pk,))).n == 4
