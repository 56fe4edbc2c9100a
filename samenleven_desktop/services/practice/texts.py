"""Invented Dutch texts of the practice file: building blocks for reports, agreements, remarks. Roles, no names."""

from __future__ import annotations

from datetime import date

OPENINGS = (
    "Overleg met het diensthoofd samenleven en de projectcoördinator.",
    "Werkbezoek samen met de schepen en de beleidsmedewerker diversiteit.",
    "Kort overleg met de projectcoördinator over de stand van zaken.",
    "Gesprek met de dienst welzijn en een medewerker van het Huis van het Kind.",
    "We overliepen de acties en de cijfers met de stuurgroep.",
    "Startgesprek met de nieuwe projectmedewerker en het diensthoofd.",
    "Online afstemming met de beleidsmedewerker, ter voorbereiding van de rapportering.",
)

ACTIONS: dict[int, tuple[str, ...]] = {
    2: (
        "Het actieplan polarisatie krijgt vorm: de omgevingsanalyse is klaar en de werkgroep koos drie prioriteiten.",
        "De jeugddienst en de politie leggen samen een meldpunt vast in het actieplan.",
        "Het ontwerp van het actieplan ligt bij het college. De uitrol begint met een vorming voor de onthaaldiensten.",
    ),
    5: (
        "De oefenkansen lopen goed: de bibliotheek startte een tweede praatgroep op woensdagvoormiddag.",
        "Het bestuur vond een tweede locatie voor de oefenkansen. De groep start na de vakantie met twaalf deelnemers.",
        "De praattafels in het lokaal dienstencentrum zitten vol; er is een wachtlijst van acht anderstaligen.",
        "De oefenkansen in het sociaal restaurant worden samen met de vrijwilligers geëvalueerd.",
    ),
    7: (
        "De begeleiding naar hogere studies bereikt vooral laatstejaars. De school vraagt een tweede infomoment.",
        "De studenten-buddy's krijgen een vorming; de hogeschool stelt een lokaal ter beschikking.",
    ),
    8: (
        "De aanpak van ongekwalificeerde uitstroom loopt via het jeugdwelzijnswerk; zes jongeren hebben een traject.",
        "Er is een lijst van jongeren zonder diploma. De outreachwerker belt hen een voor een op.",
    ),
    9: (
        "De toeleiding naar werk loopt samen met VDAB en het OCMW; de vierde contactmomenten worden nu genoteerd.",
        "De trajectbegeleider meldt dat veel deelnemers na het tweede gesprek afhaken. We bekeken hoe dat anders kan.",
        "Het jobatelier in de wijk bracht vijftien nieuwe deelnemers aan.",
    ),
    11: (
        "De mentoren werden gekoppeld aan anderstalige werkzoekenden; de eerste duo's zien elkaar om de twee weken.",
        "De zoektocht naar mentoren bij lokale bedrijven vraagt tijd. Drie bedrijven zegden toe.",
    ),
    12: ("Het participatie- en netwerktraject loopt buiten de oproep. We stemden de buddywerking af op de rest.",),
    13: (
        "De sportdienst nodigt kinderen uit de wijk uit voor een sportnamiddag; de sportclubs doen mee.",
        "Twee clubs werken met een gedeeld lidgeld. De brugfiguur sport volgt de inschrijvingen op.",
    ),
    14: (
        "Het contactmoment met bedrijven trok 32 jongeren. Een tweede bezoek staat gepland bij een logistiek bedrijf.",
        "De scholen willen het bedrijfsbezoek vastleggen in hun jaarplanning.",
    ),
    15: (
        "De brugfiguur ondersteunt kinderen in drie basisscholen; de samenwerking met de zorgcoördinatoren is sterk.",
        "De scholen vragen meer uren van de brugfiguur. We overlopen wat binnen de subsidie kan.",
        "Er kwam een duidelijke afspraak over wat de brugfiguur wel en niet opneemt.",
    ),
    17: (
        "De omstaanderstraining voor medewerkers van de sporthal kreeg goede reacties. Een open vorming volgt.",
        "De vorming over het omstaandersprincipe is ingepland voor de onthaalmedewerkers en de gemachtigde opzichters.",
    ),
    18: (
        "Het plan toegankelijkheid: de doorlichting van vijf gebouwen is klaar, het college kiest de eerste ingrepen.",
        "De adviesraad las de ontwerptekst van het actieplan toegankelijkheid na.",
    ),
    20: (
        "De schoolbezoeken voor ouders werken: 24 gezinnen gingen mee naar een opendeurdag in de buurt.",
        "De ouderavond over schoolkeuze lokte vooral gezinnen uit de wijk. Volgend jaar ook in het Huis van het Kind.",
    ),
    22: (
        "De pleinmakers organiseren elke maand een buurtkoffie; de huisvestingsmaatschappij stelt een ruimte open.",
        "Een tweede pleinmaker begint na de zomer. De bewoners kozen zelf het plein.",
    ),
    24: (
        "Het cultuurcentrum bezorgt kansentarieven en een rondleiding voor jongeren uit de jeugdopvang.",
        "De toeleiding naar cultuur loopt via het jeugdhuis; twee workshops zijn al volzet.",
    ),
}

