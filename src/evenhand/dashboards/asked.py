"""What the address of a dashboard asks for: the same filters as the list of conversations, and a few of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.conversations.filters import Chosen, Selection, select
from evenhand.conversations.filters.selection import written
from evenhand.conversations.models import Conversation, Group, Participation
from evenhand.conversations.registry import registry
from evenhand.facts.filters import Filters
from evenhand.people.access import Seat
from evenhand.people.models import User
from evenhand.quality.periods import Period, relative_period, step_for
from evenhand.scorecards.models import Scorecard

DEFAULT_PERIOD = "last_28_days"
PERIODS = (
    ("last_7_days", gettext_lazy("7 days")),
    ("last_28_days", gettext_lazy("4 weeks")),
    ("last_90_days", gettext_lazy("Quarter")),
)
GRAINS = (("day", gettext_lazy("Day")), ("week", gettext_lazy("Week")), ("month", gettext_lazy("Month")))
DAYS = {"day": 1, "week": 7, "month": 30}
MOST_STEPS = 200
# A period longer than this is cut to the days that hold anything.
LONG = 1200
# Parameters that the list of conversations does not have; each chooses rows of facts, or how they are shown.
OWN = ("scorecard", "reviewer", "dates", "grain", "against")
SHOWING = ("of", "page", "format", "sort")
BY_REVIEW = "review"
# Filters of the list on columns that facts have; turned round ("is none of"), they go by conversation like the rest.
COLUMNS = {"channel": "channels", "language": "languages", "connection": "connections", "agent": "agents"}

# Filters of the list that the dashboard's form shows.
OFFERED = ("channel", "language", "group", "agent", "connection")


@dataclass(frozen=True)
class Chip:
    title: str
    words: str
    without: str
    problem: str = ""


@dataclass(frozen=True)
class Control:
    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Asked:
    """A dashboard's question: `query` is it as the address bar has it."""

    seat: Seat
    selection: Selection
    own: dict[str, str]
    filters: Filters
    period_value: str
    grain: str
    scorecards: tuple[Any, ...]
    reviewers: tuple[Any, ...]
    show: str = "1"  # which page of rows

    @property
    def query(self) -> str:
        return self.with_()

    def with_(self, **changes: str) -> str:
        """The address's query with some parameters changed; an empty value drops one."""
        listed = written(one for one in self.selection.chosen if one.key not in changes)
        own = {name: value for name, value in {**self.own, **changes}.items() if value}
        return "&".join(part for part in (listed, urlencode(own, safe=",.:")) if part)

    def chips(self) -> list[Chip]:
        """Everything that narrows the numbers, but for the period, and whatever cannot be read."""
        listed = [
            Chip(
                one.filter.title(one.choice),
                one.filter.words(one.choice, self.seat) if not one.problem else ", ".join(one.choice.values),
                self._without(one),
                one.problem,
            )
            for one in self.selection.chosen
            if one.key != "date" or one.problem
        ]
        chosen = (("scorecard", _("Scorecard is"), self.scorecards), ("reviewer", _("Reviewer is"), self.reviewers))
        own = [self._own_chip(name, title, rows) for name, title, rows in chosen if self.own.get(name)]
        if self.filters.by_review_date:
            own.append(Chip(_("Dates are"), _("those of the reviews"), self.with_(dates="")))
        return [*listed, *own]

    def _own_chip(self, name: str, title: str, rows: tuple[Any, ...]) -> Chip:
        if not rows:
            return Chip(title, self.own[name], self.with_(**{name: ""}), _("There is none of this name any more."))
        return Chip(title, ", ".join(str(row) for row in rows), self.with_(**{name: ""}))

    @property
    def listed(self) -> str:
        """The period and the filters of the list, for pages that know no others."""
        chosen = (one for one in self.selection.chosen if one.key != "date")
        return "&".join(part for part in (f"date={self.period_value}", written(chosen)) if part)

    @property
    def others(self) -> list[tuple[str, str]]:
        """Everything but the period, for a form that sets the period."""
        return [one.written for one in self.selection.chosen if one.key != "date"] + list(self.own.items())

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that chooses filters does not show itself."""
        shown = {control.name for control in self.controls}
        listed = [one.written for one in self.selection.chosen if one.key not in shown]
        return listed + [(name, value) for name, value in self.own.items() if name not in shown]

    @cached_property
    def controls(self) -> list[Control]:
        """The filters that a dashboard offers; an address may hold any other filter of the list too."""
        workspace = self.seat.workspace
        chosen = {one.key: one.written[1] for one in self.selection.chosen}
        offered = [registry.filters[name] for name in OFFERED if name in registry.filters]
        listed = [
            Control(f.name, str(f.label), [(o.value, o.label) for o in f.options(self.seat)], chosen.get(f.name, ""))
            for f in offered
            if f.allowed(self.seat)
        ]
        cards = Scorecard.objects.filter(workspace=workspace, deleted_at=None).order_by("name")
        people = User.objects.filter(reviews__workspace=workspace).distinct().order_by("name")
        return [
            *(control for control in listed if control.options),
            Control("scorecard", _("Scorecard"), _options(cards), self.own.get("scorecard", "")),
            Control("reviewer", _("Reviewer"), _options(people), self.own.get("reviewer", "")),
            Control("dates", _("By the date of"), [(BY_REVIEW, _("the review"))], self.own.get("dates", "")),
        ]

    def _without(self, dropped: Chosen) -> str:
        return "&".join(part for part in (self.selection.without(dropped), urlencode(self.own, safe=",.:")) if part)


def ask(seat: Seat, params: QueryDict) -> Asked:
    """Read an address. Every filter that can be read is used; the others say at their chip what is wrong."""
    listed = params.copy()
    if "from" in listed or "to" in listed:
        first, last = (listed.pop(name)[-1].strip() if name in listed else "" for name in ("from", "to"))
        if first or last:
            listed["date"] = f"{first}..{last}"
    own = {name: listed.pop(name)[-1] for name in OWN if name in listed}
    shown = {name: listed.pop(name)[-1] for name in SHOWING if name in listed}
    selection = select(seat, listed)
    period, value = _period(seat, selection)
    scorecards = _rows(Scorecard.objects.filter(workspace=seat.workspace), own.get("scorecard", ""))
    reviewers = _rows(User.objects.filter(memberships__workspace=seat.workspace).distinct(), own.get("reviewer", ""))
    columns, rest = _columns(seat, selection)
    filters = Filters(
        period,
        scorecards=tuple(row.pk for row in scorecards),
        reviewers=tuple(row.pk for row in reviewers),
        conversations=_conversations(seat, selection, rest),
        by_review_date=own.get("dates") == BY_REVIEW,
        **columns,
    )
    grain = _grain(period, own.get("grain", ""))
    return Asked(seat, selection, own, filters, value, grain, scorecards, reviewers, shown.get("page", "1"))


def _period(seat: Seat, selection: Selection) -> tuple[Period, str]:
    chosen = next((one for one in selection.good if one.key == "date"), None)
    if chosen is not None and not chosen.choice.excluded:
        return within_data(seat, chosen.value), chosen.choice.values[0]
    today = timezone.now().astimezone(seat.zone).date()
    return relative_period(DEFAULT_PERIOD, today, seat.workspace.week_start), DEFAULT_PERIOD


def within_data(seat: Seat, period: Period) -> Period:
    """A period without an end, or a very long one, as far as there is anything in it."""
    if period.days <= LONG:
        return period
    dates = Participation.objects.filter(workspace=seat.workspace, deleted_at=None)
    found = dates.aggregate(first=Min("dated_at"), last=Max("dated_at"))
    today = timezone.now().astimezone(seat.zone).date()
    first, last = (found[name].astimezone(seat.zone).date() if found[name] else today for name in ("first", "last"))
    start = min(max(period.start, first), period.end - timedelta(days=1))
    return Period(start, max(start + timedelta(days=1), min(period.end, max(last, today) + timedelta(days=1))))


def _grain(period: Period, wanted: str) -> str:
    """The step that was asked for, or one that suits; never so fine that nobody could read the chart."""
    step = wanted if wanted in DAYS else step_for(period)
    readable = [name for name, days in DAYS.items() if period.days / days <= MOST_STEPS] or ["month"]
    return step if step in readable else readable[0] if step in DAYS else "month"


def _columns(seat: Seat, selection: Selection) -> tuple[dict[str, Any], list[Chosen]]:
    """What facts can filter by themselves, and what has to be resolved to conversations first."""
    columns: dict[str, Any] = {}
    rest = []
    for one in selection.good:
        if one.key == "date":
            continue
        if one.choice.excluded or one.key not in {*COLUMNS, "group"}:
            rest.append(one)
        elif one.key == "group":
            groups = _rows(Group.objects.filter(workspace=seat.workspace), ",".join(one.choice.values))
            columns["groups"] = tuple(row.pk for row in groups)
        else:
            columns[COLUMNS[one.key]] = tuple(one.value) or (0,)
    return columns, rest


def _conversations(seat: Seat, selection: Selection, rest: Iterable[Chosen]) -> tuple[int, ...] | None:
    wanted = list(rest)
    if not wanted:
        return None
    rows = Conversation.objects.filter(workspace=seat.workspace, deleted_at=None)
    skip = [one for one in selection.good if one not in wanted]
    return tuple(selection.apply(rows, skip=skip).order_by().values_list("pk", flat=True))


def _options(rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(row.public_id), str(row)) for row in rows]


def _rows(queryset: Any, value: str) -> tuple[Any, ...]:
    """Rows by their public ids, as an address names them; ids that are none are passed over."""
    wanted = [text for text in value.split(",") if len(text.replace("-", "")) == 32 and text.replace("-", "").isalnum()]
    try:
        return tuple(queryset.filter(public_id__in=wanted)) if wanted else ()
    except (ValueError, TypeError):
        return ()
