"""Random draws: the frame, the sample, and everything that is needed to weigh it later."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from evenhand.conversations.models import Conversation, FrameRule, Participation
from evenhand.people import audit
from evenhand.people.models import User, Workspace
from evenhand.quality import sampling
from evenhand.quality.periods import Period, instants
from evenhand.reviews.models import Draw, DrawItem, DrawStratum


class NothingToDraw(ValueError):
    """The frame holds no pair that was not drawn before; the message says what to change."""


@dataclass(frozen=True)
class Frame:
    """The eligible pairs of a period: keys, public ids and agents, in one order; and which were drawn before."""

    keys: list[int]
    public_ids: list[str]
    agents: list[int]
    drawn_before: frozenset[int]

    @property
    def taken(self) -> list[int]:
        """The agent of each pair that was drawn before."""
        return [agent for key, agent in zip(self.keys, self.agents, strict=True) if key in self.drawn_before]

    def candidates(self) -> dict[str, str]:
        """Public id -> stratum label of what can still be drawn."""
        rows = zip(self.keys, self.public_ids, self.agents, strict=True)
        return {public: str(agent) for key, public, agent in rows if key not in self.drawn_before}


@dataclass(frozen=True)
class Plan:
    """What to draw. `until` is the first day that is no longer in; `conversations` and `pairs` narrow the frame."""

    since: date
    until: date
    size: int
    design: str = Draw.Design.STRATIFIED
    min_per_agent: int = 0
    spread: Mapping[str, float] | None = None  # by stratum label: what a Neyman draw goes by
    agents: tuple[int, ...] = ()
    filters: str = ""
    conversations: QuerySet[Conversation] | None = None
    pairs: Q | None = None
    blind: bool = True
    twice: int = 0  # per cent of what is drawn that two people review, each blind to the other
    name: str = ""
    seed: int | None = None


def frame(workspace: Workspace, plan: Plan) -> Frame:
    """Eligible pairs of people whose date lies in the period, with what earlier draws already took."""
    first, end = instants(Period(plan.since, plan.until), ZoneInfo(workspace.time_zone))
    pairs = Participation.objects.filter(
        workspace=workspace, deleted_at=None, conversation__deleted_at=None, eligible=True, is_bot=False,
        dated_at__gte=first, dated_at__lt=end,
    )  # fmt: skip
    if plan.agents:
        pairs = pairs.filter(agent__in=plan.agents)
    if plan.pairs is not None:
        pairs = pairs.filter(plan.pairs)
    if plan.conversations is not None:
        pairs = pairs.filter(conversation__in=plan.conversations.order_by().values("pk"))
    rows = list(pairs.order_by("pk").values_list("pk", "public_id", "agent_id"))
    taken = DrawItem.objects.filter(draw__workspace=workspace, draw__deleted_at=None, deleted_at=None)
    before = frozenset(taken.filter(participation__in=pairs.values("pk")).values_list("participation_id", flat=True))
    return Frame([r[0] for r in rows], [str(r[1]) for r in rows], [r[2] for r in rows], before)


def draw(workspace: Workspace, plan: Plan, by: User) -> Draw:
    """Draw, and store seed, design, probabilities and frame. Raises NothingToDraw, or ValueError from `sampling`."""
    population = frame(workspace, plan)
    candidates = population.candidates()
    if not candidates:
        raise NothingToDraw
    seed = sampling.new_seed() if plan.seed is None else plan.seed
    sample = _sample(candidates, plan, seed)
    rule = FrameRule.objects.filter(workspace=workspace).order_by("-version").first()
    stored = Draw(
        workspace=workspace, name=plan.name, design=plan.design, design_version=sampling.DESIGN_VERSION,
        size=len(sample.ids), min_per_agent=_minimum(plan), seed=seed, blind=plan.blind, period_from=plan.since,
        period_until=plan.until, filters=plan.filters, rule_version=rule.version if rule else 1,
        frame_size=len(population.keys), frame_fingerprint=sample.fingerprint, frame=encode_frame(population.keys),
        created_by=by,
    )  # fmt: skip
    key_of = dict(zip(population.public_ids, population.keys, strict=True))
    with transaction.atomic():
        stored.save()
        strata = _store_strata(stored, sample)
        _store_items(stored, sample, strata, key_of, _for_two(sample, plan))
        audit.record(by, "draw.create", workspace, stored, size=stored.size, design=stored.design, seed=seed)
    return stored


def refuse(item: DrawItem, by: User, reason: str) -> bool:
    """Set a drawn pair aside: non-response inside its stratum, said with a reason.

    False when it was reviewed, or the draw is closed.
    """
    with transaction.atomic():
        still_open = DrawItem.objects.filter(pk=item.pk, state=DrawItem.State.OPEN, draw__closed_at=None)
        refused = still_open.update(state=DrawItem.State.REFUSED, refused_reason=reason[:300], updated_at=Now())
        if refused:
            audit.record(by, "draw.refuse", item.draw.workspace, item, reason=reason[:300])
    return bool(refused)


def close(stored: Draw, by: User) -> None:
    """No more of this draw will be reviewed; what was reviewed counts, the rest is non-response."""
    with transaction.atomic():
        if Draw.objects.filter(pk=stored.pk, closed_at=None).update(closed_at=Now(), updated_at=Now()):
            audit.record(by, "draw.close", stored.workspace, stored)


def encode_frame(keys: Sequence[int]) -> bytes:
    """Sorted keys as compressed differences; `facts.load.decode_frame` reads them."""
    return zlib.compress(np.diff(np.array(sorted(keys), dtype="<u8"), prepend=np.uint64(0)).astype("<u8").tobytes(), 6)


def _minimum(plan: Plan) -> int:
    return 0 if plan.design == Draw.Design.SIMPLE else plan.min_per_agent


def _sample(candidates: dict[str, str], plan: Plan, seed: int) -> sampling.Draw[str]:
    if plan.design == Draw.Design.SIMPLE:
        return sampling.simple_draw(list(candidates), plan.size, seed)
    needed = sampling.smallest_n(Counter(candidates.values()), plan.min_per_agent)
    size = max(plan.size, needed)
    if plan.design == Draw.Design.NEYMAN and plan.spread is not None:
        return sampling.neyman_draw(candidates, plan.spread, size, seed, minimum=plan.min_per_agent)
    return sampling.stratified_draw(candidates, size, seed, minimum=plan.min_per_agent)


def _store_strata(stored: Draw, sample: sampling.Draw[str]) -> dict[str, DrawStratum]:
    rows = [
        DrawStratum(draw=stored, agent_id=int(s.stratum) if s.stratum else None, population=s.population, drawn=s.drawn)
        for s in sample.strata
    ]
    created = DrawStratum.objects.bulk_create(rows)
    return {s.stratum: row for s, row in zip(sample.strata, created, strict=True)}


def _for_two(sample: sampling.Draw[str], plan: Plan) -> frozenset[str]:
    """Which of the drawn two people review: drawn again at random, so that they speak for the rest."""
    count = round(len(sample.ids) * plan.twice / 100) if plan.blind else 0
    return frozenset(sampling.simple_draw(list(sample.ids), count, sample.seed).ids) if count else frozenset()


def _store_items(
    stored: Draw,
    sample: sampling.Draw[str],
    strata: dict[str, DrawStratum],
    key_of: dict[str, int],
    two: frozenset[str],
) -> None:
    rows: Iterable[tuple[str, str, float]] = zip(sample.ids, sample.stratum, sample.probability, strict=True)
    DrawItem.objects.bulk_create(
        DrawItem(draw=stored, stratum=strata[stratum], participation_id=key_of[unit], position=position,
                 probability=float(probability), wanted=2 if unit in two else 1)
        for position, (unit, stratum, probability) in enumerate(rows, 1)
    )  # fmt: skip
