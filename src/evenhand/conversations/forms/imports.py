"""Which file, into which connection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from evenhand.conversations.models import Connection
from evenhand.conversations.services import connections
from evenhand.people.models import User, Workspace
from evenhand.sources.limits import human
from evenhand.sources.registry import KINDS

LARGEST = 2 * 1024**3
"""Bytes of one upload; larger files go in by the command line, which needs no second copy of them."""


NEW = "new"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        max_length=255,
        help_text=_("Evenhand JSONL or a Zendesk QA import payload, plain or gzip, at most 2 GiB."),
    )
    connection = forms.ChoiceField(
        label=_("Belongs to"),
        help_text=_("Conversations are told apart by their ids within a connection, so a newer file updates them."),
    )
    name = forms.CharField(label=_("New connection"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("Format"), required=False)

    def __init__(self, workspace: Workspace, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        known = Connection.objects.filter(workspace=workspace, deleted_at=None).order_by("name")
        self.known = {str(row.public_id): row for row in known}
        choices = [*((key, row.name) for key, row in self.known.items()), (NEW, _("A new connection, named below"))]
        self.fields["connection"].choices = choices  # type: ignore[attr-defined]
        if not self.known:
            del self.fields["connection"]
            name = self.fields["name"]
            name.label, name.initial, name.required = _("Belongs to"), "Files", True
            name.help_text = _("A name for where these conversations come from.")
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Tell it from the content")),
            *((kind.name, kind.label) for kind in KINDS.values()),
        ]

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if upload.size and upload.size > LARGEST:
            command = f"evenhand import FILE --workspace {self.workspace.slug}"
            raise forms.ValidationError(
                _("This file has %(size)s, more than the 2 GiB of an upload. Bring it in on the server: %(command)s")
                % {"size": human(upload.size), "command": command}
            )
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("connection") == NEW and not data.get("name", "").strip():
            self.add_error("name", _("Name the new connection."))
        return data

    def into(self, by: User) -> Connection:
        """The connection that was chosen; a new one is made here."""
        chosen = self.known.get(self.cleaned_data.get("connection") or "")
        return chosen or connections.named(self.workspace, self.cleaned_data["name"], by)[0]
