"""Scorecards as wholes: create, rename, copy, put away; start and discard the draft of the next version."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.people import audit
from evenhand.people.models import User, Workspace
from evenhand.scorecards import queries, templates
from evenhand.scorecards.models import Condition, Lineage, Scorecard, ScorecardVersion
from evenhand.scorecards.services.editing import locked
from evenhand.scorecards.services.laying import lay, plan_of
from evenhand.scorecards.shape import Plan

State = ScorecardVersion.State


def create(workspace: Workspace, name: str, by: User | None, template: str | None = None) -> Scorecard:
    """A new scorecard with a draft: empty, or filled from one of `templates.TEMPLATES`."""
    plan = templates.get(template).plan if template else Plan()
    with transaction.atomic():
        scorecard = _begin(workspace, name, by, plan)
        audit.record(by, "scorecard.create", workspace, scorecard, template=template or "")
    return scorecard


def duplicate(scorecard: Scorecard, name: str, by: User | None, workspace: Workspace | None = None) -> Scorecard:
    """A copy as a draft, of the version in use, else of the draft; its categories begin lineages of their own.

    In another workspace the conditions on connections stay behind, for a connection belongs to one workspace.
    """
    target = workspace or scorecard.workspace
    source = queries.published_of(scorecard) or queries.draft_of(scorecard)
    lost = frozenset({Condition.Field.CONNECTION.value}) if target.pk != scorecard.workspace_id else frozenset()
    plan = plan_of(queries.version_tree(source), keep_lineages=False, without=lost) if source else Plan()
    with transaction.atomic():
        copy = _begin(target, name, by, plan)
        audit.record(by, "scorecard.duplicate", target, copy, source=str(scorecard.public_id))
    return copy


def _begin(workspace: Workspace, name: str, by: User | None, plan: Plan) -> Scorecard:
    scorecard = Scorecard.objects.create(workspace=workspace, name=checked_name(workspace, name))
    draft = ScorecardVersion.objects.create(scorecard=scorecard, number=1, edited_by=by)
    lay(draft, plan)
    return scorecard


def checked_name(workspace: Workspace, name: str, own: Scorecard | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError(_("Give the scorecard a name."))
    if len(name) > 120:
        raise ValidationError(_("A name has at most 120 characters."))
    others = Scorecard.objects.filter(workspace=workspace, name__iexact=name, deleted_at=None, archived_at=None)
    if others.exclude(pk=own.pk if own else None).exists():
        raise ValidationError(_("There is a scorecard called “%(name)s” already.") % {"name": name})
    return name


def rename(scorecard: Scorecard, name: str, by: User | None) -> Scorecard:
    with transaction.atomic():
        old, scorecard.name = scorecard.name, checked_name(scorecard.workspace, name, scorecard)
        if scorecard.name != old:
            scorecard.save(update_fields=["name"])
            audit.record(by, "scorecard.rename", scorecard.workspace, scorecard, old=old, new=scorecard.name)
    return scorecard


def archive(scorecard: Scorecard, by: User | None) -> None:
    """Offer it for no new review; its versions and their reviews stay as they are."""
    with transaction.atomic():
        scorecard.archived_at = timezone.now()
        scorecard.save(update_fields=["archived_at"])
        audit.record(by, "scorecard.archive", scorecard.workspace, scorecard)


def restore(scorecard: Scorecard, by: User | None) -> None:
    with transaction.atomic():
        checked_name(scorecard.workspace, scorecard.name, scorecard)
        scorecard.archived_at = None
        scorecard.save(update_fields=["archived_at"])
        audit.record(by, "scorecard.restore", scorecard.workspace, scorecard)


def ensure_draft(scorecard: Scorecard, by: User | None) -> ScorecardVersion:
    """The draft, begun if there is none as a copy of the version in use, with the same lineages."""
    if draft := queries.draft_of(scorecard):
        return draft
    source = queries.published_of(scorecard)
    plan = plan_of(queries.version_tree(source), keep_lineages=True) if source else Plan()
    with transaction.atomic():
        Scorecard.objects.select_for_update().get(pk=scorecard.pk)
        if draft := queries.draft_of(scorecard):
            return draft
        newest = scorecard.versions.order_by("-number").values_list("number", flat=True).first() or 0
        draft = ScorecardVersion.objects.create(scorecard=scorecard, number=newest + 1, edited_by=by)
        lay(draft, plan)
        audit.record(by, "version.draft", scorecard.workspace, draft, number=draft.number)
    return draft


def discard_draft(version: ScorecardVersion, by: User | None, stamp: int | None = None) -> bool:
    """Throw a draft away; says whether anything is left. A scorecard that was never published goes with it."""
    with transaction.atomic():
        row = locked(version, stamp)
        scorecard = row.scorecard
        audit.record(by, "version.discard", scorecard.workspace, row, number=row.number, name=scorecard.name)
        row.delete()
        if not scorecard.versions.exists():
            scorecard.delete()
            return False
        Lineage.objects.filter(scorecard=scorecard, categories=None).delete()
    return True


def touch(version: ScorecardVersion, **values: object) -> None:
    """Change a version past its guard: only publishing may, which is the guard's own beginning."""
    ScorecardVersion.objects.filter(pk=version.pk).update(updated_at=Now(), **values)
