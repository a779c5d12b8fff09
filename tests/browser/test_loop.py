"""The main job, once through: from an empty database to a number that one can defend, by keyboard.

Ines sets Evenhand up and brings in conversations, Rui reviews, Ana reads what was said about her work.
"""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from playwright.sync_api import expect

from evenhand.conversations.models import Participation
from evenhand.people.models import AuditEntry, Job
from evenhand.people.services import setup
from evenhand.reviews.models import Evidence, Review
from tests.browser.steps import (
    arrived,
    at_category,
    choose,
    hand_over,
    press,
    rate,
    ready,
    row,
    still,
    tab_to,
    tick,
    until,
    visit,
    work,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = "/w/kitchen/"
PASSWORD = "staple of wires"
# One frame of six pairs: Ana Souza three (one as "Ana S."), Ben Okafor three.
ROWS = [
    row(1, "Ana Souza", "en", "Where is my parcel?", "I am sorry, Mia. It left the depot this morning."),
    row(2, "Ana Souza", "de", "Wo bleibt meine Rechnung?", "Entschuldigung, hier ist sie."),
    row(3, "Ana S.", "ja", "注文した商品が届きません。", "ご不便をおかけして申し訳ございません。"),
    row(4, "Ben Okafor", "th", "สินค้ายังไม่มาถึงเลยค่ะ", "ขออภัยในความไม่สะดวกค่ะ"),
    row(5, "Ben Okafor", "ar", "أين طلبي؟", "نعتذر عن التأخير، طلبك رقم 12 في الطريق."),
]
BAD = row(6, "Ben Okafor", "pt", "Onde está o reembolso?", "Chega amanhã.", role="boss")
BROKEN = '{"id": "t7", "messages": ['

WEIGHTS = {
    "Solution": 30, "Product knowledge": 20, "Protects customer data": 10, "Says what happens next": 5,
    "Empathy": 25, "Tone": 10, "Clarity": 5, "Spelling and grammar": 5,
}  # fmt: skip
POINTS = (5, 4, 2, 2, 3, 4, 3, 2)
# What Rui presses, in the order of the scorecard; 0 is N/A. The fourth fails the critical category.
DIGITS = ("54223432", "43212322", "30221211", "54123432", "44223332")


def score(digits: str) -> float:
    """By hand: (points - 1) / (most - 1), weighed, without what was not applicable; 0 where a critical one failed."""
    if digits[2] == "1":
        return 0
    told = [(int(d), most, w) for d, most, w in zip(digits, POINTS, WEIGHTS.values(), strict=True) if d != "0"]
    return sum((d - 1) / (most - 1) * w for d, most, w in told) / sum(w for _d, _most, w in told) * 100


SCORES = [score(digits) for digits in DIGITS]


@pytest.fixture
def windows(browsers):
    """`windows()` opens a browser of somebody else."""
    return lambda: browsers(timezone_id="Europe/Lisbon").new_page()


def test_from_an_empty_database_to_a_number_and_back_to_the_agent(page, windows, axe, capsys, screenshot):
    set_up(page)
    import_with_bad_rows(page)
    mend_and_import_again(page)
    cancel_an_import(page)
    merge_and_group_agents(page)
    reviewer = join(page, windows(), "Rui Prado", "rui@team.example")
    agent = join(page, windows(), "Ana Souza", "ana@team.example", as_agent="Ana Souza")
    publish_a_scorecard(page)
    find_in_several_languages(page)
    draw_five(page)
    reviewer = review_five(reviewer)
    look_at_the_number(page)
    change_the_pass_baseline(page)
    compare_with_the_terminal(capsys)
    read_as_the_agent(agent)
    praise(reviewer, agent)
    publish_version_two_and_see_the_break(page, reviewer)
    look_at_jobs_and_log(page)


def set_up(page):
    visit(page, f"/setup/{setup.first_run_token()}")
    expect(page.get_by_label("Your name", exact=True)).to_be_focused()
    page.keyboard.type("Ines Calder")
    write(page, "Your e-mail", "ines@team.example")
    write(page, "Password", "12345")
    write(page, "Name of your workspace", "Kitchen")
    press(page, "button", "Set up")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.type(PASSWORD)
    press(page, "button", "Set up")
    arrived(page, "Kitchen is ready")


def import_with_bad_rows(page):
    press(page, "link", "Import")
    arrived(page, "Imports")
    hand_over(page, "tickets.jsonl", "\n".join([*ROWS, BAD, BROKEN]))
    press(page, "button", "Import", exact=True)
    arrived(page, "tickets.jsonl")
    expect(page.get_by_role("main")).to_contain_text("waits for a worker")
    assert work() == 1
    expect(page.get_by_role("status").filter(has_text="Imported.")).to_be_visible()
    assert counts(page) == {"Read": "7", "New": "5", "Updated": "0", "Unchanged": "0", "Set aside": "2"}
    told = page.get_by_role("region", name="2 rows set aside")
    expect(told).to_contain_text("messages[0].role")
    expect(told).to_contain_text("expected one of customer, agent, bot, system")
    expect(told).to_contain_text("not valid JSON")


def counts(page):
    names = page.locator(".counts dt").all_inner_texts()
    return dict(zip(names, page.locator(".counts dd").all_inner_texts(), strict=True))


def mend_and_import_again(page):
    tab_to(page, page.get_by_role("link", name="Download to mend"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    kept = download.value.path().read_text(encoding="utf-8").splitlines()
    assert kept == [BAD, BROKEN]
    hand_over(page, "mended.jsonl", kept[0].replace('"boss"', '"customer"'))
    press(page, "button", "Import the mended rows")
    arrived(page, "mended.jsonl")
    work()
    expect(page.get_by_role("status").filter(has_text="Imported.")).to_be_visible()
    assert counts(page)["New"] == "1"


def cancel_an_import(page):
    visit(page, f"{HOME}imports/")
    hand_over(page, "more.jsonl", row(8, "Ben Okafor", "en", "Never mind", "All right."))
    press(page, "button", "Import", exact=True)
    arrived(page, "more.jsonl")
    press(page, "button", "Cancel the import")
    expect(page.get_by_text("Cancelled. What has landed stays.")).to_be_visible()
    work()
    page.reload()
    assert counts(page)["New"] == "0"


def merge_and_group_agents(page):
    visit(page, f"{HOME}settings/agents")
    press(page, "link", "Ana S.", exact=True)
    arrived(page, "Ana S.")
    press(page, "link", "Merge with another agent")
    arrived(page, "Who is Ana S. really?")
    tab_to(page, page.get_by_role("main").get_by_role("combobox"))
    page.keyboard.type("Ana Souza")
    press(page, "button", "See what moves")
    expect(page.get_by_role("main")).to_contain_text("1 conversation, 1 message")
    press(page, "button", "Merge into Ana Souza")
    arrived(page, "Ana Souza")
    visit(page, f"{HOME}settings/groups")
    write(page, "Name", "Night shift")
    page.keyboard.press("Enter")
    arrived(page, "Night shift")
    choose(page, "Agent", "Ben Okafor")
    press(page, "button", "Add", exact=True)
    expect(page.get_by_role("main").get_by_role("link", name="Ben Okafor")).to_be_visible()


def join(page, window, name, email, as_agent=""):
    visit(page, f"{HOME}settings/members")
    write(page, "E-mail", email)
    if as_agent:
        tick(page, "Reviewer: sees")
        tick(page, "Agent: sees")
        choose(page, "Is this agent", as_agent)
    press(page, "button", "Make the link")
    arrived(page, "Hand on this link")
    visit(window, page.get_by_label("Link", exact=True).input_value())
    write(window, "Your name", name)
    write(window, "Password", PASSWORD)
    press(window, "button", "Join")
    window.wait_for_url("**/w/kitchen/**")
    return window


def publish_a_scorecard(page):
    visit(page, f"{HOME}scorecards/")
    press(page, "link", "Begin with Essentials")
    arrived(page, "New scorecard")
    press(page, "button", "Create the draft")
    page.wait_for_selector("#editor")
    ready(page)
    write(page, "Weight of Empathy", "25")
    page.keyboard.press("Tab")
    expect(page.locator("#total")).to_contain_text("8 categories, weights add up to 110")
    publish(page, 1)


def publish(page, number):
    press(page, "link", f"Publish version {number}")
    page.wait_for_url("**/publish/")
    press(page, "button", f"Publish version {number}")
    expect(page.get_by_text(f"Version {number} is in use.")).to_be_visible()


def find_in_several_languages(page):
    for words, found in (("Rechnung", 1), ("商品", 1), ("สินค้า", 1), ("طلبك", 1), ("amanha", 1), ("sorry -depot", 0)):
        visit(page, f"{HOME}conversations/")
        page.keyboard.press("/")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.locator(".lede")).to_contain_text("1 matches" if found else "None match")
    visit(page, f"{HOME}conversations/")
    page.keyboard.press("f")
    tab_to(still(page), page.locator("#filter-dialog").get_by_role("link", name="Agent", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator("#options")).to_be_visible()
    tick(still(page), "Ana Souza")
    page.keyboard.press("Enter")
    expect(page.locator(".lede")).to_contain_text("3 match")
    expect(page).to_have_url(re.compile("agent="))
    still(page)
    press(page, "button", "Save view")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Ana’s")
    page.keyboard.press("Enter")
    arrived(page, "Ana’s")


def draw_five(page):
    visit(page, f"{HOME}coverage/")
    press(page, "link", "4 weeks")
    expect(page.get_by_role("link", name="4 weeks")).to_have_attribute("aria-current", "true")
    press(page, "link", "Draw a sample")
    arrived(page, "Draw a sample")
    expect(page.locator(".lede")).to_contain_text("6 conversations of 2 agents")
    write(page, "Name", "First five")
    tab_to(page, page.get_by_label("By agent: at least so many of each"))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Simple: every conversation has the same chance")).to_be_checked()
    write(page, "How many", "5")
    press(page, "button", "Draw", exact=True)
    arrived(page, "First five")
    expect(page.locator(".lede")).to_contain_text("0 of 5 reviewed, drawn from 6 conversations")


def review_five(page):
    visit(page, "/")
    arrived(page, "Review")
    page.keyboard.press("n")
    for number, digits in enumerate(DIGITS, 1):
        begin(page, number)
        if number == 3:
            page = close_and_come_back(page)
        if number == 4:
            attach_evidence(page)
        rate(page, **{name.replace(" ", "_"): digit for name, digit in zip(WEIGHTS, digits, strict=True)})
        if number == 2:
            name_a_root_cause(page)
        if page.evaluate("document.activeElement.id") != "comment":
            page.keyboard.press("c")
        page.keyboard.type(f"Review {number}")
        page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "/review/" not in url or url.endswith("/review/"))
    found = [review.score for review in Review.objects.filter(state="submitted").order_by("submitted_at")]
    assert found == pytest.approx(SCORES)
    assert Evidence.objects.get().rating.review.comment == "Review 4"
    return page


def begin(page, number):
    expect(page.get_by_text(f"{number} of 5", exact=True)).to_be_visible()
    ready(page)
    page.wait_for_selector(".category[data-current]")


def close_and_come_back(page):
    """The browser is closed after the first rating and half a word; a second tab is told that it is behind."""
    rate(page, Solution="3")
    page.keyboard.press("c")
    page.keyboard.type("Half")
    page.keyboard.press("Escape")
    address, context = page.url, page.context
    page.close(run_before_unload=True)
    until(lambda: Review.objects.filter(comment="Half").exists())
    again, second = visit(context.new_page(), address), visit(context.new_page(), address)
    for tab in (again, second):
        expect(tab.get_by_label("Comment to")).to_have_value("Half")
        expect(tab.locator(".category[data-name=Solution] input:checked")).to_have_value("3")
    again.bring_to_front()
    rate(again, Tone="2")
    expect(again.locator("#sheet input[name=number]")).not_to_have_value("1")
    second.bring_to_front()
    rate(second, Tone="4")
    expect(second.get_by_role("alert").filter(has_text="changed in another tab")).to_be_visible()
    second.close()
    again.bring_to_front()
    again.keyboard.press("c")
    again.keyboard.press("ControlOrMeta+a")
    again.keyboard.press("Delete")
    again.keyboard.press("Escape")
    return again


def attach_evidence(page):
    at_category(page, "Protects customer data")
    for key in ("j", "j", *["Shift+ArrowRight"] * 5, "e"):
        page.keyboard.press(key)
    expect(page.locator(".turn .evidence")).to_have_count(1)


def name_a_root_cause(page):
    at_category(page, "Says what happens next")
    page.keyboard.press("r")
    page.keyboard.press("Space")
    expect(page.locator(".category[data-name='Says what happens next'] .causes input:checked")).to_have_count(1)
    page.keyboard.press("Escape")


def look_at_the_number(page):
    mean = sum(SCORES) / len(SCORES)
    visit(page, f"{HOME}dashboard/")
    headline = page.locator(".headline")
    expect(headline).to_contain_text(f"{mean:.0f}")
    expect(headline).to_contain_text("between")
    expect(headline).to_contain_text("5 ")
    followed = 0
    for link in page.locator("main a[href*='/behind/']").evaluate_all(NUMBERS):
        visit(page, link["href"])
        assert page.locator("[data-count]").get_attribute("data-count") == link["n"], link
        followed += 1
    assert followed >= 6
    visit(page, f"{HOME}dashboard/")
    tab_to(page, page.get_by_role("link", name="CSV").first)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert float(rows[1][rows[0].index("value")]) == pytest.approx(mean), rows[:2]


# Each link to what is behind a number, with the number that it names.
NUMBERS = """links => links.map(link => ({
  href: link.getAttribute("href"),
  n: ((link.getAttribute("aria-label") || link.innerText).match(/\\d+/) || ["?"])[0],
}))"""


def change_the_pass_baseline(page):
    passed = page.locator(".figures > div", has_text="Pass rate")
    expect(passed).to_contain_text("40")
    visit(page, f"{HOME}settings/general")
    write(page, "Pass baseline", "95")
    press(page, "button", "Save")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    visit(page, f"{HOME}dashboard/")
    expect(passed).to_contain_text("95 and over")
    expect(passed).to_contain_text("20")


def compare_with_the_terminal(capsys):
    from evenhand.cli import main

    assert main(["report", "--workspace", "kitchen", "--json"]) == 0
    headline = json.loads(capsys.readouterr().out)["headline"]
    assert (headline["name"], headline["n"]) == ("iqs", 5)
    assert headline["value"] == pytest.approx(sum(SCORES) / len(SCORES))


def read_as_the_agent(page):
    ana = Review.objects.filter(agent__name="Ana Souza").order_by("-submitted_at")
    visit(page, "/")
    arrived(page, "Hello, Ana")
    expect(page.locator(".feedback")).to_have_count(ana.count())
    first = page.locator(".feedback").first
    press(page, "button", "Seen")
    expect(first).to_contain_text(", seen ")
    assert Review.objects.exclude(seen_at=None).count() == 1
    visit(page, "/inbox")
    expect(page.get_by_role("main")).to_contain_text("You have a new review")
    for other in Review.objects.filter(agent__name="Ben Okafor"):
        conversation = other.conversation.public_id
        for path in (f"reviews/{other.public_id}/", f"conversations/{conversation}", f"review/{conversation}"):
            answer = page.request.get(f"{HOME}{path}")
            assert answer.status in {403, 404}, path
            assert other.comment not in answer.text()
            assert other.conversation.subject not in answer.text()
    for path in ("dashboard/", "coverage/", "settings/members", "settings/audit", "imports/"):
        assert page.request.get(f"{HOME}{path}").status == 403


def praise(reviewer, agent):
    mine = Review.objects.filter(agent__name="Ana Souza").first()
    visit(reviewer, f"{HOME}conversations/{mine.conversation.public_id}")
    write(reviewer, "What Ana Souza did well (may stay empty)", "Warm and exact")
    press(reviewer, "button", "Praise Ana Souza")
    expect(reviewer.get_by_role("main")).to_contain_text("Warm and exact")
    visit(agent, "/inbox")
    expect(agent.get_by_role("main")).to_contain_text("Rui Prado praised your work")
    visit(agent, f"{HOME}me/")
    expect(agent.get_by_role("region", name="Praise")).to_contain_text("Warm and exact")


def publish_version_two_and_see_the_break(page, reviewer):
    visit(page, f"{HOME}scorecards/")
    press(page, "link", "Essentials", exact=True)
    press(page, "button", "Edit")
    page.wait_for_selector("#editor")
    ready(page)
    write(page, "Weight of Tone", "20")
    page.keyboard.press("Tab")
    expect(page.locator("#total")).to_contain_text("add up to 120")
    publish(page, 2)
    review_one_at_random(reviewer)
    visit(page, f"{HOME}dashboard/")
    expect(page.locator(".headline")).to_contain_text("6 reviews")
    page.wait_for_selector("figure.chart[data-drawn]")
    expect(page.locator("figure.chart").first).to_contain_text("scorecard changed")


def review_one_at_random(page):
    """The sixth pair is the only one left; version 2 gives Tone 20 of 120."""
    last = Review.objects.values("conversation")
    agent = Participation.objects.exclude(conversation__in=last).get(eligible=True).agent
    visit(page, f"{HOME}coverage/?date=last_28_days")
    page.keyboard.press("Tab")
    row = page.get_by_role("row").filter(has_text=agent.name)
    tab_to(page, row.get_by_role("button", name="Review one at random"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".category[data-current]")
    rate(page, **{name.replace(" ", "_"): digit for name, digit in zip(WEIGHTS, "54223132", strict=True)})
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Submitted")).to_be_visible()
    found = Review.objects.order_by("submitted_at").last()
    assert (found.version.number, found.score) == (2, pytest.approx(100 / 120 * 100))


def look_at_jobs_and_log(page):
    visit(page, f"{HOME}settings/jobs")
    assert Job.objects.filter(state=Job.State.DONE).count() == 2
    for name in ("tickets.jsonl", "mended.jsonl", "more.jsonl"):
        expect(page.get_by_role("row").filter(has_text=f"Import of {name}")).to_have_count(1)
    visit(page, f"{HOME}settings/audit")
    for words in ("published", "changed a setting", "accepted an invitation", "merged two agents"):
        expect(page.get_by_role("main")).to_contain_text(words)
    for text in ("parcel", "注文", "Half", "Warm and exact"):
        assert text not in page.get_by_role("main").inner_text()
    assert AuditEntry.objects.count() > 15
