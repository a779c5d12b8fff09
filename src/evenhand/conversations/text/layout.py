"""Lays out the text of clean HTML in lines."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")
_PARAGRAPHS = frozenset(("p", "blockquote", "ul", "ol", "dl", "table", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"))
_LINES = frozenset(("div", "li", "tr", "dt", "dd"))
_DEEPEST = 8  # levels of quotation and of lists that are told apart


class Layout:
    """Takes tags and texts in their order; `finished` gives the text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0  # line breaks that are due before the next text
        self._space = False
        self._quotes = self._pre = 0
        self._lists: list[int] = []  # of every open list, its last number; -1 without numbers
        self._bullet = ""

    def tag(self, name: str, *, opens: bool) -> None:
        if name == "br":
            self._breaks = min(2, self._breaks + 1) if opens else self._breaks
        elif name in ("td", "th"):
            self._space = True
        elif name in _PARAGRAPHS:
            # A list inside a list stays close to its item.
            self._due(1 if name in ("ul", "ol") and len(self._lists) > (not opens) else 2)
        elif name in _LINES:
            self._due(1)
        self._nest(name, 1 if opens else -1)

    def text(self, text: str) -> None:
        if self._pre:
            lines = text.split("\n")
            for index, line in enumerate(lines):
                if index:
                    self._breaks = min(2, self._breaks + 1)
                if line.strip():
                    self._write(line.rstrip("\r"))
            return
        squeezed = _SPACES.sub(" ", text)
        if not (words := squeezed.strip()):
            self._space = self._space or bool(squeezed)
            return
        self._space = self._space or squeezed[0] == " "
        self._write(words)
        self._space = squeezed[-1] == " "

    def finished(self) -> str:
        return "".join(self._parts).strip("\n")

    def _write(self, words: str) -> None:
        if self._breaks or not self._parts:
            if self._parts:
                self._parts.append("\n" * self._breaks)
            indent = "  " * (min(len(self._lists), _DEEPEST) - 1)
            self._parts.append("> " * min(self._quotes, _DEEPEST) + indent + self._bullet)
            self._breaks, self._bullet = 0, ""
        elif self._space:
            self._parts.append(" ")
        self._parts.append(words)
        self._space = False

    def _due(self, breaks: int) -> None:
        self._breaks = max(self._breaks, breaks)

    def _nest(self, name: str, step: int) -> None:
        if name == "blockquote":
            self._quotes = max(0, self._quotes + step)
        elif name == "pre":
            self._pre = max(0, self._pre + step)
        elif name in ("ul", "ol"):
            if step > 0:
                self._lists.append(0 if name == "ol" else -1)
            elif self._lists:
                self._lists.pop()
        elif name == "li" and step > 0:
            self._bullet = self._mark()

    def _mark(self) -> str:
        if not self._lists or self._lists[-1] < 0:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "
