"""Random draws that anybody can repeat: same frame, same seed, same sample.

Each unit gets the number ``sha256(design | version | seed | fingerprint | stratum | id)``;
a draw takes the units with the smallest numbers. The hash is a keyed pseudo-random order,
so this is simple random sampling without replacement within strata, and it depends on no
library's generator: an auditor can repeat it in any language. The frame's fingerprint is
part of the key, so draws from two frames are independent even under one seed; two draws
from one frame need two seeds (see :func:`new_seed`). Draws with unequal chances put the
units in the same kind of order and walk along it: see :func:`uncertainty_draw`.
"""

from __future__ import annotations

from .allocation import Allocation, allocate, smallest_n
from .draw import DESIGN_VERSION, Draw, Id, StratumDraw, frame_fingerprint, new_seed
from .strata import neyman_draw, simple_draw, stratified_draw
from .unequal import (
    guaranteed_draw,
    inclusion_probabilities,
    uncertainty_draw,
    uncertainty_probabilities,
    union_probability,
)

__all__ = [
    "DESIGN_VERSION",
    "Allocation",
    "Draw",
    "Id",
    "StratumDraw",
    "allocate",
    "frame_fingerprint",
    "guaranteed_draw",
    "inclusion_probabilities",
    "new_seed",
    "neyman_draw",
    "simple_draw",
    "smallest_n",
    "stratified_draw",
    "uncertainty_draw",
    "uncertainty_probabilities",
    "union_probability",
]
