"""Scorecards to begin with. The pages of this room lie in the folder beside this file."""

from __future__ import annotations

from evenhand.scorecards.shape import Template
from evenhand.scorecards.starters import chat, essentials, phone

TEMPLATES: dict[str, Template] = {
    template.key: template for template in (essentials.TEMPLATE, phone.TEMPLATE, chat.TEMPLATE)
}


def get(key: str) -> Template:
    """The template of that key; a KeyError names the ones that there are."""
    if key not in TEMPLATES:
        raise KeyError(f"No template {key!r}: choose one of {', '.join(TEMPLATES)}")
    return TEMPLATES[key]
