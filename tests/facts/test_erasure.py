from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from evenhand.conversations.models import Conversation
from evenhand.facts import reading, schema
from tests.worlds import NOW


def test_an_erased_conversation_keeps_its_pair(world):
    """Erasing content must not move a number that was said."""
    Conversation.objects.filter(external_id="c0").update(deleted_at=timezone.now())
    assert reading.read(schema.PAIRS, world.workspace).num_rows == 6


def test_a_pair_that_was_never_there_does_not_count(world):
    world.conversations[0].participations.update(deleted_at=NOW + timedelta(days=1))
    assert reading.read(schema.PAIRS, world.workspace).num_rows == 5
