"""Two people who change what counts at the same moment."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from evenhand.conversations.models import FrameRule
from evenhand.conversations.services import frame
from evenhand.people.models import Workspace


@pytest.mark.django_db(transaction=True)
def test_the_second_waits_and_makes_the_next_version(monkeypatch):
    workspace = Workspace.objects.create(slug="orchard", name="Orchard")
    read = frame.ensure

    def slow(workspace):
        rule = read(workspace)
        time.sleep(0.05)
        return rule

    def change(least):
        try:
            return frame.change(workspace, None, min_agent_replies=least)[0].version
        finally:
            connection.close()

    frame.ensure(workspace)
    monkeypatch.setattr(frame, "ensure", slow)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, (2, 3))) == [2, 3]
    assert FrameRule.objects.count() == 3
