from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public, Stamped


class Draw(Public, Stamped):
    """One random sample of pairs, with everything that is needed to weigh it and to draw it again."""

    class Design(models.TextChoices):
        SIMPLE = "simple", _("Simple: every conversation has the same chance")
        STRATIFIED = "stratified", _("By agent: at least so many of each")
        NEYMAN = "neyman", _("By agent, more where scores vary more")

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="draws")
    name = models.CharField(_("name"), max_length=120)
    design = models.CharField(_("design"), max_length=12, choices=Design, default=Design.STRATIFIED)
    design_version = models.PositiveSmallIntegerField(default=1)
    size = models.PositiveIntegerField(_("how many"))
    min_per_agent = models.PositiveIntegerField(_("at least per agent"), default=0)
    seed = models.BigIntegerField()
    blind = models.BooleanField(_("blind"), default=True)
    period_from = models.DateField()
    period_until = models.DateField()  # the first day that is no longer in it
    filters = models.CharField(max_length=2000, blank=True)
    rule_version = models.PositiveIntegerField()
    frame_size = models.PositiveIntegerField()
    frame_fingerprint = models.CharField(max_length=64)
    # The frame itself: sorted participation keys as little-endian unsigned 64-bit differences, zlib-compressed.
    # With it the chance of every pair under every draw can be told exactly, however draws overlap.
    frame = models.BinaryField()
    created_by = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-created_at"])]

    def __str__(self) -> str:
        return self.name


class DrawStratum(models.Model):
    draw = models.ForeignKey(Draw, models.CASCADE, related_name="strata")
    agent = models.ForeignKey("conversations.Agent", models.PROTECT, null=True, related_name="+")
    population = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()


class DrawItem(Public, Stamped):
    """One drawn pair. Refusing it is non-response inside its stratum, never a reason to draw another quietly."""

    class State(models.TextChoices):
        OPEN = "open", _("To review")
        REVIEWED = "reviewed", _("Reviewed")
        REFUSED = "refused", _("Set aside")

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="items")
    stratum = models.ForeignKey(DrawStratum, models.CASCADE, related_name="items")
    participation = models.ForeignKey("conversations.Participation", models.PROTECT, related_name="draw_items")
    position = models.PositiveIntegerField()
    probability = models.FloatField()
    # How many people review it, none seeing what another said: more than one measures how far they agree.
    wanted = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    refused_reason = models.CharField(max_length=300, blank=True)
    reviewer = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "participation"], name="drawn_once"),
            models.UniqueConstraint(fields=["draw", "position"], name="draw_position_once"),
        ]
