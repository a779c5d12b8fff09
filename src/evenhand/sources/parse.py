"""The bytes of one record to a JSON object, or a `RowError` that says where they break."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import Any

import orjson

from evenhand.sources.errors import RowError
from evenhand.sources.limits import Limits

_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_KEY = re.compile(rb'"\s*:')
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def parse_object(raw: bytes, limits: Limits) -> dict[str, object]:
    """Strict JSON (RFC 8259): UTF-8, one object, no key twice, bounded in depth and in parts.

    NUL characters are removed: no database column and no page can hold them.
    """
    if len(raw) > limits.brackets and (len(raw.translate(None, _NOT_BRACKETS)) > limits.brackets):
        raise RowError("", f"more than {limits.brackets:,} brackets in one record; split it")
    if b"\0" in raw:
        raw = raw.replace(b"\0", b"")
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise _broken(raw, error, limits) from None
    if not isinstance(data, dict):
        raise RowError("", f"expected an object in braces, got {_kind(data)}", data)
    keys, depth = _measure(data)
    if depth > limits.depth:
        raise RowError("", f"nested {depth} deep; at most {limits.depth} levels are allowed")
    if keys != len(_KEY.findall(raw)):
        _refuse_duplicates(raw)
    return _without_nul(data) if b"\\u0000" in raw else data


def _broken(raw: bytes, error: orjson.JSONDecodeError, limits: Limits) -> RowError:
    try:
        raw.decode()
    except UnicodeDecodeError as wrong:
        byte = raw[wrong.start]
        return RowError("", f"not UTF-8 at byte {wrong.start + 1} (0x{byte:02x}); save the file as UTF-8")
    reason = str(error).split(": line ")[0]
    if "depth" in reason.lower() or "recursion" in reason.lower():
        return RowError("", f"nested too deeply; at most {limits.depth} levels are allowed")
    at = len(error.doc[: error.pos].encode()) + 1
    if "surrogate" in reason.lower() and (found := _SURROGATE.search(raw, max(0, at - 13))):
        return RowError("", f"half of a surrogate pair ({_escape(raw, found)}) at byte {at}")
    return RowError("", f"not valid JSON at byte {at}: {reason}")


def _escape(raw: bytes, found: re.Match[bytes]) -> str:
    return raw[found.start() : found.start() + 6].decode("ascii", "replace")


def _kind(data: object) -> str:
    if isinstance(data, list):
        return "a list"
    if isinstance(data, str):
        return "text"
    return "null" if data is None else "true or false" if isinstance(data, bool) else "a number"


def _measure(data: dict[str, object]) -> tuple[int, int]:
    """How many keys there are in all, and how deep objects and lists are nested."""
    keys, depth = 0, 0
    level: list[Any] = [data]
    while level:
        depth += 1
        objects = [part for part in level if type(part) is dict]
        keys += sum(map(len, objects))
        values = chain(chain.from_iterable(part.values() for part in objects), *(p for p in level if type(p) is list))
        level = [value for value in values if type(value) is dict or type(value) is list]
    return keys, depth


def _refuse_duplicates(raw: bytes) -> None:
    # Called for the few records where the count of keys leaves a doubt: a text such as ":)" also
    # looks like a key from outside.
    json.loads(raw, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RowError(twice, "this key appears twice in one object; keep one of them")
    return data


def _without_nul(data: Any) -> Any:
    if isinstance(data, str):
        return data.replace("\0", "")
    if isinstance(data, list):
        return [_without_nul(value) for value in data]
    if isinstance(data, dict):
        return {name.replace("\0", ""): _without_nul(value) for name, value in data.items()}
    return data
