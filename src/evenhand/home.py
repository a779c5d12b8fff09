"""Where an installation keeps its files: `$EVENHAND_HOME`, by default `~/.evenhand`."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path


def home() -> Path:
    return Path(os.environ.get("EVENHAND_HOME") or Path.home() / ".evenhand").expanduser().resolve()


def ensure_home() -> Path:
    """Create the home and its folders, closed to others. Raises OSError where it cannot be written."""
    place = home()
    place.parent.mkdir(parents=True, exist_ok=True)
    for folder in (place, place / "uploads", place / "bad-rows"):
        folder.mkdir(exist_ok=True, mode=0o700)
    if not os.access(place, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return place


def secret_key() -> str:
    """The installation's secret, made on first use and readable by its owner alone."""
    if key := os.environ.get("EVENHAND_SECRET_KEY"):
        return key
    path = home() / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return _new_secret(path)


def _new_secret(path: Path) -> str:
    """Written beside its place and linked there whole: no other process ever reads half a key."""
    ensure_home()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process of the same start was faster
    except OSError:  # a file system without links
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_text().strip()
