from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.quality.sampling import smallest_n
from evenhand.reviews import designs
from evenhand.reviews.measured import Measured
from evenhand.reviews.models import Draw
from evenhand.reviews.services.draws import Frame


class DrawForm(forms.Form):
    size = forms.IntegerField(label=gettext_lazy("How many"), min_value=1)
    min_per_agent = forms.IntegerField(
        label=gettext_lazy("At least per agent"), min_value=0, required=False,
        help_text=gettext_lazy("With fewer than 4 an agent gets no number of their own."),
    )  # fmt: skip
    design = forms.ChoiceField(label=gettext_lazy("Design"), choices=Draw.Design.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    blind = forms.BooleanField(
        label=gettext_lazy("Blind: other reviews and machine scores stay hidden until one has submitted"),
        required=False,
        help_text=gettext_lazy("Only blind reviews may correct AutoQA or measure agreement."),
    )

    twice = forms.IntegerField(
        label=gettext_lazy("Reviewed by two people, in %"), min_value=0, max_value=100, required=False,
        help_text=gettext_lazy("Each without seeing the other: this is what measures how far reviewers agree."),
    )  # fmt: skip

    def __init__(self, *args: Any, frame: Frame, known: Measured, problems: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems = problems
        self.pool = designs.Pool.of(frame.agents, frame.taken)
        self.known = known

    @cached_property
    def offers(self) -> list[designs.Offer]:
        """What each design would say with the numbers in the form, as far as they can be read."""
        return designs.offers(
            self.pool, self._number("size"), self._number("min_per_agent"), self.known, self._number("twice")
        )

    @property
    def chosen(self) -> str:
        """The design to be marked: the one that was chosen, if it is on offer."""
        wanted = str(self["design"].value())
        return wanted if any(offer.value == wanted for offer in self.offers) else self.offers[0].value

    def clean_min_per_agent(self) -> int:
        return self.cleaned_data["min_per_agent"] or 0

    def clean_twice(self) -> int:
        return self.cleaned_data["twice"] or 0

    def clean_design(self) -> str:
        if not any(offer.value == self.cleaned_data["design"] for offer in self.offers):
            raise forms.ValidationError(_("There are too few reviews yet for this design: choose another one."))
        return str(self.cleaned_data["design"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.problems:
            raise forms.ValidationError([_("Mend or remove this filter first. %s") % told for told in self.problems])
        if not self.pool.open:
            raise forms.ValidationError(_("There is nothing to draw from: choose a longer period, or drop a filter."))
        needed = smallest_n(self.pool.sizes, values.get("min_per_agent") or 0)
        if values.get("design") != Draw.Design.SIMPLE and (values.get("size") or 0) < needed:
            self.add_error("size", _("That many of each agent takes at least %(n)d conversations.") % {"n": needed})
        if (values.get("size") or 0) > self.pool.open:
            self.add_error("size", _("There are %(n)d conversations to draw from.") % {"n": self.pool.open})
        if values.get("twice") and not values.get("blind"):
            self.add_error("twice", _("Only in a blind draw do two people review without seeing each other."))
        if values.get("design") == Draw.Design.NEYMAN:
            values["spread"] = designs.sigma(self.pool, self.known)
        return values

    def _number(self, name: str) -> int:
        text = str(self[name].value() or "0")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
