from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

from evenhand.people.registry import registry

CALL = re.compile(r"audit\.record\(\s*[^,]+,\s*([^,]+)")
NAME = re.compile(r'"([a-z]+\.[a-z_]+)"')


def test_every_entry_of_the_log_has_words():
    rooms = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("evenhand.")]
    source = [path.read_text() for room in rooms for path in room.rglob("*.py")]
    written = {name for text in source for call in CALL.findall(text) for name in NAME.findall(call)}
    assert {"user.create", "workspace.setting"} <= written
    assert written <= set(registry.audit_actions)
