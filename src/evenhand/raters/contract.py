"""What goes in and what comes out, as Arrow schemas.

Times are UTC. Offsets are Unicode code points of a message's text; a text is never
copied into a rating.
"""

from __future__ import annotations

import pyarrow as pa

MESSAGE = pa.struct(
    [
        pa.field("id", pa.string()),
        pa.field("role", pa.string()),  # customer, agent, bot or system
        pa.field("agent", pa.string()),  # who answered, for agents and bots: the key of the pair
        pa.field("public", pa.bool_()),
        pa.field("at", pa.timestamp("us", "UTC")),
        pa.field("text", pa.string()),
        pa.field("text_version", pa.int32()),
    ]
)

CONVERSATIONS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("channel", pa.string()),  # email, chat, voice, social, ...
        pa.field("language", pa.string()),  # as the source says, a BCP 47 tag; empty if it does not
        pa.field("status", pa.string()),
        pa.field("messages", pa.list_(MESSAGE), nullable=False),
    ]
)

EVIDENCE = pa.struct(
    [
        pa.field("message", pa.string()),
        pa.field("text_version", pa.int32()),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("note", pa.string()),  # what about this passage: a stable code of the rater, or empty
    ]
)

RATINGS = pa.schema(
    [
        pa.field("conversation_id", pa.string(), nullable=False),
        pa.field("agent", pa.string()),  # null: about the conversation as a whole
        pa.field("rater", pa.string(), nullable=False),
        pa.field("version", pa.int32(), nullable=False),
        pa.field("config", pa.string(), nullable=False),  # fingerprint of the settings, empty for none
        pa.field("value", pa.float64()),  # on the rater's own scale; null if N/A, abstained or failed
        pa.field("na_reason", pa.string()),  # why the question does not arise: a stable code
        pa.field("abstained", pa.bool_(), nullable=False),  # it arises, and the rater cannot tell
        pa.field("confidence", pa.float64()),  # 0..1, chance that a person would agree
        pa.field("evidence", pa.list_(EVIDENCE), nullable=False),
        pa.field("error", pa.string()),
    ]
)
