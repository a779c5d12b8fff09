"""The components in a browser; the browser itself is the journeys'."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def patterns(page):
    """`patterns("dark")` opens the page of components and waits until its keys work."""

    def open_in(theme: str = "light", path: str = "/patterns"):
        page.goto(f"{path}?theme={theme}")
        page.wait_for_selector("html[data-ready]")
        return page

    return open_in


@pytest.fixture
def stage(patterns):
    """`stage(html, shortcuts)` puts a few controls on the page, for somebody with these choices of keys."""

    def put(html: str, shortcuts: dict | None = None):
        opened = patterns()
        opened.evaluate(
            """([html, shortcuts]) => {
                document.querySelector("#main").innerHTML = html;
                document.querySelector("#shortcuts").textContent = shortcuts;
                window.pressed = [];
                document.addEventListener("click", (event) => {
                    const name = event.target.dataset.shortcut;
                    if (name) window.pressed.push(name);
                });
            }""",
            [html, json.dumps(shortcuts or {})],
        )
        return opened

    return put


@pytest.fixture
def pressed(page):
    """`pressed()` lists the shortcuts whose elements have been pressed."""
    return lambda: page.evaluate("window.pressed")
