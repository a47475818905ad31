"""What the accounts of the chart are called in French and Dutch, beside the English names of the chart.

The words are those of the Belgian minimum chart of accounts (PCMN, MAR) where it names the account.
"""

from __future__ import annotations

from domain.bookkeeping import chart

TRANSLATED: dict[str, tuple[str, str]] = {
    chart.CONTRIBUTIONS: ("Apport disponible", "Beschikbare inbreng"),
    chart.CONTRIBUTIONS_UNAVAILABLE: ("Apport indisponible", "Onbeschikbare inbreng"),
    chart.LEGAL_RESERVE: ("Réserve légale", "Wettelijke reserve"),
    chart.AVAILABLE_RESERVES: ("Réserves disponibles", "Beschikbare reserves"),
    chart.PROFIT_CARRIED: ("Bénéfice reporté", "Overgedragen winst"),
    chart.LOSS_CARRIED: ("Perte reportée", "Overgedragen verlies"),
    chart.PROVISIONS_FOR_RISKS: (
        "Provisions pour autres risques et charges",
        "Voorzieningen voor overige risico's en kosten",
    ),
    chart.CUSTOMERS: ("Clients", "Handelsdebiteuren"),
    chart.DOUBTFUL_DEBTORS: ("Créances douteuses", "Dubieuze debiteuren"),
    chart.CUSTOMERS_ADJUSTED: (
        "Réductions de valeur actées sur créances douteuses",
        "Geboekte waardeverminderingen op dubieuze debiteuren",
    ),
    chart.VAT_DEDUCTIBLE: ("TVA à récupérer", "Terug te vorderen btw"),
    chart.ADVANCES_AND_DEFICITS: (
        "Créances diverses : avances des fonds mutuels, déficits d'activités, trop-payés",
        "Diverse vorderingen: voorschotten van onderlinge fondsen, tekorten van activiteiten, te veel betaalde bedragen",
    ),
    chart.SUPPLIERS: ("Fournisseurs", "Leveranciers"),
    chart.VAT_DUE: ("TVA à payer", "Te betalen btw"),
    chart.WAGE_TAX: ("Précomptes retenus", "Ingehouden voorheffingen"),
    chart.DIVIDEND_TAX: (
        "Précompte mobilier retenu sur dividendes",
        "Op dividenden ingehouden roerende voorheffing",
    ),
    chart.SOCIAL_SECURITY: ("Office national de sécurité sociale", "Rijksdienst voor Sociale Zekerheid"),
    chart.WAGES_DUE: ("Rémunérations", "Bezoldigingen"),
    chart.GARNISHMENTS: ("Saisies sur rémunérations", "Loonbeslag"),
    chart.HOLIDAY_PAY_DUE: ("Pécules de vacances", "Vakantiegeld"),
    chart.DIVIDENDS_PAYABLE: ("Dividendes de l'exercice", "Dividenden over het boekjaar"),
    chart.PATRONAGE_PAYABLE: ("Ristournes dues aux activités", "Aan activiteiten verschuldigde ristorno's"),
    chart.OWED_TO_ENTREPRENEURS: ("Dettes envers les entrepreneurs", "Schulden aan de ondernemers"),
    chart.AWAITING_ALLOTMENT: ("Apports en attente d'attribution", "Inbreng in afwachting van toekenning"),
    chart.WITHDRAWAL_SHARES: (
        "Parts de retrait, suspendues jusqu'à leur paiement",
        "Scheidingsaandelen, opgeschort tot hun betaling",
    ),
    chart.OVERPAYMENTS_HELD: (
        "Trop-perçus retenus pour des clients",
        "Aangehouden overbetalingen van klanten",
    ),
    chart.MUTUAL_FUNDS: ("Fonds mutuels des activités", "Onderlinge fondsen van de activiteiten"),
    chart.DEFERRED_CHARGES: ("Charges à reporter", "Over te dragen kosten"),
    chart.ACCRUED_INCOME: ("Produits acquis", "Verkregen opbrengsten"),
    chart.ACCRUED_CHARGES: ("Charges à imputer", "Toe te rekenen kosten"),
    chart.DEFERRED_INCOME: ("Produits à reporter", "Over te dragen opbrengsten"),
    chart.AWAITING_ALLOCATION: (
        "Lignes bancaires en attente d'affectation",
        "Bankregels in afwachting van toewijzing",
    ),
    chart.OPENING_BALANCES: (
        "Soldes d'ouverture en attente de la reprise",
        "Beginsaldi in afwachting van de overname",
    ),
    chart.BANK: ("Établissements de crédit : comptes courants", "Kredietinstellingen: rekening-courant"),
    chart.IN_TRANSIT: ("Virements internes", "Interne overboekingen"),
    chart.RENT: ("Loyers et charges locatives", "Huur en huurlasten"),
    chart.MAINTENANCE: ("Entretien et réparations", "Onderhoud en herstellingen"),
    chart.SUPPLIES: ("Fournitures", "Leveringen aan de onderneming"),
    chart.SERVICES: ("Rétributions de tiers", "Vergoedingen aan derden"),
    chart.PUBLICITY: ("Publicité", "Publiciteit"),
    chart.TRAVEL: ("Déplacements", "Verplaatsingen"),
    chart.CONTRIBUTION_SHARED: (
        "Contribution aux services partagés (interne)",
        "Bijdrage aan de gedeelde diensten (intern)",
    ),
    chart.CONTRIBUTION_FUNDS: ("Contribution aux fonds mutuels", "Bijdrage aan de onderlinge fondsen"),
    chart.DIRECTOR_PAY: (
        "Rémunérations des administrateurs et associés actifs",
        "Bezoldigingen van bestuurders en werkende vennoten",
    ),
    chart.DIRECTOR_PAY_DUE: (
        "Rémunérations dues aux administrateurs",
        "Verschuldigde bezoldigingen van bestuurders",
    ),
    chart.INTERNAL_TRANSFERS: (
        "Transferts entre activités (interne)",
        "Overdrachten tussen activiteiten (intern)",
    ),
    chart.WAGES: ("Rémunérations des employés", "Bezoldigingen van bedienden"),
    chart.EMPLOYER_CONTRIBUTIONS: (
        "Cotisations patronales d'assurances sociales",
        "Werkgeversbijdragen voor sociale verzekeringen",
    ),
    chart.OTHER_STAFF_COSTS: ("Autres frais de personnel", "Andere personeelskosten"),
    chart.HOLIDAY_PAY: ("Provision pour pécules de vacances", "Voorziening voor vakantiegeld"),
    chart.DEPRECIATION: (
        "Amortissements sur immobilisations corporelles",
        "Afschrijvingen op materiële vaste activa",
    ),
    chart.PROVISIONS_CHARGED: (
        "Provisions pour autres risques et charges : dotations et utilisations",
        "Voorzieningen voor overige risico's en kosten: toevoegingen en bestedingen",
    ),
    chart.BANK_CHARGES: ("Frais de banque", "Bankkosten"),
    chart.LOSS_BROUGHT_FORWARD: (
        "Perte reportée de l'exercice précédent",
        "Overgedragen verlies van het vorige boekjaar",
    ),
    chart.TO_LEGAL_RESERVE: ("Dotation à la réserve légale", "Toevoeging aan de wettelijke reserve"),
    chart.TO_OTHER_RESERVES: ("Dotation aux autres réserves", "Toevoeging aan de overige reserves"),
    chart.PROFIT_TO_CARRY: ("Bénéfice à reporter", "Over te dragen winst"),
    chart.DIVIDEND: ("Rémunération de l'apport", "Vergoeding van de inbreng"),
    chart.PATRONAGE: ("Autres allocataires : ristournes", "Andere rechthebbenden: ristorno's"),
    chart.SALES: ("Ventes et prestations de services", "Verkopen en dienstprestaties"),
    chart.PROFIT_BROUGHT_FORWARD: (
        "Bénéfice reporté de l'exercice précédent",
        "Overgedragen winst van het vorige boekjaar",
    ),
    chart.LOSS_TO_CARRY: ("Perte à reporter", "Over te dragen verlies"),
    chart.GUARANTEES_RECEIVED: (
        "Autres produits d'exploitation : garanties des fonds mutuels",
        "Andere bedrijfsopbrengsten: waarborgen van onderlinge fondsen",
    ),
    chart.LATE_PAYMENT_COSTS: (
        "Autres produits d'exploitation : frais de recouvrement payés par les retardataires",
        "Andere bedrijfsopbrengsten: invorderingskosten betaald door laattijdige betalers",
    ),
    chart.PATRONAGE_RECEIVED: (
        "Autres produits d'exploitation : ristournes aux activités",
        "Andere bedrijfsopbrengsten: ristorno's aan activiteiten",
    ),
    chart.LATE_INTEREST: (
        "Produits des actifs circulants : intérêts de retard",
        "Opbrengsten uit vlottende activa: nalatigheidsinteresten",
    ),
    chart.VALUE_ADJUSTMENTS: (
        "Réductions de valeur sur créances commerciales, dotations et reprises",
        "Waardeverminderingen op handelsvorderingen, toevoegingen en terugnemingen",
    ),
    chart.LOSSES_ON_CLAIMS: (
        "Moins-values sur réalisation de créances commerciales",
        "Minderwaarden op de realisatie van handelsvorderingen",
    ),
    chart.GAINS_ON_CLAIMS: (
        "Plus-values sur réalisation de créances commerciales",
        "Meerwaarden op de realisatie van handelsvorderingen",
    ),
    chart.DEFICITS_GIVEN_UP: (
        "Autres charges d'exploitation : déficits d'activités abandonnés",
        "Andere bedrijfskosten: opgegeven tekorten van activiteiten",
    ),
    chart.DEFICITS_RECOGNISED: (
        "Autres produits d'exploitation : déficits dus par des entrepreneurs",
        "Andere bedrijfsopbrengsten: tekorten die ondernemers verschuldigd zijn",
    ),
    chart.DEFICITS_RECOVERED: (
        "Autres produits d'exploitation : rentrées sur déficits abandonnés",
        "Andere bedrijfsopbrengsten: ontvangen op opgegeven tekorten",
    ),
}
"""The French and the Dutch name of each account of the chart."""


def names_in(lang: str) -> dict[str, str]:
    """Return what every account of the chart is called in `en`, `fr` or `nl`."""
    match lang:
        case "fr":
            return {account: french for account, (french, _) in TRANSLATED.items()}
        case "nl":
            return {account: dutch for account, (_, dutch) in TRANSLATED.items()}
        case _:
            return chart.NAMES
