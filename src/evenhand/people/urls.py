"""Pages about people: signing in, oneself, a workspace's members and settings, the installation."""

from __future__ import annotations

from django.urls import path

from evenhand.people.views import (
    account,
    audit,
    inbox,
    installation,
    invitations,
    jobs,
    mail,
    members,
    settings,
    setup,
    signin,
)

app_name = "people"
HERE = "w/<slug:workspace>/settings/"

urlpatterns = [
    path("sign-in", signin.sign_in, name="sign-in"),
    path("sign-out", signin.sign_out, name="sign-out"),
    path("setup/<str:token>", setup.set_up, name="setup"),
    path("invitation/<str:token>", invitations.accept, name="accept"),
    path("me/theme", signin.theme, name="theme"),
    path("me/settings", account.account, name="account"),
    path("me/password", account.password, name="password"),
    path("me/keyboard", account.shortcuts, name="shortcuts"),
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/read", inbox.mark_read, name="inbox-read"),
    path("inbox/<uuid:notice>", inbox.open_notice, name="notice"),
    path("w/<slug:workspace>/welcome", setup.welcome, name="welcome"),
    path(HERE, settings.first_page, name="settings"),
    path(HERE + "general", settings.general, name="general"),
    path(HERE + "members", members.members, name="members"),
    path(HERE + "members/<uuid:user>", members.member, name="member"),
    path(HERE + "invitations", invitations.invite, name="invite"),
    path(HERE + "invitations/<uuid:invitation>/renew", invitations.renew, name="invitation-renew"),
    path(HERE + "invitations/<uuid:invitation>/revoke", invitations.revoke, name="invitation-revoke"),
    path(HERE + "jobs", jobs.of_workspace, name="jobs"),
    path(HERE + "jobs/<uuid:job>/cancel", jobs.cancel, name="job-cancel"),
    path(HERE + "jobs/<uuid:job>/retry", jobs.retry, name="job-retry"),
    path(HERE + "audit", audit.of_workspace, name="audit"),
    path(HERE + "audit.csv", audit.csv_of_workspace, name="audit-csv"),
    path("installation/workspaces", installation.workspaces, name="workspaces"),
    path("installation/workspaces/<slug:slug>", installation.workspace, name="workspace"),
    path("installation/workspaces/<slug:slug>/archive", installation.archive, name="workspace-archive"),
    path("installation/people", installation.users, name="users"),
    path("installation/people/<uuid:user>/active", installation.activity, name="user-active"),
    path("installation/people/<uuid:user>/admin", installation.admin, name="user-admin"),
    path("installation/mail", mail.mail, name="mail"),
    path("installation/mail/test", mail.test, name="mail-test"),
    path("installation/jobs", jobs.of_installation, name="any-jobs"),
    path("installation/jobs/<uuid:job>/cancel", jobs.cancel, name="any-job-cancel"),
    path("installation/jobs/<uuid:job>/retry", jobs.retry, name="any-job-retry"),
    path("installation/audit", audit.of_installation, name="any-audit"),
    path("installation/audit.csv", audit.csv_of_installation, name="any-audit-csv"),
]
