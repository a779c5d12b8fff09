"""Regression of human scores on machine scores in a simple random sample, for one or many samples.

The estimate of the frame's mean is the fitted line at the frame's mean machine score:
``ȳ + β (F̄ - f̄)``. Survey statisticians call it the generalised regression estimator
(GREG; Särndal, Swensson & Wretman 1992), others PPI++ (Angelopoulos, Duchi & Zrnic 2023);
they are one estimator (Mozer 2026). Whatever is wrong with the machine scores only
widens its interval: their bias cancels.

Arrays are (..., n): the last axis is the sample, all others are replications, so that a
simulation of 10,000 samples runs through the same lines as one score on a page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.quality.arrays import Floats

# A leverage this near to 1 means that the line goes through one review whatever it says.
LARGEST_LEVERAGE = 1.0 - 1e-6


@dataclass(frozen=True, slots=True)
class Regression:
    """Fitted samples.

    value, slope, rho: (...) estimate, slope of y on f (0 where f does not vary) and their
    correlation (0 where either does not vary). residual, leverage: (..., n). g: (..., n)
    weights that make the sample's mean of f the frame's (R's calibration weights times
    n/N). fraction: n/N.
    """

    value: Floats
    slope: Floats
    rho: Floats
    residual: Floats
    leverage: Floats
    g: Floats
    fraction: float

    @property
    def n(self) -> int:
        return int(self.residual.shape[-1])

    def se_linearised(self) -> Floats:
        """``(1 - n/N) Σe² / (n - 2) / n``, rooted."""
        return np.sqrt((1 - self.fraction) * _square(self.residual) / (self.n * (self.n - 2)))

    def se_survey(self) -> Floats:
        """The form of R's ``survey::calibrate``: ``(1 - n/N) n/(n - 1) Σ(g e)² / n²``, rooted."""
        return np.sqrt((1 - self.fraction) * _square(self.g * self.residual) / (self.n * (self.n - 1)))

    def se_hc(self, kind: int) -> Floats:
        """Heteroskedasticity-consistent error of the prediction at F̄ (MacKinnon & White 1985).

        kind: 0 plain, 2 divides e² by 1 - h, 3 by its square. HC3 is close to the
        delete-one jackknife, and the one for small and skewed samples.
        """
        powers = {0: 0.0, 2: 0.5, 3: 1.0}
        if kind not in powers:
            raise ValueError(f"kind must be 0, 2 or 3, not {kind!r}.")
        room = 1 - np.minimum(self.leverage, LARGEST_LEVERAGE)
        return np.sqrt((1 - self.fraction) * _square(self.g * self.residual / room ** powers[kind])) / self.n


def regress(y: Floats, f: Floats, f_mean: npt.ArrayLike, fraction: float = 0.0) -> Regression:
    """Regress each sample's y on its f, and predict at the frame's mean of f.

    y, f: (..., n) with n >= 3. f_mean: (...) or a number. fraction: n/N, 0 for a
    population without end.
    """
    n = y.shape[-1]
    y_mean, f_sample = y.mean(axis=-1), f.mean(axis=-1)
    dy, df = y - y_mean[..., None], f - f_sample[..., None]
    f_square, y_square = _square(df), _square(dy)
    # What rounding leaves of a constant is not variation.
    noise = n * (1e-12 * np.abs(f).max(axis=-1)) ** 2
    varies = f_square > noise
    inverse = np.where(varies, 1 / np.where(varies, f_square, 1.0), 0.0)
    cross = np.einsum("...i,...i->...", dy, df)
    slope = cross * inverse
    away = np.asarray(f_mean, dtype=np.float64) - f_sample
    scale = np.sqrt(f_square * y_square)
    rho = np.where(varies & (scale > 0), cross / np.where(scale > 0, scale, 1.0), 0.0)
    return Regression(
        value=y_mean + slope * away,
        slope=slope,
        rho=np.clip(rho, -1.0, 1.0),
        residual=dy - slope[..., None] * df,
        leverage=1 / n + df**2 * inverse[..., None],
        g=1 + n * (away * inverse)[..., None] * df,
        fraction=fraction,
    )


def _square(x: Floats) -> Floats:
    return np.asarray(np.einsum("...i,...i->...", x, x), dtype=np.float64)
