"""Addresses of a dashboard and of what lies behind its numbers, each with the filters that are set."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from evenhand.dashboards.asked import Asked
from evenhand.scorecards.models import Lineage

register = template.Library()


@register.simple_tag
def asked_with(asked: Asked, **changes: Any) -> str:
    return asked.with_(**{name: str(value) for name, value in changes.items()})


@register.simple_tag
def dashboard_url(asked: Asked) -> str:
    return f"{_url(asked, 'dashboard')}?{asked.with_(page='')}"


@register.simple_tag
def behind_url(asked: Asked, kind: str, **changes: Any) -> str:
    return f"{_url(asked, 'behind', kind)}?{asked.with_(**{name: str(value) for name, value in changes.items()})}"


@register.simple_tag
def category_url(asked: Asked, lineage: Lineage) -> str:
    return f"{_url(asked, 'category', lineage.public_id)}?{asked.query}"


@register.simple_tag
def cause_url(asked: Asked, label: str) -> str:
    return f"{_url(asked, 'cause', label)}?{asked.query}"


@register.simple_tag
def row_url(asked: Asked, row: dict[str, Any]) -> str:
    """A row's review where it has one, else its conversation."""
    slug = asked.seat.workspace.slug
    if "review" in row:  # one that a blind draw hides has none
        return reverse("reviews:review", args=[slug, row["review"].public_id])
    return reverse("conversations:conversation", args=[slug, row["conversation"].public_id])


def _url(asked: Asked, name: str, *args: Any) -> str:
    return reverse(f"dashboards:{name}", args=[asked.seat.workspace.slug, *args])
