"""Is this the beginning of an Evenhand JSONL file?"""

from __future__ import annotations

import re

import orjson

_KEYS = re.compile(rb'"(?:messages|role)"\s*:\s*["\[]')


def looks_like(head: bytes) -> bool:
    """True where one of the first lines is an object with `messages`.

    `head` is the beginning of the unpacked file; its last line may be cut off. A first line longer
    than `head`, or one that is broken, counts by its text.
    """
    lines = [line for line in head.split(b"\n") if line and not line.isspace()]
    return any(_is_conversation(line) for line in lines[:20])


def _is_conversation(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        return "messages" in orjson.loads(line)
    except orjson.JSONDecodeError:
        return len(line) > 2 and bool(_KEYS.search(line))
