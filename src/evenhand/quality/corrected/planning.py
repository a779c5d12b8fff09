"""How to split a budget between human reviews and machine scores."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import finite, same_length


@dataclass(frozen=True, slots=True)
class CostPlan:
    """n pairs with a review and a machine score, m more with a machine score alone.

    cost: of both. effective_n: reviews that would do as well without a machine. rho: the
    correlation that this rests on.
    """

    n: int
    m: int
    cost: float
    effective_n: int
    rho: float


def ppi_cost_plan(
    y: npt.ArrayLike, f: npt.ArrayLike, cost_human: float, cost_machine: float, target_effective_n: float
) -> CostPlan:
    """The cheapest plan that is worth ``target_effective_n`` reviews (Broska, Howes & van Loon 2024).

    y, f: (k,) human and machine scores of a pilot, k >= 2. With γ the cost of a machine
    score in reviews, ``n = n0 (1 - ρ² + sqrt(γ ρ² (1 - ρ²)))`` and m follows from
    ``n0 = n / (1 - ρ² m / (n + m))``. Where the machine cannot pay for itself, n = n0 and
    m = 0. Raises ValueError for costs that are not above 0, for a target below 1, and for
    a pilot without spread or with perfect correlation, which plans nothing.
    """
    values, machine = finite(y, "y"), finite(f, "f")
    if same_length(y=values, f=machine) < 2:
        raise ValueError("A plan needs a pilot of two pairs or more.")
    if not (cost_human > 0 and cost_machine > 0 and target_effective_n >= 1):
        raise ValueError("Costs must be above 0, and the target at least 1 review.")
    if values.std() == 0 or machine.std() == 0:
        raise ValueError("A pilot in which all scores are equal says nothing about the machine.")
    rho = float(np.corrcoef(values, machine)[0, 1])
    explained, price = rho**2, cost_machine / cost_human
    if explained >= 1 - 1e-12:
        raise ValueError("A pilot in which the machine is always right is no ground to plan on.")
    own = target_effective_n * (1 - explained)
    n = own + target_effective_n * math.sqrt(price * explained * (1 - explained))
    m = n * (target_effective_n - n) / (n - own) if n > own else 0.0
    with_machine = n * cost_human + (n + m) * cost_machine
    if m <= 0 or with_machine >= target_effective_n * cost_human:
        reviews = math.ceil(target_effective_n)
        return CostPlan(reviews, 0, reviews * cost_human, reviews, rho)
    return _whole(math.floor(n), math.floor(m), cost_human, cost_machine, rho)


def _whole(n: int, m: int, cost_human: float, cost_machine: float, rho: float) -> CostPlan:
    effective = n / (1 - rho**2 * m / (n + m))
    return CostPlan(n, m, n * cost_human + (n + m) * cost_machine, math.floor(effective), rho)
