from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScorecardsConfig(AppConfig):
    name = "evenhand.scorecards"
    label = "scorecards"

    def ready(self) -> None:
        from evenhand.people.registry import (
            FirstStep,
            NavItem,
            register_audit_actions,
            register_first_step,
            register_nav,
        )
        from evenhand.scorecards import queries

        register_nav(NavItem("scorecards", _("Scorecards"), "scorecards:list", "s", 40))
        register_first_step(
            FirstStep(
                "scorecard",
                _("Publish a scorecard"),
                _("What a review asks. Begin with one of three that are ready, and make it yours."),
                _("Choose"),
                "scorecards:list",
                20,
                lambda workspace: bool(queries.published(workspace)),
            )
        )
        register_audit_actions(
            scorecard__create=_("made a scorecard"),
            scorecard__duplicate=_("copied a scorecard"),
            scorecard__rename=_("renamed a scorecard"),
            scorecard__archive=_("archived a scorecard"),
            scorecard__restore=_("brought a scorecard back"),
            version__draft=_("began the next version of a scorecard"),
            version__discard=_("discarded a draft of a scorecard"),
            version__publish=_("published a version of a scorecard"),
        )
