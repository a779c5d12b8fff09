from __future__ import annotations

from datetime import date

import pytest

from evenhand.people import spreadsheet


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1"])
def test_what_would_be_a_formula_is_text(value):
    assert spreadsheet.neutral(value) == f"'{value}"


@pytest.mark.parametrize("value", [-1.5, 3, None, date(2026, 3, 1), "Nadia", ""])
def test_numbers_and_other_words_stay_what_they_are(value):
    assert spreadsheet.neutral(value) == value


def test_a_row_is_one_line_of_csv():
    assert spreadsheet.line(['say "hi"', "=1", 2.5, None]) == '"say ""hi""",\'=1,2.5,\r\n'
