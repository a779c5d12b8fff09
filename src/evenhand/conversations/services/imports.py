"""A file on its way in: chunk, position and counts move together, so that a kill at any instant costs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import DataError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from evenhand.conversations.models import BadRow, Connection, Import
from evenhand.conversations.services import frame
from evenhand.conversations.services.store import Counts, Store, chunks, turns_for_messages
from evenhand.people import audit
from evenhand.people.models import User, Workspace
from evenhand.sources import records
from evenhand.sources.errors import SourceError
from evenhand.sources.registry import Source, detect, open_source

State = Import.State
Row = records.ConversationRecord | records.BadRow
Progress = Callable[[Import, int], None]
"""Called with the import and the bytes of the file that were read so far."""


class TakenOver(Exception):
    """Another process moved this import on; what this one was about to write was rolled back."""


def begin(
    workspace: Workspace,
    into: Connection,
    path: str | Path,
    file_name: str,
    kind: str = "",
    by: User | None = None,
) -> Import:
    """The import of a file's bytes into a connection: an unfinished one is gone on with, else a new one.

    The kind is told from the content where none is named. Raises SourceError for a file that cannot be read.
    """
    path = Path(path).resolve()
    kind = kind or detect(path)
    digest, size = fingerprint(path)
    frame.ensure(workspace)
    if found := _unfinished(into, digest, kind):
        Import.objects.filter(pk=found.pk).update(path=str(path), file_name=file_name[:255], error="")
        found.refresh_from_db()
        return found
    with transaction.atomic():
        item = Import.objects.create(
            workspace=workspace,
            connection=into,
            path=str(path),
            file_name=file_name[:255],
            fingerprint=digest,
            size=size,
            kind=kind,
            created_by=by,
        )
        audit.record(by, "import.begin", workspace, item, file=file_name, kind=kind, size=size)
    return item


def unfinished(into: Connection, path: Path, kind: str) -> Import | None:
    """The import of the same bytes into the same connection that did not come to its end."""
    return _unfinished(into, fingerprint(path)[0], kind)


def _unfinished(into: Connection, digest: str, kind: str) -> Import | None:
    same = Import.objects.filter(connection=into, fingerprint=digest, kind=kind).exclude(state=State.DONE)
    return same.order_by("-pk").first()


def fingerprint(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file's bytes."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error


def run(
    item: Import,
    *,
    progress: Progress | None = None,
    within: Progress | None = None,
    look: Callable[[], None] | None = None,
) -> Import:
    """Read on from the import's position to the end of the file.

    Between chunks `look` may raise to stop; `within` runs inside each chunk's transaction, `progress` after it.
    Ends with the state done, cancelled (somebody called `cancel`) or failed (the file cannot be read any further).
    """
    Import.objects.filter(pk=item.pk).exclude(state=State.DONE).update(state=State.RUNNING, error="", finished_at=None)
    item.refresh_from_db()
    if item.state == State.DONE:
        return item
    try:
        with open_source(item.path, item.kind) as source:
            _read(item, source, progress, within, look)
    except SourceError as error:
        _finish(item, State.FAILED, str(error))
    except TakenOver:
        item.refresh_from_db()
        if item.state != State.CANCELLED:
            raise
    else:
        _finish(item, State.DONE)
    return item


def _read(
    item: Import,
    source: Source,
    progress: Progress | None,
    within: Progress | None,
    look: Callable[[], None] | None,
) -> None:
    turns = turns_for_messages()
    store = Store(item.connection, item.kind, now=item.created_at, turns=turns)
    _without_map()
    for chunk in chunks(source.records(start=item.position), turns):
        if look:
            look()
        at = source.position
        _store(item, store, chunk, (lambda at=at: within(item, at)) if within else None)
        if progress:
            progress(item, at)


def _store(item: Import, store: Store, chunk: Sequence[Row], within: Callable[[], None] | None) -> None:
    """One chunk in one transaction; if the database refuses a value, one by one, to find the row that has it."""
    try:
        _write(item, store, chunk, within)
    except DataError as error:
        if len(chunk) == 1:
            row = chunk[0]
            raw = row.raw if isinstance(row, records.ConversationRecord) else b""
            reason = _("The database does not take this record: %(error)s") % {"error": str(error).splitlines()[0]}
            _write(item, store, [records.BadRow(item.position + 1, "", reason, raw=raw)], within)
            return
        for row in chunk:
            _store(item, store, [row], within)


def _write(item: Import, store: Store, chunk: Sequence[Row], within: Callable[[], None] | None) -> None:
    good = [row for row in chunk if isinstance(row, records.ConversationRecord)]
    bad = [row for row in chunk if isinstance(row, records.BadRow)]

    def move_on(counts: Counts) -> None:
        here = Import.objects.filter(pk=item.pk, position=item.position, state=State.RUNNING)
        moved = here.update(
            position=F("position") + len(chunk),
            read=F("read") + len(chunk),
            new=F("new") + counts.new,
            updated=F("updated") + counts.updated,
            unchanged=F("unchanged") + counts.unchanged,
            bad=F("bad") + len(bad),
        )
        if not moved:
            raise TakenOver
        BadRow.objects.bulk_create([_bad_row(item, row) for row in bad])
        if within:
            within()

    counts = store.chunk(good, move_on)
    item.position += len(chunk)
    item.read += len(chunk)
    item.new += counts.new
    item.updated += counts.updated
    item.unchanged += counts.unchanged
    item.bad += len(bad)


def _bad_row(item: Import, row: records.BadRow) -> BadRow:
    # The beginning of a record that was too large cannot be mended: its line number leads to the whole.
    return BadRow(
        source=item,
        line=row.line,
        field=row.field[:200],
        reason=row.reason,
        value=row.value,
        raw=b"" if row.cut else row.raw,
    )


def _without_map() -> None:
    """An import touches everything once: SQLite's memory map would only fill memory. It stays off in this process."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")


def _finish(item: Import, state: str, error: str = "") -> None:
    here = Import.objects.filter(pk=item.pk, position=item.position, state=State.RUNNING)
    with transaction.atomic():
        if here.update(state=state, error=error, finished_at=Now()):
            counts = {name: getattr(item, name) for name in ("read", "new", "updated", "unchanged", "bad")}
            audit.record(item.created_by, f"import.{state}", item.workspace, item, **counts)
    item.refresh_from_db()


def stop(item: Import, state: str, error: str = "") -> None:
    """Say why an import that is not at its end does not go on; nothing for one that is done."""
    ended = Now() if state in (State.CANCELLED, State.FAILED) else None
    Import.objects.filter(pk=item.pk).exclude(state=State.DONE).update(state=state, error=error, finished_at=ended)
    item.refresh_from_db()
