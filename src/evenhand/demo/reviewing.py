"""How the demo's reviewers rate: the truth, moved by their strictness and by the noise of one person on one day."""

from __future__ import annotations

import random

from evenhand.demo.company import DemoReviewer
from evenhand.demo.stories import TRUTH

HOUSE_KINDNESS = 16.0
"""Points of 100 that everybody at this company gives above the strict reading of the scale."""
NOISE = 9.0
"""Points of 100 by which one rating scatters around what the reviewer would give on average."""

COMMENTS = {
    "Solution": (
        "The customer still had to ask how. Next time write the step that comes after yours.",
        "You answered the question that was asked, not the one behind it. What did they want to do next?",
        "One half was solved beautifully, the other never came up again. A short list before you send helps.",
    ),
    "Product knowledge": (
        "Check the year of the frame before quoting the warranty: this one was still covered.",
        "The charger rule changed in spring. The old saved answer is still around; please tell the Workshop.",
        "Nearly right. The part number was for the previous model.",
    ),
    "Protects customer data": (
        "You shared account details before anyone had shown who they were. Ask for the order number first, always.",
        "Please never change an address on somebody's word alone. Let us go through this one together.",
    ),
    "Says what happens next": (
        "They left without knowing whether to wait or to act. One sentence with a day in it would do.",
        "Good answer, open end. Who does what, by when?",
    ),
    "Empathy": (
        "Correct from start to finish, and it reads like a form. They told you about their morning: answer that too.",
        "You could have named what this cost them before explaining why it happened.",
        "Kind, but a ready-made kind. Use their words.",
    ),
    "Tone": (
        "A bit clipped in the second message. I know the queue was long.",
        "Our voice is warmer than this. Read it aloud once before sending.",
    ),
    "Clarity": (
        "Three questions in one paragraph: number them and the customer answers all three.",
        "The important sentence is the last one. Turn it round.",
    ),
    "Spelling and grammar": (
        "Two slips that the checker would have caught.",
        "Mind the names: it is Heron, not Hearon.",
    ),
}
PRAISE = (
    "Lovely. You solved it, said what comes next, and they thanked you for the tone.",
    "This is how I would like all of us to answer a safety question: calm, at once, with a reason.",
    "You noticed what they had not asked yet. That saved a second mail.",
    "Nothing to add. I read it twice because I enjoyed it.",
    "You owned the mistake in one sentence and moved on. Exactly right.",
    "Quick, plain, human. More of this.",
    "A hard no, said so that they could accept it. Well done.",
    "",
    "",
)


def rate(truth: dict[str, int | None], reviewer: DemoReviewer, chance: random.Random) -> dict[str, int | None]:
    """Category -> points, or None for not applicable."""
    by_name = {name: (steps, critical) for name, steps, _weight, critical in TRUTH.values()}
    mood = chance.gauss(0, 4)
    return {
        name: points
        if points is None
        else _point(points, *by_name[name], HOUSE_KINDNESS + reviewer.leniency + mood, chance)
        for name, points in truth.items()
    }


def _point(points: int, steps: int, critical: str, shift: float, chance: random.Random) -> int:
    """The nearest point of the scale after shift and noise; a yes-or-no answer flips rarely, a critical one never."""
    if critical:
        return points
    percent = 100 * (points - 1) / (steps - 1)
    seen = percent + shift + chance.gauss(0, NOISE)
    if steps == 2:
        seen = percent + shift * 1.5 + chance.gauss(0, 22)
    return min(steps, max(1, round(1 + seen / 100 * (steps - 1))))


def comment(ratings: dict[str, int | None], chance: random.Random) -> str:
    """About the lowest category, or praise; some reviewers write nothing."""
    steps = {name: count for name, count, _weight, _critical in TRUTH.values()}
    shares = {name: (p - 1) / (steps[name] - 1) for name, p in ratings.items() if p is not None}
    lowest = min(shares, key=lambda name: (shares[name], name))
    if shares[lowest] >= 0.66:
        return chance.choice(PRAISE)
    return chance.choice(COMMENTS[lowest]) if chance.random() < 0.85 else ""
