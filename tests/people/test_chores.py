"""What comes round by itself."""

from __future__ import annotations

import logging

import pytest

from evenhand.people.chores import EVERY, Chores
from evenhand.people.registry import register_chore, registry


@pytest.fixture
def chores(monkeypatch):
    monkeypatch.setattr(registry, "chores", {})
    return Chores()


def test_a_chore_is_asked_at_the_start_and_once_an_hour(chores):
    asked = []
    register_chore("count", lambda: asked.append(1))
    assert [chores.run(now) for now in (5, 6, EVERY, EVERY + 5, EVERY + 6)] == [True, False, False, True, False]
    assert len(asked) == 2


def test_one_that_fails_is_logged_and_keeps_nobody(chores, caplog):
    asked = []
    register_chore("broken", lambda: 1 / 0)
    register_chore("count", lambda: asked.append(1))
    with caplog.at_level(logging.ERROR, "evenhand.jobs"):
        chores.run(5)
    assert asked == [1]
    assert "broken" in caplog.text
