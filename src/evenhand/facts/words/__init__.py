"""What a number says and cannot say: the one place that turns codes into sentences.

Pages show them through `{% score %}`, `{% difference %}` and `{% about %}`; the printed report calls them directly.
"""

from __future__ import annotations

from evenhand.facts.words.differences import sentence, short
from evenhand.facts.words.kinds import KINDS, Kind, kind_of
from evenhand.facts.words.meanings import Meaning, basis, meaning
from evenhand.facts.words.methods import method, note
from evenhand.facts.words.wanting import wanting

__all__ = ["KINDS", "Kind", "Meaning", "basis", "kind_of", "meaning", "method", "note", "sentence", "short", "wanting"]
