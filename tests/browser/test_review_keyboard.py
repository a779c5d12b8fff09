"""A whole review in Chromium, with the keyboard alone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from evenhand.reviews.models import Evidence, Review
from tests.browser.steps import before_the_answer, until, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(world, number=0, query=""):
    return reverse("reviews:page", args=["orchard", world.conversations[number].public_id]) + query


@pytest.fixture
def opened(page, signed_in, world):
    """`opened(number, query)` shows the review page to Ravi, ready for keys."""

    def go(number=0, query="", user=world.ravi):
        signed_in(user)
        visit(page, address(world, number, query)).wait_for_selector(".category[data-current]")
        return page

    return go


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def saved(page, number):
    """Wait until the page knows its draft as this save."""
    page.wait_for_function("n => Number(document.querySelector('#sheet').elements.number.value) >= n", arg=number)


def live(page):
    return page.locator("#live").text_content().strip("\u00a0 ")


def test_rate_everything_comment_and_submit(world, opened):
    page = opened()
    press(page, "4", "3", "2")
    assert page.evaluate("document.activeElement.id") == "comment"
    page.keyboard.type("You said sorry 1 time.")
    with page.expect_navigation(url="**/reviews/**"):
        press(page, "Escape", "s")
    review = Review.objects.get()
    assert (review.state, review.comment) == ("submitted", "You said sorry 1 time.")
    assert review.score == pytest.approx((30 * 75 + 10 * 200 / 3 + 10 * 100) / 50)
    assert "78" in page.locator(".messages").text_content()


def test_the_live_region_says_what_was_rated_and_what_a_scale_lacks(opened):
    page = opened()
    press(page, "4")
    assert live(page) == "Solution: 4 of 5; 1 of 3 rated"
    press(page, "5")
    assert live(page) == "Tone has no 5"
    press(page, "0")
    assert live(page) == "Tone: not applicable; 2 of 3 rated"


def test_arrows_move_between_categories_and_along_a_scale(opened):
    page = opened()
    press(page, "ArrowDown", "ArrowDown", "ArrowUp")
    assert page.locator(".category[data-current]").get_attribute("data-name") == "Tone"
    press(page, "2", "ArrowUp", "ArrowRight")
    assert page.locator(".category[data-name=Tone] input:checked").get_attribute("value") == "3"


def test_the_score_so_far_comes_from_the_server(opened):
    page = opened()
    press(page, "4", "4")
    saved(page, 1)
    page.wait_for_function("document.querySelector('.sofar [data-shows=score]').textContent === '81'")
    press(page, "1")
    page.wait_for_selector(".sofar [data-shows=failed]:not([hidden])")
    page.wait_for_function("document.querySelector('.sofar [data-shows=score]').textContent === '0'")


def test_root_causes_are_reached_with_r_after_a_low_rating(opened):
    page = opened()
    press(page, "1", "r", "Space")
    saved(page, 1)
    until(lambda: [len(a["causes"]) for a in Review.objects.get().draft["answers"].values()] == [1])
    assert page.evaluate("document.activeElement.closest('.causes') !== null")
    press(page, "Escape")
    assert page.evaluate("document.activeElement.type") == "radio"


def test_words_selected_with_shift_and_arrows_become_evidence(world, opened):
    page = opened()
    press(page, "2", "ArrowUp", "j", "j")
    for _step in range(10):
        press(page, "Shift+ArrowRight")
    press(page, "e")
    page.wait_for_selector(".turn .evidence[data-tone=low]")
    assert page.locator(".turn .evidence").text_content() == "I am sorry"
    assert page.locator(".turn .ref").text_content() == "Solution 2"
    assert page.locator(".passages .ref").first.text_content() == "“I am sorry”"
    press(page, "3", "4", "2")
    with page.expect_navigation(url="**/reviews/**"):
        press(page, "Escape", "s")
    evidence = Evidence.objects.get()
    assert (evidence.start, evidence.end, evidence.message.position) == (0, 10, 1)


def test_evidence_is_counted_in_code_points(world, opened):
    world.conversations[0].messages.filter(position=1).update(text="😀😀 I am sorry.")
    page = opened()
    page.evaluate("""() => {
      const text = document.querySelectorAll('.turn')[1].querySelector('[data-at]').firstChild;
      getSelection().setBaseAndExtent(text, 5, text, 15);
    }""")
    press(page, "e")
    page.wait_for_selector(".turn .evidence")
    assert page.locator(".turn .evidence").text_content() == "I am sorry"


def test_a_passage_can_be_taken_away_again(opened):
    page = opened()
    press(page, "j", "Shift+ArrowRight", "Shift+ArrowRight", "e")
    page.wait_for_selector(".turn .evidence")
    page.locator("[data-remove-passage]").press("Enter")
    page.wait_for_selector(".turn .evidence", state="detached")
    assert live(page) == "Taken away from Solution"


def test_an_answer_that_comes_late_leaves_the_selection_alone(opened):
    page = opened()
    with before_the_answer(page, "**/draft"):
        with page.expect_request("**/draft"):
            press(page, "j", "Shift+ArrowRight", "Shift+ArrowRight", "e")
        press(page, "j", "k", *["Shift+ArrowRight"] * 5)
    expect(page.locator(".turn .evidence")).to_have_count(1)
    press(page, "e")
    expect(page.locator(".passages .ref")).to_have_text(["“My”", "“My pa”"])


def test_control_enter_submits_while_typing_and_opens_the_next(world, opened):
    page = opened(0, "?from=list")
    press(page, "4", "3", "2")
    page.keyboard.type("Fine")
    with page.expect_navigation(url=f"**/review/{world.conversations[1].public_id}**"):
        press(page, "Control+Enter")
    assert Review.objects.get().state == "submitted"
    assert page.locator("#subject").text_content() == "Question 1"


def test_what_is_missing_is_named_and_focused(opened):
    page = opened()
    press(page, "4", "s")
    page.wait_for_selector("#notice .banner")
    assert page.locator("#notice").inner_text() == "Tone and Privacy are not rated yet."
    assert page.locator(".category[data-current]").get_attribute("data-name") == "Tone"
    assert page.locator(".category[data-fault]").count() == 2


def test_each_control_has_a_role_a_name_and_a_value(opened):
    page = opened()
    press(page, "4")
    tree = page.locator("#panel").aria_snapshot()
    assert '- group "Solution, weight 60' in tree
    assert '- radio "4, Good" [checked]' in tree
    assert '- radio "Not applicable"' in tree
    assert '- group "Privacy, weight 20' in tree
    assert '- combobox "Reviewee"' in tree
    assert '- textbox "Comment to Nadia Agent' in tree
    assert '- button "Submit S"' in tree


def test_the_page_has_no_accessibility_faults(opened, axe, screenshot):
    page = opened()
    press(page, "1", "3")
    saved(page, 1)
    axe()
    screenshot("review-page")


def test_keys_that_a_person_switched_off_do_nothing(world, opened):
    world.ravi.shortcuts = {"off": True}
    world.ravi.save()
    page = opened()
    press(page, "4")
    assert page.locator(".rate input:checked").count() == 0


def test_a_key_can_be_another_one(world, opened):
    world.ravi.shortcuts = {"rate-na": "z"}
    world.ravi.save()
    page = opened()
    press(page, "0", "z")
    assert live(page) == "Solution: not applicable; 1 of 3 rated"
