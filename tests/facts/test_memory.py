"""What one question read is gone when it is answered."""

from __future__ import annotations

import atexit

from evenhand.facts.load import engine
from evenhand.facts.metrics import scores
from tests.facts.helpers import asked, pair_of, review


def held():
    views = engine().con.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchall()
    return views[0][0], len(engine()._memtables), atexit._ncallbacks()


def test_nothing_stays_in_the_engine(world):
    for number in range(4):
        review(world, pair_of(world, number), 80)
    scores.headline(*asked(world))
    before = held()
    for _again in range(3):
        scores.headline(*asked(world))
    assert held() == before
    assert before[:2] == (0, 0)
