"""What several raters read of a conversation: made once, when first asked for, and shared."""

from __future__ import annotations

from .features import Features
from .sentences import Sentence, sentences
from .tools import Encoder, Finding, Grammar, LanguageModel, Tools

__all__ = ["Encoder", "Features", "Finding", "Grammar", "LanguageModel", "Sentence", "Tools", "sentences"]
