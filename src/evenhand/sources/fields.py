"""One function a sort of field: the value of a JSON field, checked and put into its one form.

Each takes the value and the field's path for the error; null and missing give the empty value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from evenhand.sources.errors import RowError, expected
from evenhand.sources.records import PersonRef

SHORT, LONG = 200, 2_000
_NOT_SLUG = re.compile(r"[^\w]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_CHANNELS = {"e-mail": "email", "mail": "email", "phone": "voice", "call": "voice"}


def text(value: object, field: str, most: int = LONG) -> str:
    """Text as it stands, without white space around it. A number counts as its digits."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise expected(field, "text", value)
    value = value.strip()
    if len(value) > most:
        raise expected(field, f"at most {most:,} characters", len(value))
    return value


def body(value: object, field: str, most: int) -> str:
    """A message's text or HTML: kept to the letter, because evidence points into it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise expected(field, "text", value)
    if len(value) > most:
        raise RowError(field, f"expected at most {most:,} characters, got {len(value):,}")
    return value


def identifier(value: object, field: str) -> str:
    """An id of another system: text or a whole number; empty when missing."""
    if isinstance(value, bool | float) or not isinstance(value, str | int | None):
        raise expected(field, "text or a whole number", value)
    return text(value, field, SHORT)


def slug(value: object, field: str) -> str:
    """A name of a channel or state: "Live Chat" -> "live-chat", at most 40 characters."""
    return _NOT_SLUG.sub("-", text(value, field, SHORT).lower()).strip("-_")[:40].rstrip("-_")


def channel(value: object, field: str) -> str:
    """A slug; e-mail and mail are "email", phone and call are "voice", nothing is "other"."""
    if isinstance(value, str) and (known := _CHANNELS.get(value.strip().lower())):
        return known
    return slug(value, field) or "other"


def language(value: object, field: str) -> str:
    """A BCP 47 code: "pt_br" -> "pt-BR"."""
    code = text(value, field, SHORT).replace("_", "-")
    if not code:
        return ""
    if len(code) > 35 or not _LANGUAGE.fullmatch(code):
        raise expected(field, "a language code such as en or pt-BR", value)
    first, *rest = code.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def email(value: object, field: str) -> str:
    """An address in lower case."""
    address = text(value, field, 320).lower()
    if address and not is_email(address):
        raise expected(field, "an e-mail address", value)
    return address


def is_email(value: str) -> bool:
    return bool(_EMAIL.fullmatch(value))


def url(value: object, field: str) -> str:
    """A web address. Other schemes are refused: pages show these as links."""
    address = text(value, field)
    if address and not address.lower().startswith(("http://", "https://")):
        raise expected(field, "an address that begins with http:// or https://", value)
    return address


def flag(value: object, field: str, default: bool) -> bool:
    if value is None:
        return default
    if not isinstance(value, bool):
        raise expected(field, "true or false", value)
    return value


def number(value: object, field: str) -> float | None:
    """A number, or text that is one: half of the help desks quote their scores."""
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,9}(\.\d{1,9})?\s*", value):
        value = float(value)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise expected(field, "a number", value)
    return float(value)


def whole(value: object, field: str) -> int | None:
    """A whole number from 0 on, such as milliseconds or bytes."""
    found = number(value, field)
    if found is None:
        return None
    if found < 0 or found > 2**53:
        raise expected(field, "a whole number from 0 on", value)
    return round(found)


def choice(value: object, field: str, options: Sequence[str]) -> str:
    if value not in options:
        raise expected(field, f"one of {', '.join(options)}", value)
    return str(value)


def items(value: object, field: str, most: int) -> list[Any]:
    """A list; null and missing are the empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise expected(field, "a list", value)
    if len(value) > most:
        raise RowError(field, f"expected at most {most:,} entries, got {len(value):,}")
    return value


def mapping(value: object, field: str) -> dict[str, object]:
    """An object; null and missing are the empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise expected(field, "an object in braces", value)
    return value


def tags(value: object, field: str) -> list[str]:
    """Names without doubles, in their order."""
    found = items(value, field, 1_000)
    named = [text(tag, f"{field}[{index}]", SHORT) for index, tag in enumerate(found)]
    return list(dict.fromkeys(tag for tag in named if tag))


def person(value: object, field: str) -> PersonRef | None:
    """Somebody: an object with id, email, name; or one text, an address or a name.

    A name alone also serves as the id, so that the same name is the same person.
    """
    if isinstance(value, dict):
        found = PersonRef(
            identifier(value.get("id"), f"{field}.id"),
            email(value.get("email"), f"{field}.email"),
            text(value.get("name"), f"{field}.name", SHORT),
        )
        return _known(found)
    if value is not None and not isinstance(value, str):
        raise expected(field, "a name, an e-mail address or an object with id, email, name", value)
    named = text(value, field, 320)
    if is_email(named):
        return PersonRef(email=named.lower())
    return _known(PersonRef(name=named[:SHORT]))


def _known(person: PersonRef) -> PersonRef | None:
    if person.external_id or person.email:
        return person
    return PersonRef(external_id=person.name, name=person.name) if person.name else None
