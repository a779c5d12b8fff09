"""Collects every text for translators, from Python and from templates, into the catalogues; no gettext tools needed.

`python tools/messages.py` writes `src/evenhand/locale/*/LC_MESSAGES/django.po`; `--check` says what is missing or
left over and fails.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "evenhand"
LANGUAGES = ("en",)
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
    "gettext_noop": None, "_p": ((1, "c"), 2),
}  # fmt: skip
Key = tuple[str, str, str]  # context, singular, plural


def main(check: bool) -> int:
    settings.configure(USE_I18N=True)
    found = dict(sorted(collect().items(), key=lambda item: (item[1][0], item[0])))
    stale = [problem for language in LANGUAGES for problem in update(language, found, check)]
    for problem in stale:
        print(problem)
    if stale:
        print("Run `make messages` and commit the catalogues.")
    return 1 if stale else 0


def collect() -> dict[Key, list[str]]:
    """Every message and the files that use it."""
    messages: dict[Key, list[str]] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        for key in of_file(path):
            where = str(path.relative_to(PACKAGE))
            if where not in messages.setdefault(key, []):
                messages[key].append(where)
    return messages


def of_file(path: Path) -> Iterator[Key]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = f"(\n{templatize(source)}\n)"  # in brackets a template's indentation means nothing to Python
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield context or "", singular, plural


def update(language: str, found: dict[Key, list[str]], check: bool) -> list[str]:
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
    old = {key_of(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    missing = [f"{path.name} ({language}) misses {key[1]!r}" for key in found if key not in old]
    extra = [f"{path.name} ({language}) has {key[1]!r}, which nothing uses" for key in old if key not in found]
    if check:
        return missing + extra
    write(path, language, found, old)
    return []


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def write(path: Path, language: str, found: dict[Key, list[str]], old: dict[Key, polib.POEntry]) -> None:
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Evenhand", "Language": language, "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }  # fmt: skip
    for key, files in found.items():
        context, singular, plural = key
        kept = old.get(key)
        entry = polib.POEntry(msgid=singular, msgctxt=context or None, occurrences=[(name, "") for name in files])
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = kept.msgstr_plural if kept else {0: "", 1: ""}
        else:
            entry.msgstr = kept.msgstr if kept else ""
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
