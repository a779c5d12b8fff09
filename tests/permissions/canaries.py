"""Twenty words that occur nowhere but in what is protected: no refused answer may hold one."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from tests.worlds import NOW, World

WORDS = (
    "Quillfeather", "Brontidecall", "Vespertine", "Zarfmonger", "Ombrophile",
    "Susurruswind", "Petrichor", "Xertzington", "Lamprophony", "Quomodocunque",
    "Nudiustertian", "Tatterdemalion", "Ultracrepidarian", "Widdershins", "Gobemouche",
    "Kakorrhaphia", "Jentacular", "Hiraethial", "Fartlekking", "Dwaalboomish",
)  # fmt: skip
WORKSPACE = WORDS[0]
"""The workspace's name: its own members may read it anywhere, strangers nowhere."""


def plant(world: World) -> None:
    """Write the words into the world; the rooms that are not installed have nothing to protect."""
    _rename(world.workspace, name=f"{WORDS[0]} Orchard")
    world.workspace.refresh_from_db()
    _people(world)
    if apps.is_installed("evenhand.conversations"):
        _conversations(world)
    if apps.is_installed("evenhand.scorecards"):
        _scorecard(world)
    if apps.is_installed("evenhand.reviews"):
        _reviews(world)
    if apps.is_installed("evenhand.surveys"):
        _surveys(world)


def known_to(person: str) -> set[str]:
    """What somebody may see of this on any page."""
    own = {WORDS[1]} if person == "greta" else set()  # her name
    return own | ({WORKSPACE} if person not in {"sol", "anonymous"} else set())


def _rename(thing: Any, **values: str) -> None:
    type(thing).objects.filter(pk=thing.pk).update(**values)


def _people(world: World) -> None:
    from evenhand.people.models import AuditEntry, Invitation, Job, User

    User.objects.filter(pk=world.greta.pk).update(name=f"Greta {WORDS[1]}")
    AuditEntry.objects.create(
        workspace=world.workspace, actor_name=f"A {WORDS[2]}", action="test.done", data={"note": WORDS[3]}
    )
    Job.objects.create(workspace=world.workspace, kind="test", state="failed", error=f"No {WORDS[4]} left")
    Invitation.objects.create(
        workspace=world.workspace,
        email=f"{WORDS[5].lower()}@team.example",
        token_hash="planted",
        expires_at="2100-01-01T00:00Z",
    )


def _conversations(world: World) -> None:
    from evenhand.conversations.models import Conversation, ConversationSearch, Group, Message, Tag

    Conversation.objects.update(
        subject=f"About {WORDS[6]}", customer_name=f"Customer {WORDS[7]}", customer_email=f"{WORDS[8]}@mail.example"
    )
    Message.objects.filter(role="customer").update(text=f"Where is my {WORDS[9]}?", author_name=f"Cus {WORDS[7]}")
    Message.objects.filter(role="agent").update(text=f"Your {WORDS[10]} is on its way.")
    ConversationSearch.objects.update(terms=f"where is my {WORDS[9]}")
    _rename(world.agents["owen"], name=f"Owen {WORDS[11]}")
    _rename(world.connection, name=f"Desk {WORDS[12]}")
    Group.objects.create(workspace=world.workspace, name=f"Group {WORDS[13]}")
    Tag.objects.create(workspace=world.workspace, name=WORDS[14])


def _scorecard(world: World) -> None:
    from evenhand.scorecards.models import Category, RootCause

    _rename(world.scorecard, name=f"Card {WORDS[15]}")
    Category.objects.filter(version=world.version, name="Tone").update(name=f"Tone {WORDS[16]}")
    RootCause.objects.update(label=f"Macro {WORDS[17]}")


def _reviews(world: World) -> None:
    """Of Owen's, so that Nadia has no right to them; what Owen may not see is made by the rows themselves."""
    from evenhand.reviews.models import Praise, Review, ReviewRevision

    conversation = world.conversations[1]
    common = {"workspace": world.workspace, "conversation": conversation, "agent": world.agents["owen"]}
    review = Review.objects.create(
        **common,
        participation=conversation.participations.get(),
        reviewer=world.ravi,
        scorecard=world.scorecard,
        version=world.version,
        state="submitted",
        kind="specialist",
        selection="list",
        comment=f"A {WORDS[18]} of a reply",
        submitted_at=NOW,
        dated_at=conversation.happened_at,
    )
    ReviewRevision.objects.create(
        review=review, number=1, action="submitted", by=world.ravi, comment=f"A {WORDS[18]} of a reply"
    )
    Praise.objects.create(**common, given_by=world.ravi, words=f"What a {WORDS[18]}")


def _surveys(world: World) -> None:
    from evenhand.surveys.models import SurveyResponse

    conversation = world.conversations[1]
    SurveyResponse.objects.create(
        workspace=world.workspace,
        conversation=conversation,
        agent=world.agents["owen"],
        external_id="s1",
        kind="csat",
        score=5,
        minimum=1,
        maximum=5,
        comment=f"So {WORDS[19]}",
        dated_at=conversation.happened_at,
    )
