"""Guessing passwords is made slow: by account and by address, with a wait that doubles."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from evenhand.people.models import SignInAttempt

# Failures that cost nothing. Many people may share one address (an office), nobody shares an account.
FREE = {"account": 5, "address": 20}
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
REMEMBERED = timedelta(hours=6)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; behind a proxy that we trust, what that proxy says."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def wait(email: str, address: str) -> timedelta:
    """How long to wait before the next try; zero where there is no reason to."""
    now = timezone.now()
    return max(_free_at(kind, value, now) - now for kind, value in (("account", email), ("address", address)))


def failed(email: str, address: str) -> None:
    rows = [SignInAttempt(key=_key("account", email)), SignInAttempt(key=_key("address", address))]
    with transaction.atomic():
        SignInAttempt.objects.bulk_create(rows)
        SignInAttempt.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()


def succeeded(email: str) -> None:
    SignInAttempt.objects.filter(key=_key("account", email)).delete()


def _free_at(kind: str, value: str, now: datetime) -> datetime:
    tries = SignInAttempt.objects.filter(key=_key(kind, value), at__gt=now - REMEMBERED).order_by("-at")
    at = list(tries.values_list("at", flat=True)[: FREE[kind] + 8])
    if len(at) < FREE[kind]:
        return now
    doubled: timedelta = FIRST_WAIT * 2 ** (len(at) - FREE[kind])
    return max(now, at[0] + min(doubled, LONGEST_WAIT))


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value.strip().lower()}".encode()).hexdigest()
