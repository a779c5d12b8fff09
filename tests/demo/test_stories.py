"""The demo's stories: many, in many languages, each told once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from evenhand.demo import company, stories

MOST_SHARED = 0.30


@pytest.fixture(scope="module")
def told():
    return stories.read()


def shingles(story):
    """Runs of five words; of ten characters where there are no spaces between words."""
    text = " ".join(m["text"] for m in story["message"] if m["role"] != "event").casefold()
    if story["language"] == "ja":
        signs = re.sub(r"\W", "", text)
        return {signs[i : i + 10] for i in range(len(signs) - 9)}
    words = re.findall(r"\w+", text)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_there_are_many_in_five_channels_and_eight_languages(told):
    assert len(told) >= 120
    assert len({story["id"] for story in told}) == len(told)
    assert set(Counter(story["channel"] for story in told)) == {"email", "chat", "phone", "social", "messaging"}
    assert len({story["language"] for story in told}) >= 8


def test_no_two_share_much_of_their_words(told):
    has = [shingles(story) for story in told]
    where = defaultdict(list)
    for number, found in enumerate(has):
        for shingle in found:
            where[shingle].append(number)
    shared = Counter(pair for numbers in where.values() for pair in combinations(numbers, 2))
    alike = {
        (told[a]["id"], told[b]["id"]): n / min(len(has[a]), len(has[b]))
        for (a, b), n in shared.items()
        if n > MOST_SHARED * min(len(has[a]), len(has[b]))
    }
    assert alike == {}


def test_every_mark_lies_on_its_scale(told):
    for story in told:
        for key, (_name, steps, _weight, _critical) in stories.TRUTH.items():
            assert story["truth"][key] in range(steps + 1), (story["id"], key)  # 0 is "not applicable"


def test_the_truth_is_on_the_scorecard_that_the_demo_publishes(world):
    from evenhand.scorecards import services

    card = services.create(world.workspace, "Demo", by=world.mara, template="essentials")
    version = services.ensure_draft(card, world.mara)
    categories = {c.name: (c.scale.count(), c.weight, c.critical) for c in version.categories.all()}
    assert categories == {name: (steps, weight, critical) for name, steps, weight, critical in stories.TRUTH.values()}


def test_every_language_is_spoken_by_an_agent(told):
    spoken = {language for agent in company.AGENTS for language in agent.languages}
    assert {story["language"] for story in told} <= spoken


def test_names_are_filled_in_and_nobody_is_left_in_braces(told):
    for story in told:
        for message in story["message"]:
            assert set(re.findall(r"{(\w+)}", message["text"])) <= {"agent", "agent2", "customer"}, story["id"]


def test_customers_scores_lie_on_their_scale(told):
    answers = [story["csat"] for story in told if "csat" in story]
    assert len(answers) > 60
    assert set(answers) <= {1, 2, 3, 4, 5}


def test_the_company_has_twelve_agents_and_four_reviewers_who_differ():
    assert len(company.AGENTS) == 12
    assert len({agent.strength for agent in company.AGENTS}) == 12
    assert len(company.REVIEWERS) == len({r.leniency for r in company.REVIEWERS}) == 4
    assert sum(r.share for r in company.REVIEWERS) == pytest.approx(1)
