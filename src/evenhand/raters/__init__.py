"""Machine judgement: an Arrow batch of conversations in, an Arrow batch of ratings out.

Pure: no Django, no database, no clock, no network. Every rater runs on the machine it is
installed on, says how sure it is, quotes the passage that its rating rests on, and abstains
rather than guess. `rate` is the one way in; `contract` describes what goes in and comes out.
"""

from __future__ import annotations

from .contract import CONVERSATIONS, RATINGS
from .run import rate

__all__ = ["CONVERSATIONS", "RATINGS", "rate"]
