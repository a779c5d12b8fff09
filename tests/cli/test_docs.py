"""The documentation says what the code does."""

from __future__ import annotations

import re

import pytest

from tests.cli.test_help import ROOT
from tools import docs

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SOURCES = sorted((ROOT / "src" / "evenhand").rglob("*.py"))


def test_generated_pages_are_fresh():
    stale = [path.name for path, text in docs.pages().items() if path.read_text() != text]
    assert stale == [], "run `make docs`"


def test_every_variable_of_the_environment_is_explained():
    named = {
        name for path in SOURCES for name in re.findall(r"[\"'](EVENHAND_[A-Z_]+|DATABASE_URL)[\"']", path.read_text())
    }
    guide = (ROOT / "docs" / "operators-guide.md").read_text()
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", guide, re.MULTILINE))
    assert named == explained


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page):
    text = page.read_text()
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = target.partition("#")
        linked = page if not name else (page.parent / name).resolve()
        assert target.startswith("http") or linked.exists(), target
        if anchor:
            titles = re.findall(r"^#+ (.+)$", linked.read_text(), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, target


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_commands_are_real(page):
    from evenhand.cli import COMMANDS

    for name in re.findall(r"(?:`|^|bin/|&& )evenhand ([a-z]+)", page.read_text(), re.MULTILINE):
        assert name in COMMANDS, name


def test_the_index_of_decisions_is_whole():
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    missing = [page.name for page in (ROOT / "docs" / "decisions").glob("0*.md") if f"({page.name})" not in index]
    assert missing == []


def test_pictures_are_small():
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []
