"""For chats and messengers: pace counts, and several things go on at once. Offers itself for these channels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.scorecards.shape import Cause, NewCategory, Plan, Point, Template, When

SOLVING, TOGETHER = _("Solving it"), _("In the chat")

SOLUTION = NewCategory(
    _("Solution"),
    group=SOLVING,
    weight=35,
    description=_("Does the customer leave the chat with what they came for?"),
    scale=(
        Point(1, _("Wrong"), _("Following the answer leaves the customer no better off, or worse.")),
        Point(2, _("Weak"), _("The customer is sent elsewhere without need.")),
        Point(3, _("Partial"), _("One part is solved; another was lost on the way.")),
        Point(4, _("Good"), _("Everything that was asked is solved.")),
        Point(5, _("Complete"), _("Solved, and the question that would have come next is answered too.")),
    ),
    allow_na=False,
    causes=(
        Cause(_("Question misread"), "agent"),
        Cause(_("No hand-over from the bot"), "process"),
        Cause(_("Known fault without a way round"), "product"),
        Cause(_("Rules allow no better answer"), "policy"),
    ),
)

QUESTIONS = NewCategory(
    _("Asks the right questions"),
    group=SOLVING,
    weight=15,
    description=_("Does the agent find out what is meant, without an interrogation?"),
    scale=(
        Point(1, _("Guesses"), _("Answers a question that was never asked.")),
        Point(2, _("Asks much"), _("Gets there, over questions that the history had answered.")),
        Point(3, _("Asks well"), _("One or two questions that lead straight to the matter.")),
    ),
    causes=(
        Cause(_("History not read"), "agent"),
        Cause(_("Form asks too little"), "process"),
        Cause(_("History not shown in the tool"), "product"),
    ),
)

CUSTOMER_DATA = NewCategory(
    _("Protects customer data"),
    group=SOLVING,
    weight=10,
    critical="review",
    description=_("Is personal data shown or changed only for the person it belongs to?"),
    scale=(
        Point(1, _("No"), _("Data was shown or changed without checking who asks, or asked for in the open chat.")),
        Point(2, _("Yes"), _("Identity was checked where it had to be, and card or password data never asked for.")),
    ),
    ask_causes="not_best",
    causes=(
        Cause(_("Identity not checked"), "agent"),
        Cause(_("No safe way to ask in the chat"), "product"),
        Cause(_("No rule for this case"), "policy"),
    ),
)

PACE = NewCategory(
    _("Pace"),
    group=TOGETHER,
    weight=15,
    description=_("Is the customer ever left wondering whether anybody is still there?"),
    scale=(
        Point(1, _("Lost"), _("Minutes of silence without a word, or the customer asks “hello?”.")),
        Point(2, _("Uneven"), _("Longer gaps, announced only afterwards.")),
        Point(3, _("Steady"), _("Replies come in the rhythm of the chat, and waits are announced.")),
    ),
    causes=(
        Cause(_("Wait not announced"), "agent"),
        Cause(_("Too many chats at once"), "process"),
        Cause(_("System slow"), "product"),
    ),
)

TONE = NewCategory(
    _("Tone"),
    group=TOGETHER,
    weight=15,
    description=_("Does it sound like us, and does it fit this customer?"),
    scale=(
        Point(1, _("Rude"), _("Blaming, mocking, impatient, or talking down.")),
        Point(2, _("Stiff"), _("Correct, but like a form letter.")),
        Point(3, _("Fitting"), _("Friendly and natural; it meets the customer's own manner.")),
        Point(4, _("Ours"), _("Fitting, and unmistakably the voice of our company.")),
    ),
    causes=(
        Cause(_("Reacted to the customer's anger"), "agent"),
        Cause(_("Saved answer sent as it is"), "process"),
        Cause(_("Prescribed wording"), "policy"),
    ),
)

CLARITY = NewCategory(
    _("Clarity"),
    group=TOGETHER,
    weight=10,
    description=_("Can each message be understood at a glance?"),
    scale=(
        Point(1, _("Unclear"), _("The customer has to guess, or asks what was meant.")),
        Point(2, _("Readable"), _("Understandable, but in blocks too long for a chat.")),
        Point(3, _("Clear"), _("Short messages, one thought each, steps one under another.")),
    ),
    causes=(Cause(_("Jargon"), "agent"), Cause(_("Saved answer hard to read"), "process")),
)

TEMPLATE = Template(
    key="chat",
    name=_("Chat"),
    summary=_("Six categories for live chat and messengers, where pace counts. Offered when the channel is chat."),
    plan=Plan(
        groups=(SOLVING, TOGETHER),
        categories=(SOLUTION, QUESTIONS, CUSTOMER_DATA, PACE, TONE, CLARITY),
        conditions=(When("channel", ("chat", "messaging", "whatsapp")),),
    ),
)
