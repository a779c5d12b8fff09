"""Agents, groups, and the rule of what counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from evenhand.conversations import naming
from evenhand.conversations.models import Agent, AgentAlias, Connection, FrameRule
from evenhand.conversations.queries import agents as queries
from evenhand.people.forms import day_options
from evenhand.people.models import User, Workspace


def day_field(label: Any, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, **day_options())


class NewAgentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail in the help desk"),
        required=False,
        help_text=_("By it, conversations that come in later find this agent."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    is_bot = forms.BooleanField(label=_("A bot"), required=False)


class AgentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    started_on = day_field(_("Started on"))
    is_bot = forms.BooleanField(
        label=_("A bot"), required=False, help_text=_("Bots are counted by themselves, never mixed with people.")
    )


class LoginForm(forms.Form):
    """Which login is this agent's."""

    user = forms.ModelChoiceField(
        User.objects.none(), label=_("Login"), required=False, to_field_name="public_id", empty_label=_("None")
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = queries.logins(agent)  # type: ignore[attr-defined]


class AliasForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=AgentAlias.Kind.choices)
    value = forms.CharField(label=_("E-mail, id or name"), max_length=254)
    connection = forms.ModelChoiceField(
        Connection.objects.none(),
        label=_("Connection"),
        required=False,
        to_field_name="public_id",
        empty_label=_("All of them"),
        help_text=_("An e-mail holds everywhere; an id or a bare name belongs to one connection."),
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Connection.objects.filter(workspace=workspace, deleted_at=None).order_by("name")
        self.fields["connection"].queryset = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") and data["kind"] != AgentAlias.Kind.EMAIL and not data.get("connection"):
            self.add_error("connection", _("Choose the connection that knows the agent by it."))
        return data


class LeaveForm(forms.Form):
    left_on = day_field(_("First day on which they no longer work here"), required=True)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Agent.objects.none(), label=_("Is really"), to_field_name="public_id", empty_label=_("Choose an agent")
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = queries.mergeable(agent)  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)


class MemberForm(forms.Form):
    agent = forms.ModelChoiceField(
        Agent.objects.none(), label=_("Agent"), to_field_name="public_id", empty_label=_("Choose an agent")
    )
    since = day_field(_("Since"), required=True)
    until = day_field(_("Until"), help_text=_("The first day on which they no longer belong."))

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].queryset = queries.alive(workspace).order_by("name", "pk")  # type: ignore[attr-defined]


class DatesForm(forms.Form):
    since = day_field(_("Since"), required=True)
    until = day_field(_("Until"))


class RuleForm(forms.Form):
    min_agent_replies = forms.IntegerField(
        label=_("Public replies of the agent, at least"), min_value=1, max_value=1000
    )
    min_customer_messages = forms.IntegerField(
        label=_("Messages of the customer, at least"),
        min_value=0,
        max_value=1000,
        help_text=_("0 also counts what an agent began and nobody answered."),
    )
    excluded_statuses = forms.MultipleChoiceField(
        label=_("Leave out conversations that are"), required=False, widget=forms.CheckboxSelectMultiple
    )
    excluded_tags = forms.CharField(
        label=_("Leave out conversations with one of these tags"),
        required=False,
        max_length=4000,
        help_text=_("Separated by commas, such as: spam, test"),
        widget=forms.TextInput(attrs={"list": "tags", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, workspace: Workspace, rule: FrameRule, **kwargs: Any) -> None:
        initial = {
            "min_agent_replies": rule.min_agent_replies,
            "min_customer_messages": rule.min_customer_messages,
            "excluded_statuses": rule.excluded_statuses,
            "excluded_tags": ", ".join(rule.excluded_tags),
        }
        super().__init__(*args, initial=initial, **kwargs)
        known = sorted({*queries.statuses(workspace), *rule.excluded_statuses})
        self.fields["excluded_statuses"].choices = [(slug, naming.status(slug)) for slug in known]  # type: ignore[attr-defined]
        if not known:
            del self.fields["excluded_statuses"]

    def clean_excluded_tags(self) -> list[str]:
        tags = sorted({tag.strip() for tag in self.cleaned_data["excluded_tags"].split(",") if tag.strip()})
        if too_long := next((tag for tag in tags if len(tag) > 100), None):
            raise ValidationError(_("“%(tag)s…” is too long for a tag."), params={"tag": too_long[:40]})
        return tags
