"""The tags and filters of every page."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template

IQS = {"value": 84.3, "low": 80.1, "high": 88.4, "n": 142, "name": "IQS", "describes": "of 3,912 conversations"}


def rendered(source, **context):
    html = Template("{% load evenhand %}" + source).render(Context(context))
    return BeautifulSoup(html, "html.parser")


def words(soup):
    return " ".join(soup.get_text(" ").split())


def test_a_score_always_shows_value_interval_and_n():
    assert words(rendered("{% score e %}", e=IQS)) == "IQS: 84 between 80 – and 88 142 reviews of 3,912 conversations"


def test_a_score_in_a_cell_leaves_n_to_its_own_column():
    assert "reviews" not in words(rendered('{% score e "bare" %}', e=IQS))


@pytest.mark.parametrize("size", ["row", "bare", "figure"])
def test_a_missing_number_is_said_and_never_drawn(size):
    page = rendered("{% score e size %}", e={"value": None, "n": 3, "missing": 7, "name": "IQS"}, size=size)
    assert "Not enough reviews: 7 more for ±10" in words(page)
    assert not page.select("svg, .value, .figure")


def test_the_headline_draws_its_whisker_and_links_its_n():
    page = rendered('{% score e "figure" "/reviews?period=4w" %}', e=IQS)
    assert page.select_one(".figure").string == "84"
    assert page.select_one("a[href='/reviews?period=4w']").string == "142 reviews"
    assert page.select_one(".whisker.tall .span")["x1"] == "50.25%"


def test_a_score_of_zero_is_a_number():
    assert (
        rendered("{% score e %}", e={**IQS, "value": 0.0, "low": 0.0, "high": 6.0}).select_one(".value").string == "0"
    )


def test_a_page_says_what_the_estimate_does_not_know():
    page = rendered('{% score e name="AQS" missing=2 %}', e={"value": None, "low": None, "high": None, "n": 3})
    assert words(page) == "AQS: Not enough reviews: 2 more for ±10 3 reviews"


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
