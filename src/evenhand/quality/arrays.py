"""Reading array arguments: one place for shapes, types and their error messages."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def floats(values: npt.ArrayLike, name: str = "values") -> Floats:
    """A one-dimensional float array; ``None`` becomes NaN. Raises ValueError otherwise."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {array.shape}.")
    return array


def finite(values: npt.ArrayLike, name: str = "values") -> Floats:
    """Like :func:`floats`, without NaN and infinities; they raise ValueError."""
    array = floats(values, name)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must not hold missing or infinite numbers.")
    return array


def present(values: npt.ArrayLike, name: str = "values") -> Floats:
    """Like :func:`floats`, with the missing ones left out."""
    array = floats(values, name)
    return array[~np.isnan(array)]


def same_length(**arrays: npt.NDArray[np.generic]) -> int:
    """The common length of the named arrays; raises ValueError naming the odd ones."""
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueError(f"These must have one length: {listed}.")
    return next(iter(lengths.values()), 0)


def codes(labels: npt.ArrayLike, name: str = "labels") -> tuple[npt.NDArray[np.generic], Ints]:
    """Distinct labels in sorted order, and for each entry the index of its label."""
    array = np.asarray(labels)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {array.shape}.")
    distinct, index = np.unique(array, return_inverse=True)
    return distinct, index.astype(np.int64)


def sums(index: Ints, values: Floats, size: int) -> Floats:
    """Sum of the values that share an index, for each index 0..size-1."""
    return np.asarray(np.bincount(index, weights=values, minlength=size), dtype=np.float64)
