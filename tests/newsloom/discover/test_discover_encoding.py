import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsloom.discover.decoding import decode, encoding_of
from newsloom.errors import InputError

FRENCH = "Le président français a déclaré mardi que l’équipe était prête à négocier."
SAMPLES = {
    "cp1252": FRENCH,
    "latin-1": "Die Bundesregierung prüft schärfere Regeln für Grenzübergänge.",
    "cp1250": "Vláda v úterý schválila návrh zákona, který mění pravidla pro řidiče.",
    "cp1251": "Президент заявил во вторник, что переговоры пройдут на следующей неделе.",
    "koi8-r": "Президент заявил во вторник, что переговоры пройдут на следующей неделе.",
    "cp1253": "Ο πρωθυπουργός δήλωσε την Τρίτη ότι οι διαπραγματεύσεις θα συνεχιστούν.",
    "cp1254": "Cumhurbaşkanı salı günü yaptığı açıklamada görüşmelerin süreceğini söyledi.",
    "cp1256": "قال الرئيس يوم الثلاثاء إن المحادثات ستعقد الأسبوع المقبل في العاصمة.",
    "gb18030": "中国国家主席周二在北京会见了来访的外国领导人，双方就经贸合作交换了意见。",
    "shift_jis": "首相は火曜日、来週東京で会談を行うと発表した。経済協力について話し合う予定だ。",
    "euc_kr": "대통령은 화요일 서울에서 다음 주에 회담을 열 것이라고 발표했다.",
}


@pytest.mark.parametrize("encoding", sorted(SAMPLES))
def test_old_encodings_are_recognised(encoding: str) -> None:
    assert decode(SAMPLES[encoding].encode(encoding)) == SAMPLES[encoding]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_is_recognised_with_and_without_a_mark(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize("text", ["café", "Zürich", "It cost £5 – “a bargain”, she said."])
def test_a_single_accent_is_enough(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


def test_utf8_cut_inside_a_character_stays_utf8() -> None:
    assert decode(("é" * 50).encode()[:-1]) == "é" * 49 + "\ufffd"


def test_the_declared_charset_decides_where_utf8_does_not_fit() -> None:
    assert decode("żółw ±".encode("iso8859-2", "replace"), "ISO-8859-2").startswith("żółw")
    assert decode("déjà".encode(), "iso-8859-1") == "déjà", "valid UTF-8 beats a wrong label"
    assert decode("日本".encode("iso2022_jp"), "iso-2022-jp") == "日本"
    assert decode(b"caf\xe9", "no-such-charset") == "café"
    assert decode(b"abc", "base64") == "abc"


@pytest.mark.parametrize(
    "data", [b"abc\0def", b"%PDF-1.7 text", b"PK\x03\x04", bytes(range(1, 32))]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        encoding_of(data)
    assert caught.value.reason == "binary"


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs", "Cc"])))
def test_every_utf8_text_comes_back(text: str) -> None:
    data = text.encode()
    assert decode(data) == text
