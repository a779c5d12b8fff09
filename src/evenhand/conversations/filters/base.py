"""What a filter is: one small object that knows its name, its words and its condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from evenhand.conversations.filters.conditions import Keys

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from evenhand.conversations.models import Conversation
    from evenhand.people.access import Seat

    Label = str | _StrPromise

Few = QuerySet[Any, Any] | Keys
Kind = Literal["choice", "date", "number", "text"]


class BadValue(ValueError):
    """A value that a filter cannot take; its text is shown at the chip."""


class Option(NamedTuple):
    value: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Choice:
    """One parameter of the address bar: `tag=-spam,test` has two values, of which there may be none."""

    values: tuple[str, ...]
    excluded: bool = False
    part: str = ""  # "plan" of `field.plan=pro`


class Filter:
    """One filter of the list. Subclasses say at least `condition`; higher rooms register theirs in the same way."""

    name: str
    label: Label
    kind: Kind = "choice"
    order: int = 100
    # Whether "is none of" makes sense, and whether several values may stand beside one another.
    can_exclude: bool = True
    has_many: bool = True
    hint: Label = ""
    # Whether "+ Filter" offers it; some filters are only linked to.
    in_menu: bool = True

    def allowed(self, seat: Seat) -> bool:
        return True

    def options(self, seat: Seat, part: str = "") -> Sequence[Option]:
        """What can be chosen; an empty list lets one write."""
        return ()

    def clean(self, choice: Choice, seat: Seat) -> Any:
        """The choice as `condition` wants it; raises BadValue with a sentence for people."""
        return choice

    def words(self, choice: Choice, seat: Seat) -> str:
        """What the chip says after the filter's name: "e-mail, chat or phone"."""
        labels = {option.value: option.label for option in self.options(seat, choice.part)}
        return either([labels.get(value, value) for value in choice.values])

    def title(self, choice: Choice) -> str:
        """How the chip begins: "Channel is", "Tag is not"."""
        return (_("%(filter)s is not") if choice.excluded else _("%(filter)s is")) % {"filter": self.label}

    def condition(self, value: Any, seat: Seat) -> Q:
        """What holds for a conversation that this choice means, before "none of" turns it round."""
        raise NotImplementedError

    def apply(self, conversations: QuerySet[Conversation], choice: Choice, seat: Seat) -> QuerySet[Conversation]:
        condition = self.condition(self.clean(choice, seat), seat)
        return conversations.exclude(condition) if choice.excluded else conversations.filter(condition)

    def few(self, value: Any, seat: Seat) -> Few | None:
        """Keys of the conversations that this choice means, straight from an index; None where there is none.

        The list starts from them if they are few. They may name conversations that are gone or not to be seen.
        """
        return None


def either(words: Sequence[str]) -> str:
    """a; a or b; a, b or c; of many the first three and how many more."""
    if len(words) > 4:
        return _("%(words)s or %(n)d more") % {"words": ", ".join(words[:3]), "n": len(words) - 3}
    if len(words) < 2:
        return "".join(words)
    return _("%(words)s or %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}
