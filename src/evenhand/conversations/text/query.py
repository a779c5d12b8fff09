"""What a person types into a search box, as a query for either engine and for highlighting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evenhand.conversations.text.terms import Token, tokens, units

_LONGEST, _MOST = 500, 32  # characters and terms of a query; the rest is left out
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_WORD = re.compile(r'(?P<no>-?)"(?P<phrase>[^"]*)"?(?P<more>\*?)|(?P<word>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that must follow each other; with `prefix`, the last may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False

    def spans(self, text: list[Token]) -> Iterator[tuple[int, int]]:
        """Every place of the tokenised text where the term stands."""
        *body, last = self.tokens
        size = len(self.tokens)
        words = [token.text for token in text]
        for at in range(len(words) - size + 1):
            end = text[at + size - 1]
            if words[at : at + size - 1] != body:
                continue
            if end.text == last:
                yield text[at].start, end.end
            elif self.prefix and end.text.startswith(last):
                yield text[at].start, end.head if len(last) == 1 else end.end


@dataclass(frozen=True, slots=True)
class Query:
    """Every group must be met by one of its terms, and no excluded term may stand in the text.

    Falsy where there is nothing to look for; it finds nothing then.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    def fts5(self) -> str:
        """For `MATCH` of an FTS5 table with `unicode61 remove_diacritics 2`."""
        if not self:
            return '""'
        found = " AND ".join(f"({' OR '.join(map(_fts5, group))})" for group in self.groups)
        return f"({found}) NOT ({' OR '.join(map(_fts5, self.excluded))})" if self.excluded else found

    def tsquery(self) -> str:
        """For `to_tsquery('simple', ...)` of PostgreSQL."""
        if not self:
            return ""
        found = [f"({' | '.join(map(_tsquery, group))})" for group in self.groups]
        return " & ".join([*found, *(f"!{_tsquery(term)}" for term in self.excluded)])

    def matches(self, text: str) -> list[tuple[int, int]]:
        """Where the wanted terms stand in the original text, in order and without overlap."""
        words = tokens(text)
        wanted = {term for group in self.groups for term in group}
        return _merged(sorted(span for term in wanted for span in term.spans(words)))

    def accepts(self, text: str) -> bool:
        """Would an engine that indexes `search_terms(text)` find it?"""
        words = tokens(text)

        def stands(term: Term) -> bool:
            return next(term.spans(words), None) is not None

        wanted = all(any(map(stands, group)) for group in self.groups)
        return bool(self) and wanted and not any(map(stands, self.excluded))


def query_terms(query: str) -> Query:
    """Words that must all occur, "quoted phrases", a OR b, -not, and pre*.

    Any text is a query: what cannot be a term is left out. A word such as e-mail counts as a phrase.
    """
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    either = False
    for found in _WORD.finditer(query[:_LONGEST].translate(_QUOTES)):
        if found["word"] == "OR":
            either = bool(groups)
            continue
        text, is_not, prefix = _part(found)
        if not (term := _term(text, prefix)):
            continue
        if is_not:
            excluded.append(term)
        elif either:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        either = False
        if len(groups) + len(excluded) >= _MOST:
            break
    return Query(tuple(groups), tuple(excluded))


def _part(found: re.Match[str]) -> tuple[str, bool, bool]:
    """(text, excluded?, prefix?) of one word or phrase."""
    if found["word"] is None:
        return found["phrase"], bool(found["no"]), bool(found["more"])
    word = found["word"]
    is_not = word.startswith("-")
    return word.lstrip("-").rstrip("*"), is_not, word.endswith("*")


def _term(text: str, prefix: bool) -> Term | None:
    found = units(text)
    if not found:
        return None
    result: list[str] = []
    for (unit, is_run), is_last in _with_last(found):
        if not is_run:
            result.append(unit)
            continue
        result += map("".join, pairwise(unit))
        if len(unit) == 1 or not is_last:
            result.append(unit[-1])
    # One character of a run begins the pairs that it stands in.
    unit, is_run = found[-1]
    return Term(tuple(result), prefix or (is_run and len(unit) == 1))


def _with_last(found: list[tuple[str, bool]]) -> Iterator[tuple[tuple[str, bool], bool]]:
    for index, unit in enumerate(found, 1):
        yield unit, index == len(found)


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"' + (" *" if term.prefix else "")


def _tsquery(term: Term) -> str:
    *body, last = (f"'{token}'" for token in term.tokens)
    return f"({' <-> '.join([*body, last + ':*' if term.prefix else last])})"


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
