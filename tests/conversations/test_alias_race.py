from __future__ import annotations

from django.db.models import QuerySet

from evenhand.conversations.models import AgentAlias
from evenhand.conversations.services import agents


def test_a_name_that_an_import_brings_at_the_same_moment_is_no_error(world, monkeypatch):
    """The other one lands between looking and writing."""
    nadia, values = world.agents["nadia"], {"kind": "email", "value": "n@team.example"}
    look, looked = QuerySet.get, []

    def overtaken(rows, *args, **wanted):
        if rows.model is AgentAlias and not looked:
            looked.append(wanted)
            AgentAlias.objects.create(workspace=world.workspace, agent=nadia, **values)
            raise AgentAlias.DoesNotExist
        return look(rows, *args, **wanted)

    monkeypatch.setattr(QuerySet, "get", overtaken)
    assert agents.add_alias(nadia, **values).agent == nadia
    assert AgentAlias.objects.filter(**values).count() == 1
