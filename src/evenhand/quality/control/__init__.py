"""Control charts: is a series as it used to be, at a rate of false alarms chosen beforehand?

A chart looks at one standardised number a week and raises an alarm when it leaves its
limits. What counts is the *average run length* (ARL): how many weeks pass, on average,
until an alarm. ARL0 is the one while nothing has changed: a false alarm.
"""

from __future__ import annotations

from .arl import cusum_arl, cusum_limit, ewma_arl, ewma_limit, shewhart_arl, shewhart_limit
from .charts import EwmaChart, PChart, ewma_chart, p_chart, shewhart_chart
from .design import BASELINE_WEEKS, AlarmDesign, achieved_arl0, alarm_design, wanted_arl0
from .watch import BASELINE_LEAST, WATCHED, Points, Watch, join_weeks, point_size, watch

__all__ = [
    "BASELINE_LEAST",
    "BASELINE_WEEKS",
    "WATCHED",
    "AlarmDesign",
    "EwmaChart",
    "PChart",
    "Points",
    "Watch",
    "achieved_arl0",
    "alarm_design",
    "cusum_arl",
    "cusum_limit",
    "ewma_arl",
    "ewma_chart",
    "ewma_limit",
    "join_weeks",
    "p_chart",
    "point_size",
    "shewhart_arl",
    "shewhart_chart",
    "shewhart_limit",
    "wanted_arl0",
    "watch",
]
