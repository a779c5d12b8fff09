"""Which stored message is which incoming one, when a source sends a conversation again."""

from __future__ import annotations

from evenhand.conversations.storing.lines import Line


def match(stored: list[Line], incoming: list[Line]) -> list[Line]:
    """The conversation's messages in their order: stored ones brought up to date, new ones among them.

    By external id where the source has ids; else the same words by the same author at the same time; else the
    same position, author and time, which is an edited text. What the source no longer sends is kept where it stood.
    """
    pairs = _pairs(stored, incoming)
    return _ordered(stored, [_renewed(stored[pairs[i]], one) if i in pairs else one for i, one in enumerate(incoming)])


def _pairs(stored: list[Line], incoming: list[Line]) -> dict[int, int]:
    """Index of an incoming message -> index of the stored one."""
    by_id = {line.external_id: index for index, line in enumerate(stored) if line.external_id}
    pairs = {i: by_id[one.external_id] for i, one in enumerate(incoming) if one.external_id in by_id}
    taken = set(pairs.values())
    nameless = [i for i, one in enumerate(incoming) if not one.external_id]
    free = [j for j, line in enumerate(stored) if not line.external_id and j not in taken]
    _pair_same_words(stored, incoming, nameless, free, pairs)
    taken = set(pairs.values())
    for i in nameless:
        if i not in pairs and i < len(stored) and i not in taken and _same_turn(stored[i], incoming[i]):
            pairs[i] = i
    return pairs


def _pair_same_words(
    stored: list[Line], incoming: list[Line], nameless: list[int], free: list[int], pairs: dict[int, int]
) -> None:
    waiting: dict[tuple[object, ...], list[int]] = {}
    for j in reversed(free):
        waiting.setdefault(_words(stored[j]), []).append(j)
    for i in nameless:
        if same := waiting.get(_words(incoming[i])):
            pairs[i] = same.pop()


def _words(line: Line) -> tuple[object, ...]:
    return line.role, line.author_name, line.sent_at, line.text


def _same_turn(old: Line, new: Line) -> bool:
    return not old.external_id and (old.role, old.author_name, old.sent_at) == (new.role, new.author_name, new.sent_at)


def _renewed(old: Line, new: Line) -> Line:
    """The stored message with what the source says now; another text is the next text version."""
    new.id, new.position, new.version = old.id, old.position, old.version
    new.sent_at = new.sent_at or old.sent_at
    if new.text != old.text:
        new.was = (old.version, old.text, old.html)
        new.version = old.version + 1
    new.changed = any(getattr(new, name) != getattr(old, name) for name in _COMPARED)
    return new


_COMPARED = (
    "external_id", "role", "agent_id", "author_name", "is_public", "sent_at", "text", "html", "attachments"
)  # fmt: skip


def _ordered(stored: list[Line], incoming: list[Line]) -> list[Line]:
    """Incoming order; a stored message that did not come again stays behind the one it followed."""
    came = {line.id for line in incoming if line.id}
    followers: dict[int, list[Line]] = {}
    before = 0
    for old in stored:
        if old.id in came:
            before = old.id
        else:
            followers.setdefault(before, []).append(old)
    final = followers.get(0, [])[:]
    for line in incoming:
        final.append(line)
        if line.id:
            final += followers.get(line.id, [])
    return final
