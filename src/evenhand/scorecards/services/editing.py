"""How every change of a draft happens: one short transaction, and never over somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.people.models import User
from evenhand.scorecards.guards import Frozen
from evenhand.scorecards.models import ScorecardVersion


class Stale(Exception):
    """The draft has been changed since the page was read. `version` is the draft as it is now."""

    def __init__(self, version: ScorecardVersion) -> None:
        super().__init__(_("Somebody else has changed this draft since you opened it."))
        self.version = version


@contextmanager
def editing(version: ScorecardVersion, by: User | None, stamp: int | None = None) -> Iterator[ScorecardVersion]:
    """Change a draft. `stamp` is the count of edits that the change rests on; None asks for no check."""
    with transaction.atomic():
        row = locked(version, stamp)
        yield row
        row.edits += 1
        row.edited_by = by
        row.save(update_fields=["edits", "edited_by"])
    version.edits, version.edited_by, version.updated_at = row.edits, by, row.updated_at


def locked(version: ScorecardVersion, stamp: int | None) -> ScorecardVersion:
    row = ScorecardVersion.objects.select_for_update(of=("self",)).select_related("scorecard").get(pk=version.pk)
    if row.state != ScorecardVersion.State.DRAFT:
        raise Frozen
    if stamp is not None and row.edits != stamp:
        raise Stale(row)
    return row
