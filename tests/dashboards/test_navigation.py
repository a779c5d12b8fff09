"""The dashboard's pages stand in a second line of the navigation, in this room only."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup


def lines(response):
    """The main line, and the second one of the dashboard."""
    html = BeautifulSoup(response.content, "html.parser")
    return html.select_one(".masthead nav"), html.select_one("nav.within[aria-label=Dashboard]")


def marked(line):
    return [link.text for link in line.select("[aria-current=page]")]


@pytest.mark.parametrize(
    ("address", "page"),
    [("dashboard", "Overview"), ("agents", "Agents"), ("change", "Change"), ("agreement", "Agreement")],
)
def test_a_page_of_the_dashboard_is_marked_in_both_lines(world, sign_in, address, page):
    main, within = lines(sign_in(world.lena).get(f"/w/orchard/{address}/"))
    assert marked(main) == ["Dashboard"]
    assert marked(within) == [page]
    assert not within.has_attr("hidden")


def test_elsewhere_the_second_line_only_lends_its_keys(world, sign_in):
    main, within = lines(sign_in(world.lena).get("/w/orchard/conversations/"))
    assert marked(main) == ["Conversations"]
    assert within.has_attr("hidden")
    assert marked(within) == []
    assert within.select_one("[data-shortcut=go-agreement]")["data-key"] == "g a"


def test_agents_have_no_second_line(world, sign_in):
    assert b'class="tabs within"' not in sign_in(world.nadia).get("/w/orchard/me/").content
