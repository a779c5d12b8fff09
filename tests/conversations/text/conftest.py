from __future__ import annotations

import pytest

from tests.conversations.text.texts import Index


@pytest.fixture(scope="module")
def index():
    found = Index()
    yield found
    found.close()
