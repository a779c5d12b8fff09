from __future__ import annotations

import html as entities

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from evenhand.conversations.text import html_to_text, sanitise
from evenhand.conversations.text.html import _ATTRIBUTES, _SHOWN

PARTS = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<script>", "</script>", "<style>", "<svg onload=x>", "<math>", "<table><td>"),
        *("<img src=x onerror=y alt='<script>'>", '<a href="javascript:x">', "<a href=//x>", "<form><input name=q>"),
        *("<h1 class=x id=y>", "</h1>", "<h2 dir='\">'>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#60;script>"),
        *("<iframe src=x>", "<title>", "<textarea>", "<noscript>", "<template>", "<p style=x>", "text", '"', "'", "<"),
    ]
)
PAGES = st.lists(PARTS, max_size=15).map("".join)


@given(PAGES)
def test_nothing_but_allowed_tags_and_attributes_is_left(page):
    for tag in BeautifulSoup(sanitise(page), "html.parser").find_all(True):
        assert tag.name in _SHOWN - {"img", "h1", "h2", "h3", "h4", "h5", "h6"}
        assert tag.attrs.keys() <= _ATTRIBUTES.get(tag.name, set()) | {"dir", "lang", "rel"}
        assert tag.get("href", "https:").startswith(("http:", "https:", "mailto:", "tel:"))


@given(PAGES)
def test_cleaning_twice_changes_nothing_more(page):
    once = sanitise(page)
    assert sanitise(once) == once


def test_images_leave_their_text_and_never_load():
    page = '<p>See <img src="cid:1" alt="the &lt;b&gt;label"><img src="https://t.example/x.png">.</p>'
    assert sanitise(page) == "<p>See the &lt;b&gt;label.</p>"


def test_links_keep_their_address_and_say_nothing_about_the_page():
    page = '<a href="https://x.example/?a=1&b=2" target=_blank style="color:red">x</a><a href="/people">y</a>'
    clean = BeautifulSoup(sanitise(page), "html.parser")
    first, second = clean.find_all("a")
    assert first.attrs == {"href": "https://x.example/?a=1&b=2", "rel": ["noopener", "nofollow"]}
    assert "href" not in second.attrs


def test_headings_become_bold_blocks():
    assert sanitise('<h2 dir="rtl">T</h2>x') == '<div dir="rtl"><strong>T</strong></div>x'


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<dl><dd><dt>" * 30_000,
        "<b></p>" * 100_000,
        "<a " + " ".join(f"x{n}" for n in range(100_000)) + ">",
        "\xa0" * 500_000,
    ],
    ids=["deep", "lists", "formatting", "attributes", "spaces"],
)
def test_html_that_is_built_to_be_slow_comes_out_as_text(page):
    assert html_to_text(page + "end").strip(" \xa0").endswith("end")
    assert "<div" not in sanitise(page + "end")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two<br>three</div>", "one\ntwo\nthree"),
        ("one<br><br><br>two", "one\n\ntwo"),
        ("a <b>b</b>c&nbsp;d \n e", "a bc d e"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>d", "- a\n- b\n  - c\n\nd"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<blockquote>a<blockquote>b<br>c</blockquote></blockquote>d", "> a\n\n> > b\n> > c\n\nd"),
        ("<pre>  a\n\n  b</pre>", "  a\n\n  b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<style>x</style><script>y</script><title>z</title>a<!-- b -->", "a"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ('<img alt="logo" src=x> a', "logo a"),
        ("a < b and <unknown>c", "a < b and c"),
        ("", ""),
    ],
)
def test_text_keeps_the_structure(page, text):
    assert html_to_text(page) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_escaped_text_comes_back_word_for_word(text):
    assert html_to_text(f"<p>{entities.escape(text)}</p>").split() == text.split()


@given(PAGES)
def test_any_html_has_a_text(page):
    assert "\0" not in html_to_text(page)
