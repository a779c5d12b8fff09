"""Which database: SQLite in the home, or whatever DATABASE_URL names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Write-ahead logging lets readers go on while one process writes; IMMEDIATE takes the write lock when a
# transaction begins, so that it waits its turn instead of failing half-way.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
    ),
}


def database(url: str | None, home: Path) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "evenhand.site.sqlite3",
            "NAME": home / "evenhand.sqlite3",
            "OPTIONS": dict(SQLITE_OPTIONS),
            # Whoever closes the last connection writes the whole log back and waits for the disk: at the end of
            # every request that is dearer than the request. So a thread keeps its connection.
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}; Evenhand speaks postgresql://user:password@host:5432/name. "
            "Leave it unset to use SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
