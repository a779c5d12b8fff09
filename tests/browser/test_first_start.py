"""From an empty database to the first page, and an invitation from one window to another: by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from evenhand.people.models import Membership, User, Workspace
from evenhand.people.services import setup
from tests.browser.steps import arrived, press, ready, tab_to, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def berlin(browsers):
    """A browser of somebody in Berlin, which says so."""
    return browsers(timezone_id="Europe/Berlin")


def test_setting_up_from_the_link_of_the_console_to_the_first_page(berlin, screenshot):
    page = berlin.new_page()
    page.goto(f"/setup/{setup.first_run_token()}")
    expect(page.get_by_label("Your name", exact=True)).to_be_focused()
    page.keyboard.type("Ines Calder")
    write(page, "Your e-mail", "ines@team.example")
    write(page, "Password", "staple of wires")
    write(page, "Name of your workspace", "Kitchen")
    expect(page.get_by_label("Time zone", exact=True)).to_have_value("Europe/Berlin")
    press(page, "button", "Set up")
    arrived(page, "Kitchen is ready")
    press(page, "link", "Invite")
    expect(page.get_by_role("heading", level=1)).to_have_text("Members")
    assert (User.objects.get().is_admin, Workspace.objects.get().time_zone) == (True, "Europe/Berlin")


def test_an_invitation_made_in_one_window_is_accepted_in_another(world, page, signed_in, berlin):
    signed_in(world.mara)
    page.goto("/w/orchard/settings/members")
    write(page, "E-mail", "ida@team.example")
    press(page, "button", "Make the link")
    ready(page)
    link = page.get_by_label("Link", exact=True).input_value()
    press(page, "button", "Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()

    other = berlin.new_page()
    other.goto(link)
    write(other, "Your name", "Ida Okoye")
    write(other, "Password", "staple of wires")
    press(other, "button", "Join")
    other.wait_for_url(lambda url: "/invitation/" not in url)
    held = Membership.objects.filter(user__email="ida@team.example", workspace=world.workspace)
    assert [membership.role for membership in held] == ["reviewer"]


def test_signing_in_and_out_by_keyboard(world, page):
    page.goto("/me/settings")
    expect(page.get_by_label("E-mail", exact=True)).to_be_focused()
    page.keyboard.type("nadia@team.example")
    write(page, "Password", "correct horse battery")
    page.keyboard.press("Enter")
    arrived(page, "Nadia Agent")
    tab_to(page, page.locator("details.person summary"))
    page.keyboard.press("Enter")
    press(page, "button", "Sign out")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_key_is_chosen_by_pressing_it(world, page, signed_in):
    signed_in(world.nadia)
    page.goto("/me/keyboard")
    tab_to(page, page.locator("#key-submit"))
    page.keyboard.press("z")
    expect(page.locator("#key-submit")).to_have_value("z")
    press(page, "button", "Save")
    expect(page.get_by_text("Your keys are saved.")).to_be_visible()
    world.nadia.refresh_from_db()
    assert world.nadia.shortcuts == {"submit": "z"}


PAGES = [
    ("mara", "/w/orchard/settings/general"),
    ("mara", "/w/orchard/settings/members"),
    ("mara", "/w/orchard/settings/audit"),
    ("mara", "/w/orchard/settings/eligibility"),
    ("lena", "/w/orchard/settings/agents"),
    ("lena", "/w/orchard/settings/groups"),
    ("lena", "/w/orchard/settings/jobs"),
    ("ada", "/installation/workspaces"),
    ("ada", "/installation/people"),
    ("ada", "/installation/mail"),
    ("nadia", "/inbox"),
    ("nadia", "/me/settings"),
    ("nadia", "/me/keyboard"),
]


@pytest.mark.parametrize(("person", "path"), PAGES, ids=[path for _person, path in PAGES])
def test_the_page_can_be_read_by_everybody(world, page, signed_in, axe, person, path):
    signed_in(getattr(world, person))
    page.goto(path)
    axe()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
