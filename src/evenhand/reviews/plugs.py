"""What this room adds to the lower ones: navigation, notices, the panel beside a conversation, places with content."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenhand.conversations.registry import (
    ContentPlace,
    register_agent_merged,
    register_content_place,
    register_panel,
)
from evenhand.conversations.registry import Panel as ConversationPanel
from evenhand.people.access import Seat
from evenhand.people.registry import NavItem, register_audit_actions, register_nav, register_notice, registry
from evenhand.reviews import content, listing, merging, panels, praise


def plug_in() -> None:
    register_nav(NavItem("review", _("Review"), "reviews:work", "r", 10, lambda seat: seat.reviews))
    drawing = ("reviews:draw-new", "reviews:draw")
    register_nav(NavItem("coverage", _("Coverage"), "reviews:coverage", "v", 50, lambda seat: seat.reviews, drawing))
    register_notice("praise.received", _("%(by)s praised your work: a great example."))
    register_notice("review.received", _("You have a new review: %(score)s on %(scorecard)s."))
    register_notice("review.changed", _("A review of yours was changed: it is now %(score)s on %(scorecard)s."))
    register_panel(ConversationPanel("reviews", "reviews/_reviews_panel.html", panels.reviews_of, order=10))
    listing.plug_in()
    register_panel(ConversationPanel("praise", "reviews/_praise_panel.html", praise.panel, order=20))
    register_agent_merged(merging.follow)
    for label, place, erase in content.PLACES:
        register_content_place(ContentPlace(label, place, erase))
    registry.landing.append((10, _landing))
    register_audit_actions(
        review__submit=_("submitted a review"),
        review__edit=_("changed a review"),
        review__delete=_("deleted a review"),
        draw__create=_("drew a sample"),
        draw__refuse=_("set a drawn conversation aside"),
        draw__close=_("closed a draw"),
        praise__give=_("praised somebody"),
        praise__take_back=_("took praise back"),
    )


def _landing(seat: Seat) -> str | None:
    return reverse("reviews:work", args=[seat.workspace.slug]) if seat.reviews else None
