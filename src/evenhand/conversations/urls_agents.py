"""Pages about agents, groups and the rule of what counts."""

from __future__ import annotations

from django.urls import path

from evenhand.conversations.views import agents, frame, groups

HERE = "w/<slug:workspace>/settings/"
AGENT, GROUP = HERE + "agents/<uuid:agent>", HERE + "groups/<uuid:group>"

urlpatterns = [
    path(HERE + "agents", agents.agents, name="agents"),
    path(AGENT, agents.agent, name="agent"),
    path(AGENT + "/login", agents.login, name="agent-login"),
    path(AGENT + "/aliases", agents.alias, name="agent-alias"),
    path(AGENT + "/aliases/remove", agents.alias_remove, name="agent-alias-remove"),
    path(AGENT + "/leave", agents.leave, name="agent-leave"),
    path(AGENT + "/merge", agents.merge, name="agent-merge"),
    path(HERE + "groups", groups.groups, name="groups"),
    path(GROUP, groups.group, name="group"),
    path(GROUP + "/members", groups.add, name="group-add"),
    path(GROUP + "/dates", groups.dates, name="group-dates"),
    path(GROUP + "/delete", groups.delete, name="group-delete"),
    path(HERE + "eligibility", frame.frame, name="frame"),
]
