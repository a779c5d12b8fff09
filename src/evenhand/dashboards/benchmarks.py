"""Published averages of other companies: dotted lines, named, with their source, and never a target."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Benchmark:
    value: float
    label: object
    source: str


IQS = (
    Benchmark(81, _("81 average, 2021"), "Klaus, Customer Service Quality Benchmark Report 2021"),
    Benchmark(88, _("88 average, 2023"), "Zendesk QA (Klaus), Customer Service Quality Benchmark Report 2023"),
)
CSAT = Benchmark(78, _("78 published CSAT"), "Klaus, Customer Service Quality Benchmark Report 2021")
WHY_NOT = _(
    "They pool companies that each used a scorecard, a scale and a way of picking conversations of their own, most of"
    " them picked by hand. Two companies with the same service can lie ten points apart for that reason alone."
)
