"""A scorecard made, published and changed without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from evenhand.scorecards import queries
from evenhand.scorecards.models import Scorecard
from tests.browser.steps import before_the_answer, ready, still, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board(world, page, signed_in):
    """The list of scorecards, opened by the manager."""
    signed_in(world.mara)
    return visit(page, "/w/orchard/scorecards/")


# What the focused control is called, where it stands in the page's main part.
FOCUSED = """() => {
  const { activeElement: at } = document;
  const words = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
  return at.closest("main") ? words.trim() : "";
}"""


def tab_to(page, name, presses=150):
    """Press Tab until the control of this accessible name has the focus."""
    for _ in range(presses):
        if page.evaluate(FOCUSED) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {name!r}; focus is on {page.evaluate('document.activeElement.outerHTML')}")


def press_on(page, name):
    tab_to(page, name)
    page.keyboard.press("Enter")


def write(page, name, text):
    tab_to(page, name)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def settled(page, edits):
    expect(page.locator("#now")).to_have_value(str(edits))
    still(page)


def begin(page, name="Support"):
    press_on(page, "New scorecard")
    page.wait_for_url("**/new/")
    ready(page)
    write(page, "Name", name)
    press_on(page, "Create the draft")
    page.wait_for_selector("#editor")
    ready(page)


def publish(page, number):
    press_on(page, f"Publish version {number}")
    page.wait_for_url("**/publish/")
    ready(page)
    press_on(page, f"Publish version {number}")
    page.wait_for_selector(f"text=Version {number} is in use.")
    ready(page)


def test_a_scorecard_is_made_published_and_changed_by_keyboard(board, axe, screenshot):
    page = board
    begin(page)
    axe()
    write(page, "Weight of Empathy", "20")
    settled(page, 1)
    expect(page.locator("#total")).to_have_text("8 categories, weights add up to 105")

    tab_to(page, "New category")
    page.keyboard.type("Greeting")
    page.keyboard.press("Tab")
    page.keyboard.type("Own")
    press_on(page, "Category")
    settled(page, 2)
    expect(page.locator("#side-title")).to_have_text("Greeting")
    expect(page.locator("#label-2")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Warm")
    page.keyboard.press("Tab")
    settled(page, 3)
    write(page, "Label of answer 1", "Cold")
    settled(page, 4)
    write(page, "Label of a new answer", "By name")
    settled(page, 5)
    expect(page.locator("#guidance-3")).to_be_focused()
    page.keyboard.type("Says the customer's name, and gets it right.")
    page.keyboard.press("Tab")
    settled(page, 6)
    tab_to(page, "Another root cause")
    page.keyboard.type("Name not shown")
    page.keyboard.press("Tab")
    page.keyboard.type("Product")
    press_on(page, "Add")
    settled(page, 7)
    screenshot("scorecard-editor")
    axe()
    publish(page, 1)

    version = queries.published_of(Scorecard.objects.get(name="Support"))
    greeting = next(c for c in queries.version_tree(version) if c.name == "Greeting")
    assert [(int(p.points), p.label) for p in greeting.scale] == [(1, "Cold"), (2, "Warm"), (3, "By name")]
    assert [(c.label, c.kind) for c in greeting.causes] == [("Name not shown", "product")]

    press_on(page, "Edit")
    page.wait_for_selector("#editor")
    ready(page)
    write(page, "Weight of Empathy", "15")
    settled(page, 1)
    changes = page.get_by_role("region", name="What changes")
    expect(changes.get_by_role("listitem")).to_have_text(["Empathy weight 20 15"], use_inner_text=False)
    publish(page, 2)
    axe()
    assert queries.published_of(version.scorecard).number == 2


def test_alt_with_an_arrow_moves_a_category_and_keeps_the_focus(board):
    page = board
    begin(page)
    tab_to(page, "Weight of Product knowledge")
    page.keyboard.press("Alt+ArrowUp")
    settled(page, 1)
    names = page.locator("tr[data-category] .plain-link bdi")
    expect(names.first).to_have_text("Product knowledge")
    expect(page.get_by_label("Weight of Product knowledge")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Product knowledge is now number 1")
    page.keyboard.press("Alt+ArrowDown")
    settled(page, 2)
    expect(names.first).to_have_text("Solution")


def test_quick_changes_one_after_another_do_not_stand_in_each_others_way(board):
    page = board
    begin(page)
    for name, weight in (("Solution", 11), ("Empathy", 12), ("Tone", 13), ("Clarity", 14)):
        box = page.get_by_label(f"Weight of {name}")
        box.fill(str(weight))
        box.press("Tab")
    settled(page, 4)
    expect(page.locator("#notice")).to_be_empty()
    draft = queries.draft_of(Scorecard.objects.get(name="Support"))
    weights = dict(draft.categories.values_list("name", "weight"))
    assert [weights[n] for n in ("Solution", "Empathy", "Tone", "Clarity")] == [11, 12, 13, 14]


def test_what_is_written_before_an_answer_comes_outlives_it(board):
    page = board
    begin(page)
    tab_to(page, "New category")
    page.keyboard.type("Greeting")
    with before_the_answer(page, "**/change/**"):
        page.keyboard.press("Enter")
        write(page, "Weight of Tone", "13")
        write(page, "Weight of Clarity", "14")
        page.keyboard.type("half a w")
        where = page.evaluate(FOCUSED)
    expect(page.get_by_label("Weight of Greeting")).to_be_visible()
    settled(page, 3)
    assert page.evaluate(FOCUSED) == where
    weights = dict(queries.draft_of(Scorecard.objects.get(name="Support")).categories.values_list("name", "weight"))
    assert (weights["Tone"], weights["Clarity"]) == (13, 14)


def test_a_category_moves_as_often_as_its_key_is_pressed(board):
    page = board
    begin(page)
    tab_to(page, "Weight of Says what happens next")
    with before_the_answer(page, "**/change/**"):
        for _ in range(3):
            page.keyboard.press("Alt+ArrowUp")
    settled(page, 3)
    expect(page.locator("tr[data-category] .plain-link bdi").first).to_have_text("Says what happens next")
    expect(page.get_by_label("Weight of Says what happens next")).to_be_focused()


def test_a_bad_weight_is_told_and_stays_on_the_page(board):
    page = board
    begin(page)
    write(page, "Weight of Tone", "a lot")
    expect(page.get_by_role("alert").filter(has_text="Weight of Tone")).to_contain_text("whole number from 0 to 100")
    box = page.get_by_label("Weight of Tone")
    expect(box).to_have_value("a lot")
    expect(box).to_have_attribute("aria-invalid", "true")
    box.fill("7")
    box.press("Tab")
    settled(page, 1)
    expect(page.locator("#notice")).to_be_empty()


def test_two_people_in_one_draft_are_told(board, context, world):
    page = board
    begin(page)
    from evenhand.scorecards import services

    draft = queries.draft_of(Scorecard.objects.get(name="Support"))
    services.edit_category(draft.categories.get(name="Tone"), world.ada, weight=40)
    write(page, "Weight of Tone", "20")
    notice = page.get_by_role("alert").filter(has_text="Ada Admin changed this draft")
    expect(notice).to_be_visible()
    assert draft.categories.get(name="Tone").weight == 40
    expect(page.get_by_label("Weight of Tone")).to_have_value("20")
    notice.get_by_role("button", name="Save mine on top").press("Enter")
    settled(page, 2)
    assert draft.categories.get(name="Tone").weight == 20
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)
    write(page, "Weight of Clarity", "6")
    settled(page, 3)


def test_a_condition_is_built_by_keyboard(board, axe):
    page = board
    begin(page)
    add = page.get_by_role("region", name="Offered when").get_by_role("link", name="Channel")
    add.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("is any of")).to_be_focused()
    still(page)
    axe()
    page.get_by_label("Chat", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    settled(page, 1)
    expect(page.get_by_role("button", name="Remove the condition: the channel is Chat")).to_be_visible()


def test_the_editor_works_without_javascript(world, browsers, signed_in, context):
    from evenhand.scorecards import services

    scorecard = services.create(world.workspace, "Plain", world.mara, "chat")
    signed_in(world.mara)
    plain = browsers(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"/w/orchard/scorecards/{scorecard.public_id}/")
    row = page.locator("tr[data-category]", has_text="Pace")
    page.get_by_label("Weight of Pace").fill("25")
    row.get_by_role("button", name="Save").click()
    expect(page.locator("#total")).to_contain_text("add up to 110")
    page.get_by_role("button", name="Move Pace up").click()
    page.get_by_role("link", name="Pace").click()
    page.get_by_label("Question that the reviewer answers").fill("Is anybody there?")
    page.locator("#side").get_by_role("button", name="Save").first.click()
    expect(page.get_by_label("Question that the reviewer answers")).to_have_value("Is anybody there?")


def test_a_draft_that_was_published_meanwhile_is_told(board, world):
    page = board
    begin(page)
    from evenhand.scorecards import services

    services.publish(queries.draft_of(Scorecard.objects.get(name="Support")), world.ada)
    write(page, "Weight of Tone", "20")
    page.wait_for_selector("text=Your last change was not saved.")
    expect(page.get_by_role("button", name="Edit")).to_be_visible()
