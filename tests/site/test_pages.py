"""The page of components, and the pages that say that something is wrong."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory

from evenhand.site import patterns


@pytest.fixture
def page():
    answer = patterns.show(RequestFactory().get("/patterns"))
    return BeautifulSoup(answer.content.decode(), "html.parser")


def test_patterns_needs_no_database(page):
    # Without the `db` mark any query would have failed.
    assert page.h1.string == "Patterns"


def test_every_component_is_shown_on_both_papers(page):
    shown = [[specimen["data-theme"] for specimen in part.select(".specimen")] for part in page.select(".pattern")]
    assert len(shown) >= 15
    assert all(themes == ["light", "dark"] for themes in shown)


def test_no_page_carries_style_or_script_of_its_own(page):
    assert not page.select("[style], style")
    scripts = [script for script in page.select("script") if not script.get("src")]
    assert {script["type"] for script in scripts} == {"application/json"}
    assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


def test_no_id_stands_twice(page):
    ids = [tag["id"] for tag in page.select("[id]")]
    assert sorted(set(ids)) == sorted(ids)


def test_every_button_says_whether_it_sends(page):
    outside = [button for button in page.select("button:not([type])") if button.find_parent("form") is None]
    assert outside == []


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html", "site/csrf.html", "site/no_workspace.html"])
def test_error_pages_need_nothing_but_themselves(name):
    page = BeautifulSoup(render_to_string(name), "html.parser")
    assert page.h1 is not None
    assert page.title.string.strip().endswith("Evenhand")
    assert page.select("main#main")


def test_a_refusal_says_why():
    assert "Leads and managers can open this page." in render_to_string(
        "403.html", {"reason": "Leads and managers can open this page."}
    )


def test_messages_tell_their_kind_by_shape_too():
    html = render_to_string("site/_messages.html", {"messages": [{"level_tag": "error"}]})
    assert re.search(r'class="banner bad">\s*<svg', html)


def test_the_pager_is_silent_with_one_page():
    assert render_to_string("site/_pager.html").strip() == ""
    html = render_to_string("site/_pager.html", {"older_url": "?before=7"})
    assert 'href="?before=7"' in html
    assert "Newer" not in html
