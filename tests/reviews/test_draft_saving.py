"""Drafts: one each, kept on the server, and a second tab is told."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import replace

import pytest

from evenhand.reviews import cards, services
from evenhand.reviews.answers import Refused
from evenhand.reviews.models import Rating, Review
from evenhand.reviews.services import Conflict, Save, drafts
from evenhand.reviews.services.drafts import restored
from tests.reviews.helpers import answers, category, drawn, save, seat, submit, ticket


def keep(world, name="ravi", made=None, ticket_values=None, **ratings):
    made = made or save(world, **(ratings or {"Solution": 4}))
    return services.save_draft(
        seat(world, name), world.conversations[0], ticket(world, name, **(ticket_values or {})), made
    )


def test_a_draft_comes_back_as_it_was_left(world):
    reply = world.conversations[0].messages.get(position=1)
    left = answers(world, "Half a", Solution=4, Tone="na", passages={"Solution": [(reply.pk, 1, 2, 5)]})
    keep(world, made=Save(left))
    assert restored(Review.objects.get()) == left


def test_what_is_attached_before_rating_is_kept_too(world):
    reply = world.conversations[0].messages.get(position=1)
    key = str(category(world, "Tone").public_id)
    only = answers(world, Tone=1, passages={"Tone": [(reply.pk, 1, 0, 4)]})
    unrated = replace(only, by_category={key: replace(only.by_category[key], points=None)})
    keep(world, made=Save(unrated))
    assert restored(Review.objects.get()) == unrated


def test_a_draft_is_no_rating_yet(world):
    saved = keep(world, Solution=4)
    assert not Rating.objects.exists()
    assert (saved.number, saved.work.scored.score, saved.work.answers.given(saved.work.categories)) == (1, 75, 1)


def test_there_is_one_draft_of_a_pair_and_scorecard(world):
    keep(world)
    keep(world, made=save(world, number=1, turn=2, Solution=5))
    assert [draft.draft_number for draft in Review.objects.all()] == [2]


def test_a_message_has_a_draft_of_its_own(world):
    keep(world)
    keep(world, ticket_values={"message": world.conversations[0].messages.get(position=1).pk})
    assert Review.objects.count() == 2


def test_another_tab_is_told_instead_of_overwriting(world):
    keep(world, made=save(world, tab="first", Solution=4))
    with pytest.raises(Conflict) as conflict:
        keep(world, made=save(world, number=0, tab="second", Solution=2))
    assert conflict.value.review.draft_number == 1
    assert restored(Review.objects.get()) == answers(world, Solution=4)


def test_another_tab_that_knows_the_newest_draft_goes_on_with_it(world):
    keep(world, made=save(world, tab="first", Solution=4))
    assert keep(world, made=save(world, number=1, tab="second", Solution=2)).number == 2


def test_a_save_whose_answer_was_lost_is_no_conflict(world):
    keep(world, made=save(world, number=0, turn=1, Solution=4))
    assert keep(world, made=save(world, number=0, turn=2, Solution=5)).number == 2


def test_a_save_that_was_overtaken_changes_nothing(world):
    keep(world, made=save(world, turn=2, Solution=5))
    keep(world, made=save(world, turn=1, Solution=4))
    assert restored(Review.objects.get()) == answers(world, Solution=5)


def test_the_same_again_is_no_new_save(world):
    keep(world, made=save(world, turn=1, Solution=5))
    assert keep(world, made=save(world, number=1, turn=2, Solution=5)).number == 1


def test_a_page_whose_draft_was_submitted_elsewhere_is_told(world):
    keep(world, made=save(world, tab="first"))
    services.submit(
        seat(world, "ravi"),
        world.conversations[0],
        ticket(world, "ravi"),
        save(world, number=1, tab="first", turn=5, Solution=4, Tone=4, Privacy=2),
    )
    with pytest.raises(Conflict) as conflict:
        keep(world, made=save(world, number=1, tab="second", Solution=2))
    assert conflict.value.review is None


def test_refused_answers_write_nothing(world):
    with pytest.raises(Refused):
        keep(world, Solution=9)
    assert not Review.objects.exists()


@pytest.mark.parametrize(("sent", "counted"), [(5, 5), (100_000, 60)])
def test_active_time_cannot_be_longer_than_the_clock_allows(world, sent, counted):
    import time

    keep(world, made=save(world, seconds=sent, Solution=4), ticket_values={"issued": time.time() - 60})
    assert Review.objects.get().active_seconds == pytest.approx(counted, abs=3)


def test_a_draft_that_answers_a_drawn_pair_gives_it_up_to_one_on_another_scorecard(world):
    item = drawn(world)
    values = {"draw_item": item.pk, "probability": 0.3, "selection": "draw"}
    keep(world, ticket_values=values)
    keep(world, ticket_values={**values, "message": None, "scorecard": another_scorecard(world)})
    assert list(Review.objects.order_by("pk").values_list("selection", "draw_item")) == [
        ("link", None),
        ("draw", item.pk),
    ]


def another_scorecard(world):
    from evenhand.scorecards.models import Scorecard

    return Scorecard.objects.create(workspace=world.workspace, name="Other").pk


def test_a_draft_begun_from_the_list_becomes_the_answer_to_a_draw(world):
    keep(world, ticket_values={"selection": "list"})
    item = drawn(world)
    keep(
        world,
        made=save(world, number=1, turn=2, Solution=4),
        ticket_values={"draw_item": item.pk, "probability": 0.3, "selection": "draw"},
    )
    assert Review.objects.get().selection == "draw"


def test_once_seen_is_never_blind_again(world):
    keep(world, ticket_values={"blind": False})
    keep(world, made=save(world, number=1, turn=2, Solution=4, Tone=4, Privacy=2), ticket_values={"blind": True})
    assert not submit(world, "ravi").blind


def test_a_discarded_draft_leaves_its_drawn_pair_to_others(world):
    item = drawn(world)
    keep(world, ticket_values={"draw_item": item.pk, "probability": 0.3, "selection": "draw"})
    services.discard(seat(world, "ravi"), Review.objects.get())
    draft = Review.objects.get()
    assert draft.deleted_at is not None
    assert draft.draw_item is None


def overtaken(monkeypatch, by):
    """Let `by` happen once, after a save has read the draft and before it writes."""
    read, waiting = drafts._found, [by]

    def slow(ticket, save):
        review = read(ticket, save)
        if review is not None and waiting:
            waiting.pop()()
        return review

    monkeypatch.setattr(drafts, "_found", slow)


def test_a_save_that_another_one_of_its_tab_overtakes_reads_again(world, monkeypatch):
    keep(world, made=save(world, turn=1, Solution=4))
    overtaken(monkeypatch, lambda: keep(world, made=save(world, number=1, turn=2, Solution=2)))
    assert keep(world, made=save(world, number=1, turn=3, Solution=5)).number == 3
    assert restored(Review.objects.get()) == answers(world, Solution=5)


def test_a_save_that_another_tab_overtakes_is_told(world, monkeypatch):
    keep(world, made=save(world, tab="first", Solution=4))
    overtaken(monkeypatch, lambda: keep(world, made=save(world, number=1, tab="second", Solution=2)))
    with pytest.raises(Conflict):
        keep(world, made=save(world, number=1, tab="first", turn=2, Solution=5))
    assert restored(Review.objects.get()) == answers(world, Solution=2)


def test_a_save_never_writes_into_what_was_submitted_meanwhile(world, monkeypatch):
    keep(world, Solution=4)
    overtaken(monkeypatch, lambda: submit(world, "ravi"))
    with pytest.raises(Conflict):
        keep(world, made=save(world, number=1, turn=10, Solution=2))
    assert Review.objects.get().score == 100


def test_a_save_asks_little_of_the_database(world, sign_in, monkeypatch, django_assert_num_queries):
    """Session, person, seat, conversation, reviewee and draft are read, because a right may have ended; one write."""
    monkeypatch.setattr(cards, "_cards", OrderedDict())
    page = f"/w/orchard/review/{world.conversations[0].public_id}"
    browser = sign_in(world.ravi)
    ticket = re.search(r'name="ticket" value="([^"]+)"', browser.get(page).content.decode())[1]
    rate = f"rate.{category(world, 'Solution').public_id}"
    sent = {"ticket": ticket, "tab": "one", "turn": 1, "number": 0, rate: "4"}
    assert browser.post(f"{page}/draft", sent).json()["number"] == 1
    with django_assert_num_queries(7):
        assert browser.post(f"{page}/draft", {**sent, "turn": 2, "number": 1, rate: "5"}).json()["number"] == 2
