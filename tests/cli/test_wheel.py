"""The wheel carries all that the program needs: pages, static files, chart bundle, messages, stories, migrations."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.test_help import ROOT
from tools import wheel

pytest.importorskip("hatchling", reason="needs hatchling: `make test` installs it")
pytest.importorskip("vl_convert", reason="needs vl-convert-python: `make test` installs it")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_is_complete(built):
    assert wheel.faults(built) == []


def test_the_check_knows_what_belongs_there():
    names = wheel.expected()
    for part in ("templates/", "static/", "vega-bundle.js", ".mo", "demo/stories/", "migrations/0001_initial.py"):
        assert any(part in name for name in names), part
