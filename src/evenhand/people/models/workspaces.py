from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped


class Role(models.TextChoices):
    MANAGER = "manager", _("Manager")
    LEAD = "lead", _("Lead")
    REVIEWER = "reviewer", _("Reviewer")
    AGENT = "agent", _("Agent")


class Workspace(Public, Stamped):
    """A team's space. The settings that shape numbers are applied on reading, never baked into them."""

    class Method(models.TextChoices):
        MIN_MAX = "minmax", _("Min-max: the lowest rating is 0 %")
        POINTS = "max_ratio", _("Points over maximum: the lowest rating is 1 of 5")

    class Headline(models.TextChoices):
        IQS = "iqs", _("IQS, else review average")
        CORRECTED = "corrected", _("Corrected IQS, else IQS, else review average")
        AVERAGE = "average", _("Review average")

    class CsatDefinition(models.TextChoices):
        SHARE = "share", _("Share of positive answers")
        SUM_OVER_MAX = "sum_over_max", _("Sum over maximum")
        MIN_MAX = "min_max", _("Min-max mean")

    class RevieweeRule(models.TextChoices):
        MOST_REPLIES = "most_replies", _("Agent with most replies")
        ASSIGNEE = "assignee", _("Assignee")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    week_start = models.PositiveSmallIntegerField(
        _("first day of the week"), default=0, help_text=_("0 is Monday"), validators=[MaxValueValidator(6)]
    )
    score_method = models.CharField(_("score method"), max_length=12, choices=Method, default=Method.MIN_MAX)
    headline = models.CharField(_("headline"), max_length=12, choices=Headline, default=Headline.IQS)
    pass_baseline = models.DecimalField(
        _("pass baseline"),
        max_digits=5,
        decimal_places=2,
        default=80,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    threshold = models.DecimalField(
        _("threshold"),
        max_digits=5,
        decimal_places=2,
        default=80,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    csat_definition = models.CharField(
        _("CSAT definition"), max_length=14, choices=CsatDefinition, default=CsatDefinition.SHARE
    )
    self_reviews_count = models.BooleanField(_("self reviews count in the review average"), default=False)
    self_reviews_allowed = models.BooleanField(_("agents may review themselves"), default=False)
    reviewee_rule = models.CharField(
        _("default reviewee"), max_length=14, choices=RevieweeRule, default=RevieweeRule.MOST_REPLIES
    )
    draws_blind = models.BooleanField(_("draws are blind"), default=True)
    reviewers_hidden = models.BooleanField(_("hide reviewers from agents"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.name


class Membership(Stamped):
    """One role of one user in one workspace; a person may hold two (an agent who also reviews peers)."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey("people.User", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user", "role"], name="membership_once"),
        ]
        indexes = [models.Index(fields=["user", "workspace"])]
