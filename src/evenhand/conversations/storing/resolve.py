"""Who wrote: the agents of a chunk by e-mail, external id and name, with a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Q
from django.db.models.functions import Now

from evenhand.conversations.models import Agent, AgentAlias, Connection
from evenhand.conversations.storing.keys import Keys
from evenhand.people.models import Membership, User
from evenhand.sources.records import PersonRef

EMAIL, EXTERNAL, NAME = AgentAlias.Kind.EMAIL, AgentAlias.Kind.EXTERNAL, AgentAlias.Kind.NAME
Key = tuple[str, str]
"""Kind and value of an alias."""


Ref = tuple[PersonRef, bool]
"""Somebody whom a record names, and whether as a bot."""
MOST_REMEMBERED = 20_000


@dataclass
class Memory:
    """Whom earlier chunks of the same import named. Each chunk's transaction checks that it still holds."""

    known: dict[Ref, int] = field(default_factory=dict)
    bots: set[int] = field(default_factory=set)
    tags: dict[str, int] = field(default_factory=dict)

    def learn(self, people: People, tags: dict[str, int]) -> None:
        """What a chunk found out, once it is committed."""
        if len(self.known) > MOST_REMEMBERED or len(self.tags) > MOST_REMEMBERED:
            self.forget()
        self.known.update(people.named)
        self.bots.update(people.bots & set(people.named.values()))
        self.tags.update(tags)

    def forget(self) -> None:
        self.known.clear()
        self.bots.clear()
        self.tags.clear()


@dataclass
class People:
    """The agents that a chunk names, and those that its transaction will create."""

    connection: Connection
    named: dict[Ref, int] = field(default_factory=dict)
    by_key: dict[Key, int] = field(default_factory=dict)
    bots: set[int] = field(default_factory=set)
    agents: list[Agent] = field(default_factory=list)
    aliases: list[AgentAlias] = field(default_factory=list)
    logins: dict[int, User] = field(default_factory=dict)

    def who(self, ref: PersonRef | None, role: str) -> int | None:
        """The agent's key. A bot that goes by a person's name is nobody: the two are never mixed."""
        if ref is None:
            return None
        found = self.named.get((ref, role == "bot"))
        return None if found is not None and role == "bot" and found not in self.bots else found

    def write(self) -> None:
        """New agents, their aliases and logins; inside the chunk's transaction."""
        Agent.objects.bulk_create(self.agents)
        AgentAlias.objects.bulk_create(self.aliases)
        for key, user in self.logins.items():
            Agent.objects.filter(pk=key).update(user=user, updated_at=Now())


def resolve(connection: Connection, refs: Iterable[Ref], keys: Keys, memory: Memory) -> People:
    """`refs` are the people that a chunk names, in the order of the file."""
    people = People(connection, bots=set(memory.bots))
    wanted = []
    for ref in dict.fromkeys(refs):
        if ref in memory.known:
            people.named[ref] = memory.known[ref]
        else:
            wanted.append(ref)
    if wanted:
        _look_up(people, wanted, keys)
    return people


def _look_up(people: People, wanted: list[Ref], keys: Keys) -> None:
    _find(people, [ref for ref, _bot in wanted])
    new: dict[int, Ref] = {}
    for ref, is_bot in wanted:
        found = next((people.by_key[key] for key in aliases_of(ref) if key in people.by_key), None)
        if found is None:
            found = keys.take(Agent, 1)[0]
            new[found] = (ref, is_bot)
            if is_bot:
                people.bots.add(found)
        people.named[ref, is_bot] = found
        for key in aliases_of(ref):
            if key not in people.by_key:
                people.by_key[key] = found
                people.aliases.append(_alias(people.connection, found, *key))
    people.agents = [_agent(people.connection, key, ref, is_bot) for key, (ref, is_bot) in new.items()]
    _give_logins(people)


def aliases_of(ref: PersonRef) -> list[Key]:
    """Strongest first. A bare name serves only who has nothing else."""
    keys: list[Key] = []
    if ref.email:
        keys.append((EMAIL, ref.email[:254]))
    if ref.external_id and ref.external_id != ref.name:
        keys.append((EXTERNAL, ref.external_id))
    return keys or [(NAME, ref.name or ref.external_id)]


def _find(people: People, refs: list[PersonRef]) -> None:
    values: dict[str, set[str]] = {EMAIL: set(), EXTERNAL: set(), NAME: set()}
    for ref in refs:
        for kind, value in aliases_of(ref):
            values[kind].add(value)
    workspace = people.connection.workspace_id
    asked = Q()
    for kind, some in values.items():
        if some:
            asked |= Q(kind=kind, value__in=some)
    if not asked:
        return
    here = Q(connection=None) | Q(connection=people.connection)
    found = AgentAlias.objects.filter(here, asked, workspace=workspace).order_by(
        F("connection").asc(nulls_first=True)  # the connection's own name for somebody wins
    )
    for kind, value, agent, is_bot in found.values_list("kind", "value", "agent", "agent__is_bot"):
        people.by_key[kind, value] = agent
        if is_bot:
            people.bots.add(agent)
    known = Agent.objects.filter(workspace=workspace, merged_into=None, user__email__in=values[EMAIL])
    for agent, email in known.values_list("pk", "user__email") if values[EMAIL] else ():
        if (EMAIL, email) not in people.by_key:
            people.by_key[EMAIL, email] = agent
            people.aliases.append(_alias(people.connection, agent, EMAIL, email))


def _agent(connection: Connection, key: int, ref: PersonRef, is_bot: bool) -> Agent:
    name = ref.name or ref.email or ref.external_id
    return Agent(pk=key, workspace_id=connection.workspace_id, name=name[:160], is_bot=is_bot)


def _alias(connection: Connection, agent: int, kind: str, value: str) -> AgentAlias:
    scope = None if kind == EMAIL else connection
    return AgentAlias(
        workspace_id=connection.workspace_id, agent_id=agent, connection=scope, kind=kind, value=value[:254]
    )


def _give_logins(people: People) -> None:
    """A member of the workspace with the e-mail of an alias that is new is that agent, where neither is taken."""
    emails = {alias.value: alias.agent_id for alias in people.aliases if alias.kind == EMAIL}
    if not emails:
        return
    workspace = people.connection.workspace_id
    members = Membership.objects.filter(workspace=workspace, deleted_at=None, user__email__in=emails)
    users = {member.user.email: member.user for member in members.select_related("user")}
    if not users:
        return
    linked = Agent.objects.filter(workspace=workspace, merged_into=None).filter(
        Q(user__in=users.values()) | Q(pk__in=emails.values(), user__isnull=False)
    )
    taken_users, taken_agents = set(), set()
    for agent, user in linked.values_list("pk", "user"):
        taken_agents.add(agent)
        taken_users.add(user)
    fresh = {agent.pk: agent for agent in people.agents}
    for email, user in users.items():
        agent = emails[email]
        if user.pk in taken_users or agent in taken_agents:
            continue
        taken_agents.add(agent)
        if agent in fresh:
            fresh[agent].user = user
        else:
            people.logins[agent] = user
