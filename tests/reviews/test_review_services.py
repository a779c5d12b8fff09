"""Submitting: what is stored with a review, and what it needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenhand.people.models import AuditEntry, Membership, Notice
from evenhand.reviews import services
from evenhand.reviews.answers import Refused
from evenhand.reviews.models import DrawItem, Evidence, Rating, Review
from evenhand.reviews.registry import registry
from evenhand.reviews.services import submission
from tests.reviews.helpers import answers, category, drawn, save, seat, submit, ticket


@pytest.mark.parametrize(
    ("name", "number", "kind"),
    [
        ("mara", 0, "manager"),
        ("lena", 0, "manager"),
        ("ada", 0, "manager"),
        ("ravi", 0, "specialist"),
        ("owen", 0, "peer"),
    ],
)
def test_the_kind_follows_from_who_reviews(world, name, number, kind):
    assert submit(world, name, number).kind == kind


def test_a_review_of_oneself_is_a_self_review_whatever_ones_role(world):
    world.workspace.self_reviews_allowed = True
    Membership.objects.create(workspace=world.workspace, user=world.owen, role="manager")
    assert submit(world, "owen", 1).kind == "self"


def test_the_score_is_stored_under_both_methods_with_and_without_the_critical_rule(world):
    review = submit(world, "ravi", Solution=3, Tone=4, Privacy=1)
    assert (review.score, review.critical_failed) == (0, True)
    assert review.score_uncritical == pytest.approx((30 * 50 + 10 * 100) / 50)
    assert review.score_over_max_uncritical == pytest.approx((30 * 60 + 10 * 100 + 10 * 50) / 50)
    assert review.score_over_max == 0


def test_ratings_keep_the_scale_and_weight_that_were_in_force(world):
    review = submit(world, "ravi", Solution=4, Tone="na", Privacy=2)
    solution = review.ratings.get(category=category(world, "Solution"))
    assert (solution.points, solution.scale_min, solution.scale_max, solution.weight) == (4, 1, 5, 30)
    assert solution.lineage == category(world, "Solution").lineage
    assert review.ratings.get(category=category(world, "Privacy")).critical == "review"
    assert review.ratings.get(category=category(world, "Tone")).na


def test_a_later_version_of_the_scorecard_does_not_touch_a_review(world):
    from evenhand.scorecards.models import Category

    review = submit(world, "ravi", Solution=4, Tone=4, Privacy=2)
    before = list(Rating.objects.filter(review=review).values("points", "scale_max", "weight"))
    Category.objects.filter(version=world.version).update(weight=1)
    assert list(Rating.objects.filter(review=review).values("points", "scale_max", "weight")) == before
    review.refresh_from_db()
    assert review.score == pytest.approx((30 * 75 + 10 * 100 + 10 * 100) / 50)


def test_every_category_wants_an_answer_and_the_missing_ones_are_named(world):
    with pytest.raises(Refused) as refused:
        submit(world, "ravi", Solution=4)
    key = str(category(world, "Tone").public_id)
    assert refused.value.faults[""] == "Tone and Privacy are not rated yet."
    assert refused.value.faults[key] == "Tone is not rated yet; 0 is for not applicable."
    assert not Review.objects.exists()


def test_nothing_applicable_is_asked_once_and_gives_no_score(world):
    nothing = {"Solution": "na", "Tone": "na", "Privacy": "na"}
    with pytest.raises(Refused) as refused:
        submit(world, "ravi", **nothing)
    assert refused.value.confirm
    review = services.submit(
        seat(world, "ravi"), world.conversations[0], ticket(world, "ravi"), save(world, **nothing), confirmed=True
    )
    assert (review.state, review.score) == ("submitted", None)


@pytest.mark.parametrize("points", [0, 6, 3.5])
def test_points_beside_the_scale_are_refused(world, points):
    with pytest.raises(Refused, match="not on the scale"):
        submit(world, "ravi", Solution=points, Tone=4, Privacy=2)


def test_evidence_lies_inside_the_text_of_this_conversation(world):
    reply = world.conversations[0].messages.get(position=1)
    good = answers(world, Solution=4, Tone=4, Privacy=2, passages={"Solution": [(reply.pk, 1, 0, 10)]})
    review = services.submit(
        seat(world, "ravi"), world.conversations[0], ticket(world, "ravi"), services.Save(good, tab="t")
    )
    assert Evidence.objects.get(rating__review=review).end == 10


@pytest.mark.parametrize("passage", [(0, 1, 0, 5), (1, 2, 0, 5), (1, 1, 5, 5), (1, 1, 0, 9999)])
def test_evidence_outside_is_refused(world, passage):
    reply = world.conversations[0].messages.get(position=1)
    elsewhere = world.conversations[1].messages.get(position=1)
    message, version, start, end = passage
    spot = (reply.pk if message else elsewhere.pk, version, start, end)
    wrong = answers(world, Solution=4, Tone=4, Privacy=2, passages={"Solution": [spot]})
    with pytest.raises(Refused, match="outside its message"):
        services.submit(seat(world, "ravi"), world.conversations[0], ticket(world, "ravi"), services.Save(wrong))


def test_a_drawn_pair_is_recorded_with_its_chance_and_is_done(world):
    item = drawn(world)
    review = submit(world, "ravi", ticket_values={"draw_item": item.pk, "probability": 1 / 3, "selection": "draw"})
    item.refresh_from_db()
    assert (review.selection, review.probability, review.draw_item, review.blind) == ("draw", 1 / 3, item, True)
    assert (item.state, item.reviewer) == (DrawItem.State.REVIEWED, world.ravi)


def test_one_drawn_pair_wants_one_review_from_each(world):
    item = drawn(world)
    values = {"draw_item": item.pk, "probability": 1 / 3, "selection": "draw"}
    submit(world, "ravi", ticket_values=values)
    again = submit(world, "ravi", tab="other", ticket_values=values)
    assert (again.selection, again.draw_item) == ("link", None)
    assert submit(world, "greta", ticket_values=values).draw_item == item


def test_a_review_is_not_blind_once_another_one_of_the_pair_could_be_seen(world):
    assert submit(world, "greta").blind
    assert not submit(world, "ravi").blind


def test_a_blind_draw_hides_the_other_review_and_so_stays_blind(world):
    submit(world, "greta")
    item = drawn(world)
    assert submit(world, "ravi", ticket_values={"draw_item": item.pk, "selection": "draw", "probability": 0.3}).blind


def test_submitting_is_audited_and_the_agent_is_told(world):
    review = submit(world, "ravi", Solution=4, Tone=4, Privacy=2)
    entry = AuditEntry.objects.get(action="review.submit")
    assert (entry.object_id, entry.data["selection"]) == (str(review.public_id), "link")
    notice = Notice.objects.get(user=world.nadia)
    assert notice.data == {"score": "85", "scorecard": "Essentials"}
    assert str(review.public_id) in notice.url


def test_the_same_request_sent_twice_makes_one_review(world):
    assert submit(world, "ravi").pk == submit(world, "ravi").pk
    assert Review.objects.count() == 1


def test_submitting_remembers_how_many_messages_there_were(world):
    world.conversations[0].message_count = 14
    assert submit(world, "ravi").message_count == 14


def test_higher_rooms_hear_of_a_review(world, monkeypatch):
    heard = []
    monkeypatch.setattr(registry, "review_submitted", [heard.append])
    review = submit(world, "ravi")
    assert heard == [review]


def test_root_causes_are_kept_where_the_rating_asks_for_them(world):
    made = answers(world, Solution=1, Tone=4, Privacy=2)
    cause = category(world, "Solution").root_causes.get()
    other = category(world, "Tone").root_causes.get()
    by = dict(made.by_category)
    for name, one in (("Solution", cause), ("Tone", other)):
        key = str(category(world, name).public_id)
        by[key] = replace(by[key], causes=(str(one.public_id),))
    review = services.submit(
        seat(world, "ravi"),
        world.conversations[0],
        ticket(world, "ravi"),
        services.Save(replace(made, by_category=by), tab="t"),
    )
    assert [c.root_cause for r in review.ratings.all() for c in r.causes.all()] == [cause]


def test_a_button_pressed_twice_makes_one_review(world, monkeypatch):
    """The second request looked before the first had committed."""
    look, seen = submission._refuse_twice, []

    def too_early(of, sent):
        seen.append(sent)
        if len(seen) > 1:
            look(of, sent)

    first = submit(world, "ravi")
    monkeypatch.setattr(submission, "_refuse_twice", too_early)
    assert submit(world, "ravi") == first
    assert Review.objects.count() == 1
