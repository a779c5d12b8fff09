"""Machine ratings that may stand without a review: from which confidence on, with what guarantee.

A machine rating stands where its confidence reaches a threshold. What is promised is that
``P(a human would agree | confidence ≥ threshold) ≥ 1 - alpha``, and that the promise
itself fails with probability ``delta`` at most, over the draw of the reviews that the
threshold was chosen with. Those must be a random sample, rated without seeing the machine,
and none of them may have tuned it.

Thresholds are tested from the strictest to the loosest, each at ``delta`` in full, and the
search stops at the first that fails: a fixed sequence needs no correction for many tests
(Angelopoulos, Bates, Candès, Jordan & Lei 2021, Learn then Test; Jung et al. 2025 for
this use). Choosing the loosest threshold that merely looked good breaks the promise half
the time. Conformal risk control (Angelopoulos, Bates, Fisch, Lei & Schuster 2024) and
split conformal intervals (Vovk, Gammerman & Shafer 2005) promise other things: see there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats, Ints, finite, same_length
from evenhand.quality.planner.events import n_zero_error_certificate
from evenhand.quality.quantiles import beta_quantile, binomial_at_most

SHARES = tuple(share / 100 for share in range(30, 101, 5))
DELTA = 0.05

Promise = Literal["agreement", "errors"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Every threshold tested, in the order given.

    grid: (T,) thresholds. accepted, agreeing: (T,) reviewed items at or above each, and
    how many of them agree. p: (T,) exact p-value of "agreement is no better than the
    target". lower: (T,) Clopper and Pearson's lower limit of the agreement at 1 - delta;
    0 where nothing is accepted. fixed_sequence, bonferroni: the thresholds that pass,
    tested from the strictest on until one fails, or all at once at delta / T.
    """

    grid: tuple[float, ...]
    accepted: tuple[int, ...]
    agreeing: tuple[int, ...]
    p: tuple[float, ...]
    lower: tuple[float, ...]
    fixed_sequence: tuple[float, ...]
    bonferroni: tuple[float, ...]

    @property
    def chosen(self) -> float | None:
        """The loosest threshold that the fixed sequence lets pass; None if it stops at once."""
        return min(self.fixed_sequence, default=None)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What may be promised of the machine ratings that stand by themselves.

    promise: ``agreement``: of the ratings that stand, at least 1 - alpha agree with a
    human; ``errors``: of all ratings, at most alpha stand and disagree, on average over
    draws, without a delta. threshold: from which confidence on ratings stand, None where
    nothing can be promised. n: reviews used. accepted, errors: of these at or above the
    threshold, and how many of them disagree. coverage: share of all machine ratings that
    stand. method: ``fixed-sequence``, ``zero-error`` or ``risk-control``.
    """

    promise: Promise
    threshold: float | None
    n: int
    accepted: int
    errors: int
    alpha: float
    delta: float | None
    coverage: float
    method: str

    @property
    def holds(self) -> bool:
        return self.threshold is not None


def selective_threshold(
    confidence: npt.ArrayLike, agrees: npt.ArrayLike, grid: Sequence[float], target: float, delta: float = DELTA
) -> Thresholds:
    """Test every threshold of the grid on n reviewed items.

    confidence, agrees: (n,) the machine's confidence, and 1 where a human agrees, else 0.
    target: ``1 - alpha``. Raises ValueError where lengths differ or anything lies outside 0..1.
    """
    sure, right = _reviewed(confidence, agrees)
    _inside(target=target, delta=delta)
    accepted, agreeing = _counts(sure, right, grid)
    p = [_p_value(m, k, target) for m, k in zip(accepted, agreeing, strict=True)]
    lower = [beta_quantile(delta, k, m - k + 1) if k else 0.0 for m, k in zip(accepted, agreeing, strict=True)]
    return Thresholds(
        tuple(grid), accepted, agreeing, tuple(p), tuple(lower),
        _fixed_sequence(grid, p, delta), _at_once(grid, p, delta),
    )  # fmt: skip


def hoeffding_bentkus_p(risk: float, n: int, alpha: float, *, binary: bool = True) -> float:
    """p-value of "the mean loss is above alpha" from a mean loss of n; losses lie in 0..1.

    Bentkus's bound ``P(Bin(n, alpha) ≤ ⌈n · risk⌉)``, for losses of any size times e and
    no higher than Hoeffding's ``exp(-n KL(risk, alpha))`` (Bates et al. 2021). For losses
    of 0 and 1 use :func:`selective_threshold`, which counts: ``n · risk`` in floating
    point may lie a hair above a whole number, is then rounded up, and the p-value is
    valid but larger than need be.
    """
    _inside(alpha=alpha)
    if risk >= alpha:
        return 1.0 if not binary else binomial_at_most(math.ceil(n * risk), n, alpha)
    bentkus = binomial_at_most(math.ceil(n * risk), n, alpha)
    if binary:
        return bentkus
    kept = (1 - risk) * math.log((1 - risk) / (1 - alpha))
    divergence = kept + (risk * math.log(risk / alpha) if risk > 0 else 0.0)
    return min(math.e * bentkus, math.exp(-n * divergence))


def thresholds_by_coverage(confidence_of_all: npt.ArrayLike, shares: Sequence[float] = SHARES) -> tuple[float, ...]:
    """Thresholds that let given shares of all machine ratings stand; no review is looked at.

    The first is the strictest. With equal confidences more than the share may stand.
    """
    sure = np.sort(finite(confidence_of_all, "confidence"))[::-1]
    if not len(sure):
        raise ValueError("There are no machine ratings.")
    places = [max(math.ceil(share * len(sure) - 1e-9), 1) - 1 for share in shares]
    return tuple(dict.fromkeys(float(sure[place]) for place in places))


def certify_agreement(
    confidence: npt.ArrayLike,
    agrees: npt.ArrayLike,
    confidence_of_all: npt.ArrayLike,
    *,
    alpha: float = 0.1,
    delta: float = DELTA,
    shares: Sequence[float] = SHARES,
) -> Certificate:
    """The most machine ratings that may stand with agreement of at least 1 - alpha.

    confidence, agrees: (n,) of the reviewed items. confidence_of_all: of every machine
    rating of the same kind; thresholds come from it alone.
    """
    tested = selective_threshold(
        confidence, agrees, thresholds_by_coverage(confidence_of_all, shares), 1 - alpha, delta
    )
    n = len(finite(confidence, "confidence"))
    if tested.chosen is None:
        return Certificate("agreement", None, n, 0, 0, alpha, delta, 0.0, "fixed-sequence")
    at = tested.grid.index(tested.chosen)
    accepted, errors = tested.accepted[at], tested.accepted[at] - tested.agreeing[at]
    coverage = _coverage(confidence_of_all, tested.chosen)
    return Certificate("agreement", tested.chosen, n, accepted, errors, alpha, delta, coverage, "fixed-sequence")


def certify_without_errors(
    confidence: npt.ArrayLike,
    agrees: npt.ArrayLike,
    confidence_of_all: npt.ArrayLike,
    threshold: float,
    *,
    alpha: float = 0.1,
    delta: float = DELTA,
) -> Certificate:
    """The short way: one threshold, fixed beforehand, and enough random checks without a single error.

    :func:`~evenhand.quality.planner.n_zero_error_certificate` says how many are enough.
    """
    sure, right = _reviewed(confidence, agrees)
    _inside(alpha=alpha, delta=delta)
    (accepted,), (agreeing,) = _counts(sure, right, [threshold])
    errors = accepted - agreeing
    holds = errors == 0 and accepted >= n_zero_error_certificate(1 - alpha, delta)
    coverage = _coverage(confidence_of_all, threshold) if holds else 0.0
    chosen = threshold if holds else None
    return Certificate("agreement", chosen, len(sure), accepted, errors, alpha, delta, coverage, "zero-error")


def certify_errors(
    confidence: npt.ArrayLike, agrees: npt.ArrayLike, confidence_of_all: npt.ArrayLike, *, alpha: float = 0.05
) -> Certificate:
    """Conformal risk control: of *all* ratings at most alpha stand and disagree, on average over draws.

    The loosest threshold t with ``n / (n + 1) R̂(t) + 1 / (n + 1) ≤ alpha``, where R̂ is
    the share of reviewed items that are accepted and disagree. Weaker than agreement
    among what stands: letting little stand keeps it easily.
    """
    sure, right = _reviewed(confidence, agrees)
    _inside(alpha=alpha)
    n = len(sure)
    # Between two confidences nothing changes, so only those that occur are looked at.
    grid = sorted({*sure.tolist(), *finite(confidence_of_all, "confidence").tolist()})
    accepted, agreeing = _counts(sure, right, grid)
    for threshold, m, k in zip(grid, accepted, agreeing, strict=True):
        if (m - k + 1) / (n + 1) <= alpha:
            coverage = _coverage(confidence_of_all, threshold)
            return Certificate("errors", threshold, n, m, m - k, alpha, None, coverage, "risk-control")
    return Certificate("errors", None, n, 0, 0, alpha, None, 0.0, "risk-control")


def conformal_interval(
    calibration_residuals: npt.ArrayLike,
    y_hat: npt.ArrayLike,
    confidence: float = 0.9,
    *,
    lower: float = -math.inf,
    upper: float = math.inf,
) -> Floats:
    """(m, 2) intervals that hold a new human score with this probability, on average over draws.

    ``ŷ ± q`` with q the ``⌈(n + 1) confidence⌉``-th smallest ``|residual|`` of n reviewed
    items (split conformal). Without limits where n is too small: all of lower..upper.
    """
    _inside(confidence=confidence)
    size = np.sort(np.abs(finite(calibration_residuals, "residuals")))
    rank = math.ceil((len(size) + 1) * confidence - 1e-9)
    q = float(size[rank - 1]) if rank <= len(size) else math.inf
    centre = finite(y_hat, "y_hat")
    return np.clip(np.column_stack([centre - q, centre + q]), lower, upper)


def _p_value(accepted: int, agreeing: int, target: float) -> float:
    """P(Bin(accepted, 1 - target) ≤ errors); 1 where nothing is accepted."""
    return binomial_at_most(accepted - agreeing, accepted, 1 - target) if accepted else 1.0


def _fixed_sequence(grid: Sequence[float], p: Sequence[float], delta: float) -> tuple[float, ...]:
    passed = []
    for threshold, value in sorted(zip(grid, p, strict=True), reverse=True):
        if value > delta:
            break
        passed.append(threshold)
    return tuple(sorted(passed))


def _at_once(grid: Sequence[float], p: Sequence[float], delta: float) -> tuple[float, ...]:
    return tuple(sorted(threshold for threshold, value in zip(grid, p, strict=True) if value <= delta / len(grid)))


def _counts(sure: Floats, right: Ints, grid: Sequence[float]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Items at or above each threshold, and how many of them agree."""
    order = np.argsort(sure, kind="stable")
    first = np.searchsorted(sure[order], np.asarray(grid, np.float64), side="left")
    agreeing = np.concatenate([np.cumsum(right[order][::-1])[::-1], [0]])
    return tuple((len(sure) - first).tolist()), tuple(agreeing[first].tolist())


def _coverage(confidence_of_all: npt.ArrayLike, threshold: float) -> float:
    return float((finite(confidence_of_all, "confidence") >= threshold).mean())


def _reviewed(confidence: npt.ArrayLike, agrees: npt.ArrayLike) -> tuple[Floats, Ints]:
    sure, right = finite(confidence, "confidence"), finite(agrees, "agrees")
    same_length(confidence=sure, agrees=right)
    if not np.isin(right, (0.0, 1.0)).all():
        raise ValueError("agrees must hold 0 and 1 alone.")
    return sure, right.astype(np.int64)


def _inside(**shares: float) -> None:
    for name, value in shares.items():
        if not 0 < value < 1:
            raise ValueError(f"{name} must lie between 0 and 1, not be {value}.")
