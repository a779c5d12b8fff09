"""What the review page sends: one field a category for its rating, causes, other cause and passages."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.reviews.answers import Answer, Answers, Passage, Refused
from evenhand.reviews.services import Save

_LONGEST_TAB = 40


def answers(data: QueryDict) -> Answers:
    """Fields are `rate.KEY` (points or "na"), `cause.KEY`, `other.KEY`, `passage.KEY`, and `comment`."""
    parts: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in data:
        field, _dot, key = name.partition(".")
        if not key:
            continue
        if field == "rate":
            parts[key] |= _rating(data[name])
        elif field == "cause":
            parts[key]["causes"] = tuple(sorted(set(data.getlist(name))))
        elif field == "other":
            parts[key]["other"] = data[name].strip()
        elif field == "passage":
            parts[key]["passages"] = _passages(key, data.getlist(name))
    given = {key: Answer(**values) for key, values in parts.items()}
    kept = {key: answer for key, answer in given.items() if not answer.is_empty}
    return Answers(kept, data.get("comment", "").replace("\r\n", "\n").strip())


def save(data: QueryDict) -> Save:
    return Save(
        answers=answers(data),
        number=_whole(data.get("number")),
        tab=data.get("tab", "")[:_LONGEST_TAB],
        turn=_whole(data.get("turn")),
        seconds=float(_whole(data.get("seconds"))),
    )


def _rating(value: str) -> dict[str, Any]:
    if value == "na":
        return {"na": True}
    try:
        return {"points": float(value)}
    except ValueError as error:
        raise Refused({"": _("%(value)s is no rating.") % {"value": value[:20]}}) from error


def _passages(key: str, values: list[str]) -> tuple[Passage, ...]:
    try:
        return tuple(sorted({Passage.parse(value) for value in values}))
    except ValueError as error:
        raise Refused({key: _("A passage lies outside its message: attach it again.")}) from error


def _whole(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0
