"""A scorecard version as reviews use it: read once, then kept, since what is published never changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from evenhand.quality.scores import CRITICAL_THRESHOLD, rating_percent
from evenhand.scorecards.models import Category, ScorecardVersion
from evenhand.scorecards.queries import version_tree
from evenhand.scorecards.tree import CategoryView, ConditionView, PointView

_KEPT = 64


@dataclass(frozen=True)
class Step:
    """One answer of a scale; `number` is the digit that gives it."""

    number: int
    points: float
    label: str
    guidance: str
    minmax: float
    over_max: float

    @property
    def value(self) -> str:
        return f"{self.points:g}"

    @property
    def is_low(self) -> bool:
        return self.minmax < CRITICAL_THRESHOLD * 100

    def percent(self, method: str) -> float:
        return self.minmax if method == "minmax" else self.over_max


@dataclass(frozen=True)
class Cause:
    id: int
    key: str
    label: str
    kind: str


@dataclass(frozen=True)
class CardCategory:
    id: int
    key: str
    name: str
    description: str
    weight: int
    critical: str
    allow_na: bool
    ask_causes: str
    other_cause: bool
    lineage_id: int
    group_id: int | None
    steps: tuple[Step, ...]
    causes: tuple[Cause, ...]
    conditions: tuple[ConditionView, ...]

    def step(self, points: float | None) -> Step | None:
        return next((step for step in self.steps if points is not None and step.points == points), None)

    def asks(self, step: Step | None) -> bool:
        """Whether this answer asks for root causes."""
        if step is None or self.ask_causes == Category.AskCauses.NEVER or not (self.causes or self.other_cause):
            return False
        if self.ask_causes == Category.AskCauses.ALWAYS:
            return True
        return step.is_low if self.ask_causes == Category.AskCauses.NEGATIVE else step is not self.steps[-1]


@dataclass(frozen=True)
class Card:
    version_id: int
    key: str
    number: int
    scorecard_id: int
    name: str
    workspace_id: int
    groups: tuple[tuple[int | None, str], ...]
    categories: tuple[CardCategory, ...]
    conditions: tuple[ConditionView, ...]

    @cached_property
    def by_key(self) -> dict[str, CardCategory]:
        return {category.key: category for category in self.categories}


_cards: OrderedDict[str, Card] = OrderedDict()
_lock = Lock()


def card(version: ScorecardVersion) -> Card:
    """The version's categories; a draft version is read anew each time."""
    if version.state == ScorecardVersion.State.DRAFT:
        return _read(version)
    kept = _kept(str(version.public_id))
    # The scorecard's name is no part of the version, and may have changed since.
    if kept and kept.name == version.scorecard.name:
        return kept
    read = _read(version)
    with _lock:
        _cards[read.key] = read
        while len(_cards) > _KEPT:
            _cards.popitem(last=False)
    return read


def card_of(version_id: int, key: str = "") -> Card:
    """The card of a version. With `key`, its public id, one that is kept is not asked for again.

    Its scorecard may have another name by now: whoever shows that takes `card`.
    """
    return _kept(key) or card(ScorecardVersion.objects.select_related("scorecard").get(pk=version_id))


def _kept(key: str) -> Card | None:
    with _lock:
        found = _cards.get(key)
        if found:
            _cards.move_to_end(key)
        return found


def _read(version: ScorecardVersion) -> Card:
    tree = version_tree(version)
    return Card(
        version_id=tree.id,
        key=str(tree.public_id),
        number=tree.number,
        scorecard_id=tree.scorecard_id,
        name=tree.scorecard_name,
        workspace_id=tree.workspace_id,
        groups=tuple((group.id, group.name) for group in tree.groups),
        categories=tuple(_category(category) for category in tree),
        conditions=tree.conditions,
    )


def _category(view: CategoryView) -> CardCategory:
    return CardCategory(
        id=view.id,
        key=str(view.public_id),
        name=view.name,
        description=view.description,
        weight=view.weight,
        critical=view.critical,
        allow_na=view.allow_na,
        ask_causes=view.ask_causes,
        other_cause=view.other_cause,
        lineage_id=view.lineage_id,
        group_id=view.group_id,
        steps=_steps(view.scale),
        causes=tuple(Cause(c.id, str(c.public_id), c.label, c.kind) for c in view.causes),
        conditions=view.conditions,
    )


def _steps(scale: tuple[PointView, ...]) -> tuple[Step, ...]:
    points = [float(point.points) for point in scale]
    if len(points) < 2:
        return ()
    shares = rating_percent(points, points[0], points[-1])
    ratios = rating_percent(points, points[0], points[-1], method="max_ratio") if points[-1] > 0 else shares
    return tuple(
        Step(point.digit, at, point.label, point.guidance, float(share), float(ratio))
        for at, point, share, ratio in zip(points, scale, shares, ratios, strict=True)
    )
