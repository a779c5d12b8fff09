"""The words for what sources send as slugs: channels, statuses, languages."""

from __future__ import annotations

from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext_lazy as _

CHANNELS = {
    "email": _("E-mail"),
    "chat": _("Chat"),
    "phone": _("Phone"),
    "call": _("Call"),
    "voice": _("Phone"),
    "sms": _("SMS"),
    "social": _("Social media"),
    "messaging": _("Messaging"),
    "whatsapp": _("WhatsApp"),
    "web": _("Web form"),
    "api": _("API"),
    "bot": _("Bot"),
    "other": _("Other"),
}
STATUSES = {
    "new": _("New"),
    "open": _("Open"),
    "pending": _("Pending"),
    "on-hold": _("On hold"),
    "hold": _("On hold"),
    "solved": _("Solved"),
    "resolved": _("Resolved"),
    "closed": _("Closed"),
}


# Languages that help desks name and the framework does not.
LANGUAGES = {"zh": _("Chinese"), "tl": _("Tagalog"), "fil": _("Filipino"), "no": _("Norwegian")}


def channel(slug: str) -> str:
    return str(CHANNELS.get(slug) or spoken(slug))


def status(slug: str) -> str:
    return str(STATUSES.get(slug) or spoken(slug)) if slug else pgettext("status", "None")


def language(code: str) -> str:
    """The name of a language in the reader's own; a code that nobody knows stays as it is."""
    if not code:
        return pgettext("language", "Not known")
    for tag in (code.lower(), code.lower().split("-")[0]):
        if tag in LANGUAGES:
            return str(LANGUAGES[tag])
        try:
            return str(get_language_info(tag)["name_translated"])
        except KeyError:
            continue
    return code


def spoken(slug: str) -> str:
    words = slug.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
