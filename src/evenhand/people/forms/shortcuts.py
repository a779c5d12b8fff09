"""Keys of one's own: each action's key, switched off or changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evenhand.people.registry import registry

NAMED = "arrow(?:up|down|left|right)|home|end|pageup|pagedown|insert|space|enter|f[1-9]|f1[0-2]"
COMBINATION = re.compile(rf"(?:mod\+)?(?:alt\+)?(?:shift\+)?(?:\S|{NAMED})|\S \S")
TAKEN = {"g", "enter", "space", "mod+c", "mod+v", "mod+x", "mod+z", "mod+a", "mod+w", "mod+t", "mod+n", "mod+r"}


def read(data: Mapping[str, str]) -> dict[str, Any]:
    """The choices in a posted form, keeping only what differs from the keys at first. Raises ValidationError."""
    chosen: dict[str, Any] = {"off": True} if data.get("off") else {}
    wrong: dict[str, str] = {}
    for action in movable():
        key = " ".join(data.get(f"key-{action.name}", action.key).strip().lower().split())
        if key == action.key:
            continue
        if key and (problem := _problem(key)):
            wrong[action.name] = problem
        chosen[action.name] = key
    for first, second in registry.keymap.clashes(chosen):
        cap = " ".join(registry.keymap.shown(str(chosen.get(second.name, second.key))))
        words = _("%(key)s already does “%(other)s”. Give one of the two another key.")
        wrong.setdefault(second.name, words % {"key": cap, "other": first.label})
        wrong.setdefault(first.name, words % {"key": cap, "other": second.label})
    if wrong:
        raise ValidationError(wrong)
    return chosen


def movable() -> list[Any]:
    """The actions whose key one may change."""
    sections = registry.keymap.SECTIONS if registry.keymap else ()
    return [action for section in sections for action in section.actions if not action.fixed]


def _problem(key: str) -> str:
    if not COMBINATION.fullmatch(key):
        return _("“%(key)s” is no key. Press the key in the field.") % {"key": key}
    if key in TAKEN or key.startswith("g "):
        return _("“%(key)s” already belongs to the browser or to the keys that lead to a page. Choose another.") % {
            "key": key
        }
    return ""


def sections(shortcuts: Mapping[str, Any], wrong: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """What the page shows: each action with its key now, its key at first, and what is wrong with it."""
    return [
        {
            "title": section.title,
            "rows": [
                {
                    "name": action.name,
                    "label": action.label,
                    "key": shortcuts.get(action.name, action.key),
                    "first": " ".join(registry.keymap.shown(action.key)),
                    "error": (wrong or {}).get(action.name, ""),
                }
                for action in section.actions
                if not action.fixed
            ],
        }
        for section in (registry.keymap.SECTIONS if registry.keymap else ())
    ]
