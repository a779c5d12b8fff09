"""Draws in which all units of a stratum have one chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from .allocation import Allocation, allocate
from .draw import DESIGN_VERSION, Draw, Id, StratumDraw, check_frame, frame_fingerprint, ranker


def simple_draw(frame: Sequence[Id], n: int, seed: int) -> Draw[Id]:
    """n units of the frame, each with the same chance; all of it where n is larger.

    frame: unique ids in any order. Raises ValueError for an empty frame, for an id that
    comes twice, or for n under 1.
    """
    check_frame(frame, n)
    fingerprint = frame_fingerprint(frame)
    return _take("simple", frame, dict.fromkeys(frame, ""), {"": min(n, len(frame))}, seed, fingerprint)


def stratified_draw(frame: Mapping[Id, str], n: int, seed: int, *, minimum: int = 0) -> Draw[Id]:
    """n units, at least ``minimum`` from every stratum, otherwise in proportion to size.

    frame: the stratum (for example the agent) of each id. A stratum smaller than the
    minimum is taken whole. Raises ValueError as :func:`simple_draw` does, and where n is
    too small for the minimum: :func:`smallest_n` tells how many it takes.
    """
    return _by_stratum("stratified", frame, n, seed, minimum, None)


def neyman_draw(
    frame: Mapping[Id, str], sigma: Mapping[str, float], n: int, seed: int, *, minimum: int = 0
) -> Draw[Id]:
    """Like :func:`stratified_draw`, with more from strata whose values spread more (Neyman 1934).

    sigma: the spread within every stratum of the frame; where machine scores are
    corrected, that of what they leave open, ``y - λ f``.
    """
    return _by_stratum("neyman", frame, n, seed, minimum, sigma)


def _by_stratum(
    design: str, frame: Mapping[Id, str], n: int, seed: int, minimum: int, sigma: Mapping[str, float] | None
) -> Draw[Id]:
    ids = list(frame)
    check_frame(ids, n)
    method: Allocation = "proportional" if sigma is None else "neyman"
    wanted = allocate(min(n, len(ids)), Counter(frame.values()), method=method, sigma=sigma, min_n=minimum)
    return _take(design, ids, frame, wanted, seed, frame_fingerprint(ids))


def _take(
    design: str,
    ids: Sequence[Id],
    stratum_of: Mapping[Id, str],
    wanted: Mapping[str, int],
    seed: int,
    fingerprint: str,
) -> Draw[Id]:
    rank = ranker(design, seed, fingerprint)
    members: dict[str, list[tuple[bytes, Id]]] = {label: [] for label in wanted}
    for unit in ids:
        members[stratum_of[unit]].append((rank(stratum_of[unit], unit), unit))
    strata = tuple(StratumDraw(label, len(members[label]), wanted[label]) for label in sorted(wanted))
    chance = {stratum.stratum: stratum.probability for stratum in strata}
    drawn = sorted((key, unit) for label, rows in members.items() for key, unit in sorted(rows)[: wanted[label]])
    taken = tuple(unit for _, unit in drawn)
    labels = tuple(stratum_of[unit] for unit in taken)
    probabilities = tuple(chance[label] for label in labels)
    return Draw(design, DESIGN_VERSION, seed, fingerprint, taken, labels, probabilities, strata)
