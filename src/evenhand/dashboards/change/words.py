"""Sentences about differences, words before figures."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.facts.metrics.changes import CATEGORY, Changes, Compared
from evenhand.facts.metrics.watching import Series, Watched
from evenhand.quality.change import Change, Verdict, plain_change
from evenhand.quality.comparisons import FALSE_FINDS
from evenhand.quality.control import BASELINE_WEEKS
from evenhand.quality.estimates import MINIMUM_N

MINUS = "\u2212"


def row(one: Compared) -> str:
    """ "up: between 2 and 7 points", and whether that stands among so many comparisons."""
    if one.broken:
        return _("scale changed: not compared") if one.kind == CATEGORY else _("scorecard changed: not compared")
    verdict = plain_change(one.change)
    if verdict is None:
        return _few(one.change)
    if verdict is Verdict.NO_CLEAR_CHANGE:
        return _("no clear change: between %(low)s and %(high)s") % _span(one.change)
    if one.stands:
        told = (
            _("up: between %(low)s and %(high)s points")
            if verdict is Verdict.UP
            else _("down: between %(low)s and %(high)s points")
        )
        return told % _sizes(one.change)
    told = (
        _("perhaps up: between %(low)s and %(high)s, but it may be chance")
        if verdict is Verdict.UP
        else _("perhaps down: between %(low)s and %(high)s, but it may be chance")
    )
    return told % _sizes(one.change)


def way(one: Compared) -> str:
    """For the mark beside the words: up, down, or unclear."""
    if not one.stands:
        return "unclear"
    return "up" if plain_change(one.change) is Verdict.UP else "down"


def value(change: Change) -> str:
    return "–" if change.value is None else signed(change.value, _digits(change))


def many(found: Changes) -> str:
    """How many comparisons there are, and how many stand."""
    if not found.made:
        return _("There is nothing to compare: too few reviews in one of the two periods.")
    if found.made == 1:
        return ""
    if not found.standing:
        return _("Of %(made)d comparisons, none stands after allowing for how many were made.") % {"made": found.made}
    told = ngettext(
        "Of %(made)d comparisons, %(n)d stands after allowing for how many were made.",
        "Of %(made)d comparisons, %(n)d stand after allowing for how many were made.",
        found.standing,
    )
    return told % {"made": found.made, "n": found.standing}


def why_many(found: Changes) -> str:
    chance = found.made * FALSE_FINDS
    return _(
        "With %(made)d comparisons of which nothing changed, about %(chance).1f would look clear by chance alone. The"
        " correction (Benjamini and Hochberg) keeps the share of such finds among those that stand at %(share).0f %%."
    ) % {"made": found.made, "chance": chance, "share": 100 * FALSE_FINDS}


def mix(found: Changes) -> list[str]:
    """What changed in the agents, and what changed in who answered."""
    if found.mix is None:
        return []
    groups, moved = found.mix.groups, found.mix.mix
    told = [
        _("The agents themselves, with one fixed mix of them: %(said)s.") % {"said": short(groups)},
        _("Who answered more and who less: %(said)s.") % {"said": short(moved)},
    ]
    if found.mix.compared < 0.995:
        told.append(
            _("The first speaks for the agents with reviews in both periods, %(share).0f %% of the conversations.")
            % {"share": 100 * found.mix.compared}
        )
    return told


def short(change: Change) -> str:
    verdict = plain_change(change)
    if verdict is None:
        return _few(change)
    if verdict is Verdict.NO_CLEAR_CHANGE:
        return _("no clear change, between %(low)s and %(high)s") % _span(change)
    told = _("up by %(low)s to %(high)s points") if verdict is Verdict.UP else _("down by %(low)s to %(high)s points")
    return told % _sizes(change)


def state(series: Series) -> str:
    """Where a watched series stands now."""
    if series.watch.missing:
        return ngettext(
            "not watched yet: %(n)d more point of reviews", "not watched yet: %(n)d more points of reviews",
            series.watch.missing,
        ) % {"n": series.watch.missing}  # fmt: skip
    return {1: _("higher than usual"), -1: _("lower than usual"), 0: _("as usual")}[series.watch.now]


def usual(series: Series) -> str:
    """What is usual, and what that rests on."""
    design = series.watch.design
    if design is None:
        return ""
    told = ngettext(
        "Usual is %(level).0f, the mean of the %(n)d week before those shown.",
        "Usual is %(level).0f, the mean of the %(n)d weeks before those shown.",
        series.watch.baseline,
    ) % {"level": series.watch.usual, "n": series.watch.baseline}  # fmt: skip
    if not design.is_short:
        return told
    return (
        told
        + " "
        + _(
            "That is fewer than %(wanted)d, so the limits are wider (%(limit).2f instead of %(nominal).2f standard"
            " errors) and only larger changes are seen."
        )
        % {"wanted": BASELINE_WEEKS, "limit": design.limit, "nominal": design.nominal}
    )


def often(series: Series) -> str:
    """The achieved run length of one series."""
    design = series.watch.design
    if design is None:
        return ""
    return _(
        "While nothing changes, this series gives a false alarm about once in %(achieved).0f weeks. With limits made"
        " for a level that is known, it would be once in %(unwidened).0f."
    ) % {"achieved": design.achieved, "unwidened": design.unwidened}


def watching(found: Watched) -> str:
    """What is watched, and at which rate of false alarms."""
    n = len(found.active)
    if not n:
        return _("Nothing is watched yet: a series needs eleven weeks with four reviews each.")
    told = ngettext("%(n)d series is watched.", "%(n)d series are watched.", n) % {"n": n}
    budget = ngettext(
        "Together they may raise %(per_year)d false alarm a year: one in %(arl0).0f weeks for each.",
        "Together they may raise %(per_year)d false alarms a year: one in %(arl0).0f weeks for each.",
        int(found.per_year),
    ) % {"per_year": found.per_year, "arl0": found.arl0}  # fmt: skip
    return f"{told} {budget}"


def signed(number: float, digits: int = 0) -> str:
    """+2, −3, 0."""
    text = f"{abs(number):.{digits}f}"
    if float(text) == 0:
        return text
    return ("+" if number > 0 else MINUS) + text


def _few(change: Change) -> str:
    if min(change.n_before, change.n_after) >= MINIMUM_N:
        return _("nothing to go by: all scores are alike")
    return _("too few to compare: %(before)d and %(after)d reviews") % {
        "before": change.n_before, "after": change.n_after,
    }  # fmt: skip


def _digits(change: Change) -> int:
    return 1 if change.low is not None and change.high is not None and change.high - change.low < 2 else 0


def _span(change: Change) -> dict[str, str]:
    digits = _digits(change)
    return {"low": signed(change.low or 0.0, digits), "high": signed(change.high or 0.0, digits)}


def _sizes(change: Change) -> dict[str, str]:
    """How large, without a sign, the smaller one first."""
    digits = _digits(change)
    low, high = sorted((abs(change.low or 0.0), abs(change.high or 0.0)))
    return {"low": f"{low:.{digits}f}", "high": f"{high:.{digits}f}"}
