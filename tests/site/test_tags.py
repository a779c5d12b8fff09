"""The tags and filters of every page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template

from evenhand.facts.words import KINDS
from evenhand.quality.change import Change
from evenhand.quality.estimates import Estimate, no_number

IQS = Estimate(84.3, 80.1, 88.4, 142, 3912, method="t-skew", design="stratified")
IQS_KIND = KINDS["iqs"]


def rendered(source, **context):
    html = Template("{% load evenhand %}" + source).render(Context(context))
    return BeautifulSoup(html, "html.parser")


def words(soup):
    return " ".join(soup.get_text(" ").split())


def shown(soup):
    """The words that stand on the page: what the button opens is not among them."""
    for part in soup.select(".about"):
        part.extract()
    return words(soup)


def test_a_score_always_shows_value_interval_and_n():
    assert shown(rendered("{% score e name='IQS' %}", e=IQS)) == "IQS: 84 between 80 and 88 142 of 3,912 conversations"


def test_a_score_in_a_table_is_three_cells():
    row = rendered("<table><tr>{% score e 'cells' name='Tom' url='/rows' %}</tr></table>", e=IQS)
    assert [shown(cell) for cell in row.select("td")] == ["84", "between 80 – and 88", "142"]
    assert row.select_one("a[href='/rows']")["aria-label"] == "142 of 3,912 conversations: Tom"


@pytest.mark.parametrize("size", ["row", "bare", "figure", "cells", "figures"])
def test_a_missing_number_is_said_and_never_drawn(size):
    page = rendered("{% score e size missing=7 %}", e=no_number(4), size=size)
    assert "ot enough reviews yet: 7 more for ±10" in shown(page) or "–" in page.select_one(".v").string
    assert not page.select(".whisker, .value, .figure")


def test_the_headline_draws_its_whisker_and_links_its_n():
    page = rendered('{% score e "figure" "/reviews?period=4w" %}', e=IQS)
    assert page.select_one(".figure").string == "84"
    assert page.select_one("a[href='/reviews?period=4w']").string == "142 of 3,912 conversations"
    assert page.select_one(".whisker.tall .span")["x1"] == "50.25%"


def test_a_score_of_zero_is_a_number():
    assert rendered("{% score e %}", e=replace(IQS, value=0.0, low=0.0, high=6.0)).select_one(".value").string == "0"


def test_where_all_were_counted_there_is_no_interval():
    page = rendered("{% score e kind='counted' %}", e=Estimate(40.0, 40.0, 40.0, 5, 5, method="census"))
    assert shown(page) == "40 % 5 reviews"


@pytest.mark.parametrize("size", ["row", "bare", "figure", "cells", "figures"])
def test_behind_its_button_every_number_says_what_it_is_worth(size):
    page = rendered("{% score e size %}", e=IQS, size=size)
    button, sheet = page.select_one("button[popovertarget]"), page.select_one("[popover]")
    assert button["popovertarget"] == sheet["id"]
    said = words(sheet)
    for part in (IQS_KIND.describes, IQS_KIND.limits, "142 of 3,912 conversations", "Method: 95 % t interval"):
        assert str(part) in said
    assert sheet.select_one("a")["href"].endswith(f"{IQS_KIND.page}/")


def test_two_buttons_of_a_page_open_two_sheets():
    page = rendered("{% score e %}{% score e %}", e=IQS)
    assert len({sheet["id"] for sheet in page.select("[popover]")}) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change(6.0, 2.0, 10.0, 33, 38, "mover"), "▲ clearly higher, between 2 higher and 10 higher"),
        (Change(-5.0, -9.0, -1.0, 33, 38, "mover"), "▼ clearly lower, between 9 lower and 1 lower"),
        (Change(2.0, -3.0, 8.0, 33, 38, "mover"), "no clear change, between 3 lower and 8 higher"),
        (Change(None, None, None, 33, 38, "mover"), "nothing to compare with yet"),
    ],
)
def test_a_difference_says_in_words_whether_there_is_one(change, told):
    assert shown(rendered("{% difference c %}", c=change)) == f"{told} 33 before, 38 reviews after"


def test_a_key_is_shown_as_the_person_has_it():
    assert words(rendered('{% key "submit" %}')) == "S"
    assert words(rendered('{% key "submit" %}', shortcuts_json='{"submit": "z"}')) == "Z"
    assert words(rendered('{% key "submit" %}', shortcuts={"off": True})) == ""


def test_switched_off_keys_are_not_shown_either():
    assert words(rendered("{% keys_state %}", shortcuts={"off": True})) == 'data-shortcuts="off"'
    assert words(rendered("{% keys_state %}", shortcuts={"submit": "z"})) == ""


def test_data_cannot_end_its_own_script():
    script = rendered("{{ v|data:'d' }}", v={"x": "</script><!-- & é"}).script
    assert json.loads(script.string) == {"x": "</script><!-- & é"}
    assert script["type"] == "application/json"


def test_keys_for_the_script_are_the_map_and_the_person_s_choices():
    page = rendered("{% keys_data %}", shortcuts={"submit": "z"})
    assert json.loads(page.select_one("#keymap").string)["submit"] == "s"
    assert json.loads(page.select_one("#shortcuts").string) == {"submit": "z"}


class Weight(forms.Form):
    weight = forms.IntegerField(max_value=100, help_text="0 to 100")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"class": "wide"}))
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    off = forms.BooleanField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.fixture
def form():
    return rendered('{% include "site/_form.html" %}', form=Weight({"weight": "250", "kind": "a"}))


def test_a_field_is_described_by_its_hint_and_its_error(form):
    control = form.select_one("#id_weight")
    described = [form.find(id=name) for name in control["aria-describedby"].split()]
    assert [words(part) for part in described] == ["0 to 100", "Ensure this value is less than or equal to 100."]
    assert control["aria-invalid"] == "true"


def test_every_control_has_a_label_and_its_class(form):
    assert form.select_one("label[for=id_weight]") is not None
    assert form.select_one("#id_note")["class"] == ["textarea", "wide"]
    assert [box["class"] for box in form.select("[type=radio], [type=checkbox]")] == [["check"]] * 3
    assert form.select_one("fieldset legend").get_text(strip=True) == "Kind"


def test_a_form_says_first_that_nothing_is_saved(form):
    assert words(form.select_one("[role=alert]")) == "Nothing is saved yet: one field needs a look."


def test_hidden_fields_stay_hidden(form):
    assert form.select_one("#id_token")["type"] == "hidden"
    assert form.select_one("label[for=id_token]") is None
