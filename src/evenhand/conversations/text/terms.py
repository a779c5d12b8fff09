"""Search terms: one form of a text that SQLite's FTS5 and PostgreSQL's full-text search split alike.

Both split text at what is not a letter or a digit, and neither finds words in scripts that write
none. So the text is brought into a form (NFKC, folded case, Latin and Greek letters without their
accents) of terms with spaces between them, and runs of Chinese, Japanese, Korean, Thai, Lao, Khmer
and Burmese become overlapping pairs of characters: 退货政策 is indexed as 退货 货政 政策 策. The
last character stands alone, so that a term begins at every character and any part of a run is found.
There is no stemming: it would be right for one language and wrong for the others.

Vowel signs of Indic and South-East Asian scripts are marks to both engines, which would split words
at them. They are replaced one by one by letters of a script that nobody will miss (Yi).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

SEARCHED_CHARS = 50_000

# The index stores what this table says: append to it, never change what is there.
_RUN_MARKS = (  # Thai, Lao, Burmese, Khmer
    "E31 E34-E3A E47-E4E EB1 EB4-EBC EC8-ECD 102B-103E 1056-1059 105E-1060 1062-1064 1067-106D 1071-1074 1082-108D "
    "108F 109A-109D 17B4-17D3 17DD"
)
_WORD_MARKS = (  # Devanagari to Sinhala, Tibetan
    "900-903 93A-93C 93E-94F 951-957 962-963 981-983 9BC 9BE-9C4 9C7-9C8 9CB-9CD 9D7 9E2-9E3 9FE A01-A03 A3C A3E-A42 "
    "A47-A48 A4B-A4D A51 A70-A71 A75 A81-A83 ABC ABE-AC5 AC7-AC9 ACB-ACD AE2-AE3 AFA-AFF B01-B03 B3C B3E-B44 B47-B48 "
    "B4B-B4D B55-B57 B62-B63 B82 BBE-BC2 BC6-BC8 BCA-BCD BD7 C00-C04 C3C C3E-C44 C46-C48 C4A-C4D C55-C56 C62-C63 "
    "C81-C83 CBC CBE-CC4 CC6-CC8 CCA-CCD CD5-CD6 CE2-CE3 D00-D03 D3B-D3C D3E-D44 D46-D48 D4A-D4D D57 D62-D63 D81-D83 "
    "DCA DCF-DD4 DD6 DD8-DDF DF2-DF3 F18-F19 F35 F37 F39 F3E-F3F F71-F84 F86-F87 F8D-F97 F99-FBC FC6"
)
_RUN_MARKS_AT, _WORD_MARKS_AT = 0xA000, 0xA100

_RUN = (
    "\u0e01-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u109a-\u109f\u1100-\u11ff\u1780-\u17df"
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u30ff\u3105-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua000-\ua0ff\ua960-\ua97f\ua9e0-\ua9ef\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"[{_RUN}]+")
_UNITS = re.compile(f"(?P<run>[{_RUN}]+)|[^\\s{_RUN}]+")
_ASCII = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
# Characters that are no marks but melt into what stands before them: Korean vowels and finals, and
# the voice marks of half-width Katakana.
_MELTING = re.compile(
    "[\u1161-\u1175\u11a8-\u11c2\u3133\u3135-\u3136\u313a-\u313f\u314f-\u3163\uff9e-\uff9f\uffa3\uffa5-\uffa6"
    "\uffaa-\uffaf\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc]"
)


class Token(NamedTuple):
    """A term and where it stands: `original[start:end]`. `head` is where its first character ends."""

    text: str
    start: int
    head: int
    end: int


def search_terms(text: str, limit: int = SEARCHED_CHARS) -> str:
    """The terms of a text with white space between them, ready for either engine.

    Only the first `limit` characters are looked at: PostgreSQL refuses vectors over 1 MiB.
    """
    text = text[:limit]
    if text.isascii():
        return text.lower().translate(_ASCII)
    folded = _folded(text)
    return _RUNS.sub(_pairs, folded) if _RUNS.search(folded) else folded


def tokens(text: str, limit: int = SEARCHED_CHARS) -> list[Token]:
    """The same terms in the same order, each with its place in the text."""
    text = text[:limit]
    folded, starts, ends = _placed(text)
    found = []
    for unit in _UNITS.finditer(folded):
        first, last = unit.span()
        if unit["run"] is None:
            found.append(Token(unit[0], starts[first], ends[last - 1], ends[last - 1]))
            continue
        for at in range(first, last):
            until = min(at + 2, last)
            found.append(Token(folded[at:until], starts[at], ends[at], ends[until - 1]))
    return found


def units(text: str) -> list[tuple[str, bool]]:
    """The words and runs of a text, in order; true marks a run that is indexed in pairs."""
    folded = text.lower().translate(_ASCII) if text.isascii() else _folded(text)
    return [(unit[0], unit["run"] is not None) for unit in _UNITS.finditer(folded)]


def _pairs(run: re.Match[str]) -> str:
    text = run[0]
    return f" {' '.join(map(str.__add__, text, text[1:]))} {text[-1]} "


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", text).translate(_TABLE)


def _placed(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text, and for each of its characters where its cluster begins and ends."""
    if text.isascii():
        places = list(range(len(text) + 1))
        return text.lower().translate(_ASCII), places[:-1], places[1:]
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        part = _folded(text[start:end])
        parts.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
    return "".join(parts), starts, ends


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that fold independently of each other: a character and what melts into it."""
    start = 0
    for at in range(1, len(text)):
        character = text[at]
        if character >= "\u0300" and (unicodedata.category(character)[0] == "M" or _MELTING.match(character)):
            continue
        yield start, at
        start = at
    if text:
        yield start, len(text)


class _Table(dict[int, int | None]):
    """What becomes of each character of folded text, worked out when it is first met."""

    def __missing__(self, code: int) -> int | None:
        found = self[code] = _fate(chr(code))
        return found


def _fate(character: str) -> int | None:
    """Its own code, another letter's, a space's, or None for a character that is dropped."""
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf" or character == "\u0640":  # the Arabic letter stretcher
        return ord(" ") if character == "\u200b" else None  # the zero-width space parts words
    if category[0] not in "LN" or character in "\u02bb\u02bc":  # apostrophes that count as letters
        return ord(" ")
    apart = unicodedata.normalize("NFD", character)
    if apart[0] < "\u0400" and all(map(unicodedata.combining, apart[1:])):
        return ord(apart[0])
    return ord(character)


def _marks(ranges: str, at: int) -> Iterator[tuple[int, int]]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            yield code, at
            at += 1


_TABLE = _Table((*_marks(_RUN_MARKS, _RUN_MARKS_AT), *_marks(_WORD_MARKS, _WORD_MARKS_AT)))
