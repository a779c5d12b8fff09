"""Model weights: which there are, where they lie, how they come there."""

from __future__ import annotations

from .catalogue import Model, catalogue
from .store import MissingModel, Store

__all__ = ["MissingModel", "Model", "Store", "catalogue"]
