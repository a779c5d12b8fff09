"""Chromium for the journeys: found on the machine, never downloaded; without one the tests say how to get it."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.urls import get_resolver

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
# In milliseconds. A machine that does other work too may be slow, and waiting costs nothing where a test passes.
PATIENCE = 60_000
# Playwright runs an event loop in the test's thread; Django's guard against that is about other programs.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def find_chromium() -> str | None:
    named = os.environ.get("EVENHAND_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium():
    path = find_chromium()
    if path is None:
        pytest.skip("needs Chromium: `apt-get install chromium`, or set EVENHAND_CHROMIUM to one")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    get_resolver().url_patterns  # noqa: B018 - the views load now, and no page waits for them
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=2 * PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def browsers(chromium, live_server):
    """`browsers(timezone_id="Europe/Berlin")` opens a browser of somebody else.

    The test fails if a page asks another host, or throws an error.
    """
    opened, faults = [], []

    def another(**options):
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda r: faults.append(f"asked {r.url}") if not _ours(r.url, live_server.url) else None)
        context.on("weberror", lambda e: faults.append(f"threw {e.error}"))
        opened.append(context)
        return context

    with InFlight() as requests:
        yield another
        for context in opened:
            context.close()
        requests.settle()
    assert not faults, faults


@pytest.fixture
def context(browsers):
    """The browser of the test's first person."""
    return browsers(viewport={"width": 1440, "height": 900})


class InFlight:
    """How many requests the server is answering: a closed page may still have sent one, and it writes."""

    def __init__(self):
        self.count, self.lock = 0, threading.Lock()

    def __enter__(self):
        request_started.connect(self._begin)
        request_finished.connect(self._end)
        return self

    def __exit__(self, *exc):
        request_started.disconnect(self._begin)
        request_finished.disconnect(self._end)

    def _begin(self, **_):
        with self.lock:
            self.count += 1

    def _end(self, **_):
        with self.lock:
            self.count -= 1

    def settle(self, seconds=30.0, quiet=0.2):
        """Wait until nothing has been answered for a moment; the database is emptied next."""
        end, since = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < quiet:
            if self.count > 0:
                since = time.monotonic()
            time.sleep(0.02)


def _ours(url: str, base: str) -> bool:
    return url.startswith((base, "data:", "blob:", "about:"))


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture
def signed_in(context, live_server):
    """`signed_in(user)` puts that user's session into the window."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    def as_user(user):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        context.add_cookies([{"name": "evenhand_session", "value": session.session_key, "url": live_server.url}])

    return as_user


@pytest.fixture
def axe(page):
    """`axe()` fails with the violations that axe-core finds on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    def check():
        # Without preload: axe would ask for style sheets at addresses that do not exist.
        results = Axe().run(page, options={"preload": False})
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def screenshot(page, request):
    """`screenshot("name")` writes a picture where EVENHAND_SCREENSHOTS says, and does nothing elsewhere."""
    folder = os.environ.get("EVENHAND_SCREENSHOTS")

    def take(name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take
