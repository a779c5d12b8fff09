from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evenhand.conversations.text import Piece, pieces, query_terms, snippet

TEXT = "The parcel was late. " * 20 + "I would like a\n\n refund now. " + "Thank you very much. " * 20


def test_a_snippet_stands_around_the_first_hit():
    found = snippet(TEXT, query_terms("refund").matches(TEXT), width=80)
    assert [piece.text for piece in found if piece.hit] == ["refund"]
    assert (found[0].text, found[-1].text) == ("…", "…")
    assert "like a refund now" in "".join(piece.text for piece in found)
    assert 60 < sum(len(piece.text) for piece in found) < 110


def test_a_short_text_is_shown_whole():
    assert snippet("a refund", [(2, 8)]) == [Piece("a ", False), Piece("refund", True)]
    assert snippet("", []) == []


def test_without_a_hit_the_beginning_is_shown():
    found = snippet(TEXT, [], width=50)
    assert found[0].text.startswith("The parcel")
    assert found[-1] == Piece("…", False)


@given(st.text("ab \n", max_size=300), st.integers(1, 100))
def test_a_snippet_shows_the_first_hit_whole(text, width):
    spans = query_terms("a").matches(text)
    hits = [piece.text for piece in snippet(text, spans, width) if piece.hit]
    assert bool(hits) == bool(spans)


@given(st.text("ab \n"))
def test_pieces_joined_are_the_text(text):
    assert "".join(piece.text for piece in pieces(text, query_terms("a OR ab").matches(text))) == text
