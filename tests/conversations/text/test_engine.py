"""The engine of the database that the suite runs on finds what the query accepts."""

from __future__ import annotations

import pytest
from django.db import connection

from evenhand.conversations.text import query_terms, search_terms
from tests.conversations.text.texts import SAMPLES

ASKED = (
    *("refund", "order -refund", "refund OR заказ", '"for order"', "ref*", "e-mail", "ruckerstattung", "καλημερα"),
    *(
        "退货",
        "货",
        "政策是",
        "手机第3",
        "返品",
        "送料",
        "환불",
        "책",
        "คืนเงิน",
        "طلبي",
        "रिफंड",
        "ប្រាក់",
        "hoan tien",
        "'",
    ),
)


@pytest.fixture
def finds(db):
    """`finds(query)` gives the languages of the samples that the engine finds."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("CREATE VIRTUAL TABLE found USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
        else:
            cursor.execute("CREATE TEMPORARY TABLE found (id integer, x tsvector)")
        for number, text in enumerate(SAMPLES.values()):
            insert = "(rowid, x) VALUES (%s, %s)" if is_sqlite else "VALUES (%s, to_tsvector('simple', %s))"
            cursor.execute(f"INSERT INTO found {insert}", (number, search_terms(text)))

        def ask(query):
            if is_sqlite:
                cursor.execute("SELECT rowid FROM found WHERE found MATCH %s", (query.fts5(),))
            else:
                cursor.execute("SELECT id FROM found WHERE x @@ to_tsquery('simple', %s)", (query.tsquery(),))
            return {list(SAMPLES)[number] for (number,) in cursor.fetchall()}

        yield ask
        cursor.execute("DROP TABLE found")


def test_the_engine_finds_what_the_query_accepts(finds):
    for asked in ASKED:
        query = query_terms(asked)
        expected = {language for language, text in SAMPLES.items() if query.accepts(text)}
        assert finds(query) == expected, asked
        assert bool(expected) == (asked not in ("order -refund", "'")), asked
