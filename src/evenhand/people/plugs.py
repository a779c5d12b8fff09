"""What this room puts into the registries: navigation, settings pages, words of the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.people.access import Seat
from evenhand.people.models import Membership, Workspace
from evenhand.people.registry import (
    FirstStep,
    NavItem,
    register_audit_actions,
    register_first_step,
    register_nav,
    register_settings_page,
    registry,
)
from evenhand.people.services import mail


def leads(seat: Seat) -> bool:
    return seat.leads


def manages(seat: Seat) -> bool:
    return seat.manages


def has_company(workspace: Workspace) -> bool:
    """Is there anybody besides the one who set it up?"""
    people = Membership.objects.filter(workspace=workspace, deleted_at=None).values("user").distinct()
    return people.count() > 1


def register() -> None:
    register_nav(NavItem("settings", _("Settings"), "people:settings", ",", 90, leads))
    for name, label, url_name, order, allowed in (
        ("general", _("Workspace"), "people:general", 10, manages),
        ("members", _("Members"), "people:members", 20, manages),
        ("jobs", _("Jobs"), "people:jobs", 80, leads),
        ("audit", _("Audit log"), "people:audit", 90, manages),
    ):
        register_settings_page(NavItem(name, label, url_name, "", order, allowed))
    register_first_step(
        FirstStep(
            "people",
            _("Invite people"),
            _("Reviewers first. Each gets a link to copy; no mail server is needed."),
            _("Invite"),
            "people:members",
            40,
            has_company,
        )
    )
    registry.doctor.append(mail.doctor_line)
    register_audit_words()


def register_audit_words() -> None:
    register_audit_actions(
        installation__setup=_("set up the installation"),
        installation__mail=_("changed the mail server"),
        user__create=_("added a person"),
        user__password=_("changed a password"),
        user__activate=_("let somebody in again"),
        user__deactivate=_("kept somebody out"),
        user__admin=_("changed who is an admin"),
        membership__add=_("gave roles"),
        membership__remove=_("took roles away"),
        invitation__create=_("invited somebody"),
        invitation__renew=_("made a new invitation link"),
        invitation__revoke=_("withdrew an invitation"),
        invitation__accept=_("accepted an invitation"),
        workspace__create=_("made a workspace"),
        workspace__setting=_("changed a setting"),
        workspace__archive=_("archived a workspace"),
        workspace__restore=_("opened a workspace again"),
    )
