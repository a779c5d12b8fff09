"""Texts to search in, and alphabets to draw more from."""

from __future__ import annotations

import sqlite3

from hypothesis import strategies as st

from evenhand.conversations.text import search_terms

SAMPLES = {
    "en": "I'd like a refund for order #4711, please: the e-mail said 5.5% off!",
    "de": "Die Rückerstattung für meine Bestellung über 20 € fehlt; schöne Grüße aus der Straße 5",
    "fr": "Où est ma commande ? L’œuvre n’est pas arrivée à Noël.",
    "tr": "İade istiyorum, ISPARTA'ya gönderin",
    "el": "Καλημέρα, ΠΟΥ ΕΙΝΑΙ η παραγγελία μου;",
    "ru": "Мой заказ ещё не пришёл, верните деньги",
    "zh": "我想申请退货,退货政策是什么?iPhone手机第3章",
    "ja": "返品したいのですが、ﾃﾞｰﾀの送料はいくらですか?",
    "ko": "환불 정책이 어떻게 되나요? 주문번호 4711 ㅠㅠ",
    "th": "ขอคืนเงินได้ไหมคะ สินค้าชำรุดที่นี่",
    "ar": "أريد استرداد المبلغ، طَلَبِي رقم ٤٧١١ لم يصـــل",
    "hi": "मुझे रिफंड चाहिए, मेरा ऑर्डर नहीं मिला",
    "km": "ខ្ញុំចង់សងប្រាក់វិញ",
    "vi": "Tôi muốn hoàn tiền cho đơn hàng",
}

# Letters that every engine has known for long, with marks, signs and operators between them.
letters = st.sampled_from(
    "".join(sorted(set("".join(SAMPLES.values())))) + "\u0301\u0308\u200b\u200d\u00adｶﾞ각ᄀ\u1161ß"
)
anything = st.text(letters | st.characters(codec="utf-8", max_codepoint=0x2FF) | st.sampled_from(' "-*:^()+OR'))
any_text = anything | st.text(st.characters(exclude_categories=["Cs"]))


class Index:
    """An FTS5 table as the product builds it."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
        self._db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")

    def put(self, text: str) -> None:
        self._db.execute("DELETE FROM t")
        self._db.execute("INSERT INTO t VALUES (?)", (search_terms(text),))

    def tokens(self) -> list[str]:
        return [term for (term,) in self._db.execute("SELECT term FROM v ORDER BY offset")]

    def finds(self, match: str) -> bool:
        return bool(self._db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (match,)).fetchone()[0])

    def close(self) -> None:
        self._db.close()
