from __future__ import annotations

import re
from pathlib import Path

from evenhand.conversations.filters.dates import NAMED
from evenhand.conversations.registry import registry

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "filters.md").read_text()
WORDS = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))


def test_every_filter_is_explained():
    assert {name for name in registry.filters if name not in WORDS} <= {"field"}
    assert "field.NAME" in WORDS


def test_every_named_period_is_listed():
    assert set(NAMED) <= WORDS
