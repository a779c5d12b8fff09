from __future__ import annotations

from evenhand.people.models.accounts import Invitation, SignInAttempt, User
from evenhand.people.models.audit import AuditEntry
from evenhand.people.models.inbox import Notice
from evenhand.people.models.installation import Installation
from evenhand.people.models.jobs import Job, WorkerBeat
from evenhand.people.models.workspaces import Membership, Role, Workspace

__all__ = [
    "AuditEntry",
    "Installation",
    "Invitation",
    "Job",
    "Membership",
    "Notice",
    "Role",
    "SignInAttempt",
    "User",
    "WorkerBeat",
    "Workspace",
]
