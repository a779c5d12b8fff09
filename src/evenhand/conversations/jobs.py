"""This room's background work, the page that begins it, and what it does when lower rooms call."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenhand.people.access import Seat
from evenhand.people.models import Workspace
from evenhand.people.registry import (
    FirstStep,
    NavItem,
    register_audit_actions,
    register_first_step,
    register_job,
    register_notice,
    register_settings_page,
    registry,
)


def leads(seat: Seat) -> bool:
    return seat.leads


def has_conversations(workspace: Workspace) -> bool:
    from evenhand.conversations.models import Conversation

    return Conversation.objects.filter(workspace=workspace).exists()


def first_page(seat: Seat) -> str | None:
    """Managers begin with the first steps for as long as there is nothing to look at."""
    if not seat.manages or has_conversations(seat.workspace):
        return None
    return reverse("people:welcome", args=[seat.workspace.slug])


def register() -> None:
    from evenhand.conversations.services import agents, frame, uploads

    register_job(frame.JOB, _("Applying the rule of what counts"), frame.run)
    register_job(uploads.JOB, _("Import of a file"), uploads.run_job, named=_("Import of %(file)s"))
    register_notice(
        "import.done",
        _("%(file)s is in: %(new)s new, %(updated)s updated, %(unchanged)s unchanged, %(bad)s set aside"),
    )
    register_notice("import.failed", _("The import of %(file)s stopped after %(read)s conversations"))
    register_settings_page(NavItem("imports", _("Imports"), "conversations:imports", "", 60, leads))
    register_first_step(
        FirstStep(
            "import",
            _("Bring in conversations"),
            _("A file of conversations, plain or gzip. Nothing leaves this machine."),
            _("Import"),
            "conversations:imports",
            10,
            has_conversations,
        )
    )
    registry.landing.append((40, first_page))
    registry.invitation_accepted.append(agents.accept_invitation)
    register_audit_words()


def register_audit_words() -> None:
    register_audit_actions(
        import__begin=_("began an import"),
        import__done=_("finished an import"),
        import__failed=_("could not finish an import"),
        import__cancel=_("cancelled an import"),
        connection__create=_("made a connection"),
        agent__create=_("added an agent"),
        agent__change=_("changed an agent"),
        agent__alias_add=_("gave an agent another name"),
        agent__alias_remove=_("took a name from an agent"),
        agent__leave=_("said that an agent left"),
        agent__return=_("said that an agent came back"),
        agent__link=_("changed an agent's login"),
        agent__merge=_("merged two agents"),
        group__create=_("made a group"),
        group__rename=_("renamed a group"),
        group__delete=_("deleted a group"),
        group__add=_("put an agent into a group"),
        group__remove=_("took an agent out of a group"),
        group__dates=_("changed when an agent was in a group"),
        frame__change=_("changed what counts"),
    )
