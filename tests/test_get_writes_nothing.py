"""Reading leaves no trace: a link that is opened, prefetched or crawled changes nothing."""

from __future__ import annotations

import pytest

from tests.test_permissions import ROWS, undone

READS = [row for row in ROWS if row.method == "GET"]


@pytest.mark.parametrize("row", READS, ids=str)
def test_get_writes_nothing(row, world):
    written = {}
    for person in ("lena", "nadia", "ada"):
        response, _body, writes = undone(row, world, person)
        assert response.status_code < 500
        written |= {person: writes} if writes else {}
    assert written == {}
