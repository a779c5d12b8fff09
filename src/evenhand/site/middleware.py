"""What holds for every request, whatever page it asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.utils import timezone

Answer = Callable[[HttpRequest], HttpResponse]
POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"


def content_security_policy(get_response: Answer) -> Answer:
    """Pages load nothing from another host: said to the browser on every answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return answer


def own_time_zone(get_response: Answer) -> Answer:
    """A thread serves many people: the time zone of the workspace before must not show on the next page."""

    def answer(request: HttpRequest) -> HttpResponse:
        timezone.deactivate()
        return get_response(request)

    return answer


def refuse_nul(get_response: Answer) -> Answer:
    """PostgreSQL cannot hold a NUL character and nobody types one: it ends here, not in a query."""

    def answer(request: HttpRequest) -> HttpResponse:
        if _has_nul(request.GET) or _has_nul(_posted(request)):
            raise BadRequest("A NUL character was sent; no text has one.")
        return get_response(request)

    return answer


def _posted(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except UnreadablePostError:  # the sender went away: whoever needs the form will say so
        return QueryDict()


def _has_nul(data: QueryDict) -> bool:
    return any("\0" in text for name, values in data.lists() for text in (name, *values))
