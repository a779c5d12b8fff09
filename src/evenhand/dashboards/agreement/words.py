"""What agreement and leniency mean, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evenhand.facts.words.figures import MINUS, points
from evenhand.quality.agreement import ENOUGH_REVIEWS, RELIABLE, Panel, Reading, plain_reading
from evenhand.quality.estimates import MINIMUM_N, Estimate

READINGS = {
    Reading.DECIDE: gettext_lazy("Good enough to decide with"),
    Reading.TALK: gettext_lazy("Talk about it"),
    Reading.RECALIBRATE: gettext_lazy("Recalibrate first"),
    Reading.NOT_YET: gettext_lazy("Not enough yet"),
}
MARKS = {Reading.DECIDE: "good", Reading.TALK: "warn", Reading.RECALIBRATE: "bad", Reading.NOT_YET: "plain"}


@dataclass(frozen=True)
class Coefficient:
    """A coefficient on -1..1 as it is shown: two digits, its interval, its n, and what one may do with it."""

    estimate: Estimate

    @property
    def value(self) -> str:
        return coefficient(self.estimate.value)

    @property
    def between(self) -> str:
        if self.estimate.low is None or self.estimate.high is None:
            return ""
        ends = {"low": coefficient(self.estimate.low), "high": coefficient(self.estimate.high)}
        return _("%(low)s to %(high)s") % ends

    @property
    def reading(self) -> Reading:
        return plain_reading(self.estimate)

    @property
    def words(self) -> str:
        return str(READINGS[self.reading])

    @property
    def mark(self) -> str:
        return MARKS[self.reading]

    @property
    def wide(self) -> bool:
        """Whether the interval holds good and bad agreement alike, so that more conversations would say more."""
        low, high = self.estimate.low, self.estimate.high
        return self.reading is Reading.RECALIBRATE and low is not None and high is not None and high >= RELIABLE

    @property
    def wanting(self) -> str:
        """Why there is no number."""
        if self.estimate.n < MINIMUM_N:
            missing = MINIMUM_N - self.estimate.n
            return ngettext("%(n)d more conversation for a number", "%(n)d more conversations for a number",
                            missing) % {"n": missing}  # fmt: skip
        return _("Nearly all answers are the same: chance cannot be told apart")


def coefficient(value: float | None) -> str:
    """ "0.81", "−0.06"; nothing for None."""
    if value is None:
        return ""
    return f"{MINUS if round(value, 2) < 0 else ''}{abs(round(value, 2)):.2f}"


def lenient(estimate: Estimate) -> str:
    """ "4 points milder than this panel, between 2 and 6"."""
    value, low, high = estimate.value or 0.0, estimate.low or 0.0, estimate.high or 0.0
    if low <= 0 <= high:
        return _("no clear difference from this panel")
    half = estimate.half_width
    ends = sorted((abs(low), abs(high)))
    told = {"by": points(abs(value), half), "low": points(ends[0], half), "high": points(ends[1], half)}
    if value > 0:
        return _("%(by)s points milder than this panel, between %(low)s and %(high)s") % told
    return _("%(by)s points stricter than this panel, between %(low)s and %(high)s") % told


def panel(found: Panel | None, names: dict[int, str]) -> str:
    """What may be done about leniency, whatever it is for each reviewer."""
    if found is None:
        return _("Leniency needs two reviewers at least, with conversations from a blind draw.")
    if not found.connected:
        groups = [
            get_text_list(sorted(names.get(int(str(key)), "?") for key in group), _("and")) for group in found.groups
        ]
        return _(
            "Leniency cannot be told: no agent and no conversation is shared by %(groups)s. A strict reviewer and weak"
            " agents look the same then. Let reviewers share agents, or review some conversations twice."
        ) % {"groups": _(" / ").join(groups)}
    if not found.differ:
        return _("Reviewers do not clearly differ: there is nothing to correct for.")
    told = (
        _("Reviewers clearly differ, and each has %(n)d reviews or more: their leniency may be taken out of scores.")
        if found.may_adjust
        else _("Reviewers clearly differ. Talk about it; to take it out of scores, each would need %(n)d reviews.")
    )
    return told % {"n": ENOUGH_REVIEWS}
