"""Every help text has one example, and the example does what it says."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from evenhand.cli import COMMANDS, parser

ROOT = Path(__file__).resolve().parents[2]
# The others have tests of their own: `up`, `worker` and `doctor` in test_up.py, `demo` in test_demo.py.
SHORT = sorted(set(COMMANDS) - {"up", "demo", "import", "upgrade", "worker", "doctor"})


def example(name: str) -> str:
    return import_module(f"evenhand.cli.{COMMANDS[name]}").EXAMPLE


def helped(name: str) -> str:
    return parser()._subparsers._group_actions[0].choices[name].format_help()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_exactly_one_example(name):
    text = helped(name)
    assert text.count("Example") == 1
    assert text.rstrip().endswith(f"Example:\n  {example(name)}")
    assert example(name).startswith(f"evenhand {name}")


@pytest.mark.parametrize("name", SHORT)
def test_the_example_runs_on_the_demo(name, shell, own_demo, tmp_path):
    folder = ROOT if name == "verify" else tmp_path
    done = shell(own_demo, example(name), folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout or (tmp_path / "reviews.jsonl").stat().st_size


def test_the_example_of_upgrade_makes_a_database(shell, home, tmp_path):
    done = shell(home, example("upgrade"), tmp_path)
    assert done.returncode == 0, done.stderr
    assert (home / "evenhand.sqlite3").exists()


def test_the_example_of_import_reads_a_packed_file(shell, empty_home, tmp_path, conversation_file):
    path = conversation_file("november.jsonl", 3)
    subprocess.run(["gzip", str(path)], check=True)
    done = shell(empty_home, example("import"), tmp_path)
    assert done.stdout.splitlines()[-1] == "3 read, 3 new, 0 updated, 0 unchanged, 0 bad"


def test_the_module_is_the_command(evenhand, shell, home, tmp_path):
    assert evenhand(home, "--help").stdout == shell(home, "evenhand --help", tmp_path).stdout
    assert not home.exists()


def test_help_needs_no_heavy_library():
    heavy = "{'django', 'numpy', 'scipy', 'pyarrow', 'duckdb', 'ibis', 'pandas', 'orjson'}"
    code = f"import sys; from evenhand.cli import parser; parser().format_help(); print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
