"""Drafts in Chromium: the browser closes, the server goes away, a second tab opens; nothing is lost unsaid."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from evenhand.reviews.models import Review
from tests.browser.steps import until, visit
from tests.browser.test_review_keyboard import address, press, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ready(signed_in, world):
    """`ready(page)` shows the review page in that tab."""
    signed_in(world.ravi)

    def go(tab):
        visit(tab, address(world)).wait_for_selector(".category[data-current]")
        return tab

    return go


def test_the_browser_is_closed_in_the_middle_and_everything_is_found(context, ready):
    tab = ready(context.new_page())
    press(tab, "4", "0")
    tab.keyboard.press("c")
    tab.keyboard.type("Half a sent")
    press(tab, "Escape")
    tab.close(run_before_unload=True)  # before the pause after the last key is over
    until(lambda: Review.objects.filter(comment="Half a sent").exists())
    again = ready(context.new_page())
    expect(again.locator("#comment")).to_have_value("Half a sent")
    chosen = again.locator(".rate input:checked")
    assert [chosen.nth(i).get_attribute("value") for i in range(chosen.count())] == ["4", "na"]
    assert again.locator("#saved").text_content().startswith("Saved ")
    assert Review.objects.count() == 1


def test_a_second_tab_is_told_and_can_load_the_newer_one(context, ready):
    first, second = ready(context.new_page()), ready(context.new_page())
    first.bring_to_front()
    press(first, "4")
    saved(first, 1)
    second.bring_to_front()
    press(second, "1")
    second.wait_for_selector("#notice .banner.bad")
    assert "changed in another tab" in second.locator("#notice").inner_text()
    with second.expect_navigation():
        second.locator("#notice a").click()
    assert second.locator(".rate input:checked").get_attribute("value") == "4"


def test_the_server_goes_away_and_comes_back(context, ready):
    tab = ready(context.new_page())
    tab.route("**/draft", lambda route: route.abort())
    press(tab, "4")
    tab.wait_for_selector("#notice .banner.bad")
    assert "Not saved" in tab.locator("#notice").inner_text()
    press(tab, "3")
    tab.unroute("**/draft")
    saved(tab, 1)
    tab.wait_for_selector("#notice .banner", state="detached")
    (review,) = Review.objects.all()
    assert sorted(answer["points"] for answer in review.draft["answers"].values()) == [3, 4]


def test_an_answer_that_is_lost_on_its_way_is_no_conflict(context, ready):
    tab = ready(context.new_page())
    lost = []

    def lose_the_first(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    tab.route("**/draft", lose_the_first)
    press(tab, "4")
    saved(tab, 1)
    assert lost == [200]
    assert tab.locator("#notice .banner").count() == 0
    press(tab, "3")
    saved(tab, 2)


def test_signed_out_in_the_middle_is_said_and_nothing_goes(context, ready, world, signed_in):
    tab = ready(context.new_page())
    context.clear_cookies(name="evenhand_session")
    press(tab, "4")
    tab.wait_for_selector("#notice .banner.bad")
    assert "signed out" in tab.locator("#notice").inner_text()
    signed_in(world.ravi)
    saved(tab, 1)


def test_time_counts_while_one_works(context, ready):
    tab = ready(context.new_page())
    tab.clock.install(time=0)
    tab.reload()
    tab.wait_for_selector(".category[data-current]")
    tab.clock.pause_at(3_600_000)  # from here on time stands still, but for what the test lets pass
    tab.keyboard.press("Shift")
    before = shown_seconds(tab)
    tab.clock.run_for(20_000)
    assert shown_seconds(tab) - before == 20
    tab.clock.run_for(60_000)
    assert shown_seconds(tab) - before in {29, 30}


def shown_seconds(tab):
    minutes, seconds = tab.locator("#clock").text_content().split(":")
    return 60 * int(minutes) + int(seconds)


def test_a_submitted_review_is_edited_in_place(context, ready, world):
    tab = ready(context.new_page())
    press(tab, "4", "3", "2")
    with tab.expect_navigation(url="**/reviews/**"):
        press(tab, "Escape", "s")
    tab.get_by_role("link", name="Edit").click()
    tab.wait_for_selector(".category[data-current]")
    press(tab, "1")
    with tab.expect_navigation(url="**/reviews/*"):
        press(tab, "Control+Enter")
    assert tab.locator(".verdict .figure").text_content() == "Score of this review: 33"
    assert "History, 2 entries" in tab.locator(".history").inner_text()


@pytest.mark.parametrize("name", ["review", "edit"])
def test_reading_and_editing_have_no_accessibility_faults(page, signed_in, world, axe, screenshot, name):
    from django.urls import reverse

    from tests.reviews.helpers import submit

    review = submit(world, "ravi", Solution=2, Tone="na", Privacy=2)
    signed_in(world.ravi)
    visit(page, reverse(f"reviews:{name}", args=["orchard", review.public_id]))
    axe()
    screenshot(f"review-{name}")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")


def test_the_days_work_has_no_accessibility_faults(page, signed_in, world, axe):
    from django.urls import reverse

    from tests.reviews.helpers import drawn, submit

    drawn(world)
    submit(world, "ravi", 2)
    signed_in(world.ravi)
    page.goto(reverse("reviews:work", args=["orchard"]))
    axe()
    page.keyboard.press("n")
    page.wait_for_selector("#sheet")


def test_choosing_one_message_keeps_what_was_answered_for_the_whole(context, ready):
    tab = ready(context.new_page())
    press(tab, "4")
    whole = tab.locator("#reviewee option").first.get_attribute("value")
    with tab.expect_navigation():
        tab.select_option("#reviewee", f"{whole}.1")
    tab.wait_for_selector(".category[data-current]")
    assert tab.locator(".rate input:checked").count() == 0
    with tab.expect_navigation():
        tab.select_option("#reviewee", whole)
    assert tab.locator(".rate input:checked").get_attribute("value") == "4"
