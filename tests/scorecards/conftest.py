from __future__ import annotations

import pytest

from evenhand.scorecards import services


@pytest.fixture
def draft(world):
    """The draft of version 2 of the world's scorecard, with the same three categories."""
    return services.ensure_draft(world.scorecard, world.mara)


@pytest.fixture
def category(draft):
    return lambda name: draft.categories.get(name=name)
