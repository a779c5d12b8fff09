"""Weekly series under watch: who is told of what, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.conversations.models import Participation
from evenhand.dashboards.models import Alarm, Watching
from evenhand.dashboards.watching import jobs, services
from evenhand.people.inbox import sentence
from evenhand.people.jobs import run_job
from evenhand.people.models import Job, Notice
from evenhand.reviews.models import Rating, Review
from evenhand.scorecards.models import ScorecardVersion
from tests.worlds import NOW

CALM = [80, 70, 90, 80]
BAD = [20, 30, 10, 20]


@pytest.fixture
def fallen(world):
    """Thirty calm weeks of two agents, then two in which Nadia fell."""
    grow(world, [(CALM, CALM)] * 30 + [(BAD, CALM)] * 2)
    return world


def grow(world, weeks, ago=0):
    """Reviews of each week, of one conversation of each agent: the review average counts every one."""
    pairs = [Participation.objects.filter(agent=world.agents[name]).order_by("pk")[0] for name in ("nadia", "owen")]
    tone = world.version.categories.get(name="Tone")
    made = [
        Review(
            workspace=world.workspace, conversation=pair.conversation, participation=pair, agent=pair.agent,
            reviewer=world.ravi, scorecard=world.scorecard, version=world.version, state="submitted",
            kind="specialist", selection="list", score=score, score_over_max=score, score_uncritical=score,
            score_over_max_uncritical=score, submitted_at=NOW,
            dated_at=NOW - timedelta(weeks=len(weeks) - number + ago),
        )
        for number, scores in enumerate(weeks)
        for pair, own in zip(pairs, scores, strict=True)
        for score in own
    ]  # fmt: skip
    Rating.objects.bulk_create(
        Rating(
            workspace=world.workspace, review=found, category=tone, lineage=tone.lineage, points=1 + found.score // 25,
            scale_min=1, scale_max=4, weight=10, critical="",
        )
        for found in Review.objects.bulk_create(made)
    )  # fmt: skip


def told(user):
    return sorted(sentence(notice) for notice in Notice.objects.filter(user=user))


def test_leads_hear_of_everything_and_an_agent_of_their_own(fallen):
    assert services.check(fallen.workspace, NOW) == Alarm.objects.count() > 0
    assert "Nadia Agent: scores are lower than usual" in told(fallen.lena)
    assert told(fallen.mara) == told(fallen.lena)
    assert any(words.startswith("Your scores of the last weeks are lower") for words in told(fallen.nadia))
    assert not any("Nadia" in words or "Tone" in words or "team" in words for words in told(fallen.nadia))
    assert told(fallen.owen) == told(fallen.ravi) == told(fallen.sol) == []


def test_looking_again_tells_nothing_anew(fallen):
    services.check(fallen.workspace, NOW)
    before = Notice.objects.count()
    assert services.check(fallen.workspace, NOW + timedelta(days=1)) == 0
    assert Notice.objects.count() == before


def test_one_that_stays_outside_is_told_once_and_remembered(fallen):
    services.check(fallen.workspace, NOW)
    alarm = Alarm.objects.get(agent=fallen.agents["nadia"])
    newest, before = alarm.latest, Notice.objects.count()
    grow(fallen, [(BAD, CALM)], ago=-1)
    assert services.check(fallen.workspace, NOW + timedelta(weeks=1)) == 0
    alarm.refresh_from_db()
    assert alarm.latest == newest + timedelta(weeks=1)
    assert Notice.objects.count() == before


def test_what_always_was_so_raises_nothing(world):
    grow(world, [(CALM, BAD)] * 20)
    assert services.check(world.workspace, NOW) == 0
    found = services.look(world.workspace, NOW)
    assert {one.name for one in found.active} >= {"team", f"agent-{world.agents['nadia'].pk}"}


def test_a_new_version_of_the_scorecard_begins_the_scores_anew(fallen):
    ScorecardVersion.objects.create(
        scorecard=fallen.scorecard, number=2, state="archived", published_at=NOW - timedelta(weeks=2, days=3)
    )
    found = {one.name: one for one in services.look(fallen.workspace, NOW).series}
    assert len(found["team"].watch.points.n) == 2
    assert found["team"].watch.missing == 9
    lineage = fallen.version.categories.get(name="Tone").lineage_id
    assert not found[f"category-{lineage}"].watch.missing, "its ratings are on the same scale"


def test_a_series_on_a_new_scale_begins_anew(fallen):
    recent = Review.objects.filter(dated_at__gte=NOW - timedelta(weeks=3))
    lineage = fallen.version.categories.get(name="Tone").lineage
    Rating.objects.filter(review__in=recent).update(scale_max=10)
    found = {one.name: one for one in services.look(fallen.workspace, NOW).series}
    assert found[f"category-{lineage.pk}"].watch.missing


def test_a_larger_budget_narrows_the_limits(fallen):
    found = services.look(fallen.workspace, NOW)
    services.change_budget(fallen.workspace, fallen.lena, 4)
    more = services.look(fallen.workspace, NOW)
    assert more.arl0 == pytest.approx(found.arl0 / 2)
    assert more.active[0].watch.limit < found.active[0].watch.limit


def test_a_workspace_is_due_once_a_day_and_for_one_worker(world):
    first = services.claim_due(NOW)
    assert world.workspace in first
    assert services.claim_due(NOW + timedelta(hours=23)) == []
    assert set(services.claim_due(NOW + timedelta(hours=25))) == set(first)
    assert Watching.objects.filter(checked_at=None).count() == 0


def test_the_chore_gives_the_look_to_a_job(fallen, monkeypatch):
    monkeypatch.setattr(services.timezone, "now", lambda: NOW)
    jobs.enqueue_due()
    job = Job.objects.get(workspace=fallen.workspace, kind=jobs.JOB)
    run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert Alarm.objects.exists()


def test_the_page_shows_the_alarm_and_where_it_began(fallen, sign_in, monkeypatch):
    from evenhand.dashboards.change import views

    monkeypatch.setattr(views.timezone, "now", lambda: NOW)
    page = sign_in(fallen.lena).get("/w/orchard/change/?date=2026-03-11..2026-03-20")
    html = page.content.decode()
    assert "lower than usual" in html
    assert "below the limit" in html
    shown = page.context["page"].drawn_series
    assert shown.series.watch.now == -1
    assert "false alarm about once in" in html


def test_the_address_of_a_notice_shows_its_series(fallen, sign_in):
    services.check(fallen.workspace, NOW)
    notice = Notice.objects.get(user=fallen.lena, kind="alarm.agent.lower")
    assert notice.url.endswith(f"?watch=agent-{fallen.agents['nadia'].pk}#h-watch")
    assert sign_in(fallen.lena).get(notice.url.partition("#")[0]).status_code == 200
