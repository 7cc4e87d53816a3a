import dataclasses
import random
from typing import Any

import pyarrow as pa
import pytest

from newsloom.language import identify
from newsloom.schema import DOCUMENT
from newsloom.settings import LanguageSettings, Settings

SAMPLES = {
    "en": "The dam above the town gave way on Monday after three days of heavy rain.",
    "de": "Der Damm oberhalb der Stadt brach am Montag nach drei Tagen starken Regens.",
    "fr": "Le barrage au-dessus de la ville a cédé lundi après trois jours de fortes pluies.",
    "es": "La presa situada sobre la ciudad cedió el lunes tras tres días de fuertes lluvias.",
    "ru": "Плотина над городом прорвалась в понедельник после трёх дней сильных дождей.",
    "ar": "انهار السد فوق المدينة يوم الاثنين بعد ثلاثة أيام من الأمطار الغزيرة.",
    "zh": "连续三天大雨之后，城市上方的大坝于周一决堤，官员说。",
    "ja": "三日間の大雨の後、町の上にあるダムが月曜日に決壊したと当局は発表した。",
    "vi": "Con đập phía trên thị trấn đã vỡ hôm thứ Hai sau ba ngày mưa lớn.",
}


def identified(rows: list[dict[str, Any]], **changes: float) -> list[tuple[str | None, Any]]:
    columns = {name: [row.get(name) for row in rows] for name in DOCUMENT.names}
    columns["ordinal"] = list(range(len(rows)))
    table = pa.table(columns, schema=DOCUMENT)
    limits = dataclasses.replace(LanguageSettings(), **changes)
    answer = identify(table, Settings(language=limits))
    assert answer.schema == DOCUMENT
    assert answer.drop_columns(["language", "language_confidence"]).equals(
        table.drop_columns(["language", "language_confidence"])
    )
    pairs = zip(
        answer["language"].to_pylist(), answer["language_confidence"].to_pylist(), strict=True
    )
    return list(pairs)


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_languages_are_recognised(language: str) -> None:
    ((found, confidence),) = identified([{"title": "", "text": SAMPLES[language]}])
    assert found == language
    assert 0.8 <= confidence <= 1.0


@pytest.mark.parametrize(
    "text", ["", "Short", "12345 67890 12345 67890 12345", "https://e.org/a " * 5]
)
def test_too_little_to_tell_is_undetermined(text: str) -> None:
    assert identified([{"title": "", "text": text}]) == [("und", 0.0)]


def test_an_unsure_answer_is_undetermined() -> None:
    rows = [{"title": "", "text": SAMPLES["en"]}]
    assert identified(rows, min_confidence=1.1)[0][0] == "und"


def test_the_headline_counts_too() -> None:
    assert identified([{"title": SAMPLES["de"], "text": ""}])[0][0] == "de"


def test_neither_neighbours_nor_order_change_an_answer() -> None:
    mixed = [{"title": "", "text": a[:30] + " " + b[:30]}
             for a in SAMPLES.values() for b in SAMPLES.values()]  # fmt: skip
    together = identified(mixed)
    order = list(range(len(mixed)))
    random.Random(3).shuffle(order)
    shuffled = identified([mixed[index] for index in order])
    assert [together[index] for index in order] == shuffled
    assert [identified([row])[0] for row in mixed[:10]] == together[:10]


def test_only_the_beginning_counts() -> None:
    text = SAMPLES["fr"] * 20
    assert identified([{"text": text}]) == identified([{"text": text[:1000] + SAMPLES["de"] * 50}])


def test_a_declared_language_only_breaks_a_tie() -> None:
    sure = {"title": "", "text": SAMPLES["en"], "language": "de"}
    assert identified([sure])[0][0] == "en"
    unsure = {"title": "", "text": SAMPLES["en"], "language": "en"}
    assert identified([unsure], min_confidence=1.1)[0][0] == "en"
    foreign = {"title": "", "text": SAMPLES["en"], "language": "ja"}
    assert identified([foreign], min_confidence=1.1)[0][0] == "und"


def test_rejects_stay_without_a_language() -> None:
    rows = [{"reason": "empty"}, {"title": "", "text": SAMPLES["en"]}]
    assert identified(rows)[0] == (None, None)
    assert identified([]) == []
