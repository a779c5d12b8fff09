"""`{% load conversations %}`: what this room's templates need beyond the shared tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """One value of a mapping: `{{ counts|at:view.pk }}`."""
    return values.get(key, "")
