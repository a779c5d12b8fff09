"""HTML of messages: safe for display, and as plain text."""

from __future__ import annotations

import html as entities
import re

import nh3

from evenhand.conversations.text.layout import Layout


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHOWN = _names(
    "a abbr b blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s samp "
    "small span strike strong sub sup table tbody td tfoot th thead tr u ul var"
)
_READ = _names("blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr img li ol p pre table td th tr ul")
_DROPPED = _names("script style title template noscript iframe object textarea select")
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "img": {"alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_HEADING = re.compile(r"<(/?)h[1-6]((?: (?:dir|lang)=\"[^\"]*\")*)>")
_IMAGE = re.compile(r'<img(?: (?:dir|lang)="[^"]*")*(?: alt="([^"]*)")?(?: (?:dir|lang)="[^"]*")*>')
_CLEAN_TAG = re.compile(r'<(/?)([a-z0-9]+)(?: alt="([^"]*)")?>')
_ANY_TAG = re.compile(r"<[^<>]*>")
_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONG_TAG = re.compile(r"<[^<>]{4000,}")
_NOT_NESTING = _names("area br col dd dt hr img input li link meta option p td th tr wbr")
_DEEPEST, _MOST_ATTRIBUTES, _MOST_NBSP = 1_000, 500, 10_000


def sanitise(html: str) -> str:
    """HTML that is safe to put into a page: no scripts, styles, forms, ids or classes.

    Images go, remote and embedded alike (a remote one tells its sender who reads); their alternative
    text stays. Links keep web, mail and telephone addresses only. Headings become bold blocks, so that
    a message cannot disturb the outline of the page. HTML built to be slow comes out as its text.
    """
    if _is_hostile(html):
        return f"<p>{entities.escape(_stripped(html))}</p>"
    clean = nh3.clean(
        _without_many_nbsp(html),
        tags=set(_SHOWN),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_attribute,
        clean_content_tags=set(_DROPPED),
        link_rel="noopener nofollow",
    )
    return _HEADING.sub(_bold, _IMAGE.sub(_alternative, clean)).replace("\0", "")


def html_to_text(html: str) -> str:
    """The text of HTML with its paragraphs, list marks and quotation marks ("> "), in linear time."""
    if _is_hostile(html):
        return _stripped(html)
    clean = nh3.clean(
        _without_many_nbsp(html),
        tags=set(_READ),
        attributes={"img": {"alt"}},
        clean_content_tags=set(_DROPPED),
        link_rel=None,
    )
    layout, at = Layout(), 0
    for tag in _CLEAN_TAG.finditer(clean):
        layout.text(entities.unescape(clean[at : tag.start()]))
        at = tag.end()
        if tag[2] == "img":
            layout.text(entities.unescape(tag[3] or ""))
        else:
            layout.tag(tag[2], opens=not tag[1])
    layout.text(entities.unescape(clean[at:]))
    return layout.finished()


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if value.strip().lower().startswith(_SCHEMES) else None
    if name in ("colspan", "rowspan", "start"):
        return value if value.isascii() and value.isdigit() and len(value) < 4 else None
    return value


def _alternative(image: re.Match[str]) -> str:
    # An attribute's text is not escaped for the place outside of the quotes: do it again.
    return entities.escape(entities.unescape(image[1] or ""))


def _bold(heading: re.Match[str]) -> str:
    return "</strong></div>" if heading[1] else f"<div{heading[2]}><strong>"


def _without_many_nbsp(html: str) -> str:
    # The parser's time is quadratic in their number within one text.
    return html if html.count("\xa0") < _MOST_NBSP else html.replace("\xa0", " ")


def _stripped(html: str) -> str:
    return entities.unescape(_ANY_TAG.sub(" ", html)).replace("\0", "")


def _is_hostile(html: str) -> bool:
    """Would the parser need quadratic time: deep nesting, or a tag with very many attributes?"""
    if any(len(tag[0].split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(html)):
        return True
    if html.count("<") <= _DEEPEST:
        return False
    depth = 0
    for tag in _OPENING.finditer(html):
        if tag[2].lower() in _NOT_NESTING:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False
