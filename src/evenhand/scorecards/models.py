from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped
from evenhand.scorecards.guards import BelowVersion, Frozen


class Scorecard(Public, Stamped):
    """A named set of categories. What it asks is in its versions; a published one never changes."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="scorecards")
    name = models.CharField(_("name"), max_length=120)
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.versions.exclude(state=ScorecardVersion.State.DRAFT).exists():
            raise Frozen
        return super().delete(*args, **kwargs)


class ScorecardVersion(Public, Stamped):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    # Counts the changes of a draft: a save that rests on an older count is told, and overwrites nothing.
    edits = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "number"], name="version_once"),
            models.UniqueConstraint(fields=["scorecard"], condition=models.Q(state="draft"), name="one_draft"),
            models.UniqueConstraint(fields=["scorecard"], condition=models.Q(state="published"), name="one_published"),
        ]

    def __str__(self) -> str:
        return f"{self.scorecard}, {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refuse_if_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.refuse_if_frozen()
        return super().delete(*args, **kwargs)

    def refuse_if_frozen(self) -> None:
        stored = type(self)._base_manager.filter(pk=self.pk).exclude(state=self.State.DRAFT) if self.pk else None
        if stored is not None and stored.exists():
            raise Frozen


class CategoryGroup(BelowVersion):
    version = models.ForeignKey(ScorecardVersion, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]


class Lineage(Public):
    """What makes a category the same one over versions: its trend goes on through renames and new weights."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="lineages")
    name = models.CharField(max_length=120)  # the newest published name, for charts over versions
    created_at = models.DateTimeField(db_default=Now())


class Category(BelowVersion, Public):
    class Critical(models.TextChoices):
        NO = "", _("Not critical")
        GROUP = "group", _("Fails the group")
        REVIEW = "review", _("Fails the review")

    class AskCauses(models.TextChoices):
        NEVER = "never", _("Never")
        NEGATIVE = "negative", _("On low ratings")
        NOT_BEST = "not_best", _("On any but the best rating")
        ALWAYS = "always", _("On every rating")

    version = models.ForeignKey(ScorecardVersion, models.CASCADE, related_name="categories")
    lineage = models.ForeignKey(Lineage, models.PROTECT, related_name="categories")
    group = models.ForeignKey(CategoryGroup, models.SET_NULL, null=True, blank=True, related_name="categories")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    weight = models.PositiveSmallIntegerField(_("weight"), default=10)
    critical = models.CharField(max_length=6, choices=Critical, blank=True, default=Critical.NO)
    allow_na = models.BooleanField(_("may be not applicable"), default=True)
    ask_causes = models.CharField(max_length=8, choices=AskCauses, default=AskCauses.NEGATIVE)
    other_cause = models.BooleanField(_("offer another cause in words"), default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=models.Q(weight__lte=100), name="weight_at_most_100"),
            models.UniqueConstraint(fields=["version", "lineage"], name="lineage_once_per_version"),
        ]


class ScalePoint(BelowVersion):
    """One answer on a category's scale: its points, its word, and when to give it."""

    draft_path = "category__version"

    category = models.ForeignKey(Category, models.CASCADE, related_name="scale")
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2)
    label = models.CharField(_("label"), max_length=60)
    guidance = models.TextField(_("when to give it"), blank=True)

    class Meta:
        ordering = ["points"]
        constraints = [models.UniqueConstraint(fields=["category", "points"], name="points_once")]


class Condition(BelowVersion):
    """When a scorecard offers itself (category empty) or a category shows: any of the values matches."""

    class Field(models.TextChoices):
        CHANNEL = "channel", _("Channel")
        CONNECTION = "connection", _("Connection")
        TAG = "tag", _("Tag")
        CSAT = "csat", _("CSAT")
        LANGUAGE = "language", _("Language")

    version = models.ForeignKey(ScorecardVersion, models.CASCADE, related_name="conditions")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="conditions")
    field = models.CharField(max_length=10, choices=Field)
    negated = models.BooleanField(default=False)
    values = models.JSONField(default=list)


class RootCause(BelowVersion, Public):
    draft_path = "category__version"

    class Kind(models.TextChoices):
        AGENT = "agent", _("Agent")
        PROCESS = "process", _("Process")
        PRODUCT = "product", _("Product")
        POLICY = "policy", _("Policy")

    category = models.ForeignKey(Category, models.CASCADE, related_name="root_causes")
    label = models.CharField(_("label"), max_length=120)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.AGENT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["category", "label"], name="cause_once")]
