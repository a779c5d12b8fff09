from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "evenhand.surveys"
    label = "surveys"

    def ready(self) -> None:
        from evenhand.conversations.registry import (
            ContentPlace,
            register_agent_merged,
            register_content_place,
            register_record_handler,
        )
        from evenhand.surveys import services

        register_record_handler("surveys", services.keep_responses)
        register_agent_merged(services.agent_merged)
        register_content_place(ContentPlace(_("Comments on surveys"), "surveys_surveyresponse.comment", services.erase))
