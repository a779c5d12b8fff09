"""The description and comments of one ticket as messages."""

from __future__ import annotations

import re

from evenhand.sources import clock, fields
from evenhand.sources.limits import Limits
from evenhand.sources.records import AttachmentRecord, MessageRecord, PersonRef
from evenhand.sources.rows import refuse_doubles

_HTML = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|strong|em|ul|ol|li|table|tr|td|blockquote|html|body|h[1-6]|img|pre"
    r"|code|hr|font)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def messages(
    data: dict[str, object], customer: PersonRef, assignee: PersonRef | None, limits: Limits
) -> list[MessageRecord]:
    """The comments in their order, led by the description unless a comment repeats it."""
    found = fields.items(data.get("comments"), "comments", limits.messages)
    result = [_comment(value, index, assignee, limits) for index, value in enumerate(found)]
    refuse_doubles(result, "comments")
    opening = fields.body(data.get("description"), "description", limits.text_chars)
    if opening.strip() and _squeeze(opening) not in {_squeeze(m.text or m.html) for m in result}:
        result.insert(0, _opening(opening, customer, data))
    return result


def person(address: object, name: object, field: str) -> PersonRef | None:
    """Somebody by e-mail and name. What stands for an address but is none serves as the id."""
    email = fields.text(address, f"{field}Email", 320)
    named = fields.text(name, f"{field}Name", fields.SHORT)
    if not email:
        return PersonRef(named, "", named) if named else None
    if fields.is_email(email):
        return PersonRef("", email.lower(), named)
    return PersonRef(email[: fields.SHORT], "", named)


def _comment(value: object, index: int, assignee: PersonRef | None, limits: Limits) -> MessageRecord:
    path = f"comments[{index}]"
    comment = fields.mapping(value, path)
    get = comment.get
    author = person(get("authorEmail"), get("authorName"), f"{path}.author")
    ours = fields.flag(get("authorIsNotClient"), f"{path}.authorIsNotClient", False)
    if not ours and author and assignee:
        ours = bool(author.email) and author.email == assignee.email
    public = fields.flag(get("public"), f"{path}.public", True)
    seconds = fields.whole(get("callDuration"), f"{path}.callDuration")
    called = bool(seconds or get("recordingUrl") or get("callDirection"))
    text, html = _split(fields.body(get("comment"), f"{path}.comment", limits.text_chars))
    return MessageRecord(
        external_id=fields.identifier(get("id"), f"{path}.id") or f"#{index + 1}",
        role="agent" if ours else "customer",
        author=author,
        text=text,
        html=html,
        sent_at=clock.moment(get("created"), f"{path}.created"),
        public=public,
        kind="call" if called else "message" if public else "note",
        attachments=_attachments(comment, path),
        duration_ms=seconds * 1000 if seconds else None,
    )


def _attachments(comment: dict[str, object], path: str) -> list[AttachmentRecord]:
    get, found = comment.get, []
    if recording := fields.url(get("recordingUrl"), f"{path}.recordingUrl"):
        found.append(AttachmentRecord("recording", recording, "audio"))
    url = fields.url(get("attachmentUrl"), f"{path}.attachmentUrl")
    name = fields.text(get("attachmentName"), f"{path}.attachmentName")
    if url or name:
        found.append(AttachmentRecord(name, url))
    return found


def _opening(text: str, customer: PersonRef, data: dict[str, object]) -> MessageRecord:
    plain, html = _split(text)
    return MessageRecord(
        external_id="description",
        role="customer",
        author=customer if customer != PersonRef() else None,
        text=plain,
        html=html,
        sent_at=clock.moment(data.get("created"), "created"),
    )


def _split(body: str) -> tuple[str, str]:
    """(text, html): a comment comes as Markdown or as HTML, and nothing says which."""
    return ("", body) if _HTML.search(body) else (body, "")


def _squeeze(text: str) -> str:
    return " ".join(text.split())
