"""Who may open the pages about people, settings and the installation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.permissions.table import admins, always, anybody, leads, managers, row, signed_in
from tests.worlds import World


def a_user(world: World) -> Any:
    return world.ravi.public_id


def an_invitation(world: World) -> Any:
    from evenhand.people.services import invitations

    return invitations.invite(world.workspace, world.mara, "new@team.example", ["reviewer"])[0].public_id


def a_token(world: World) -> Any:
    from evenhand.people.services import invitations

    return invitations.invite(world.other, world.ada, "new@team.example", ["reviewer"])[1]


def a_job(world: World, state: str = "failed") -> Any:
    from evenhand.people.models import Job

    job = Job.objects.create(workspace=world.workspace, kind="test", state=state, finished_at=timezone.now())
    return job.public_id


def a_notice(world: World) -> Any:
    from evenhand.people.models import Notice

    made = Notice.objects.create(user=world.nadia, workspace=world.workspace, kind="test", url="/inbox")
    Notice.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=1))
    return made.public_id


ROWS = [
    anybody("people:sign-in"),
    anybody("people:sign-in", "POST", data={"email": "x@y.example", "password": "wrong"}),
    anybody("people:sign-out", "POST"),
    anybody("people:theme", "POST", data={"theme": "dark"}),
    row(
        "people:setup",
        missing="ada mara lena ravi greta nadia owen sol",
        public=True,
        token=always("wrong"),
    ),
    row(
        "people:setup",
        "POST",
        missing="ada mara lena ravi greta nadia owen sol",
        public=True,
        token=always("wrong"),
    ),
    anybody("people:accept", token=a_token),
    anybody("people:accept", "POST", token=a_token),
    signed_in("people:account"),
    signed_in("people:account", "POST", data={"name": "", "theme": ""}),
    signed_in("people:password"),
    signed_in("people:password", "POST"),
    signed_in("people:shortcuts"),
    signed_in("people:shortcuts", "POST"),
    signed_in("people:inbox"),
    signed_in("people:inbox-read", "POST"),
    row("people:notice", "POST", let_in="nadia", missing="ada mara lena ravi greta owen sol", notice=a_notice),
    managers("people:welcome"),
    leads("people:settings"),
    managers("people:general"),
    managers("people:general", "POST"),
    managers("people:members"),
    managers("people:member", user=a_user),
    managers("people:member", "POST", user=a_user, data={"roles": ["lead"]}),
    managers("people:invite", "POST", data={"email": "new@team.example", "roles": ["agent"]}),
    managers("people:invitation-renew", "POST", invitation=an_invitation),
    managers("people:invitation-revoke", "POST", invitation=an_invitation),
    leads("people:jobs"),
    leads("people:job-cancel", "POST", job=a_job),
    leads("people:job-retry", "POST", job=a_job),
    managers("people:audit"),
    managers("people:audit-csv"),
    admins("people:workspaces"),
    admins("people:workspaces", "POST"),
    admins("people:workspace", slug=always("orchard")),
    admins("people:workspace", "POST", slug=always("orchard")),
    admins("people:workspace-archive", "POST", slug=always("orchard")),
    admins("people:users"),
    admins("people:user-active", "POST", user=a_user),
    admins("people:user-admin", "POST", user=a_user),
    admins("people:mail"),
    admins("people:mail", "POST"),
    admins("people:mail-test", "POST"),
    admins("people:any-jobs"),
    admins("people:any-job-cancel", "POST", job=a_job),
    admins("people:any-job-retry", "POST", job=a_job),
    admins("people:any-audit"),
    admins("people:any-audit-csv"),
]
