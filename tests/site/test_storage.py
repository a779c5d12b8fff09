"""Collected static files: hashed through and through."""

from __future__ import annotations

import json
import re

import pytest
from django.core.management import call_command

from evenhand.site.build import CHART_BUNDLE, build_chart_bundle


@pytest.fixture
def collected(settings, tmp_path):
    if not CHART_BUNDLE.exists():
        build_chart_bundle()
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "evenhand.site.storage.HashedStaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_modules_and_stylesheets_name_hashed_files_only(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    for name in ("evenhand/js/main.js", "evenhand/js/chart.js", "evenhand/css/evenhand.css"):
        text = (collected / names[name]).read_text()
        named = re.findall(r"""(?:from |import\(|url\()["'](.+?)["']""", text)
        assert named
        assert all(re.search(r"\.[0-9a-f]{12}\.(js|css)$", other) for other in named)
