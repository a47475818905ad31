"""The words of the command line's answers, in English, French and Dutch."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str, str]] = {
    "account": ("Account", "Compte", "Rekening"),
    "account-name": ("Name", "Intitulé", "Naam"),
    "activity": ("Activity", "Activité", "Activiteit"),
    "activity-balances": ("Activity balances", "Soldes par activité", "Saldi per activiteit"),
    "amount": ("Amount", "Montant", "Bedrag"),
    "accrued": ("Charged", "Imputé", "Aangerekend"),
    "booked": ("Booked", "Comptabilisé", "Geboekt"),
    "cash": ("Disposable", "Disponible", "Beschikbaar"),
    "choice": ("Vote", "Vote", "Stem"),
    "collected": ("Collected", "Encaissé", "Geïnd"),
    "counterparty": ("Counterparty", "Contrepartie", "Tegenpartij"),
    "credit": ("Credit", "Crédit", "Credit"),
    "day": ("Day", "Jour", "Dag"),
    "debit": ("Debit", "Débit", "Debet"),
    "entity": ("Entity", "Entité", "Entiteit"),
    "events": ("Events", "Faits", "Feiten"),
    "floor": ("Floor", "Plancher", "Bodem"),
    "fund": ("Fund", "Fonds", "Fonds"),
    "fund-balances": ("Mutual funds", "Fonds mutuels", "Onderlinge fondsen"),
    "invoice": ("Invoice", "Facture", "Factuur"),
    "journal": ("Journal", "Journal", "Dagboek"),
    "member": ("Member", "Membre", "Lid"),
    "motion": ("Motion", "Motion", "Motie"),
    "open": ("Open net of VAT", "Ouvert hors TVA", "Open excl. btw"),
    "paid": ("Paid", "Payé", "Betaald"),
    "position": ("Position", "Position", "Positie"),
    "quorum": ("Quorum", "Quorum", "Quorum"),
    "read-model": ("Read model", "Vue", "Leesmodel"),
    "reason": ("Why", "Raison", "Reden"),
    "reference": ("Reference", "Communication", "Mededeling"),
    "result": ("Result", "Résultat", "Resultaat"),
    "setting": ("Setting", "Réglage", "Instelling"),
    "origin": ("From", "Origine", "Herkomst"),
    "state": ("State", "État", "Toestand"),
    "suggestion": ("Suggestion", "Suggestion", "Suggestie"),
    "total": ("Total", "Total", "Totaal"),
    "trial-balance": ("Trial balance", "Balance générale", "Proefbalans"),
    "value": ("Value", "Valeur", "Waarde"),
    "verdict": ("Verdict", "Résultat", "Uitslag"),
    "votes": ("Votes", "Voix", "Stemmen"),
    "waiting": ("Bank lines that wait", "Lignes bancaires en attente", "Wachtende bankregels"),
    "adopted": ("adopted", "adoptée", "aangenomen"),
    "rejected": ("rejected", "rejetée", "verworpen"),
    "opened": ("open", "ouverte", "open"),
    "tabled": ("tabled", "déposée", "ingediend"),
    "yes": ("yes", "oui", "ja"),
    "no": ("no", "non", "nee"),
    "abstain": ("abstain", "abstention", "onthouding"),
    "blank": ("blank", "blanc", "blanco"),
    "equal": ("equal", "égale", "gelijk"),
    "different": ("DIFFERENT", "DIFFÉRENTE", "VERSCHILLEND"),
}
_PLACE = {"en": 0, "fr": 1, "nl": 2}


def said(key: str, lang: str) -> str:
    """Return the word for `key`; a key without translation stands for itself."""
    translations = WORDS.get(key)
    return translations[_PLACE[lang]] if translations else key
