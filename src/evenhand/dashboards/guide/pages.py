"""The pages of the guide, in their order. Their slugs are in links of every score, so they never change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class GuidePage:
    slug: str
    title: str | _StrPromise
    lede: str | _StrPromise


PAGES = (
    GuidePage("intervals", _("What “between” means"), _("A score without its interval is half a number.")),
    GuidePage("small-samples", _("Small samples"), _("Four reviews are a beginning, not a verdict.")),
    GuidePage("ranks", _("Why ranks mislead"), _("Somebody is always last, also among equals.")),
    GuidePage("random-draws", _("Random and hand-picked"), _("How conversations are chosen decides what is said.")),
    GuidePage("blind-review", _("Anchoring, and blind review"), _("Whoever sees a score gives one that is near it.")),
    GuidePage("corrected-autoqa", _("Corrected AutoQA"), _("A machine reads it all; people say how far it is off.")),
    GuidePage("agreement", _("When reviewers agree"), _("A score is worth no more than the people who give it.")),
    GuidePage("change", _("Has it changed?"), _("Two numbers are never equal; that alone is no news.")),
    GuidePage("planning", _("How many reviews?"), _("Decide how finely you want to see, then count.")),
    GuidePage("benchmarks", _("Traps in benchmarks"), _("Other companies’ averages are other companies’ scorecards.")),
)  # fmt: skip
SLUGS = tuple(page.slug for page in PAGES)
