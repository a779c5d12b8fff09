"""How the margin of the team's score, and of one agent's, falls with the number of reviews."""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext as _

from evenhand.dashboards.charts import Chart
from evenhand.dashboards.guide.drawing import Picture
from evenhand.dashboards.guide.world import SIZE, team
from evenhand.quality.planner import margin_for_n, n_for_mean_margin

AGENTS = 12
STEPS = (48, 60, 72, 96, 120, 144, 192, 240, 300, 360, 480)
MOST = 40.0


@cache
def found() -> tuple[tuple[float, float], ...]:
    """The team's margin and one agent's, in points, for each number of reviews."""
    spread = float(team().score.std(ddof=1))
    own = SIZE // AGENTS
    return tuple((margin_for_n(spread, n, SIZE), margin_for_n(spread, n / AGENTS, own)) for n in STEPS)


def picture() -> Picture:
    spread = float(team().score.std(ddof=1))
    margins = dict(zip(STEPS, found(), strict=True))
    told = {
        "agents": AGENTS, "size": SIZE, "spread": spread, "few": STEPS[0], "many": 4 * STEPS[0],
        "few_team": margins[48][0], "many_team": margins[192][0], "many_agent": margins[192][1],
        "five": round(n_for_mean_margin(spread, 5, SIZE)), "one": round(n_for_mean_margin(spread, 1, SIZE)),
    }  # fmt: skip
    return Picture((_chart(),), told)


def _chart() -> Chart:
    title = _("Margin by number of reviews: the team’s, and each of twelve agents’")
    team_name, agent_name = _("team"), _("each agent")
    data = [
        {"n": n, "margin": margin, "whose": whose}
        for n, (own, each) in zip(STEPS, found(), strict=True)
        for whose, margin in ((team_name, own), (agent_name, each))
    ]
    x = {"field": "n", "type": "quantitative", "title": _("reviews in all"), "axis": {"tickCount": 6, "format": "d"},
         "scale": {"domain": [STEPS[0], STEPS[-1]], "nice": False}}  # fmt: skip
    y = {"field": "margin", "type": "quantitative", "title": None, "scale": {"domain": [0, MOST], "clamp": True},
         "axis": {"tickCount": 5, "labelExpr": "'± ' + datum.label"}}  # fmt: skip
    dash = {"field": "whose", "type": "nominal", "legend": None,
            "scale": {"domain": [team_name, agent_name], "range": [[1, 0], [5, 4]]}}  # fmt: skip
    ends = [row for row in data if row["n"] == STEPS[-1]]
    words = {"type": "text", "align": "right", "baseline": "bottom", "dy": -6}
    layers = [
        {"mark": "line", "encoding": {"x": x, "y": y, "strokeDash": dash}},
        {"mark": words, "encoding": {"x": x, "y": y, "text": {"field": "whose"}}, "data": {"values": ends}},
    ]
    rows = [[n, f"± {own:.1f}", f"± {each:.1f}"] for n, (own, each) in zip(STEPS, found(), strict=True)]
    spec = {"data": {"values": data}, "height": 240, "description": title, "layer": layers}
    return Chart(title, [_("Reviews"), _("Team"), _("Each agent")], rows, spec)
