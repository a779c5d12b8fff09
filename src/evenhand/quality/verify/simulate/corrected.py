"""How wide corrected intervals are, and how often they hold the truth.

From frames of 20,000 pairs, samples of 50 to 400 are drawn; each method gives an interval
for the frame's mean. Columns: the interval's width as a share of the classical t
interval's, and the share of intervals that hold the truth. Expected values and their
tolerances are those of the reference simulation, which ran other people's libraries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TextIO

import numpy as np

from evenhand.quality.arrays import Floats
from evenhand.quality.corrected.ppi import Reviewed, Unreviewed, prediction_powered, reviewed_moments
from evenhand.quality.corrected.regression import regress
from evenhand.quality.quantiles import t_two_sided, z_two_sided

from .expected_corrected import EXPECTED, Expected
from .populations import SIZE, Frame, frame, simple_samples

SEED, POPULATION_SEED, REPLICATIONS, FEWEST = 20240, 1, 10_000, 4_000
RATIO_TOLERANCE, COVERAGE_TOLERANCE = 0.012, 0.012
COMPARED = 25
CHUNK = 200_000

Limits = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Performance:
    """width: mean length of the intervals. coverage: share that holds the truth. rmse: of the estimate."""

    width: float
    coverage: float
    rmse: float


@lru_cache(maxsize=64)
def ppi_simulation(
    population: str,
    rho: float,
    n: int,
    size: int = SIZE,
    replications: int = REPLICATIONS,
    level: float = 0.95,
    population_seed: int = POPULATION_SEED,
    seed: int = SEED,
) -> dict[str, Performance]:
    """Performance of each method over simple random samples of n from one frame.

    population: ``gaussian`` or ``iqs``. The samples depend on seed, population, rho and n
    alone. Methods: ``classical_t``, ``ppi_lambda1_library`` and ``ppi_plus_plus_library``
    (the arithmetic of ``ppi-python``), ``greg_linearised``, ``greg_hc3`` (the product's),
    and ``autoqa_mean_only``.
    """
    whole = frame(population, rho, population_seed, size)
    truth = float(whole.y.mean())
    portions = _samples(whole, n, replications, _rng(seed, population, rho, n))
    found = [_limits(whole, y, f, level) for y, f in portions]
    return {name: _performance([part[name] for part in found], truth) for name in found[0]}


def run(replications: int | None, out: TextIO) -> bool:
    """Print the table beside its expected values; whether every row is within its tolerance."""
    times = replications or REPLICATIONS
    out.write(
        f"Corrected by reviews: {times} replications, seed {SEED}, frames of {SIZE} with seed {POPULATION_SEED}.\n"
        f"Each cell is width / coverage in %, expected in brackets; allowed ±{RATIO_TOLERANCE} and "
        f"±{100 * COVERAGE_TOLERANCE:.1f}.\n{_note()}\n"
    )
    out.write(f"{'population':10s} {'rho':>4s} {'n':>4s}  {'classical t':>21s}")
    out.write("".join(f"  {title:^29s}" for title in TITLES.values()).rstrip() + "\n")
    kept = [_row(expected, times, out) for expected in EXPECTED]
    out.write(f"{len(kept)} rows, {sum(kept)} within their tolerance\n")
    return all(kept)


def _row(expected: Expected, times: int, out: TextIO) -> bool:
    found = ppi_simulation(expected.population, expected.rho, expected.n, replications=times)
    classical = found["classical_t"]
    within = abs(classical.coverage - expected.coverage) <= COVERAGE_TOLERANCE
    out.write(f"{expected.population:10s} {expected.rho:4.1f} {expected.n:4d}  ")
    out.write(f"±{classical.width / 2:5.2f} {100 * classical.coverage:5.1f} ({100 * expected.coverage:5.1f})")
    for name, (ratio, coverage) in expected.methods.items():
        got = found[name]
        width = got.width / classical.width
        within &= abs(width - ratio) <= RATIO_TOLERANCE and abs(got.coverage - coverage) <= COVERAGE_TOLERANCE
        out.write(f"  {width:.3f} / {100 * got.coverage:4.1f} ({ratio:.3f} / {100 * coverage:4.1f})")
    agreement = _against_library(expected)
    within &= agreement is None or agreement < 1e-9
    beside = "" if agreement is None else f"  ppi-python differs by {agreement:.0e}"
    out.write(f"{beside}  {'pass' if within else 'FAIL'}\n")
    out.flush()
    return bool(within)


def _rng(seed: int, population: str, rho: float, n: int) -> np.random.Generator:
    return np.random.default_rng([seed, *population.encode(), round(1000 * rho), n])


def _samples(whole: Frame, n: int, times: int, rng: np.random.Generator) -> Iterator[tuple[Floats, Floats]]:
    """(r, n) human and machine scores of samples, in portions that fit a processor's cache."""
    portion = max(1, CHUNK // n)
    for done in range(0, times, portion):
        places = simple_samples(rng, len(whole.y), n, min(portion, times - done))
        yield whole.y[places], whole.f[places]


def _performance(parts: list[Limits], truth: float) -> Performance:
    value, half = (np.concatenate(column) for column in zip(*parts, strict=True))
    error = np.abs(value - truth)
    return Performance(2 * float(half.mean()), float((error <= half).mean()), float(np.sqrt((error**2).mean())))


def _limits(whole: Frame, y: Floats, f: Floats, level: float) -> dict[str, Limits]:
    """(r,) estimate and half width of each method for (r, n) samples."""
    n, size = y.shape[1], len(whole.y)
    z, t = z_two_sided(level), t_two_sided(n - 2, level)
    seen = reviewed_moments(y, f)
    rest = _rest(whole, seen)
    plain, plain_se = prediction_powered(seen, rest, "plain")
    plus, plus_se = prediction_powered(seen, rest, "clipped")
    fit = regress(y, f, whole.f.mean(), n / size)
    se = np.sqrt((1 - n / size) * seen.y_var / (n - 1))
    alone = z * float(whole.f.std(ddof=1)) / np.sqrt(size)
    return {
        "classical_t": (seen.y_mean, t_two_sided(n - 1, level) * se),
        "ppi_lambda1_library": (plain, z * plain_se),
        "ppi_plus_plus_library": (plus, z * plus_se),
        "greg_linearised": (fit.value, t * fit.se_linearised()),
        "greg_hc3": (fit.value, t * fit.se_hc(3)),
        # The interval that the machine's own mean would have if the machine were right.
        "autoqa_mean_only": (np.full(len(y), whole.f.mean()), np.full(len(y), alone)),
    }


def _rest(whole: Frame, seen: Reviewed) -> Unreviewed:
    """Moments of the frame without the sample, as what the sample leaves of its sums."""
    size, middle = len(whole.f), float(whole.f.mean())
    rest, away = size - seen.n, seen.f_mean - middle
    mean = -seen.n * away / rest
    square = (size * float(whole.f.var()) - seen.n * (seen.f_var + away**2)) / rest
    return Unreviewed(rest, middle + mean, square - mean**2)


TITLES = {
    "ppi_lambda1_library": "PPI, lambda 1",
    "ppi_plus_plus_library": "PPI++ (ppi-python)",
    "greg_linearised": "GREG linearised",
    "greg_hc3": "GREG HC3 (Evenhand)",
}


def _against_library(expected: Expected) -> float | None:
    """Largest difference from ppi-python's own limits on the same samples; None where it is not installed."""
    try:
        from ppi_py import ppi_mean_ci  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    whole, worst = frame(expected.population, expected.rho, POPULATION_SEED, SIZE), 0.0
    rng = _rng(SEED, expected.population, expected.rho, expected.n)
    for places in simple_samples(rng, SIZE, expected.n, COMPARED):
        y, f, rest = whole.y[places], whole.f[places], np.delete(whole.f, places)
        ours = _limits(whole, y[None], f[None], 0.95)
        for name, factor in (("ppi_lambda1_library", 1), ("ppi_plus_plus_library", None)):
            value, half = ours[name]
            low, high = (float(np.squeeze(end)) for end in ppi_mean_ci(y, f, rest, alpha=0.05, lam=factor))
            worst = max(worst, abs(float(value[0] - half[0] - low)), abs(float(value[0] + half[0] - high)))
    return worst


def _note() -> str:
    try:
        import ppi_py  # type: ignore[import-not-found,unused-ignore]  # noqa: F401
    except ImportError:
        return "ppi-python is not installed, so its own limits are not beside ours: pip install --group bench\n"
    return f"The limits of ppi-python are computed on {COMPARED} of each row's samples beside ours.\n"
