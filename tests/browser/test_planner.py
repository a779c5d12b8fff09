"""The planner in Chromium: by keyboard, while it moves, without JavaScript, and on a phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from evenhand.conversations.models import Participation
from tests.browser.steps import tab_to, visit
from tests.browser.test_dashboard import overflow
from tests.facts.helpers import add_pairs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/w/orchard/planner/"
TEAM = "n=80&population=4000&agents=20&minutes=9&within=18&between=4"


@pytest.fixture
def opened(page, signed_in, world):
    signed_in(world.lena)
    return visit(page, f"{HOME}?{TEAM}")


def test_the_arrows_move_the_slider_and_everything_follows(opened):
    expect(opened.locator("figure.chart[data-drawn]")).to_be_visible()
    tab_to(opened, opened.get_by_role("slider"))
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("ArrowRight")
    expect(opened.locator("#sentence")).to_contain_text("With 82 reviews of 20 agents")
    expect(opened.locator("#chosen")).to_have_text("82")
    expect(opened.get_by_role("link", name="Draw 82 conversations")).to_have_attribute("href", re.compile("size=82"))
    expect(opened.locator("figure.chart[data-drawn]")).to_be_visible()
    expect(opened.get_by_role("slider")).to_be_focused()
    expect(opened).to_have_url(re.compile("n=82"))


def test_other_figures_answer_as_they_are_typed(opened):
    minutes = opened.get_by_label("Minutes a review")
    tab_to(opened, minutes)
    opened.keyboard.press("ControlOrMeta+a")
    opened.keyboard.type("6")
    expect(opened.locator("#sentence")).to_contain_text("about 8 hours")
    opened.keyboard.press("ControlOrMeta+a")
    opened.keyboard.type("-1")
    expect(opened.locator("#said .notice")).to_contain_text("greater than or equal to 0.1")


def test_the_sentence_is_copied_by_keyboard(opened):
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab_to(opened, opened.get_by_role("button", name="Copy the sentence"))
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("button", name="Copied")).to_be_visible()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("With 80 reviews of 20 agents in four weeks, about 12 hours of reviewing")


def test_from_the_plan_to_the_draw(page, signed_in, world):
    for agent, first in (("nadia", 100), ("owen", 200)):
        add_pairs(world, agent, 20, first=first)
    Participation.objects.update(dated_at=timezone.now() - timedelta(days=2))
    signed_in(world.lena)
    visit(page, f"{HOME}?n=12")
    tab_to(page, page.get_by_role("link", name="Draw 12 conversations"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_label("How many")).to_have_value("12")
    expect(page.get_by_role("radio", name="By agent: at least so many of each")).to_be_checked()


def test_it_answers_without_javascript(page, signed_in, browsers, world):
    signed_in(world.lena)
    plain = browsers(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(f"{HOME}?{TEAM}")
    plain.get_by_label("Agents", exact=True).fill("40")
    plain.get_by_role("button", name="Work it out").click()
    expect(plain.locator("#sentence")).to_contain_text("No agent gets a number of their own")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_it_reads_well_everywhere(opened, axe, screenshot, scheme, width):
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 900})
    visit(opened, f"{HOME}?{TEAM}")
    expect(opened.locator("figure.chart[data-drawn]")).to_be_visible()
    opened.get_by_text("What this rests on").click()
    axe()
    screenshot(f"planner-{width}-{scheme}")
    assert overflow(opened) <= 0
