from __future__ import annotations

import email
import email.policy
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.conversations.text import fold_quotes, html_to_text

LINES = st.sampled_from(
    [
        *("Hello", "", "> quoted", ">", "--", "-- ", "On Tue, 3 May 2024, Ana <ana@x.example> wrote:", "On Tue, 3 May"),
        *("Ana <ana@x.example> wrote:", "-----Original Message-----", "From: Ana", "Sent: Tuesday", "To: Mia"),
        *("Subject: Re: x", "Sent from my iPhone", "Am 3.5.2024 um 10:00 schrieb Ana Souza:", "a: b", "\x0c", "é\r"),
    ]
)


def kinds(text: str) -> list[str]:
    return [segment.kind for segment in fold_quotes(text)]


@given(st.lists(LINES).map("\n".join) | st.text())
def test_segments_joined_are_the_text(text):
    segments = fold_quotes(text)
    assert "".join(segment.text for segment in segments) == text
    assert all(text[segment.start : segment.end] == segment.text for segment in segments)
    assert all(one.end == two.start and one.kind != two.kind for one, two in pairwise(segments))


@pytest.mark.parametrize(
    "intro",
    [
        "On Tue, 3 May 2024 at 16:41, Ana Souza <ana@x.example> wrote:",
        "On Tue, 3 May 2024 at 16:41, Ana Souza\n<ana@x.example> wrote:",
        "Am 03.05.2024 um 16:41 schrieb Ana Souza:",
        "Am Di., 3. Mai 2024 um 16:41 Uhr schrieb Ana Souza <ana@x.example>:",
        "Le mar. 3 mai 2024 à 16:41, Ana Souza <ana@x.example> a écrit :",
        "El mar, 3 may 2024 a las 16:41, Ana (<ana@x.example>) escribió:",
        "Em ter., 3 de mai. de 2024 às 16:41, Ana <ana@x.example> escreveu:",
        "Il giorno mar 3 mag 2024 alle ore 16:41 Ana <ana@x.example> ha scritto:",
        "Op di 3 mei 2024 om 16:41 schreef Ana Souza <ana@x.example>:",
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "-----Ursprüngliche Nachricht-----",
        "From: Ana Souza <ana@x.example>\nSent: Tuesday, 3 May 2024 16:41\nTo: Mia\nSubject: Parcel",
        "Von: Ana Souza\nGesendet: Dienstag, 3. Mai 2024 16:41\nAn: Mia\nBetreff: Paket",
        "*De :* Ana Souza\n*Envoyé :* mardi 3 mai 2024\n*À :* Mia\n*Objet :* Colis",
    ],
)
def test_introductions_of_mail_clients_begin_a_quotation(intro):
    assert kinds(f"Thanks!\n\n{intro}\n\nYour parcel is late.\n") == ["text", "quote"]
    first, second = fold_quotes(f"Thanks!\n\n{intro}\n\nYour parcel is late.\n")
    assert (first.text, second.text.startswith(intro)) == ("Thanks!\n\n", True)


def test_answers_between_quoted_lines_stay_visible():
    text = "On 3 May 2024, Ana <a@x.example> wrote:\n> Which size?\nLarge.\n> Which colour?\n\n> Really?\nRed.\n"
    segments = fold_quotes(text)
    assert [s.text for s in segments if s.kind == "text"] == ["Large.\n", "Red.\n"]


def test_a_signature_ends_where_quotation_begins():
    assert kinds("Hi\n-- \nAna\nShop\n> old\n") == ["text", "signature", "quote"]
    assert kinds("Hi\n\nSent from my iPhone\n\nOn 3 May 2024, a@x.example wrote:\n> old") == [
        "text",
        "signature",
        "quote",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "On the phone your colleague wrote:\nnothing",
        "On 3 May you wrote that it would come. Here is what came:\na box",
        "Am 3. Mai schrieb mir Ihr Kollege dieses, also hier noch einmal meine Liste:\neins",
        "From: London\nTo: Paris\nDate: 3 May\n",
        "I am sorry\n--\n" + "a long list\n" * 20,
        "Sent from my desk:\n" + "one of many\n" * 9,
        "a > b\n",
    ],
)
def test_what_a_customer_writes_is_not_folded(text):
    assert kinds(text) == ["text"]


def test_a_message_of_nothing_but_quotation_is_shown():
    assert kinds("> one\n> two\n\n-- \nAna") == ["text"]


def test_an_empty_text_has_no_segments():
    assert fold_quotes("") == []


REPLIES = "email-talon/tests/fixtures"


@pytest.mark.parametrize("name", ["android", "aol", "apple_mail", "comcast", "gmail", "hotmail", "iphone", "outlook"])
def test_replies_of_real_mail_clients(shared, name):
    path = shared / "samples" / REPLIES / "standard_replies" / f"{name}.eml"
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    shown = [s.text for s in fold_quotes(mail.get_body(("plain",)).get_content()) if s.kind == "text"]
    assert "".join(shown).strip() == "Hello"


@pytest.mark.parametrize("name", ["gmail", "hotmail", "mail_ru", "ms_outlook_2003", "ms_outlook_2010", "yandex_ru"])
def test_html_replies_of_real_mail_clients(shared, name):
    page = (shared / "samples" / REPLIES / "html_replies" / f"{name}.html").read_text()
    shown = [s.text for s in fold_quotes(html_to_text(page)) if s.kind == "text"]
    assert " ".join("".join(shown).split()) == "Hi. I am fine. Thanks, Alex"
