from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from evenhand.people.base import Public


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """By the same form as the throttle: the database's own idea of letter case would let more names in."""
        return self.get(email=(username or "").strip().lower())


class User(Public, AbstractBaseUser):
    """Somebody with a login. Who answers customers is an agent; a user may be one."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_admin = models.BooleanField(_("installation admin"), default=False)
    is_active = models.BooleanField(default=True)
    theme = models.CharField(max_length=6, blank=True, choices=[("light", _("Light")), ("dark", _("Dark"))])
    # Names of actions and the keys that this person gave them; {"off": true} switches single keys off.
    shortcuts = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class Invitation(Public):
    """A link that makes somebody a member; it works without e-mail, by being copied."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    roles = models.JSONField(default=list)
    # The lower rooms know nothing of agents: whoever accepts hands this reference to the room that does.
    agent_public_id = models.UUIDField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class SignInAttempt(models.Model):
    """A failed sign-in, kept to slow down guessing by address and by account."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]
