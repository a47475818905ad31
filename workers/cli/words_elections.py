"""The words of elections in the command line's answers, in English, French and Dutch."""

from __future__ import annotations

ELECTIONS: dict[str, tuple[str, str, str]] = {
    "election": ("Election", "Élection", "Verkiezing"),
    "seats": ("seats", "sièges", "zetels"),
    "valid-votes": ("valid votes", "votes valables", "geldige stemmen"),
    "invalid-votes": ("invalid votes", "votes nuls", "ongeldige stemmen"),
    "election-quota": ("quota", "quotient", "quotum"),
    "withdrawn": ("withdrawn", "retirés", "teruggetrokken"),
    "election-order": ("Order", "Ordre", "Volgorde"),
    "elected": ("Elected", "Élus", "Verkozen"),
    "nobody": ("nobody", "personne", "niemand"),
    "candidate": ("Candidate", "Candidat", "Kandidaat"),
    "change": ("Change", "Variation", "Wijziging"),
    "share": ("Share", "Part", "Aandeel"),
    "outcome": ("Outcome", "Issue", "Uitkomst"),
    "round": ("Round", "Tour", "Ronde"),
    "non-transferable": ("non-transferable", "non transférables", "niet overdraagbaar"),
    "lost-by-rounding": ("lost by rounding", "perdus par arrondi", "verloren door afronding"),
    "tie": ("Tie", "Égalité", "Gelijke stand"),
    "tie-earlier-round": ("by the votes of round", "selon les voix du tour", "volgens de stemmen van ronde"),
    "tie-stated-order": ("by the stated order", "selon l'ordre indiqué", "volgens de opgegeven volgorde"),
    "action-elected": ("elected", "élu", "verkozen"),
    "action-elected-to-last-seat": (
        "elected to a last seat",
        "élu à un dernier siège",
        "verkozen voor een laatste zetel",
    ),
    "action-excluded": ("excluded", "éliminé", "uitgesloten"),
    "action-surplus-transferred": ("surplus transferred", "surplus transféré", "overschot overgedragen"),
    "method-approval": ("approval", "vote par approbation", "goedkeuringsstemming"),
    "method-irv": ("instant run-off", "vote alternatif", "alternatieve stemming"),
    "method-schulze": ("Schulze", "méthode Schulze", "Schulze-methode"),
    "method-scottish": (
        "single transferable vote (Scottish rule)",
        "vote unique transférable (règle écossaise)",
        "enkelvoudige overdraagbare stem (Schotse regel)",
    ),
}
