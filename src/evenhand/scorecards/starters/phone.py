"""For calls: opening, listening, solving, and how it ends. Offers itself for the channel voice."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.scorecards.shape import Cause, NewCategory, Plan, Point, Template, When

OPENING, CALL, CLOSE = _("Opening"), _("During the call"), _("Close")

GREETING = NewCategory(
    _("Greeting"),
    group=OPENING,
    weight=5,
    description=_("Does the caller know at once whom they reached, and that they are welcome?"),
    scale=(
        Point(1, _("No"), _("No name, no company, or no greeting at all.")),
        Point(2, _("Yes"), _("Company, own name and an offer to help, in an unhurried voice.")),
    ),
    causes=(Cause(_("Rushed into the call"), "agent"), Cause(_("Calls come without a pause"), "process")),
)

IDENTITY = NewCategory(
    _("Identity checked"),
    group=OPENING,
    weight=15,
    critical="review",
    description=_("Was the caller's identity checked before anything of an account was said or changed?"),
    scale=(
        Point(1, _("No"), _("Account data was given or changed without the agreed check.")),
        Point(2, _("Yes"), _("The agreed check was made, in full, before the first detail.")),
    ),
    ask_causes="not_best",
    causes=(
        Cause(_("Check skipped"), "agent"),
        Cause(_("Check too long for the caller"), "process"),
        Cause(_("Account page did not load"), "product"),
        Cause(_("Unclear who may call for whom"), "policy"),
    ),
)

LISTENING = NewCategory(
    _("Listening"),
    group=CALL,
    weight=20,
    description=_("Does the agent let the caller finish, and show that the point has arrived?"),
    scale=(
        Point(1, _("Interrupts"), _("Cuts the caller off, or asks again for what was said.")),
        Point(2, _("Waits"), _("Lets the caller speak, but never says back what was understood.")),
        Point(3, _("Hears"), _("Says back the matter in a sentence, and asks what is missing.")),
    ),
    causes=(
        Cause(_("Typed instead of listening"), "agent"),
        Cause(_("Poor line"), "product"),
        Cause(_("Script leaves no room"), "policy"),
    ),
)

SOLUTION = NewCategory(
    _("Solution"),
    group=CALL,
    weight=35,
    description=_("Is the matter solved by the end of the call, as far as it could be solved there?"),
    scale=(
        Point(1, _("Wrong"), _("What was said or done leaves the caller no better off, or worse.")),
        Point(2, _("Weak"), _("The caller has to ring again for the same matter.")),
        Point(3, _("Partial"), _("One part is solved, another promised without a date.")),
        Point(4, _("Good"), _("Solved, or handed on with everything the next person needs.")),
        Point(5, _("Complete"), _("Solved, and what might have led to the next call is settled as well.")),
    ),
    allow_na=False,
    causes=(
        Cause(_("Question misread"), "agent"),
        Cause(_("Nobody reachable to hand on to"), "process"),
        Cause(_("Known fault without a way round"), "product"),
        Cause(_("Rules allow no better answer"), "policy"),
    ),
)

HOLD = NewCategory(
    _("Hold and transfer"),
    group=CALL,
    weight=10,
    description=_("Was every wait announced, explained and kept short?"),
    scale=(
        Point(1, _("Left alone"), _("The caller waits without a word, or is passed on without being asked.")),
        Point(2, _("Told"), _("The wait or the transfer is announced, but not why or how long.")),
        Point(3, _("Looked after"), _("Asked first, told why and how long, and thanked on return.")),
    ),
    causes=(
        Cause(_("Hold not announced"), "agent"),
        Cause(_("Searching in several tools"), "process"),
        Cause(_("System slow"), "product"),
    ),
)

MANNER = NewCategory(
    _("Manner"),
    group=CALL,
    weight=10,
    description=_("Would the caller say that they were treated well?"),
    scale=(
        Point(1, _("Rude"), _("Impatient, blaming, or talking down.")),
        Point(2, _("Stiff"), _("Correct but distant; it could be a recording.")),
        Point(3, _("Fitting"), _("Friendly, and at the caller's own pace.")),
        Point(4, _("Ours"), _("Fitting, and unmistakably the voice of our company.")),
    ),
    causes=(
        Cause(_("Reacted to the caller's anger"), "agent"),
        Cause(_("Queue pressure"), "process"),
        Cause(_("Prescribed wording"), "policy"),
    ),
)

SUMMARY = NewCategory(
    _("Sums up"),
    group=CLOSE,
    weight=5,
    description=_("Before the end, is it said what was done and what happens next?"),
    scale=(
        Point(1, _("No"), _("The call ends without saying what comes next.")),
        Point(2, _("Yes"), _("What was done, what comes next and by when, and whether there is anything else.")),
    ),
    causes=(Cause(_("Summary left out"), "agent"), Cause(_("No agreed time for this step"), "process")),
)

TEMPLATE = Template(
    key="phone",
    name=_("Phone call"),
    summary=_("Seven categories for calls, from the greeting to the summary. Offered when the channel is voice."),
    plan=Plan(
        groups=(OPENING, CALL, CLOSE),
        categories=(GREETING, IDENTITY, LISTENING, SOLUTION, HOLD, MANNER, SUMMARY),
        conditions=(When("channel", ("voice", "phone", "call")),),
    ),
)
