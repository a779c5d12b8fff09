"""All reads of the review pages."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evenhand.conversations.models import Agent, Conversation, Message, Participation
from evenhand.people.access import Seat
from evenhand.people.models import Workspace
from evenhand.quality.periods import Period, instants
from evenhand.reviews import access
from evenhand.reviews.filters import score_column
from evenhand.reviews.models import Draw, DrawItem, Review


def pairs(conversation: Conversation) -> list[Participation]:
    """Who answered in it, the busiest first; people before bots."""
    found = Participation.objects.filter(conversation=conversation, deleted_at=None, replies__gt=0)
    return list(found.select_related("agent").order_by("is_bot", "-replies", "-last_reply_at", "pk"))


def first_pair(seat: Seat, conversation: Conversation, of: list[Participation]) -> Participation | None:
    """Whom to review by the workspace's rule, among those whom this person may review."""
    allowed = [pair for pair in of if access.may_review(seat, pair.agent)]
    if seat.workspace.reviewee_rule == Workspace.RevieweeRule.ASSIGNEE:
        assigned = [pair for pair in allowed if pair.agent_id == conversation.assignee_id]
        return next(iter(assigned or allowed), None)
    return next(iter(allowed), None)


def replies(conversation: Conversation) -> list[Message]:
    """The messages that can be reviewed by themselves: public ones of agents and bots."""
    found = Message.objects.filter(conversation=conversation, agent__isnull=False, is_public=True)
    return list(found.only("pk", "position", "agent_id", "sent_at", "text").order_by("position"))


def drafts_of(seat: Seat, conversation: Conversation) -> list[Review]:
    found = Review.objects.filter(
        reviewer=seat.user, conversation=conversation, state=Review.State.DRAFT, deleted_at=None
    )
    return list(found.select_related("version__scorecard").order_by("-updated_at"))


def last_scorecard(seat: Seat) -> int | None:
    """The one that this person used last here, to offer it again among equals."""
    mine = Review.objects.filter(workspace=seat.workspace, reviewer=seat.user, state=Review.State.SUBMITTED)
    return mine.filter(deleted_at=None).order_by("-submitted_at").values_list("scorecard_id", flat=True).first()


def own_reviews(seat: Seat, pair: Participation) -> list[Review]:
    mine = access.visible(seat).filter(participation=pair, reviewer=seat.user)
    return list(mine.select_related("scorecard").order_by("-submitted_at"))


def open_items(seat: Seat) -> QuerySet[DrawItem]:
    """Drawn pairs that wait for this person, or for anybody, in draws that are still open."""
    agents = Agent.objects.filter(workspace=seat.workspace, user=seat.user)
    items = DrawItem.objects.filter(
        Q(reviewer=None) | Q(reviewer=seat.user),
        draw__workspace=seat.workspace,
        draw__closed_at=None,
        draw__deleted_at=None,
        state=DrawItem.State.OPEN,
        deleted_at=None,
        participation__deleted_at=None,
        participation__conversation__deleted_at=None,
    )
    # Where two people review a pair, one of them has done their part already.
    items = items.exclude(Exists(_submitted_by(seat).filter(draw_item=OuterRef("pk"))))
    # Nobody draws a review of themselves, unless the workspace allows it.
    return items if seat.workspace.self_reviews_allowed else items.exclude(participation__agent__in=agents)


def _submitted_by(seat: Seat) -> QuerySet[Review]:
    return Review.objects.filter(reviewer=seat.user, state=Review.State.SUBMITTED, deleted_at=None)


def wanted_items() -> QuerySet[DrawItem]:
    """Drawn pairs that a review may still answer: of draws that are not closed, and not set aside."""
    alive = DrawItem.objects.filter(deleted_at=None, draw__deleted_at=None, draw__closed_at=None)
    return alive.exclude(state=DrawItem.State.REFUSED)


def item_of(seat: Seat, public_id: str, conversation: Conversation) -> DrawItem | None:
    """The drawn pair that an address names, if it is one of this conversation in an open draw of this workspace."""
    found = wanted_items().filter(
        public_id=public_id, draw__workspace=seat.workspace, participation__conversation=conversation
    )
    return found.select_related("draw", "participation__agent").first()


def next_item(seat: Seat, draw: Draw, after: int, step: int = 1) -> DrawItem | None:
    """The open item after (or before) a position; beyond the end it begins again."""
    items = open_items(seat).filter(draw=draw).select_related("participation__conversation")
    if step > 0:
        ordered = items.order_by("position")
        return ordered.filter(position__gt=after).first() or ordered.filter(position__lt=after).first()
    ordered = items.order_by("-position")
    return ordered.filter(position__lt=after).first() or ordered.filter(position__gt=after).first()


def open_draws(seat: Seat) -> list[tuple[Draw, DrawItem, int, int]]:
    """Draws with something to do: the draw, its next item, how many are reviewed, how many it has."""
    first: dict[int, DrawItem] = {}
    for item in open_items(seat).select_related("draw", "participation__conversation").order_by("draw_id", "position"):
        first.setdefault(item.draw_id, item)
    counted = Draw.objects.filter(pk__in=first).annotate(
        reviewed=Count("items", Q(items__state=DrawItem.State.REVIEWED, items__deleted_at=None)),
        drawn=Count("items", Q(items__deleted_at=None)),
    )
    return [(draw, first[draw.pk], draw.reviewed, draw.drawn) for draw in counted.order_by("created_at", "pk")]


def frame_sizes(seat: Seat, period: Period) -> dict[int, int]:
    """Eligible pairs of each agent, by key, whose date lies in the period."""
    first, end = instants(period, seat.zone)
    found = Participation.objects.filter(
        workspace=seat.workspace, deleted_at=None, conversation__deleted_at=None, eligible=True, is_bot=False,
        dated_at__gte=first, dated_at__lt=end,
    )  # fmt: skip
    return dict(found.order_by().values_list("agent").annotate(n=Count("pk")))


def latest_scores(seat: Seat, most: int) -> list[tuple[int, float, int]]:
    """Agent, score and active seconds of the newest reviews of whole conversations, of people by others."""
    score = score_column(seat)
    found = Review.objects.filter(
        workspace=seat.workspace, state=Review.State.SUBMITTED, deleted_at=None, message=None,
        participation__is_bot=False, **{f"{score}__isnull": False},
    ).exclude(kind=Review.Kind.SELF)  # fmt: skip
    return list(found.order_by("-dated_at", "-pk").values_list("agent", score, "active_seconds")[:most])


def open_drafts(seat: Seat) -> list[Review]:
    found = Review.objects.filter(
        workspace=seat.workspace, reviewer=seat.user, state=Review.State.DRAFT, deleted_at=None,
        conversation__deleted_at=None,
    )  # fmt: skip
    found = found.select_related("conversation", "agent", "scorecard", "message", "draw_item", "version")
    return list(found.order_by("-updated_at")[:50])


def latest(seat: Seat, count: int = 10) -> list[Review]:
    mine = access.visible(seat).filter(reviewer=seat.user).select_related("conversation", "agent", "scorecard")
    return list(mine.order_by("-submitted_at", "-pk")[:count])
