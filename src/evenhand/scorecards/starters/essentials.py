"""Eight categories that fit most written support; the weights add up to 100."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from evenhand.scorecards.shape import Cause, NewCategory, Plan, Point, Template

SOLVING, WITH_CUSTOMER, WRITING = _("Solving it"), _("With the customer"), _("Writing")

SOLUTION = NewCategory(
    _("Solution"),
    group=SOLVING,
    weight=30,
    description=_("Does the answer solve what the customer came for, as far as it could be solved here?"),
    scale=(
        Point(1, _("Wrong"), _("Following the answer leaves the customer no better off, or worse.")),
        Point(2, _("Weak"), _("It touches the question, but the customer still cannot go on.")),
        Point(3, _("Partial"), _("One part is solved; another was overlooked or left hanging.")),
        Point(4, _("Good"), _("Everything that was asked is solved.")),
        Point(5, _("Complete"), _("Everything is solved, and the question that would have come next is answered too.")),
    ),
    allow_na=False,
    causes=(
        Cause(_("Question misread"), "agent"),
        Cause(_("Steps not checked before sending"), "agent"),
        Cause(_("Hand-over to another team stalled"), "process"),
        Cause(_("Known fault without a way round"), "product"),
        Cause(_("Rules allow no better answer"), "policy"),
    ),
)

PRODUCT_KNOWLEDGE = NewCategory(
    _("Product knowledge"),
    group=SOLVING,
    weight=20,
    description=_("Is everything that the agent says about our products and rules true?"),
    scale=(
        Point(1, _("Wrong"), _("The customer may act on something untrue.")),
        Point(2, _("Gaps"), _("A fact is missing or wrong, and it is put right later in the conversation.")),
        Point(3, _("Sound"), _("Everything said is right.")),
        Point(4, _("Expert"), _("Right, and it adds what the customer did not know to ask.")),
    ),
    causes=(
        Cause(_("Rule or feature not known"), "agent"),
        Cause(_("Saved answer out of date"), "process"),
        Cause(_("Product behaves differently from its manual"), "product"),
        Cause(_("Rule unclear"), "policy"),
    ),
)

CUSTOMER_DATA = NewCategory(
    _("Protects customer data"),
    group=SOLVING,
    weight=10,
    critical="review",
    description=_("Is personal data shown, changed or sent only to the person it belongs to?"),
    scale=(
        Point(1, _("No"), _("Data was shown or changed without checking who asks, or sent where it should not go.")),
        Point(2, _("Yes"), _("Identity was checked where it had to be, and nothing was shared beyond the need.")),
    ),
    ask_causes="not_best",
    causes=(
        Cause(_("Identity not checked"), "agent"),
        Cause(_("Checking takes too many steps"), "process"),
        Cause(_("Tool shows more than is needed"), "product"),
        Cause(_("No rule for this case"), "policy"),
    ),
)

NEXT_STEPS = NewCategory(
    _("Says what happens next"),
    group=SOLVING,
    weight=5,
    description=_("Does the customer know who does what now, and by when?"),
    scale=(
        Point(1, _("No"), _("The customer has to ask what comes next, or for how long to wait.")),
        Point(2, _("Yes"), _("The next step, who takes it and by when are said, or nothing is left to do.")),
    ),
    causes=(
        Cause(_("Next step left out"), "agent"),
        Cause(_("No agreed time for this step"), "process"),
        Cause(_("No status to look up"), "product"),
        Cause(_("We may not promise dates"), "policy"),
    ),
)

EMPATHY = NewCategory(
    _("Empathy"),
    group=WITH_CUSTOMER,
    weight=15,
    description=_("Does the customer feel understood?"),
    scale=(
        Point(1, _("Cold"), _("What the customer went through is passed over or brushed aside.")),
        Point(2, _("Polite"), _("Friendly in general words that would fit any customer.")),
        Point(3, _("Warm"), _("It names what happened to this customer and what it meant for them.")),
    ),
    causes=(
        Cause(_("Feeling overlooked"), "agent"),
        Cause(_("Saved answer sent as it is"), "process"),
        Cause(_("Same fault reported many times"), "product"),
        Cause(_("Prescribed wording sounds cold"), "policy"),
    ),
)

TONE = NewCategory(
    _("Tone"),
    group=WITH_CUSTOMER,
    weight=10,
    description=_("Does it sound like us, and does it fit this customer?"),
    scale=(
        Point(1, _("Rude"), _("Blaming, mocking, impatient, or talking down.")),
        Point(2, _("Stiff"), _("Correct, but bureaucratic or abrupt.")),
        Point(3, _("Fitting"), _("Friendly and natural; it meets the customer's own manner.")),
        Point(4, _("Ours"), _("Fitting, and unmistakably the voice of our company.")),
    ),
    causes=(
        Cause(_("Reacted to the customer's anger"), "agent"),
        Cause(_("Queue pressure"), "process"),
        Cause(_("Automatic text in the wrong place"), "product"),
        Cause(_("Legal wording required"), "policy"),
    ),
)

CLARITY = NewCategory(
    _("Clarity"),
    group=WRITING,
    weight=5,
    description=_("Can the customer follow it at the first reading?"),
    scale=(
        Point(1, _("Unclear"), _("The customer has to guess, or asks what was meant.")),
        Point(2, _("Readable"), _("It takes a second reading: long sentences, jargon, or steps run together.")),
        Point(3, _("Clear"), _("Short, in order, in the customer's words; steps stand one under another.")),
    ),
    causes=(
        Cause(_("Jargon"), "agent"),
        Cause(_("Several questions answered at once"), "agent"),
        Cause(_("Saved answer hard to read"), "process"),
        Cause(_("Names on screen confuse"), "product"),
        Cause(_("Rule hard to explain"), "policy"),
    ),
)

SPELLING = NewCategory(
    _("Spelling and grammar"),
    group=WRITING,
    weight=5,
    description=_("Is the writing free of faults that a customer would notice?"),
    scale=(
        Point(1, _("Faults"), _("A name is misspelt, or faults stop the reader more than once.")),
        Point(2, _("Clean"), _("Free of faults; one slip of a finger may pass.")),
    ),
    causes=(
        Cause(_("Not read through before sending"), "agent"),
        Cause(_("Not the agent's own language"), "process"),
        Cause(_("Fault in a saved answer"), "process"),
        Cause(_("No spelling check in the tool"), "product"),
        Cause(_("Translation tool not allowed"), "policy"),
    ),
)

TEMPLATE = Template(
    key="essentials",
    name=_("Essentials"),
    summary=_("Eight categories for written support: the solution, the person, the writing. A good first scorecard."),
    plan=Plan(
        groups=(SOLVING, WITH_CUSTOMER, WRITING),
        categories=(
            SOLUTION,
            PRODUCT_KNOWLEDGE,
            CUSTOMER_DATA,
            NEXT_STEPS,
            EMPATHY,
            TONE,
            CLARITY,
            SPELLING,
        ),
    ),
)
