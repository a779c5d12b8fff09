"""Writes the parts of the documentation that the code knows better: docs/cli.md, and the keys in docs/user-guide.md.

`python tools/docs.py` writes them; `--check` says what is stale and fails.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
BEGIN, END = "<!-- keys: written by tools/docs.py -->\n", "<!-- end of keys -->\n"
ENDS = (
    "Every command ends with status 0 when all is well, with 1 and one sentence that says what to run when it is not, "
    "and with 2 when it was called wrongly. `evenhand import` ends with 2 when some rows could not be read."
)


def cli() -> str:
    """Every command with its example and its options."""
    from evenhand.cli import COMMANDS, parser

    top = parser()
    lines = [
        "# Commands",
        "",
        "Written from the program itself by `tools/docs.py`. `evenhand COMMAND --help` says the same.",
        "",
        f"{top.epilog} `python -m evenhand` is the same as `evenhand`.",
        "",
        *options(top),
        ENDS,
        "",
    ]
    for name, sub in subcommands(top).items():
        example = import_module(f"evenhand.cli.{COMMANDS[name]}").EXAMPLE
        lines += [
            f"## evenhand {name}",
            "",
            f"{sentence(sub.description)}",
            "",
            "```",
            example,
            "```",
            "",
            *options(sub),
        ]
        for action, inner in subcommands(sub).items():
            lines += [f"### evenhand {name} {action}", "", f"{sentence(inner.description)}", "", *options(inner)]
    return "\n".join(lines).rstrip() + "\n"


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(actions[0].choices) if actions else {}


def options(parser: argparse.ArgumentParser) -> list[str]:
    rows = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        rows.append(f"| {called(action)} | {(action.help or '').replace('|', '/')} |")
    return ["| argument | does |", "|---|---|", *rows, ""] if rows else []


def called(action: argparse.Action) -> str:
    """`--port PORT`, `FILE ...`, `--by agent|category|week`: what one types."""
    choices = "\\|".join(map(str, action.choices)) if action.choices else ""
    value = "" if action.nargs == 0 else choices or str(action.metavar or action.dest.upper())
    typed = " ".join(filter(None, [*action.option_strings[-1:], value, "..." if action.nargs == "+" else ""]))
    return f"`{typed}`" + (" (needed)" if action.required and action.option_strings else "")


def sentence(text: str | None) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def keys() -> str:
    """The map under `?`, as tables."""
    from evenhand.people.registry import registry
    from evenhand.site import keymap

    tables = []
    for title, rows in keymap.sections({}):
        named = [(row.between.join(pressed(caps) for caps in row.keys), row.label) for row in rows]
        tables.append(table(str(title), named))
    rooms = sorted(registry.nav.values(), key=lambda item: item.order)
    tables.append(
        table("Go to a room", [(f"{pressed(['G'])} {pressed([r.key.upper()])}", r.label) for r in rooms if r.key])
    )
    return "\n".join(tables)


def pressed(caps: list[str]) -> str:
    return " ".join(f"`{cap}`" for cap in caps)


def table(title: str, rows: Iterable[tuple[str, object]]) -> str:
    lines = [f"**{title}**", "", "| key | does |", "|---|---|", *(f"| {key} | {label} |" for key, label in rows), ""]
    return "\n".join(lines)


def user_guide() -> str:
    text = (DOCS / "user-guide.md").read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{keys()}\n{END}{after}"


def pages() -> dict[Path, str]:
    return {DOCS / "cli.md": cli(), DOCS / "user-guide.md": user_guide()}


def main(check: bool) -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ["EVENHAND_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "evenhand.site.settings"
        import django

        django.setup()
        stale = [
            path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
        for path in stale:
            if check:
                print(f"{path.relative_to(DOCS.parent)} is stale: run python tools/docs.py and commit it")
            else:
                path.write_text(pages()[path], encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
