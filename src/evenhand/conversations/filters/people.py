"""Who answered, in which group they were then, and which customer wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.conversations.filters.base import BadValue, Choice, Filter, Option, either
from evenhand.conversations.filters.columns import keys_of
from evenhand.conversations.models import Agent, Conversation, Group, GroupMembership, Participation
from evenhand.people.access import Seat
from evenhand.quality.periods import Period, instants

SELF = "me"
FAR = date(9998, 1, 1)
LISTED = 20_000


class AgentFilter(Filter):
    """Somebody took part as the agent. `me` is whoever looks, so that a shared view means each their own."""

    name = "agent"
    label = gettext_lazy("Agent")
    order = 55

    def allowed(self, seat: Seat) -> bool:
        return not seat.is_agent_only

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        found = agents(seat).order_by("is_bot", "name")[:1000]
        return [
            Option(SELF, _("Me")),
            *(Option(str(a.public_id), a.name, _("Bots") if a.is_bot else _("People")) for a in found),
        ]

    def words(self, choice: Choice, seat: Seat) -> str:
        names = {str(a.public_id): a.name for a in agents(seat).filter(pk__in=self._keys(choice, seat))}
        return either([_("me") if value == SELF else names.get(value, value) for value in choice.values])

    def clean(self, choice: Choice, seat: Seat) -> list[int]:
        keys = self._keys(choice, seat)
        if len(keys) < len([value for value in choice.values if value != SELF]):
            raise BadValue(_("This agent is not there any more."))
        return keys

    def _keys(self, choice: Choice, seat: Seat) -> list[int]:
        keys = keys_of(choice, Agent.objects.filter(workspace_id=seat.workspace.pk))
        if SELF in choice.values:
            keys += agents(seat).filter(user_id=seat.user.pk).values_list("pk", flat=True)
        return keys

    def condition(self, value: list[int], seat: Seat) -> Q:
        return taking_part(pairs().filter(agent_id__in=value))

    def few(self, value: list[int], seat: Seat) -> QuerySet[Any, int]:
        # Nothing but what the index of agent and conversation holds.
        return pairs().filter(agent_id__in=value).values_list("conversation_id", flat=True)


class GroupFilter(Filter):
    """An agent took part who belonged to the group on the day of their last reply."""

    name = "group"
    label = gettext_lazy("Group")
    order = 60

    def allowed(self, seat: Seat) -> bool:
        return not seat.is_agent_only

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        found = Group.objects.filter(workspace_id=seat.workspace.pk, deleted_at__isnull=True).order_by("name")
        return [Option(str(group.public_id), group.name) for group in found[:500]]

    def clean(self, choice: Choice, seat: Seat) -> Q:
        keys = keys_of(choice, Group.objects.filter(workspace_id=seat.workspace.pk))
        if len(keys) < len(choice.values):
            raise BadValue(_("This group is not there any more."))
        return in_groups(keys, seat)

    def condition(self, value: Q, seat: Seat) -> Q:
        return Q(Exists(pairs().filter(value, conversation=OuterRef("pk"))))

    def few(self, value: Q, seat: Seat) -> QuerySet[Any, int]:
        return pairs().filter(value, workspace_id=seat.workspace.pk).values_list("conversation_id", flat=True)


class CustomerFilter(Filter):
    """A customer's e-mail address, or everything behind an @."""

    name = "customer"
    label = gettext_lazy("Customer e-mail")
    kind = "text"
    order = 80
    hint = gettext_lazy("The whole address, or @company.example for everybody there")

    def clean(self, choice: Choice, seat: Seat) -> list[str]:
        bad = next((value for value in choice.values if "@" not in value), None)
        if bad is not None:
            sentence = _("“%(value)s” is no e-mail address. Write all of it, or @company.example.")
            raise BadValue(sentence % {"value": bad})
        return [value.lower() for value in choice.values]

    def words(self, choice: Choice, seat: Seat) -> str:
        return either(choice.values)

    def condition(self, value: list[str], seat: Seat) -> Q:
        found = Q()
        for address in value:
            found |= Q(customer_email__endswith=address) if address.startswith("@") else Q(customer_email=address)
        return found

    def few(self, value: list[str], seat: Seat) -> QuerySet[Conversation, int] | None:
        if any(address.startswith("@") for address in value):
            return None
        found = Conversation.objects.filter(workspace_id=seat.workspace.pk, customer_email__in=value)
        return found.values_list("pk", flat=True)


def agents(seat: Seat) -> QuerySet[Agent]:
    return Agent.objects.filter(workspace_id=seat.workspace.pk, deleted_at__isnull=True, merged_into__isnull=True)


def pairs() -> QuerySet[Participation]:
    return Participation.objects.filter(deleted_at__isnull=True)


def in_groups(keys: list[int], seat: Seat) -> Q:
    """The pairs of agents who belonged to one of the groups on the pair's day.

    Memberships are few, so their days become instants here, and the database compares plain columns.
    """
    times: dict[tuple[date, date], list[int]] = defaultdict(list)
    for row in GroupMembership.objects.filter(group_id__in=keys):
        times[row.since, row.until or FAR].append(row.agent_id)
    if not times:
        return Q(pk__in=[])
    found = Q()
    for (since, until), members in times.items():
        start, end = instants(Period(since, until), seat.zone)
        found |= Q(agent_id__in=members, dated_at__gte=start, dated_at__lt=end)
    return found


def taking_part(among: QuerySet[Participation]) -> Q:
    """The conversation has one of these pairs.

    Pairs are in an index by agent and by conversation. Where an agent has few of them, SQLite lists them once;
    where many, it asks for each row. PostgreSQL decides that by itself.
    """
    keys = among.values_list("conversation_id", flat=True)
    if connection.vendor == "postgresql" or keys[:LISTED].count() < LISTED:
        return Q(pk__in=keys)
    return Q(Exists(among.filter(conversation=OuterRef("pk"))))
