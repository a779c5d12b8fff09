"""Edits and deletions leave revisions; who may make them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from evenhand.people.models import Notice
from evenhand.reviews import access, services
from evenhand.reviews.models import Rating
from evenhand.reviews.services import Conflict
from tests.reviews.helpers import answers, drawn, seat, submit


def edit(world, review, name="ravi", revision=1, **ratings):
    return services.edit(seat(world, name), review, answers(world, "New words", **ratings), revision=revision)


def test_an_edit_changes_score_and_comment_and_keeps_both_versions(world):
    review = submit(world, "ravi", Solution=5, Tone=4, Privacy=2)
    changed = edit(world, review, Solution=1, Tone=4, Privacy=2)
    assert changed.score == pytest.approx(40)
    told = list(changed.revisions.order_by("number").values_list("number", "action", "score", "comment"))
    assert told == [(1, "submitted", 100, ""), (2, "edited", pytest.approx(40), "New words")]


def test_an_edit_keeps_the_rows_and_their_snapshot(world):
    review = submit(world, "ravi")
    before = set(review.ratings.values_list("pk", flat=True))
    edit(world, review, Solution=1, Tone="na", Privacy=2)
    assert set(review.ratings.values_list("pk", flat=True)) == before
    assert list(review.ratings.order_by("pk").values_list("points", "na")) == [(1, False), (None, True), (2, False)]


def test_the_agent_is_told_of_a_change_and_it_is_new_again(world):
    review = submit(world, "ravi")
    services.mark_seen(seat(world, "nadia"), review)
    assert edit(world, review, Solution=1, Tone=4, Privacy=2).seen_at is None
    assert list(Notice.objects.order_by("pk").values_list("kind", flat=True)) == ["review.received", "review.changed"]


def test_two_who_edit_at_once_do_not_overwrite_each_other(world):
    review = submit(world, "ravi")
    edit(world, review, Solution=1, Tone=4, Privacy=2)
    with pytest.raises(Conflict):
        edit(world, review, name="lena", revision=1, Solution=2, Tone=4, Privacy=2)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("ravi", True),
        ("greta", False),
        ("lena", True),
        ("mara", True),
        ("ada", True),
        ("nadia", False),
        ("owen", False),
    ],
)
def test_a_review_is_changed_by_its_author_and_by_leads(world, name, may):
    assert access.may_edit(seat(world, name), submit(world, "ravi")) is may


def test_a_self_review_is_its_authors_alone(world):
    world.workspace.self_reviews_allowed = True
    review = submit(world, "nadia")
    assert review.kind == "self"
    assert access.may_edit(seat(world, "nadia"), review)
    assert not access.may_edit(seat(world, "mara"), review)


def test_a_refused_edit_writes_nothing(world):
    review = submit(world, "ravi")
    with pytest.raises(PermissionDenied):
        edit(world, review, name="greta", Solution=1, Tone=4, Privacy=2)
    assert review.revisions.count() == 1


def test_deleting_leaves_tombstones_and_a_revision(world):
    review = submit(world, "ravi")
    services.delete(seat(world, "ravi"), review)
    review.refresh_from_db()
    assert review.deleted_at is not None
    assert not Rating.objects.filter(deleted_at=None).exists()
    assert list(review.revisions.order_by("number").values_list("action", flat=True)) == ["submitted", "deleted"]
    assert not access.visible(seat(world, "mara")).exists()


def test_a_drawn_pair_is_open_again_when_its_only_review_is_deleted(world):
    item = drawn(world)
    review = submit(world, "ravi", ticket_values={"draw_item": item.pk, "probability": 0.3, "selection": "draw"})
    services.delete(seat(world, "ravi"), review)
    item.refresh_from_db()
    assert (item.state, item.reviewer) == ("open", None)


def test_seen_is_the_reviewees_to_say_and_the_first_time_counts(world):
    review = submit(world, "ravi")
    services.mark_seen(seat(world, "owen"), review)
    review.refresh_from_db()
    assert review.seen_at is None
    services.mark_seen(seat(world, "nadia"), review)
    review.refresh_from_db()
    first = review.seen_at
    services.mark_seen(seat(world, "nadia"), review)
    review.refresh_from_db()
    assert review.seen_at == first is not None


def test_deleting_in_two_tabs_at_once_is_no_error(world, sign_in, monkeypatch):
    review, delete = submit(world, "ravi"), services.delete

    def late(of, gone):
        delete(of, gone)
        delete(of, gone)

    monkeypatch.setattr(services, "delete", late)
    url = reverse("reviews:delete", args=["orchard", review.public_id])
    assert sign_in(world.ravi).post(url).status_code == 302
