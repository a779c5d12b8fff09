"""The demo's company, Tindle & Rook: invented, like everybody in it.

What is written here about people's strength and strictness is the truth from which the demo is made. The product
never reads it; tests do, to see whether the numbers find it again.
"""

from __future__ import annotations

from dataclasses import dataclass

WORKSPACE = "Tindle & Rook"
TIME_ZONE = "Europe/Amsterdam"
DOMAIN = "tindle-rook.example"
WEEKS = 16
BOT = "Pip"


def email_of(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@{DOMAIN}"


@dataclass(frozen=True)
class DemoAgent:
    """`strength` is where on 0..100 this agent's conversations tend to lie."""

    name: str
    languages: tuple[str, ...]
    strength: int
    group: str

    @property
    def email(self) -> str:
        return email_of(self.name)


@dataclass(frozen=True)
class DemoReviewer:
    """`leniency`: points of 100 that this reviewer gives above (below: strict) what a fair one would."""

    name: str
    role: str
    leniency: float
    share: float  # of the reviews


RIDERS, WORKSHOP, CARE = "Riders", "Workshop", "Rook Care"
GROUPS = (RIDERS, WORKSHOP, CARE)

AGENTS = (
    DemoAgent("Isla Brandt", ("en", "de"), 80, RIDERS),
    DemoAgent("Teun Maas", ("en", "de"), 74, WORKSHOP),
    DemoAgent("Camille Roche", ("en", "fr"), 77, CARE),
    DemoAgent("Noor Haddad", ("en", "fr", "ar"), 71, RIDERS),
    DemoAgent("Marek Zielinski", ("en", "pl", "de"), 67, WORKSHOP),
    DemoAgent("Joana Pires", ("en", "pt", "es"), 76, RIDERS),
    DemoAgent("Hiro Tanabe", ("en", "ja"), 70, WORKSHOP),
    DemoAgent("Lucia Ferran", ("en", "es", "pt"), 64, CARE),
    DemoAgent("Dougal Finlay", ("en",), 60, RIDERS),
    DemoAgent("Priya Nandan", ("en",), 78, CARE),
    DemoAgent("Bram Dekker", ("en", "de", "fr"), 56, RIDERS),
    DemoAgent("Kasia Wrobel", ("en", "pl"), 62, CARE),
)

MANAGER, LEAD = "Ottilie Tindle", "Wim Verhoeven"
REVIEWERS = (
    DemoReviewer("Greta Sandberg", "reviewer", -7.0, 0.30),
    DemoReviewer("Ravi Menon", "reviewer", 0.0, 0.30),
    DemoReviewer("Wim Verhoeven", "lead", 4.0, 0.20),
    DemoReviewer("Isla Brandt", "reviewer", 8.0, 0.20),
)
# Who gets a login beside the reviewers: the manager, who is the installation's admin too, and two more agents.
AGENTS_WITH_LOGIN = ("Isla Brandt", "Noor Haddad", "Dougal Finlay")
