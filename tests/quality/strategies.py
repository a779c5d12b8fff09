"""Inputs for the property tests. Everything is derandomised: a run can be repeated."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from evenhand.quality.scores import Rating

steady = settings(
    derandomize=True, deadline=None, max_examples=60, database=None, suppress_health_check=[HealthCheck.too_slow]
)

scores = st.floats(0, 100).map(lambda x: round(x, 3))
score_lists = st.lists(scores, min_size=4, max_size=40)


@st.composite
def ratings(draw):
    low = draw(st.integers(0, 3))
    high = low + draw(st.integers(1, 5))
    points = draw(st.none() | st.integers(low, high))
    return Rating(
        points,
        low,
        high,
        draw(st.integers(0, 100)),
        draw(st.sampled_from(["", "", "", "group", "review"])),
        draw(st.sampled_from([None, "A", "B"])),
    )


reviews = st.lists(ratings(), max_size=8)


@st.composite
def stratified_samples(draw):
    """Values by stratum with frame sizes: {stratum: (values, size)}, at least four values."""
    count = draw(st.integers(1, 5))
    strata = {}
    for h in range(count):
        values = draw(st.lists(scores, min_size=4 if count == 1 else 2, max_size=8))
        strata[f"s{h}"] = (values, len(values) + draw(st.integers(0, 50)))
    return strata
