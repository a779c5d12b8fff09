"""What commands need before they can touch the database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from evenhand.cli import Refused
from evenhand.home import ensure_home, home

if TYPE_CHECKING:
    from evenhand.people.models import Workspace

LONGEST_NAME = 120
STEPS_BACK = 5


def django() -> None:
    """Set up Django; a home that cannot be written ends here with what to do."""
    os.umask(0o077)  # customers' messages: what this program writes is for its owner alone
    try:
        ensure_home()
    except OSError as error:
        raise Refused(
            f"{home()} cannot be written ({error.strerror}): choose another folder with EVENHAND_HOME=/path evenhand …"
        ) from error
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")
    import django as framework
    from django.core.exceptions import ImproperlyConfigured

    try:
        framework.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise Refused(f"the settings in the environment cannot be used: {error}") from error


@contextmanager
def reachable() -> Iterator[None]:
    """A database that does not answer, or is none, is a sentence and no traceback."""
    from django.db import DatabaseError, InterfaceError

    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        said = " ".join(str(error).split())
        raise Refused(f"the database cannot be opened ({said}): run `evenhand doctor`") from error


def pending_migrations() -> list[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unknown_migrations() -> list[str]:
    """Steps that the database has taken and this version does not know: a newer version wrote it."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("evenhand.")}
    taken = {key for key in loader.applied_migrations if key[0] in ours}
    return sorted(f"{app}.{name}" for app, name in taken - set(loader.disk_migrations))


def is_empty() -> bool:
    """No table of ours yet: the first start."""
    from django.db import connection

    return "people_user" not in connection.introspection.table_names()


def has_people() -> bool:
    """Read without the models, whose columns may be ahead of the table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_user LIMIT 1")
        return cursor.fetchone() is not None


def give_way() -> None:
    """Let people's pages have the processor first; called by commands that work for minutes."""
    if hasattr(os, "nice"):
        os.nice(STEPS_BACK)


def place() -> str:
    """Where the database is, for a sentence."""
    from django.db import connection

    return str(home()) if connection.vendor == "sqlite" else f"PostgreSQL, {connection.settings_dict['NAME']}"


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def database(create: bool = False) -> bool:
    """Open the database; returns whether it was created just now. Refuses one that is behind this version."""
    django()
    with reachable():
        if is_empty():
            if not create:
                raise Refused(f"there is no Evenhand in {place()} yet: start with `evenhand up`, or `evenhand import`")
            migrate()
            return True
        refuse_newer()
        behind = pending_migrations()
        if behind and create and not has_people():  # a first start that was cut off
            migrate()
            return True
    if behind:
        raise Refused(f"the database is {len(behind)} steps behind this version: run `evenhand upgrade` first")
    return False


def refuse_newer() -> None:
    """Never write into a form of the database that this version does not know."""
    if ahead := unknown_migrations():
        raise Refused(
            f"the database was written by a newer Evenhand ({ahead[-1]}): install that version again, "
            "or go back to the copy that `evenhand upgrade` made"
        )


def workspace(name: str, create: bool = False) -> tuple[Workspace, bool]:
    """The workspace of that name or address; with `create`, a new one where there is none."""
    from evenhand.people.models import Workspace
    from evenhand.people.services import workspaces

    name = name.strip()
    found = Workspace.objects.filter(deleted_at=None)
    exact = found.filter(slug=name).first() or found.filter(name__iexact=name).first()
    if exact:
        return exact, False
    if not create:
        known = ", ".join(found.order_by("name").values_list("name", flat=True)) or "none yet"
        raise Refused(f"there is no workspace {name!r} (there are: {known})")
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(f"a workspace is called by 1 to {LONGEST_NAME} characters: pass --workspace 'Support'")
    return workspaces.create(name=name, by=None), True


def collect_static() -> None:
    """Hash and compress this version's static files into the home; done once, quickly skipped after that."""
    from django.conf import settings
    from django.core.management import call_command

    # Folders count too: a file that was taken away changes only the folder it was in.
    source = max(path.stat().st_mtime for path in settings.PACKAGE.glob("**/static/**/*"))
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists() and manifest.stat().st_mtime >= source:
        return
    storage = {"BACKEND": "evenhand.site.storage.HashedStaticFiles"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
