from __future__ import annotations

import pytest

from evenhand.scorecards.conditions import ConversationFacts, matches
from evenhand.scorecards.shape import When

FACTS = ConversationFacts(channel="chat", connection="c-1", tags={"VIP", "refund"}, csat="negative", language="pt-BR")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([], True),
        ([When("channel", ("chat",))], True),
        ([When("channel", ("email", "chat"))], True),
        ([When("channel", ("email",))], False),
        ([When("channel", ("email",), negated=True)], True),
        ([When("channel", ("chat", "email"), negated=True)], False),
        ([When("tag", ("vip",))], True),
        ([When("tag", ("trial", "refund"))], True),
        ([When("tag", ("trial",), negated=True)], True),
        ([When("csat", ("positive",))], False),
        ([When("csat", ("negative", "none"))], True),
        ([When("connection", ("c-1",))], True),
        ([When("language", ("pt",))], True),
        ([When("language", ("pt-br",))], True),
        ([When("language", ("pt-PT",))], False),
        ([When("language", ("p",))], False),
        ([When("channel", ("chat",)), When("tag", ("trial",))], False),
        ([When("channel", ("chat",)), When("tag", ("vip",))], True),
        ([When("tag", ("trial",)), When("tag", ("vip",))], True),
        ([When("tag", ("trial",)), When("tag", ("vip",), negated=True)], False),
        ([When("tag", ("vip",)), When("tag", ("refund",), negated=True)], False),
        ([When("tag", ("vip",)), When("tag", ("trial",), negated=True)], True),
        ([When("channel", ())], False),
    ],
)
def test_conditions(conditions, expected):
    assert matches(conditions, FACTS) is expected


def test_nothing_known_fits_only_what_is_negated_or_unasked():
    empty = ConversationFacts()
    assert not matches([When("language", ("en",))], empty)
    assert matches([When("language", ("en",), negated=True)], empty)
    assert matches([When("csat", ("none",))], empty)
