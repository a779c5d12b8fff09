"""How mail clients introduce the message that they quote, in the languages of their senders."""

from __future__ import annotations

import re

SEEN = 300  # characters of a line that are looked at
_WRAPPED = 3  # lines that an introduction may take

_BEGINNINGS = {  # what the introduction begins with: what it ends with, before the colon
    "on ": ("wrote", "writes"),
    "le ": ("a écrit",),
    "el ": ("escribió",),
    "il ": ("ha scritto",),
    "em ": ("escreveu",),
    "a ": ("escreveu",),
    "op ": ("schreef", "het volgende geschreven"),
    "den ": ("skrev",),
    "på ": ("skrev",),
    "w dniu ": ("napisał", "napisała", "napisał(a)", "pisze"),
    "dnia ": ("napisał", "napisała", "napisał(a)"),
    "dne ": ("napsal", "napsala", "napsal(a)"),
    "tarihinde ": ("yazdı",),
    "vào ": ("đã viết",),
    "于": ("写道",),
    "在": ("写道", "寫道"),
}
_GERMANIC = re.compile(r"(?:am .{6,150}\bschrieb|op .{6,150}\bschreef|(?:den|på) .{6,150}\bskrev) (?P<who>.{2,120})")
_DATED = re.compile(r"(?:\w{2,9}[.,]{0,2} ){0,2}(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? \w{3,9}\.? \d{4})\b")
_ADDRESS = re.compile(r"[^\s@<]@[^\s@]+\.[^\s@]")
_SEPARATOR = re.compile(
    r"-{2,} ?(?:original message|original appointment|forwarded message|(?:ursprüngliche|weitergeleitete) nachricht"
    r"|message (?:d'origine|original|transféré)|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)"
    r"|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht|originalmeddelande"
    r"|wiadomość oryginalna|原始邮件|原始郵件|元のメッセージ|원본 메시지|исходное сообщение) ?-{2,}"
)
_HEADER = re.compile(r"\*?([^\W\d_]{1,12})\*? ?[:：]\*?(?:\s|$)")
_FROM = frozenset(("from", "von", "de", "da", "van", "от", "od", "från", "fra", "发件人", "差出人", "보낸사람"))
_OTHER = frozenset(
    (
        *("date", "to", "cc", "datum", "an", "à", "fecha", "para", "data", "a", "aan", "till", "til", "do"),
        *("кому", "дата", "收件人", "抄送", "宛先", "받는사람", "날짜"),
    )
)
_PROOF = frozenset(  # what only a mail has: a subject, a time of sending
    (
        *("subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "ämne", "emne", "тема", "temat"),
        *("主题", "主旨", "件名", "제목"),
        *("sent", "gesendet", "envoyé", "enviado", "inviato", "verzonden", "skickat", "wysłano", "отправлено"),
        *("发送时间", "送信日時"),
    )
)
_BEGINS = _FROM | _OTHER
_SENT_BY = re.compile(r"[\d@<]")


def intro_height(lines: list[str], index: int) -> int:
    """How many lines an introduction such as "On ... wrote:" takes that begins here; 0 for none.

    `lines` are stripped and cut to SEEN characters.
    """
    joined = ""
    for height in range(1, _WRAPPED + 1):
        if index + height > len(lines) or not (line := lines[index + height - 1]) or line.startswith(">"):
            return 0
        joined = f"{joined} {line.lower()}".lstrip()
        if len(joined) > SEEN:
            return 0
        if _is_intro(joined) or (_is_attribution(joined, lines[index].lower()) and _is_marked(lines, index + height)):
            return height
    return 0


def is_separator(line: str) -> bool:
    return line.startswith("--") and bool(_SEPARATOR.match(line.lower()))


def is_header_block(lines: list[str], index: int) -> bool:
    """The header lines that mail clients write above a message: at least three, with sender and subject.

    "From: London, To: Paris, Date: 3 May" has neither subject nor "Sent" and is what a traveller writes.
    """
    if _header(lines[index]) not in _BEGINS:
        return False
    names = [_header(line) for line in lines[index : index + 7]]
    known = [name for name in names if name in _BEGINS or name in _PROOF]
    return len(known) >= 3 and not _FROM.isdisjoint(known) and not _PROOF.isdisjoint(known)


def _header(line: str) -> str:
    found = _HEADER.match(line.lower())
    return found[1] if found else ""


def _is_marked(lines: list[str], index: int) -> bool:
    return any(line.startswith(">") for line in lines[index : index + 2])


def _is_attribution(joined: str, first: str) -> bool:
    """A date and then an address, in whatever language: an introduction where marked lines follow."""
    return joined[-1] in ":：>" and bool(_DATED.match(first)) and bool(_ADDRESS.search(joined))


def _is_intro(joined: str) -> bool:
    if joined[-1] not in ":：" or not _SENT_BY.search(joined):
        return False  # "On the phone your colleague wrote:" names no date and no address
    said = joined[:-1].rstrip()
    if found := _GERMANIC.fullmatch(said):
        return "@" in found["who"] or len(found["who"].split()) <= 4
    return any(joined.startswith(begins) and said.endswith(ends) for begins, ends in _BEGINNINGS.items())
