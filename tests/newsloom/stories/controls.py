"""Controls for the seeds' event: short reports, written for these tests, that join or must not.

The seeds report that Niger's junta says it is open to talks (15 August 2023). Each control shares
something with them: the countries, the kind of event, the people, the organisations, the page.
"""

from datetime import datetime
from typing import NamedTuple


class Control(NamedTuple):
    """An article, and whether it belongs into the seeds' story."""

    title: str
    text: str
    published_at: datetime | None
    joins: bool


CONTROLS = {
    "the same event in two lines": Control(
        "",
        "Niger's coup leaders said on Tuesday they were open to talks to end the regional crisis, "
        "while Russia and the United States urged a peaceful solution.\n"
        "West African army chiefs of the ECOWAS bloc meet in Ghana on Thursday and Friday to "
        "prepare for a possible military intervention to free ousted President Mohamed Bazoum.",
        datetime(2023, 8, 15),
        True,
    ),
    "the same event by another outlet": Control(
        "Niger junta ready to negotiate as ECOWAS generals plan to meet in Accra",
        "The soldiers who seized power in Niger last month signalled on Tuesday that they would "
        "talk to anyone about a way out of the standoff with their neighbours, their newly "
        "appointed prime minister Ali Mahamane Lamine Zeine said after a trip to Chad.\n"
        "Defence chiefs of the Economic Community of West African States will gather in Ghana on "
        "Thursday and Friday to work on plans for an intervention should diplomacy fail. The "
        "junta has held President Mohamed Bazoum since July 26 and has turned away most "
        "mediators.\n"
        "Vladimir Putin told Mali's interim leader Assimi Goita by telephone that the crisis "
        "should be settled peacefully for the sake of a stable Sahel. Washington, which like "
        "France keeps troops in Niger, avoids calling the takeover a coup.",
        datetime(2023, 8, 15),
        True,
    ),
    "other events in the same country": Control(
        "Floods in Niger leave thousands homeless",
        "Torrential rain has killed at least 27 people in Niger since June and destroyed more "
        "than six thousand houses, the civil protection service said. The regions of Maradi and "
        "Zinder are hit hardest.\nAid workers are handing out tents, mosquito nets and sacks of "
        "millet. The river Niger is expected to rise further in Niamey, where dykes broke in 2020.",
        datetime(2023, 8, 16),
        False,
    ),
    "other events in the same countries, by the same powers": Control(
        "Burkina Faso and Mali sign gold refinery deal with Russian firm",
        "A Russian company will build a gold refinery near Bamako that is to process two hundred "
        "tonnes a year, Mali's mining minister said. Burkina Faso and Niger may send their ore "
        "there as well.\n"
        "France and Ghana have long bought much of the region's gold. The plant should open in "
        "four years and give work to five hundred people.",
        datetime(2023, 8, 17),
        False,
    ),
    "the same kind of event elsewhere": Control(
        "Gabon officers seize power after disputed election",
        "Army officers in Gabon said on Wednesday that they had taken power, cancelled the "
        "results of the presidential election and put President Ali Bongo under house arrest.\n"
        "It is the eighth coup in West and Central Africa in three years. France, the former "
        "colonial power, condemned the takeover, and the Central African bloc ECCAS called for "
        "dialogue and a return to constitutional order. Crowds cheered the soldiers in Libreville.",
        datetime(2023, 8, 30),
        False,
    ),
    "another army open to talks": Control(
        "Sudan's army says it is open to talks with rivals",
        "Sudan's army said on Tuesday it was willing to talk to the paramilitary Rapid Support "
        "Forces, but only if they leave the houses and hospitals of Khartoum.\n"
        "The United States and Saudi Arabia have urged both sides to find a peaceful solution, "
        "and the regional bloc IGAD plans a meeting of its leaders. Fighting has displaced four "
        "million people since April 15.",
        datetime(2023, 8, 15),
        False,
    ),
    "the same people in another month": Control(
        "Putin and Goita speak about grain and nuclear energy",
        "Russian President Vladimir Putin and Mali's military leader Assimi Goita discussed "
        "deliveries of grain and fuel in a telephone call on Sunday, the Kremlin said.\n"
        "Russia will train Malian engineers in nuclear energy and look into building a plant. "
        "Goita thanked Moscow for its support at the United Nations.",
        datetime(2023, 12, 10),
        False,
    ),
    "the same presidents, another matter": Control(
        "Biden and Putin extend nuclear arms treaty",
        "US President Joe Biden and Russian President Vladimir Putin agreed by telephone to "
        "extend the last treaty that limits their strategic nuclear weapons by five years.\n"
        "The White House said the two leaders also spoke about Ukraine and about hackers. Russia's "
        "parliament is to ratify the agreement this week.",
        datetime(2021, 1, 27),
        False,
    ),
    "the same organisation, another matter": Control(
        "ECOWAS puts off its single currency again",
        "Leaders of the Economic Community of West African States (ECOWAS) agreed in Accra to "
        "delay the launch of the eco, their planned single currency, because of the pandemic.\n"
        "A new road map foresees the start in 2027. Nigeria and Ghana have been at odds with the "
        "French-speaking members over how the currency should be managed.",
        datetime(2021, 6, 19),
        False,
    ),
    "the beginning of the same crisis, weeks before": Control(
        "Presidential guard holds Niger's leader in his palace",
        "Soldiers of the presidential guard closed off the palace in Niamey on Wednesday morning "
        "and held President Mohamed Bazoum inside, as hundreds of his supporters marched towards "
        "it.\n"
        "The guard fired warning shots. The army gave the mutineers an ultimatum. General "
        "Abdourahamane Tchiani, who commands the guard, was about to be replaced, officials said.",
        datetime(2023, 7, 26),
        False,
    ),
    "a list page that mentions it": Control(
        "Africa this week: the stories in brief",
        "Kenya: doctors end a strike of three weeks after a pay deal.\n"
        "South Africa: power cuts will last through winter, the utility says.\n"
        "Niger: the junta says it is ready for talks.\n"
        "Nigeria: petrol prices rise to a record as the naira falls.\n"
        "Egypt: archaeologists open a tomb near Saqqara to visitors.\n"
        "Morocco: the women's team goes home proud from the World Cup.\n"
        "Ghana: cocoa farmers ask for a higher price for the new season.\n"
        "Ethiopia: the government declares an emergency in Amhara.",
        datetime(2023, 8, 18),
        False,
    ),
    "a background piece on the region": Control(
        "Why the Sahel's deserts are growing",
        "Across the Sahel, from Mali over Burkina Faso to Niger and Chad, the sand is moving "
        "south. Farmers plant rows of acacia trees and dig half-moon pits that hold the rain.\n"
        "Scientists say that the belt of green is recovering where people own the trees they "
        "plant. Ghana and Nigeria have joined the project, which France and the World Bank help "
        "to pay for.",
        None,
        False,
    ),
}
