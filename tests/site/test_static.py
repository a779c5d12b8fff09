"""The files that every page loads: whole, small, and from nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evenhand.site import build, drawings

STATIC = Path(drawings.__file__).parent / "static" / "evenhand"
TEMPLATES = Path(drawings.__file__).parent / "templates"
CSS = sorted(STATIC.glob("css/**/*.css"))
JS = sorted(STATIC.glob("js/*.js"))


@pytest.mark.parametrize("path", [*CSS, *JS], ids=lambda path: path.name)
def test_files_stay_small_and_ask_no_other_host(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    assert not re.search(r"https?://|//cdn|data:", text)


def test_the_entry_names_every_stylesheet_once():
    imported = re.findall(r'@import url\("(.+?)"\) layer\((\w+)\);', (STATIC / "css/evenhand.css").read_text())
    found = {path.relative_to(STATIC / "css").as_posix() for path in CSS} - {"evenhand.css"}
    assert sorted(name for name, _layer in imported) == sorted(found)


def test_only_tokens_hold_colours():
    colour = re.compile(r"#[0-9a-f]{3,8}\b(?![\w-])", re.IGNORECASE)
    strays = [path.name for path in CSS if path.name != "tokens.css" and colour.search(_without_ids(path.read_text()))]
    assert strays == []


def _without_ids(css):
    return re.sub(r"#[a-z][\w-]*-[\w-]+", "", css)


def test_every_token_that_is_used_exists():
    used = {name for path in CSS for name in re.findall(r"var\((--[\w-]+)", path.read_text())}
    declared = {name for path in CSS for name in re.findall(r"(--[\w-]+):", path.read_text())}
    assert used - declared == set()


def test_braces_balance():
    assert [path.name for path in CSS if path.read_text().count("{") != path.read_text().count("}")] == []


@pytest.mark.parametrize("path", JS, ids=lambda path: path.name)
def test_modules_import_files_that_are_there(path):
    names = re.findall(r'^import .*?from "(.+?)";', path.read_text(), re.MULTILINE)
    assert all((path.parent / name).is_file() for name in names)


def test_every_template_marks_its_words_for_translation():
    bare = re.compile(r">\s*[A-Z][a-z]+ [a-z]+[^<{}]*<")
    found = {
        path.name: bare.findall(
            re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", path.read_text(), flags=re.DOTALL)
        )
        for path in TEMPLATES.rglob("*.html")
        if path.parent.name != "patterns"
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_the_chart_bundle_is_one_file_that_leaves_one_function(tmp_path):
    text = build.build_chart_bundle(tmp_path / "vega" / "bundle.js").read_text(encoding="utf-8")
    assert text.rstrip().endswith("window.vegaEmbed=" + text.rstrip().rsplit("=", 1)[1])
    assert "import(" not in text
    assert not list(tmp_path.rglob("*.part"))
