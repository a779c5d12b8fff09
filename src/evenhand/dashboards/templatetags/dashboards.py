"""Addresses of a dashboard and of what lies behind its numbers, each with the filters that are set."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.dashboards import charts
from evenhand.dashboards.asked import Asked
from evenhand.quality.estimates import MINIMUM_N, Estimate
from evenhand.quality.shrinkage import GroupEstimate
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


@register.simple_tag
def figure(estimate: Estimate, unit: str = "") -> SafeString:
    text = charts.value(estimate) + (unit if estimate.has_number else "")
    return format_html('<dd class="v">{}</dd>', text)


@register.simple_tag
def between(estimate: Estimate) -> str:
    return f"{charts.between(estimate)}," if estimate.has_number else _("not enough yet,")


@register.simple_tag
def wants(group: GroupEstimate) -> str:
    """What is missing: reviews until there is a number, or until it is worth something."""
    if group.n + group.needed <= MINIMUM_N:
        told = ngettext("Not enough reviews: %(n)d more for a number", "Not enough reviews: %(n)d more for a number",
                        group.needed)  # fmt: skip
    else:
        told = ngettext("Not enough reviews: %(n)d more for ±10", "Not enough reviews: %(n)d more for ±10",
                        group.needed)  # fmt: skip
    return told % {"n": group.needed}


@register.simple_tag
def reviews_n(n: int) -> str:
    return ngettext("%(n)s review", "%(n)s reviews", n) % {"n": f"{n:,}"}


def _url(asked: Asked, name: str, *args: Any) -> str:
    return reverse(f"dashboards:{name}", args=[asked.seat.workspace.slug, *args])
