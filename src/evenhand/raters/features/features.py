"""The features of a batch of conversations, each computed when the first rater asks for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenhand.quality.arrays import Floats
from evenhand.raters.conversation import Conversation, Message

from .sentences import Sentence, sentences
from .tools import Finding, Tools

FEWEST_WORDS = 3
"""Below so many words a text does not show its language; its conversation's is taken."""
ALIASES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "zh-cn": "zh", "zh-tw": "zh"}


class Features:
    """conversations: all of the batch, so that one call of a model can serve many of them."""

    def __init__(self, tools: Tools, conversations: Sequence[Conversation]) -> None:
        self.tools = tools
        self.conversations = conversations
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self._whole: dict[int, str] = {}
        self._findings: dict[tuple[str, str], list[Finding]] = {}

    def sentences(self, message: Message) -> tuple[Sentence, ...]:
        """A macro that is sent a thousand times is cut once."""
        known = self._sentences.get(message.text)
        if known is None:
            known = self._sentences[message.text] = sentences(message.text)
        return known

    def language(self, conversation: Conversation, messages: Sequence[Message]) -> str:
        """The language in which these messages of a conversation are written; empty if nobody can tell.

        Told from all of them together. Where they are too short it is what the
        conversation as a whole is written in, and then what its source says.
        """
        text = _joined(messages)
        return self._identified(text) or self._of_conversation(conversation)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """(n, width) unit vectors of texts; needs the encoder."""
        if self.tools.encoder is None:
            raise ValueError("There is no encoder; a rater that asks for vectors must name it among its needs.")
        if not texts:
            return np.zeros((0, self.tools.encoder.width))
        return self.tools.encoder.encode(texts)

    def findings(self, message: Message, language: str) -> list[Finding]:
        """Faults of spelling and grammar in a message; needs a grammar that speaks the language."""
        grammar = self.tools.grammar
        if grammar is None or not grammar.speaks(language):
            raise ValueError(f"There is no grammar for {language!r}; ask before you check.")
        key = (message.text, language)
        if key not in self._findings:
            self._findings[key] = grammar.check(message.text, language)
        return self._findings[key]

    def _of_conversation(self, conversation: Conversation) -> str:
        key = id(conversation)
        if key not in self._whole:
            text = _joined([m for m in conversation.messages if m.public and m.role != "system"])
            self._whole[key] = self._identified(text) or primary(conversation.language)
        return self._whole[key]

    def _identified(self, text: str) -> str:
        if self.tools.language is None or not (len(text.split()) >= FEWEST_WORDS or _is_wide(text)):
            return ""
        return primary(self.tools.language.identify(text)[0])


def primary(tag: str) -> str:
    """The language of a BCP 47 tag, without script and region: ``pt-BR`` is ``pt``."""
    tag = tag.lower().replace("_", "-")
    return ALIASES.get(tag) or ALIASES.get(tag.partition("-")[0]) or tag.partition("-")[0]


def _joined(messages: Sequence[Message]) -> str:
    return " ".join(message.text for message in messages)[:2_000]


def _is_wide(text: str) -> bool:
    """Whether a text is in a script without spaces, where words cannot be counted."""
    return sum("\u0e00" <= c <= "\u0eff" or "\u3040" <= c <= "\u9fff" for c in text) >= FEWEST_WORDS
