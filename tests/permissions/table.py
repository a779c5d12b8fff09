"""The permission table: who may do what at which address.

Each room has a module `tests/permissions/<room>.py` with a list ROWS, such as

    ROWS = [
        leads("people:jobs"),
        managers("people:member", user=lambda world: world.ravi.public_id),
        leads("people:job-cancel", "POST", job=a_job),
        row("reviews:review", let_in="ada mara lena ravi owen nadia", denied="", missing="sol", review=a_review),
    ]

The address's `workspace` is "orchard" unless a row says otherwise; every other part of the address is a keyword
whose value is a function of the world (it may make what it needs). `data` is what a POST sends. Everybody of PEOPLE
stands in exactly one of `let_in`, `denied` (403), `missing` (404); somebody who is not signed in is sent to the
sign-in page, unless the row is `public`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.worlds import World

PEOPLE = ("ada", "mara", "lena", "ravi", "greta", "nadia", "owen", "sol")
"""Admin, manager, lead, two reviewers, the owner, a colleague who also reviews, a stranger of another workspace."""

MEMBERS = ("mara", "lena", "ravi", "greta", "nadia", "owen")
Maker = Callable[[World], Any]


def nothing(world: World) -> dict[str, Any]:
    return {}


def always(value: Any) -> Maker:
    """A part of the address, or the data of a POST, that is the same in every world."""

    def make(world: World) -> Any:
        return value

    return make


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    let_in: frozenset[str]
    denied: frozenset[str]
    missing: frozenset[str]
    public: bool = False
    arguments: dict[str, Maker] = field(default_factory=dict)
    data: Callable[[World], dict[str, Any]] = nothing
    # Names in the address's query, for GET.
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query}"

    def expected(self, person: str) -> str:
        return next(word for word in ("let_in", "denied", "missing") if person in getattr(self, word))

    def url(self, world: World) -> str:
        from django.urls import NoReverseMatch

        made = {name: make(world) for name, make in self.arguments.items()}
        try:
            return reverse(self.name, kwargs=made) + self.query
        except NoReverseMatch:
            return reverse(self.name, kwargs={"workspace": "orchard", **made}) + self.query


def row(
    name: str,
    method: str = "GET",
    /,
    *,
    let_in: str = "",
    denied: str = "",
    missing: str = "",
    public: bool = False,
    data: Callable[[World], dict[str, Any]] | dict[str, Any] | None = None,
    query: str = "",
    **arguments: Maker,
) -> Row:
    groups = [frozenset(group.split()) for group in (let_in, denied, missing)]
    if sorted(person for group in groups for person in group) != sorted(PEOPLE):
        raise ValueError(f"{method} {name}: everybody of {', '.join(PEOPLE)} stands in exactly one group")
    sent = data if callable(data) else always(data or {})
    return Row(name, method, *groups, public, arguments, sent, query)


def anybody(name: str, method: str = "GET", /, **more: Any) -> Row:
    """Also without signing in."""
    return row(name, method, let_in=" ".join(PEOPLE), public=True, **more)


def signed_in(name: str, method: str = "GET", /, **more: Any) -> Row:
    return row(name, method, let_in=" ".join(PEOPLE), **more)


def members(name: str, method: str = "GET", /, **more: Any) -> Row:
    return row(name, method, let_in="ada mara lena ravi greta nadia owen", missing="sol", **more)


def reviewers(name: str, method: str = "GET", /, **more: Any) -> Row:
    return row(name, method, let_in="ada mara lena ravi greta owen", denied="nadia", missing="sol", **more)


def leads(name: str, method: str = "GET", /, **more: Any) -> Row:
    return row(name, method, let_in="ada mara lena", denied="ravi greta nadia owen", missing="sol", **more)


def managers(name: str, method: str = "GET", /, **more: Any) -> Row:
    return row(name, method, let_in="ada mara", denied="lena ravi greta nadia owen", missing="sol", **more)


def admins(name: str, method: str = "GET", /, **more: Any) -> Row:
    return row(name, method, let_in="ada", denied="mara lena ravi greta nadia owen sol", **more)
