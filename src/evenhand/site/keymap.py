"""Every key that does something: the action's name, the key it has at first, and what the map under `?` says.

Names are what a person's own choices are stored by, so they never change. A combination is written small:
`s`, `?`, `arrowdown`, `mod+enter` (Ctrl, or Command on a Mac), `g d` (one after the other).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True)
class Action:
    name: str
    key: str
    label: Words
    # Neighbours that are shown together stand in one line of the map, with these words: "1 – 5".
    together: Words = ""
    between: str = " "
    # Keys that belong to the browser or to the control itself cannot be given away.
    fixed: bool = False


@dataclass(frozen=True)
class Section:
    title: Words
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Row:
    """One line of the map: keys, what stands between them, what they do."""

    keys: list[list[str]]
    between: str
    label: Words


def _rating(points: int) -> Action:
    label = format_lazy(_("Rate with {points}"), points=points)
    return Action(f"rate-{points}", str(points), label, together=_("Rate the current category"), between="–")


_CATEGORIES = _("Previous, next category")
_SCALE = _("Along the scale")
_CONVERSATIONS = _("Next, previous conversation")
_ROWS = _("Down, up: a message or a row")

SECTIONS = (
    Section(
        _("Rate"),
        (
            *(_rating(points) for points in range(1, 6)),
            Action("rate-na", "0", _("Not applicable")),
            Action("category-previous", "arrowup", _("Previous category"), together=_CATEGORIES),
            Action("category-next", "arrowdown", _("Next category"), together=_CATEGORIES),
            Action("scale-back", "arrowleft", _("Back along the scale"), together=_SCALE, fixed=True),
            Action("scale-on", "arrowright", _("On along the scale"), together=_SCALE, fixed=True),
            Action("causes", "r", _("Root causes")),
            Action("evidence", "e", _("Show evidence, or attach the selected text")),
        ),
    ),
    Section(
        _("Write and finish"),
        (
            Action("comment", "c", _("Comment")),
            Action("back", "escape", _("Back to the category"), fixed=True),
            Action("submit", "s", _("Submit, stay here")),
            Action("submit-next", "mod+enter", _("Submit and next, also while writing")),
            Action("praise", "w", _("Great example: praise it")),
            Action("seen", "v", _("Seen (your own reviews)")),
        ),
    ),
    Section(
        _("Move"),
        (
            Action("next", "n", _("Next conversation"), together=_CONVERSATIONS),
            Action("previous", "p", _("Previous conversation"), together=_CONVERSATIONS),
            Action("down", "j", _("Down: a message or a row"), together=_ROWS),
            Action("up", "k", _("Up: a message or a row"), together=_ROWS),
            Action("open", "enter", _("Open the row"), fixed=True),
            Action("review", "r", _("Review the conversation that is open")),
            Action("select", "x", _("Select the row")),
        ),
    ),
    Section(
        _("Everywhere"),
        (
            Action("search", "/", _("Search")),
            Action("filter", "f", _("Add a filter")),
            Action("table", "t", _("Show the chart as a table")),
            Action("help", "?", _("This map")),
        ),
    ),
)

SHOWN = {
    "arrowup": "↑",
    "arrowdown": "↓",
    "arrowleft": "←",
    "arrowright": "→",
    "enter": "↵",
    "escape": _("Esc"),
    "mod": _("Ctrl"),
    "alt": _("Alt"),
    "shift": _("Shift"),
    "space": _("Space"),
}


def actions() -> Iterator[Action]:
    for section in SECTIONS:
        yield from section.actions


DEFAULTS = {action.name: action.key for action in actions()}
FIXED = {action.name for action in actions() if action.fixed}


def is_character(key: str) -> bool:
    """A letter, digit or sign without Ctrl or Alt: what can be switched off (WCAG 2.1.4)."""
    return all(len(step) == 1 for step in key.split(" "))


def key_of(name: str, shortcuts: Mapping[str, Any]) -> str:
    """The key of an action for somebody with these choices; empty where it has none."""
    first = DEFAULTS.get(name, "")
    key = first if name in FIXED else str(shortcuts.get(name, first))
    return "" if shortcuts.get("off") and is_character(key) else key


def shown(key: str) -> list[str]:
    """A combination as the caps one presses: `mod+enter` is Ctrl and ↵."""
    caps = [cap for step in key.split(" ") for cap in (step.split("+") if len(step) > 1 else [step])]
    return [str(SHOWN.get(cap, cap.upper() if len(cap) == 1 else cap.capitalize())) for cap in caps if cap]


def sections(shortcuts: Mapping[str, Any]) -> list[tuple[Words, list[Row]]]:
    """The map as this person has it, without actions that have no key."""
    listed = ((section.title, list(_rows(section.actions, shortcuts))) for section in SECTIONS)
    return [(title, rows) for title, rows in listed if rows]


def _rows(listed: Iterable[Action], shortcuts: Mapping[str, Any]) -> Iterator[Row]:
    row: Row | None = None
    for action in listed:
        key = key_of(action.name, shortcuts)
        if not key:
            continue
        if row and action.together and row.label == action.together:
            # A range shows its ends only: 1 – 5.
            row.keys[1:] = [shown(key)] if action.between == "–" else [*row.keys[1:], shown(key)]
            continue
        if row:
            yield row
        row = Row([shown(key)], action.between, action.together or action.label)
    if row:
        yield row


def clashes(shortcuts: Mapping[str, Any]) -> list[tuple[Action, Action]]:
    """Pairs of actions that a person's choices give the same key, although they start with different ones."""
    movable = [action for action in actions() if not action.fixed]
    chosen = {action.name: str(shortcuts.get(action.name, action.key)) for action in movable}
    return [
        (first, second)
        for i, first in enumerate(movable)
        for second in movable[i + 1 :]
        if chosen[first.name] and chosen[first.name] == chosen[second.name] and first.key != second.key
    ]
