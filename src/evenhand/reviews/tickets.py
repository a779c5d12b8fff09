"""What a review is of and how it came about, signed into the page: what comes back is what the server wrote."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field

from django.core import signing
from django.http import Http404
from django.utils.translation import gettext as _

from evenhand.people.access import Seat
from evenhand.reviews.models import Review

_SALT = "evenhand.reviews.ticket"
# What an address may claim. A draw is never claimed: it needs a drawn item (see `selection`).
CLAIMS = {
    Review.Selection.LIST,
    Review.Selection.SEARCH,
    Review.Selection.SPOTLIGHT,
    Review.Selection.LINK,
}


@dataclass(frozen=True)
class Ticket:
    """Keys of what is reviewed, by whom, on which version; `blind` is what the page showed when it was made.

    `card` is the version's public id. A ticket proves what was asked, never a right: that is looked up again.
    """

    user: int
    workspace: int
    conversation: int
    participation: int
    agent: int
    scorecard: int
    version: int
    card: str = ""
    message: int | None = None
    selection: str = Review.Selection.LINK
    draw_item: int | None = None
    probability: float | None = None
    blind: bool = False
    issued: float = field(default_factory=time.time)


def sign(ticket: Ticket) -> str:
    return signing.dumps(asdict(ticket), salt=_SALT, compress=True)


def read(text: str, seat: Seat, conversation_id: int) -> Ticket:
    """The ticket as it was signed, for the person, workspace and conversation that it was made for."""
    try:
        ticket = Ticket(**signing.loads(text, salt=_SALT))
    except (signing.BadSignature, TypeError) as error:
        raise Http404(_("This page is out of date: load it again.")) from error
    if (ticket.user, ticket.workspace, ticket.conversation) != (seat.user.pk, seat.workspace.pk, conversation_id):
        raise Http404(_("This page was made for somebody else: load it again."))
    return ticket


def claimed(source: str) -> str:
    """The selection that an address claims with `?from=`; whatever it may not claim is a link."""
    return source if source in CLAIMS else Review.Selection.LINK
