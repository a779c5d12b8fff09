"""How often a watched series cries wolf, and how soon it sees a real change.

``python tests/quality/simulate_alarms.py [YEARS]`` (seed 5) watches series of which
nothing changes, week after week, with a baseline that moves on, as the product does; an
alarm is a point outside after one inside. Wanted is one in 520 points. Then each falls by
so many points, and the table counts the weeks until the alarm.
"""

from __future__ import annotations

import sys
from dataclasses import fields

import numpy as np

from evenhand.quality.control import Points, join_weeks, watch

WANTED, HISTORY, SEED = 520.0, 66, 5
KINDS = {
    "normal scores, 10 a week": ("normal", 10),
    "scores, 40 a week": ("scores", 40),
    "scores, 10 a week": ("scores", 10),
    "scores, 4 a week": ("scores", 4),
    "scores, 2 a week": ("scores", 2),
    "scores, 1 a week": ("scores", 1),
    "nearly always perfect, 10 a week": ("perfect", 10),
    "nearly always perfect, 2 a week": ("perfect", 2),
}


def drawn(kind, size, rng):
    """Scores: normal ones; as reviews give them (31 % at 100, 3 % at 0); or a category that fails once in 33."""
    if kind == "normal":
        return rng.normal(80, 15, size)
    if kind == "perfect":
        return np.where(rng.random(size) < 0.03, 0.0, 100.0)
    u, middle = rng.random(size), np.clip(rng.normal(80, 14, size), 10, 99)
    return np.where(u < 0.31, 100.0, np.where(u < 0.34, 0.0, middle))


def reviews(kind, rate, weeks, rng):
    n = rng.poisson(rate, weeks)
    return np.repeat(np.arange(weeks), n), drawn(kind, int(n.sum()), rng)


def quiet_run(kind, rate, weeks, rng):
    """Points looked at, alarms, and weeks a point takes."""
    looked = alarms = last = 0
    points = join_weeks(*reviews(kind, rate, weeks, rng))
    for end in range(HISTORY, len(points.n)):
        part = slice(end - HISTORY, end)
        seen = Points(*(getattr(points, field.name)[part] for field in fields(Points)))
        side = watch(seen, WANTED).now
        looked, alarms, last = looked + 1, alarms + (side != 0 and side != last), side
    return looked, alarms, weeks / max(1, len(points.n))


def weeks_until(kind, rate, fall, a_point, rng, most=52):
    start = int(HISTORY * a_point) + 1
    week, score = reviews(kind, rate, start + most, rng)
    score = np.where(week >= start, np.maximum(score - fall, 0), score)
    for end in range(start + 1, start + most + 1):
        so_far = week < end
        if watch(join_weeks(week[so_far], score[so_far]), WANTED).now == -1:
            return end - start
    return most


def main(years=200):
    rng = np.random.default_rng(SEED)
    print(f"{'series':36}weeks a point   points per alarm      weeks until a fall of 5 / 10 / 20 is seen")
    for name, (kind, rate) in KINDS.items():
        looked, alarms, a_point = quiet_run(kind, rate, 52 * years, rng)
        seen = [np.median([weeks_until(kind, rate, fall, a_point, rng) for _ in range(40)]) for fall in (5, 10, 20)]
        found = f"{looked / max(alarms, 1):8.0f} ({alarms} alarms)"
        print(f"{name:36}{a_point:9.1f}     {found:26}{' / '.join(f'{x:.0f}' for x in seen)}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
