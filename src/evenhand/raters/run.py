"""The one way in: every rater over every conversation of a batch, each fault kept where it happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from .conversation import Conversation, read
from .features import Features, Tools
from .rater import Rater
from .rating import Rating, Row, pack


def rate(batch: pa.RecordBatch, raters: Sequence[Rater], tools: Tools | None = None) -> pa.RecordBatch:
    """Rate a batch by `contract.CONVERSATIONS`; the answer is by `contract.RATINGS`.

    One row for every (conversation, agent, rater), conversations in the batch's order. A
    rater that fails on a conversation leaves an error row there and goes on with the
    next. tools: what features are made with, shared by all batches of a process; without
    them only raters that need none can run. Raises ValueError for a batch without the
    columns, and for a rater whose needs the tools do not meet.
    """
    tools = tools or Tools()
    for rater in raters:
        if missing := rater.card.needs - tools.met:
            raise ValueError(f"{rater.card.code} needs {', '.join(sorted(missing))}, which is not there.")
    conversations = read(batch)
    features = Features(tools, [one for one in conversations if isinstance(one, Conversation)])
    names = batch.column("id").to_pylist()
    rows: list[Row] = []
    for name, conversation in zip(names, conversations, strict=True):
        for rater in raters:
            rows.extend(_rows(str(name), conversation, rater, features))
    return pack(rows)


def _rows(name: str, conversation: Conversation | Exception, rater: Rater, features: Features) -> Iterator[Row]:
    card = rater.card
    try:
        if isinstance(conversation, Exception):
            raise conversation
        ratings = list(rater.rate(conversation, features))
    except Exception as error:
        yield Row(name, card.code, card.version, rater.config, Rating(None, None), f"{type(error).__name__}: {error}")
        return
    for rating in ratings:
        yield Row(name, card.code, card.version, rater.config, rating)
