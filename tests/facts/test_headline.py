"""DESIGN: review average, IQS, and which of them is the headline."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.conversations.models import Agent, Participation
from evenhand.facts.metrics import scores
from evenhand.people.models import Workspace
from evenhand.quality.periods import Period
from evenhand.reviews import services
from evenhand.reviews.models import Review
from tests.facts.helpers import MARCH, add_pairs, asked, draw, pair_of, review, review_drawn
from tests.reviews.helpers import seat, submit
from tests.worlds import NOW


def average(world, **values):
    return scores.review_average(*asked(world, **values))


def test_the_review_average_counts_each_review_once(world):
    for number, score in ((0, 80), (0, 60), (1, 80)):
        review(world, pair_of(world, number), score, "greta" if score == 60 else "ravi")
    assert average(world).n == 3
    assert scores.review_average(*asked(world)).value is None  # fewer than four: no number


def test_the_markets_example_is_73_33_by_review_and_72_5_by_pair(world):
    """Reviews of 80 and 70 of one pair and 70 of another; twice over, since fewer than four pairs are no number."""
    pairs = add_pairs(world, "nadia", 4)
    drawn = draw(world, 10, design="simple")
    items = {item.participation_id: item for item in drawn.items.all()}
    for first, second in (pairs[:2], pairs[2:]):
        review(world, first, 80, "ravi", items[first.pk])
        review(world, first, 70, "greta", items[first.pk])
        review(world, second, 70, "ravi", items[second.pk])
    facts, filters = asked(world)
    assert scores.review_average(facts, filters).value == pytest.approx(73.33, abs=0.01)
    assert scores.iqs(facts, filters).value == pytest.approx(72.5)
    assert scores.iqs(facts, filters).n == 4


def test_a_workspace_without_draws_sees_its_review_average(world):
    for number in range(4):
        review(world, pair_of(world, number), 80)
    found = scores.headline(*asked(world))
    assert (found.name, found.reviews, found.left_out, found.frame) == ("average", 4, 0, 6)
    assert found.estimate.value == 80


def test_with_a_draw_the_headline_is_the_iqs_and_says_what_it_leaves_out(world):
    add_pairs(world, "nadia", 8)
    drawn = draw(world, 6, design="simple")
    items = review_drawn(world, drawn, [90, 90, 80, 80])
    other = Participation.objects.exclude(pk__in=[item.participation_id for item in items]).first()
    review(world, other, 10)
    found = scores.headline(*asked(world))
    assert (found.name, found.estimate.value, found.reviews, found.left_out) == ("iqs", 85, 4, 1)
    assert found.average.value == pytest.approx(70)


def test_a_filter_never_changes_what_the_number_is(world):
    review_drawn(world, draw(world, 6, design="simple"), [90])
    found = scores.headline(*asked(world, channels=("chat",)))
    assert (found.name, found.estimate.n, found.estimate.value) == ("iqs", 0, None)


def test_fewer_than_four_pairs_are_no_number(world):
    review_drawn(world, draw(world, 6, design="simple"), [90, 90, (90, 80)])
    found = scores.headline(*asked(world))
    assert (found.name, found.estimate.value, found.estimate.n, found.reviews) == ("iqs", None, 3, 4)


def test_the_workspace_may_have_chosen_the_review_average(world):
    Workspace.objects.update(headline="average")
    world.workspace.refresh_from_db()
    review_drawn(world, draw(world, 6, design="simple"), [90, 80, 80, 80])
    assert scores.headline(*asked(world)).name == "average"


def test_self_reviews_count_by_the_switch_and_never_in_the_iqs(world):
    review_drawn(world, draw(world, 6, design="simple"), [90, 80, 80, 80])
    item = draw_item(world, Review.objects.first())
    review(world, item.participation, 100, "nadia", item, kind="self")
    assert (average(world).n, scores.iqs(*asked(world)).value) == (4, 82.5)
    Workspace.objects.update(self_reviews_count=True)
    world.workspace.refresh_from_db()
    assert (average(world).n, scores.iqs(*asked(world)).value) == (5, 82.5)


def draw_item(world, found):
    return type(found)._meta.get_field("draw_item").related_model.objects.get(pk=found.draw_item_id)


def test_message_reviews_count_in_the_average_alone(world):
    drawn = draw(world, 6, design="simple")
    items = review_drawn(world, drawn, [90, 80, 80, 80])
    message = items[0].participation.conversation.messages.get(position=1)
    review(world, items[0].participation, 10, "greta", items[0], message=message)
    assert average(world).n == 5
    assert scores.iqs(*asked(world)).value == 82.5


def test_bots_stand_apart(world):
    bot = Agent.objects.create(workspace=world.workspace, name="Pip", is_bot=True)
    pairs = add_pairs(world, "nadia", 4)
    Participation.objects.filter(pk__in=[pair.pk for pair in pairs]).update(agent=bot, is_bot=True)
    for pair in Participation.objects.filter(agent=bot):
        review(world, pair, 20)
    for number in range(4):
        review(world, pair_of(world, number), 80)
    assert (average(world).value, average(world, bots=True).value) == (80, 20)
    assert scores.headline(*asked(world)).frame == 6


def test_the_method_is_applied_on_reading(world):
    for number in range(4):
        review(world, pair_of(world, number), 50, score_over_max=60)
    assert average(world).value == 50
    Workspace.objects.update(score_method="max_ratio")
    world.workspace.refresh_from_db()
    assert average(world).value == 60


def test_a_period_begins_at_local_midnight(world):
    for number, hour in ((0, 22), (1, 23)):
        at = datetime(2026, 3, 10, hour, 30, tzinfo=UTC)  # Berlin is an hour ahead
        review(world, pair_of(world, number), 80, dated_at=at)
    day = Period(date(2026, 3, 11), date(2026, 3, 12))
    assert average(world, period=day).n == 1
    assert average(world, period=Period(date(2026, 3, 10), date(2026, 3, 11))).n == 1


def test_the_switch_dates_the_review_average_by_the_review(world):
    review_drawn(world, draw(world, 6, design="simple"), [90, 80, 80, 80])
    Review.objects.update(submitted_at=NOW + timedelta(days=30))
    april = Period(date(2026, 4, 1), date(2026, 5, 1))
    found = scores.headline(*asked(world, period=april, by_review_date=True))
    assert (found.name, found.estimate.value) == ("average", 82.5)
    assert average(world, period=MARCH, by_review_date=True).n == 0


def test_a_review_counts_once_it_is_saved_and_no_longer_once_it_is_deleted(world):
    made = submit(world, "ravi")
    assert average(world).n == 1
    services.delete(seat(world, "ravi"), made)
    assert average(world).n == 0


def test_an_edited_review_changes_the_number_at_once(world):
    for number in range(4):
        review(world, pair_of(world, number), 80)
    assert average(world).value == 80
    Review.objects.filter(conversation__external_id="c0").update(score=40)
    assert average(world).value == 70


def test_a_pair_that_was_answered_again_later_is_of_another_month(world):
    items = review_drawn(world, draw(world, 6, design="simple"), [90, 80, 80, 80])
    Participation.objects.filter(pk=items[0].participation_id).update(dated_at=NOW + timedelta(days=30))
    found = scores.headline(*asked(world))
    assert (found.estimate.n, found.reviews, found.frame) == (3, 3, 5)


def test_a_drawn_pair_that_moved_before_its_review_counts_where_it_is_now(world):
    drawn = draw(world, 6, design="simple")
    Participation.objects.update(dated_at=NOW + timedelta(days=30))
    review_drawn(world, drawn, [90, 80, 80, 80])
    april = Period(date(2026, 4, 1), date(2026, 5, 1))
    assert scores.headline(*asked(world, period=april)).estimate.value == 82.5


def test_change_has_an_interval_of_its_own(world):
    february = datetime(2026, 2, 10, tzinfo=UTC)
    for number in range(4):
        review(world, pair_of(world, number), 80)
        review(world, pair_of(world, number), 60 + number, "greta", dated_at=february)
    change = scores.change(*asked(world, period=Period(date(2026, 3, 1), date(2026, 3, 29))), scores.AVERAGE)
    assert change.value == pytest.approx(18.5)
    assert change.low < 18.5 < change.high
