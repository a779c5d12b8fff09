from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped


class Review(Public, Stamped):
    """One rater's ratings of one agent in one conversation, or in one message of it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")

    class Kind(models.TextChoices):
        MANAGER = "manager", _("Manager review")
        SPECIALIST = "specialist", _("Specialist review")
        PEER = "peer", _("Peer review")
        SELF = "self", _("Self review")

    class Selection(models.TextChoices):
        DRAW = "draw", _("Drawn at random")
        ASSIGNMENT = "assignment", _("Assignment")
        LIST = "list", _("Picked from the list")
        SEARCH = "search", _("Found by search")
        SPOTLIGHT = "spotlight", _("Spotlight")
        LINK = "link", _("Opened by link")
        IMPORT = "import", _("Imported")

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="reviews", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.PROTECT, related_name="reviews")
    participation = models.ForeignKey("conversations.Participation", models.PROTECT, related_name="reviews")
    agent = models.ForeignKey("conversations.Agent", models.PROTECT, related_name="reviews")
    message = models.ForeignKey("conversations.Message", models.PROTECT, null=True, related_name="reviews")
    reviewer = models.ForeignKey("people.User", models.PROTECT, related_name="reviews")
    scorecard = models.ForeignKey("scorecards.Scorecard", models.PROTECT, related_name="reviews")
    version = models.ForeignKey("scorecards.ScorecardVersion", models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    kind = models.CharField(max_length=10, choices=Kind)
    comment = models.TextField(blank=True)

    # How this conversation came to be reviewed: a fact of the moment, never repaired later.
    selection = models.CharField(max_length=10, choices=Selection)
    draw_item = models.ForeignKey("reviews.DrawItem", models.PROTECT, null=True, related_name="reviews")
    probability = models.FloatField(null=True)
    blind = models.BooleanField(default=False)  # no suggestion, other review or machine score was visible

    # Made by `quality.scores` whenever ratings are written, under both methods; the workspace's setting picks one
    # on reading. Null: nothing was rated.
    score = models.FloatField(null=True)
    score_over_max = models.FloatField(null=True)
    score_uncritical = models.FloatField(null=True)
    score_over_max_uncritical = models.FloatField(null=True)
    critical_failed = models.BooleanField(default=False)

    message_count = models.PositiveIntegerField(default=0)  # "14 messages then, 17 now"
    started_at = models.DateTimeField(db_default=Now())
    submitted_at = models.DateTimeField(null=True)
    active_seconds = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    draft_number = models.PositiveIntegerField(default=0)  # which save this is: a second tab is told
    # What is being written until it is submitted: answers by category, and which tab saved last. Ratings are rows
    # only of what was submitted, so that a save is one short update and no half-made rating is ever counted.
    draft = models.JSONField(default=dict, blank=True)
    dated_at = models.DateTimeField()  # the pair's date at submission

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "conversation", "agent", "scorecard"],
                condition=models.Q(state="draft", deleted_at__isnull=True, message__isnull=True),
                name="one_draft_each",
            ),
            models.UniqueConstraint(
                fields=["reviewer", "message", "agent", "scorecard"],
                condition=models.Q(state="draft", deleted_at__isnull=True, message__isnull=False),
                name="one_message_draft_each",
            ),
            models.UniqueConstraint(
                fields=["draw_item", "reviewer"],
                condition=models.Q(draw_item__isnull=False, deleted_at__isnull=True),
                name="one_review_per_drawn_pair_and_reviewer",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "state", "dated_at"], name="review_dated"),
            models.Index(fields=["workspace", "agent", "state", "dated_at"], name="review_agent"),
            models.Index(fields=["workspace", "reviewer", "state", "-submitted_at"], name="review_reviewer"),
            models.Index(fields=["workspace", "updated_at"], name="review_updated"),
        ]


class Rating(Stamped):
    """One answer, with the scale, weight and flags that were in force: no later edit can re-score it."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+", db_index=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="ratings", db_index=False)
    category = models.ForeignKey("scorecards.Category", models.PROTECT, related_name="ratings")
    lineage = models.ForeignKey("scorecards.Lineage", models.PROTECT, related_name="+")
    group = models.ForeignKey("scorecards.CategoryGroup", models.PROTECT, null=True, related_name="+")
    na = models.BooleanField(default=False)
    points = models.FloatField(null=True)
    scale_min = models.FloatField()
    scale_max = models.FloatField()
    weight = models.FloatField()
    critical = models.CharField(max_length=6, blank=True)
    other_cause = models.CharField(max_length=300, blank=True)
    # What a machine suggested, and when the reviewer first saw it.
    suggested_points = models.FloatField(null=True)
    suggested_na = models.BooleanField(default=False)
    suggestion_confidence = models.FloatField(null=True)
    suggestion_rater = models.CharField(max_length=80, blank=True)
    suggestion_shown_at = models.DateTimeField(null=True)
    suggestion_accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "category"], name="rating_once"),
            models.CheckConstraint(
                condition=models.Q(na=True, points__isnull=True) | models.Q(na=False, points__isnull=False),
                name="rating_or_not_applicable",
            ),
            models.CheckConstraint(condition=models.Q(scale_max__gt=models.F("scale_min")), name="rating_scale"),
        ]
        indexes = [models.Index(fields=["workspace", "updated_at"], name="rating_updated")]


class RatingCause(models.Model):
    rating = models.ForeignKey(Rating, models.CASCADE, related_name="causes")
    root_cause = models.ForeignKey("scorecards.RootCause", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rating", "root_cause"], name="rating_cause_once")]


class Evidence(models.Model):
    """Where a rating rests: code points [start, end) of one text version of one message; never a copy of it."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="evidence")
    message = models.ForeignKey("conversations.Message", models.PROTECT, related_name="+")
    text_version = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="evidence_not_empty")]


class ReviewRevision(Public):
    """What a review said after each change."""

    class Action(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        EDITED = "edited", _("Edited")
        DELETED = "deleted", _("Deleted")

    review = models.ForeignKey(Review, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    score = models.FloatField(null=True)
    comment = models.TextField(blank=True)
    ratings = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="revision_once")]
