"""Where higher rooms plug in: what happens when a review is submitted, changed or deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenhand.reviews.models import Review

    Hook = Callable[[Review], None]


@dataclass
class Registry:
    """Hooks run inside the transaction that writes the review, so they only write rows and are quick."""

    review_submitted: list[Hook] = field(default_factory=list)
    review_changed: list[Hook] = field(default_factory=list)
    review_deleted: list[Hook] = field(default_factory=list)


registry = Registry()
