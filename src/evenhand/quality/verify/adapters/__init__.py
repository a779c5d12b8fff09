"""One adapter a function of the golden files: JSON input in, answers by name out.

An adapter only unpacks arguments and packs answers; the arithmetic is the library's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import (
    agreement,
    change,
    control,
    corrected,
    planning,
    proportions,
    publication,
    relations,
    sample_sizes,
    scores,
    selective,
    shrinkage,
    survey,
    surveys,
)

Adapter = Callable[[dict[str, Any]], dict[str, Any]]

ADAPTERS: dict[str, Adapter] = {
    **agreement.ADAPTERS,
    **scores.ADAPTERS,
    **survey.ADAPTERS,
    **proportions.ADAPTERS,
    **surveys.ADAPTERS,
    **shrinkage.ADAPTERS,
    **change.ADAPTERS,
    **planning.ADAPTERS,
    **control.ADAPTERS,
    **relations.ADAPTERS,
    **sample_sizes.ADAPTERS,
    **selective.ADAPTERS,
    **publication.ADAPTERS,
    **corrected.ADAPTERS,
}