BOTTLENECKS = (
    "Knelpunt: te weinig vrijwilligers voor de avondgroepen. We bekijken het gratis aanbod.",
    "Knelpunt: de cijfers komen laat binnen, waardoor de registratie achterloopt.",
    "Het bestuur twijfelt of het de personeelskost na de subsidie kan dragen. Verankering blijft een punt.",
    "De projectmedewerker is halftijds; de acties vragen meer aanwezigheid in de wijk.",
    "De doelgroep wordt nog te weinig bereikt. Outreachend werken met de straathoekwerker is een optie.",
    "Er is verwarring over wat meetelt voor de KPI. We namen de definitie samen door.",
    "",
    "",
)

CLOSINGS = (
    "We spraken af de tussentijdse cijfers over zes weken samen te bekijken.",
    "Het bestuur vraagt een voorbeeld van een ander bestuur; we leggen het contact.",
    "De verankering komt op de agenda van het managementteam.",
    "De samenwerking met de scholen is een sterkte die andere besturen kan inspireren.",
    "Volgende keer nodigen we ook de dienst communicatie uit.",
    "De motivatie in de ploeg is groot.",
    "",
)

AGREEMENTS: dict[str, tuple[str, ...]] = {
    "government": (
        "Tussentijdse cijfers van actie {n} bezorgen",
        "Contract voor de tweede locatie bezorgen",
        "Deelnemerslijst van actie {n} nakijken op dubbels",
        "Overleg met de scholen plannen over actie {n}",
        "Motivering voor actie {n} aanvullen",
        "Vrijwilligersoproep in het infoblad zetten",
        "Verankering van actie {n} op het college brengen",
    ),
    "coach": (
        "Contact leggen met een mentorbestuur voor actie {n}",
        "Voorbeeld van een actieplan bezorgen",
        "Uitleg over de telling van actie {n} doormailen",
        "Aanbod voor actie {n} vergelijken en doorsturen",
        "Verslag bezorgen aan de stuurgroep",
        "Lerend netwerk van actie {n} aanbevelen",
    ),
    "partner": (
        "Prijsofferte bezorgen voor actie {n}",
        "Data voor de vorming doorgeven",
        "Registratieformulier delen met de vrijwilligers",
    ),
}

NOTES = (
    "Uit het rapportagedocument",
    "Telling van de projectcoördinator",
    "Doorgegeven tijdens de sessie",
    "Telling per locatie, zonder dubbels",
    None,
    None,
)

EVALUATIONS = (
    "Sloot goed aan bij de vraag; het bestuur wil ermee doorgaan.",
    "Bracht minder deelnemers aan dan gehoopt.",
    "Goede begeleiding, duidelijke afspraken.",
    "Nog te evalueren na de zomer.",
    None,
)

TRACKS: tuple[tuple[str, str], ...] = (
    ("Oefenkansen uitbouwen", "Meer plaatsen en vaste vrijwilligers voor de oefenkansen Nederlands"),
    ("Brug naar onderwijs", "Een duidelijke opdracht voor de brugfiguur in elke school"),
    ("Actieplan polarisatie", "Een gedragen plan dat ook uitgevoerd wordt"),
    ("Verankering na de subsidie", "Wat werkt krijgt een plaats in het meerjarenplan"),
    ("Toeleiding naar werk", "Minder uitval tussen het eerste en het vierde contactmoment"),
)

# Own offers of the practice file: generic descriptions, no real or invented organisation.
OWN_OFFERS: tuple[tuple[str, str, str, int, int | None], ...] = (
    ("Taalstimulering op maat", "Lokale aanbieder", "paid", 5, 120000),
    ("Vrijwilligers werven en begeleiden", "Lokaal vrijwilligersplatform", "free", 5, None),
    ("Jobcoaching in de wijk", "Lokale aanbieder", "paid", 9, 180000),
    ("Omstaanderstraining voor diensten", "Lokale aanbieder", "paid", 17, 95000),
    ("Sportbeurzen en materiaal", "Sportregio", "free", 13, None),
    ("Huiswerkbegeleiding door studenten", "Hogeschool in de buurt", "free", 15, None),
)

# Roles, never names.
CONTACTS = (
    ("diensthoofd samenleven", "stuurt het plan aan"),
    ("projectmedewerker", "volgt de cijfers op"),
    ("schepencollege, bevoegd lid", None),
)
# Days ahead, start in minutes, governments.
PLANNED = ((1, 570, ("23088",)), (1, 840, ("SW-NRD", "23025")), (4, 600, ("23027",)), (9, 630, ("23002", "23016")))

INSTRUMENT_OF = "23094"
# Another subsidy: name, giver, action, cents, deadline, last day.
INSTRUMENT: tuple[str, str, int, int, date, date] = (
    "Subsidie voor zomerscholen",
    "Departement Onderwijs en Vorming",
    4,
    1_800_000,
    date(2025, 6, 30),
    date(2025, 8, 31),
)
