from __future__ import annotations

from django import forms

from evenhand.dashboards.models import Watching


class BudgetForm(forms.ModelForm):
    class Meta:
        model = Watching
        fields = ["per_year"]
