"""Invented news about invented places, as rows: many events, some reported twice, some copied.

In Spanish, because that needs no language model. All of it comes from a seed.
"""

import random
from typing import Any

Row = dict[str, Any]

_SYLLABLES = (
    "al", "ber", "cán", "dor", "els", "fru", "gal", "hui", "jar", "lim", "mon", "nue", "ort", "pel",
    "quir", "ros", "sil", "tar", "urb", "vel", "yan", "zam",
)  # fmt: skip
_COUNTRIES = ("Perú", "Chile", "España", "Uruguay", "Colombia", "Ecuador")
_EVENTS: dict[str, tuple[str, ...]] = {
    "Inundación en {town}": (
        "El río {a} se desbordó de madrugada en {town} y el agua entró en {n} viviendas "
        "del barrio de {b}.",
        "Los bomberos evacuaron en lancha a los vecinos que habían subido a los tejados.",
        "La alcaldía de {town} abrió el polideportivo {c} como albergue y pidió mantas y "
        "agua potable.",
        "Según los meteorólogos de {country}, en seis horas llovió lo habitual en {m} días.",
        "El dique levantado hace diez años cedió junto a {b}, reconoció el ingeniero de guardia.",
        "Las carreteras de {town} a {c} seguían cortadas por el barro a última hora de la tarde.",
        "El puente de {b} fue arrastrado por la corriente y quedó atravesado en el cauce.",
    ),
    "Huelga portuaria en {town}": (
        "Los estibadores de {town} dejaron los muelles a medianoche y {n} barcos esperan fuera.",
        "El sindicato {a} reclama turnos más cortos y un aumento de {m} por ciento en dos años.",
        "La naviera {b} y la patronal de {country} calificó el paro de desproporcionado "
        "y pidió mediación.",
        "Miles de contenedores con fruta fresca se acumulan bajo el sol en la terminal {c}.",
        "Los exportadores temen perder la campaña si las grúas de la terminal {c} no "
        "vuelven a moverse.",
        "Una primera reunión con la naviera {b} terminó sin acuerdo tras nueve horas.",
        "Los camioneros anunciaron que no cruzarán los piquetes en la entrada del puerto.",
    ),
    "Hallazgo arqueológico en {town}": (
        "Unas obras del metro sacaron a la luz en {town} la necrópolis de {a}, con {n} tumbas.",
        "Las vasijas de {a} tendrían unos {m} siglos, estiman los arqueólogos del museo.",
        "El ministerio de cultura de {country} ordenó detener la excavadora y vallar el "
        "solar de {b}.",
        "Entre las piezas hay una máscara de cobre y collares de concha traídos de {c}.",
        "Los investigadores creen que bajo {town} existió un mercado mucho mayor de lo pensado.",
        "Las muestras de hueso viajarán a un laboratorio para fecharlas con carbono.",
        "El ayuntamiento estudia mover la estación de {b} y dejar las ruinas a la vista.",
    ),
    "Apagón en {town}": (
        "Un fallo en la subestación {a} dejó sin luz a {n} mil hogares de {town} durante la noche.",
        "Los semáforos se apagaron y la policía dirigió el tráfico con linternas.",
        "El hospital de {town} funcionó {m} horas con sus generadores de reserva.",
        "La compañía eléctrica de {country} culpó a un transformador averiado en {b}.",
        "Los comerciantes del mercado {c} tiraron toneladas de alimentos congelados a la "
        "mañana siguiente.",
        "El regulador abrirá un expediente para saber por qué no saltó la línea de {b}.",
        "Decenas de personas quedaron atrapadas en ascensores hasta la llegada de los técnicos.",
    ),
    "Final de regatas en {town}": (
        "El velero {a} ganó en {town} la regata de veleros con {n} segundos de ventaja.",
        "El viento roló en la última boya y dejó clavados a los favoritos frente a la playa.",
        "Más de {m} mil aficionados siguieron la prueba desde el malecón de {b}.",
        "La tripulación dedicó el trofeo a su carpintero, que reparó el mástil en una noche.",
        "La federación de vela de {country} confirmó que volverá a correrse el próximo verano.",
        "El {c} y otro velero chocaron en la salida y un jurado descalificó a la segunda.",
        "El patrón del {a} contó que arriesgó por el lado de las rocas porque ya no "
        "tenía nada que perder.",
    ),
    "Nueva vacuna probada en {town}": (
        "El hospital {a} de {town} terminó el ensayo de una vacuna contra el dengue con "
        "{n} voluntarios.",
        "La dosis redujo las fiebres graves en un {m} por ciento, según los primeros datos.",
        "La agencia sanitaria de {country} revisará los resultados antes de dar su permiso.",
        "Los médicos avisan de que falta saber cuánto dura la protección en los niños.",
        "El suero, llamado {b}, se conserva en nevera común, una ventaja para los pueblos lejanos.",
        "La fábrica {c}, junto a {town}, podría producir las primeras ampollas.",
        "Ninguno de los participantes tuvo efectos graves, afirmó la jefa del hospital {a}.",
    ),
}


def articles(count: int, seed: int = 1) -> list[Row]:
    """Return `count` rows: about half of the events are reported twice, every tenth row copied."""
    draw = random.Random(seed)
    rows: list[Row] = []
    while len(rows) < count:
        title, sentences, day = _event(draw)
        for _ in range(draw.choice((1, 2))):
            rows.append(_report(draw, len(rows), title, sentences, day))
        if draw.random() < 0.3:
            rows.append(copied(rows[-1], f"n{len(rows)}"))
    return rows[:count]


def copied(row: Row, external_id: str, **changes: Any) -> Row:
    """Return the same text as another paper would print it, with a credit line."""
    text = row["text"] + " Con información de agencias."
    return {**row, "id": external_id, "text": text, "source": "diario-espejo", **changes}


def _event(draw: random.Random) -> tuple[str, list[str], int]:
    title = draw.choice(tuple(_EVENTS))
    fill: dict[str, object] = {name: _name(draw) for name in ("town", "a", "b", "c")}
    fill |= {"country": draw.choice(_COUNTRIES), "n": draw.randint(12, 97), "m": draw.randint(3, 9)}
    sentences = [sentence.format(**fill) for sentence in _EVENTS[title]]
    return title.format(**fill), sentences, draw.randint(1, 28)


def _name(draw: random.Random) -> str:
    return "".join(draw.sample(_SYLLABLES, 3)).capitalize()


def _report(draw: random.Random, number: int, title: str, sentences: list[str], day: int) -> Row:
    chosen = draw.sample(sentences, 5)
    return {
        "id": f"n{number}",
        "title": title,
        "text": " ".join(chosen),
        "published_at": f"2024-03-{day:02}T{draw.randint(0, 23):02}:{draw.randint(0, 59):02}:00Z",
        "source": draw.choice(("gaceta", "radio-costa", "el-faro")),
    }
