"""Made-up news of four events in several languages, and others that only look alike."""

from typing import NamedTuple


class Report(NamedTuple):
    """A made-up article. `event` names what it reports."""

    event: str
    language: str
    day: str
    title: str
    text: str


FERRY = [
    Report(
        "ferry", "en", "2024-07-27", "Ferry Halvorsund runs aground off Lerwick with 214 aboard",
        "The ferry Halvorsund ran aground near Lerwick on July 26 with 214 passengers aboard. "
        "Captain Ingrid Brekkestad told the coastguard that the steering had failed in the swell. "
        "Nobody was hurt, but 17 people were taken to hospital in Aberdeen as a precaution. The "
        "operator Nordvik Line said that it would pay 3.5 million pounds to have the wreck "
        "removed. Investigators from Norway are expected to join the inquiry this week.",
    ),
    Report(
        "ferry", "de", "2024-07-27", "Fähre Halvorsund läuft vor Lerwick auf Grund",
        "Die Fähre Halvorsund ist am 26. Juli mit 214 Passagieren an Bord vor Lerwick auf Grund "
        "gelaufen. Kapitänin Ingrid Brekkestad erklärte der Küstenwache, in der Dünung sei die "
        "Steuerung ausgefallen. Verletzt wurde niemand, 17 Menschen kamen vorsorglich in eine "
        "Klinik nach Aberdeen. Die Reederei Nordvik Line will für die Bergung 3,5 Millionen Pfund "
        "bezahlen. Ermittler aus Norwegen sollen sich noch diese Woche an der Untersuchung "
        "beteiligen.",
    ),
    Report(
        "ferry", "es", "2024-07-28", "El ferri Halvorsund encalla frente a Lerwick con 214 a bordo",
        "El ferri Halvorsund encalló el 26 de julio cerca de Lerwick con 214 pasajeros a bordo. La "
        "capitana Ingrid Brekkestad explicó a los guardacostas que falló el timón a causa del "
        "oleaje. No hubo heridos, aunque 17 personas fueron llevadas a un hospital de Aberdeen. La "
        "naviera Nordvik Line pagará 3,5 millones de libras para retirar el barco. Investigadores "
        "de Noruega se sumarán esta semana a la investigación.",
    ),
    Report(
        "ferry", "ru", "2024-07-27", "Паром «Халворсунд» сел на мель у Леруика",
        "Паром «Халворсунд» с 214 пассажирами на борту сел на мель у Леруика 26 июля. Капитан "
        "Ингрид Бреккестад сообщила береговой охране, что из-за волнения отказало рулевое "
        "управление. Никто не пострадал, 17 человек доставили в больницу Абердина. Компания "
        "Nordvik Line заплатит 3,5 миллиона фунтов за подъём судна. К расследованию "
        "присоединятся специалисты из Норвегии.",
    ),
]  # fmt: skip
MINE = [
    Report(
        "mine", "en", "2024-07-27", "Copper mine at Quillarumi in Peru shut after tunnel collapse",
        "Peru has closed the Quillarumi copper mine after a tunnel collapsed and trapped 46 "
        "workers. Minister Eusebio Challco flew in from Lima and promised that all would be "
        "brought out by Sunday. The owner Tarapaca Metals, listed in Canada, lost 12.4 percent on "
        "the stock exchange. Rescue teams from Chile are on their way to the Ancash region.",
    ),
    Report(
        "mine", "fr", "2024-07-27", "Pérou : la mine de Quillarumi fermée après un effondrement",
        "Le Pérou a fermé la mine de cuivre de Quillarumi après l'effondrement d'une galerie qui a "
        "piégé 46 ouvriers. Le ministre Eusebio Challco, venu de Lima, a promis que tous seraient "
        "remontés avant dimanche. Le propriétaire Tarapaca Metals, coté au Canada, a perdu 12,4 "
        "pour cent en bourse. Des secouristes du Chili sont en route vers la région d'Ancash.",
    ),
    Report(
        "mine", "es", "2024-07-26", "Cierran la mina Quillarumi tras el derrumbe de un túnel",
        "El Perú cerró la mina de cobre Quillarumi tras el derrumbe de un túnel que dejó atrapados "
        "a 46 trabajadores. El ministro Eusebio Challco llegó desde Lima y prometió rescatarlos "
        "antes del domingo. La dueña Tarapaca Metals, que cotiza en Canadá, cayó un 12,4 % en la "
        "bolsa. Rescatistas de Chile viajan a la región de Áncash.",
    ),
]  # fmt: skip
LATER = [
    Report(
        "minister's visit", "de", "2024-09-19", "Perus Minister Challco wirbt in Berlin um Geld",
        "Der peruanische Minister Eusebio Challco hat in Berlin um Investoren geworben. Bei einem "
        "Treffen mit Verbänden sprach er über Häfen, Straßen und neue Schulen. Aus Peru kommen "
        "vor allem Kupfer und Trauben; der Handel wuchs zuletzt um 8 Prozent. Am Abend reiste "
        "Challco weiter nach Wien.",
    ),
    Report(
        "strike", "de", "2024-07-27", "Streik legt Fähren in Griechenland lahm",
        "In Griechenland bleiben die Fähren bis Sonntag im Hafen. Die Seeleute verlangen 11 "
        "Prozent mehr Lohn. Betroffen sind rund 30000 Urlauber, wie die Gewerkschaft in Athen "
        "mitteilte. Die Reeder nannten den Streik unverantwortlich.",
    ),
    Report(
        "budget", "en", "2024-07-27", "Norway sets out budget with more money for hospitals",
        "The government in Oslo wants to spend more on hospitals and schools. Norway can afford "
        "it, the finance minister said on Friday: revenue from gas rose by 9 percent. The "
        "opposition called the plan timid. Parliament votes in the autumn.",
    ),
    Report(
        "cup", "fr", "2024-07-28", "La Norvège s'incline face au Chili",
        "La Norvège a perdu contre le Chili au tournoi de Lima. Le match s'est joué devant 17000 "
        "spectateurs. L'entraîneur s'est dit déçu mais fier de son équipe.",
    ),
]  # fmt: skip
REPORTS = [*FERRY, *MINE, *LATER]


def rows(reports: list[Report] = REPORTS) -> list[dict[str, str]]:
    """Return the reports as rows to ingest."""
    return [
        {
            "id": f"{report.event}-{report.language}",
            "source": f"paper-{report.language}",
            "title": report.title,
            "text": report.text,
            "published_at": report.day,
        }
        for report in reports
    ]
