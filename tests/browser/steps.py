"""What a person without a mouse does: walk with Tab, write, press; and what stands where a worker would."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, Route, expect

from evenhand.people import jobs
from evenhand.people.models import Job


def ready(page: Page) -> Page:
    """Keys work from here on; after a press, those of the page that came after it."""
    page.wait_for_selector("html[data-ready]:not([data-old])")
    return page


def still(page: Page) -> Page:
    """No answer is awaited, and the last one has its place: focus moves no more, and what is new has its script."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    return page


def visit(page: Page, address: str) -> Page:
    page.goto(address)
    return ready(page)


def tab_to(page: Page, control: Locator, presses: int = 150) -> None:
    """Press Tab until this control has the focus; fails if no Tab leads there."""
    expect(control).to_be_visible()
    for _ in range(presses):
        if control.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {control}; focus is on {page.evaluate('document.activeElement.outerHTML')}")


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list by typing the beginning of an option."""
    field = page.get_by_role("combobox", name=label)
    tab_to(page, field)
    page.keyboard.type(option)
    expect(field.locator("option:checked")).to_have_text(option)


def tick(page: Page, label: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.press("Space")


def press(page: Page, role: str, name: str, exact: bool = False) -> None:
    """Walk to a button or a link and press Enter; a page that comes after it is waited for."""
    tab_to(page, page.get_by_role(role, name=name, exact=exact).first)
    page.evaluate("document.documentElement.toggleAttribute('data-old', true)")
    page.keyboard.press("Enter")


def arrived(page: Page, heading: str) -> None:
    """The page after a press has come, with this heading, and its keys work."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    ready(page)


@contextmanager
def before_the_answer(page: Page, addresses: str) -> Iterator[None]:
    """What is done inside comes before the server answers the first request that it makes."""
    held: list[Route] = []
    page.route(addresses, lambda route: held.append(route), times=1)
    with page.expect_request(addresses):
        yield
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()


def hand_over(page: Page, name: str, text: str) -> None:
    """Choose a file: what a file dialog does when a person has answered it."""
    field = page.get_by_label("File", exact=True)
    field.set_input_files({"name": name, "mimeType": "application/jsonl", "buffer": text.encode()})


def work() -> int:
    """Do every job that waits, as a worker would; says how many."""
    waiting = list(Job.objects.filter(state=Job.State.QUEUED).values_list("pk", flat=True))
    for number in waiting:
        jobs.run_job.func(number)
    return len(waiting)


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what the server does unseen: after a page is gone, or after it said that all is saved."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def rate(page: Page, **digits: str) -> None:
    """Rate categories by name: arrows lead to one that is not current yet, a digit rates it."""
    for name, digit in digits.items():
        at_category(page, name.replace("_", " "))
        page.keyboard.press(digit)


def at_category(page: Page, name: str) -> None:
    current = page.locator(".category[data-current]")
    names = page.locator(".category").evaluate_all("all => all.map(one => one.dataset.name)")
    if page.evaluate("document.activeElement.id") == "comment":
        page.keyboard.press("Escape")
    for _ in names:
        here = current.get_attribute("data-name")
        if here == name:
            return
        page.keyboard.press("ArrowDown" if names.index(here) < names.index(name) else "ArrowUp")
    raise AssertionError(f"the arrows do not lead to {name!r}")


def row(
    number: int, agent: str, language: str, question: str, answer: str, *, days: int = 0, role: str = "customer"
) -> str:
    """One conversation of Evenhand JSONL, so many days ago."""
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=days or number)
    said = [(role, f"Customer {number}", question, at), ("agent", agent, answer, at + timedelta(minutes=9))]
    messages = [{"role": r, "author": who, "text": text, "at": when.isoformat()} for r, who, text, when in said]
    about = {"id": f"t{number}", "channel": "email", "language": language, "status": "solved", "subject": question}
    return json.dumps({**about, "messages": messages}, ensure_ascii=False)
