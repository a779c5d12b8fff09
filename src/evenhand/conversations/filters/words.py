from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.conversations.filters.base import BadValue, Choice, Filter
from evenhand.conversations.filters.conditions import Keys
from evenhand.conversations.search import Search
from evenhand.conversations.text import query_terms
from evenhand.people.access import Seat


class WordsFilter(Filter):
    """The text of the conversation; it has its own field above the list and no chip."""

    name = "q"
    label = gettext_lazy("Text")
    kind = "text"
    order = 0
    can_exclude = False
    has_many = False

    def clean(self, choice: Choice, seat: Seat) -> Search:
        query = query_terms(choice.values[0])
        if not query:
            raise BadValue(_("There is no word to look for in this. Write at least one letter or digit."))
        return Search(query)

    def words(self, choice: Choice, seat: Seat) -> str:
        return choice.values[0]

    def condition(self, value: Search, seat: Seat) -> Q:
        return Q(value.holds())

    def few(self, value: Search, seat: Seat) -> Keys | None:
        return value.keys()
