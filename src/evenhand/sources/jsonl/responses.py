"""The customer's answers to surveys."""

from __future__ import annotations

from evenhand.sources import clock, fields
from evenhand.sources.errors import RowError, expected
from evenhand.sources.records import RESPONSE_KINDS, ResponseRecord

SCALES = {"csat": (1.0, 5.0), "ces": (1.0, 7.0), "nps": (0.0, 10.0)}


def responses(value: object) -> list[ResponseRecord]:
    """Each entry of `responses`; a scale that is not given is the usual one of its kind."""
    found = fields.items(value, "responses", 1_000)
    return [response(data, f"responses[{index}]") for index, data in enumerate(found)]


def response(data: object, path: str) -> ResponseRecord:
    """One answer. Raises RowError for a score outside its scale."""
    if not isinstance(data, dict):
        raise expected(path, "an object in braces", data)
    get = data.get
    kind = fields.choice(get("kind", "csat"), f"{path}.kind", RESPONSE_KINDS)
    score = fields.number(get("score"), f"{path}.score")
    minimum = _bound(get("minimum"), f"{path}.minimum", SCALES[kind][0])
    maximum = _bound(get("maximum"), f"{path}.maximum", SCALES[kind][1])
    if score is None:
        raise RowError(f"{path}.score", "missing; expected a number")
    if minimum >= maximum:
        raise expected(f"{path}.maximum", f"more than the minimum {minimum:g}", maximum)
    if not minimum <= score <= maximum:
        raise expected(f"{path}.score", f"a number from {minimum:g} to {maximum:g}", get("score"))
    return ResponseRecord(
        kind,
        score,
        minimum,
        maximum,
        fields.text(get("comment"), f"{path}.comment", 20_000),
        clock.moment(get("at"), f"{path}.at"),
        fields.identifier(get("id"), f"{path}.id"),
    )


def _bound(value: object, path: str, default: float) -> float:
    found = fields.number(value, path)
    return default if found is None else found
