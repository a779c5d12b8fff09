from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """A machine that is busy with other tests must not cut the list short; what tests the limits sets its own."""
    from evenhand.conversations import browsing

    for name in ("PAGE_SECONDS", "COUNT_SECONDS", "LATE_COUNT_SECONDS", "HINT_SECONDS"):
        monkeypatch.setattr(browsing, name, 60)
