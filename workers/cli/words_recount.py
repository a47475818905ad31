"""The steps of a recount in the command line's answers, in English, French and Dutch."""

from __future__ import annotations

_CHOICES = {
    "yes": ("yes", "oui", "ja"),
    "no": ("no", "non", "neen"),
    "abstain": ("abstentions", "abstentions", "onthoudingen"),
    "blank": ("blank", "blancs", "blanco"),
    "invalid": ("invalid", "nuls", "ongeldig"),
}

RECOUNT: dict[str, tuple[str, str, str]] = {
    "nothing is missing from the log": (
        "nothing is missing from the log",
        "rien ne manque au journal",
        "er ontbreekt niets in het logboek",
    ),
    "text put to the vote": ("text put to the vote", "texte mis aux voix", "tekst die ter stemming kwam"),
    "text consented to": ("text consented to", "texte consenti", "tekst waarin men toestemde"),
    "text signed": ("text signed", "texte signé", "ondertekende tekst"),
    "rule was adopted": ("rule was adopted", "la règle a été adoptée", "de regel werd aangenomen"),
    "rule version": ("rule version", "version de la règle", "versie van de regel"),
    "rule was in force": ("rule was in force", "la règle était en vigueur", "de regel was van kracht"),
    "roll pages": ("roll pages", "pages de la liste", "bladen van de kiezerslijst"),
    "roll page count": (
        "number of roll pages",
        "nombre de pages de la liste",
        "aantal bladen van de kiezerslijst",
    ),
    "roll names each once": (
        "roll names each once",
        "la liste nomme chacun une fois",
        "de kiezerslijst noemt elk eenmaal",
    ),
    "roll is frozen": ("roll is frozen", "la liste est arrêtée", "de kiezerslijst is vastgesteld"),
    "roll was drawn": ("roll was drawn", "la liste a été dressée", "de kiezerslijst is opgemaakt"),
    "roll members": ("roll: members", "liste : membres", "kiezerslijst: leden"),
    "roll votes": ("roll: votes", "liste : voix", "kiezerslijst: stemmen"),
    "roll root": ("roll: root", "liste : racine", "kiezerslijst: wortel"),
    "roll follows from the registers": (
        "roll follows from the registers",
        "la liste découle des registres",
        "de kiezerslijst volgt uit de registers",
    ),
    "corrected roll members": (
        "corrected roll: members",
        "liste corrigée : membres",
        "verbeterde kiezerslijst: leden",
    ),
    "corrected roll votes": (
        "corrected roll: votes",
        "liste corrigée : voix",
        "verbeterde kiezerslijst: stemmen",
    ),
    "corrected roll root": (
        "corrected roll: root",
        "liste corrigée : racine",
        "verbeterde kiezerslijst: wortel",
    ),
    "no proxy of a proxy": (
        "no proxy of a proxy",
        "pas de procuration de procuration",
        "geen volmacht op een volmacht",
    ),
    "quorum: votes present": ("quorum: present", "quorum : présents", "quorum: aanwezig"),
    "quorum: votes represented": ("quorum: represented", "quorum : représentés", "quorum: vertegenwoordigd"),
    "quorum: votes in advance": ("quorum: in advance", "quorum : par avance", "quorum: vooraf"),
    "quorum was reached": ("quorum was reached", "le quorum était atteint", "het quorum was bereikt"),
    "advance votes": ("advance votes", "votes par avance", "stemmen vooraf"),
    "advance votes are of the roll": (
        "advance votes are of the roll",
        "les votes par avance sont de la liste",
        "de stemmen vooraf zijn van de kiezerslijst",
    ),
    "each vote stands on the roll, once": (
        "each vote stands on the roll, once",
        "chaque voix est sur la liste, une fois",
        "elke stem staat op de kiezerslijst, eenmaal",
    ),
    "no vote after the close": (
        "no vote after the close",
        "aucune voix après la clôture",
        "geen stem na de sluiting",
    ),
    "each voter was present or represented": (
        "each voter was present or represented",
        "chaque votant était présent ou représenté",
        "elke stemmer was aanwezig of vertegenwoordigd",
    ),
    "ballots counted": ("ballots counted", "bulletins comptés", "getelde stembiljetten"),
    "root of the ballots": ("root of the ballots", "racine des bulletins", "wortel van de stembiljetten"),
    "verdict: quorum": ("verdict: quorum", "résultat : quorum", "uitslag: quorum"),
    "verdict: majority": ("verdict: majority", "résultat : majorité", "uitslag: meerderheid"),
    "verdict: cap": ("verdict: cap", "résultat : plafond", "uitslag: bovengrens"),
    "verdict: colleges": ("verdict: colleges", "résultat : collèges", "uitslag: colleges"),
    "verdict: excluded": ("verdict: excluded", "résultat : exclus", "uitslag: uitgesloten"),
    "verdict: rule": ("verdict: rule", "résultat : règle", "uitslag: regel"),
    "objections raised": ("objections raised", "objections soulevées", "geopperde bezwaren"),
    "no objection stands": (
        "no objection stands",
        "aucune objection ne subsiste",
        "er blijft geen bezwaar over",
    ),
    "decision in writing was proposed": (
        "decision in writing was proposed",
        "la décision écrite a été proposée",
        "het schriftelijke besluit werd voorgesteld",
    ),
    "each member signed": ("each member signed", "chaque membre a signé", "elk lid heeft ondertekend"),
    "signatures": ("signatures", "signatures", "handtekeningen"),
    "candidates": ("candidates", "candidats", "kandidaten"),
    "each paper stands on the roll, once": (
        "each paper stands on the roll, once",
        "chaque bulletin est sur la liste, une fois",
        "elk biljet staat op de kiezerslijst, eenmaal",
    ),
    "no paper after the close": (
        "no paper after the close",
        "aucun bulletin après la clôture",
        "geen biljet na de sluiting",
    ),
    "papers counted": ("papers counted", "bulletins comptés", "getelde biljetten"),
    "the papers can be counted": (
        "the papers can be counted",
        "les bulletins peuvent être comptés",
        "de biljetten kunnen geteld worden",
    ),
    "root of the papers": ("root of the papers", "racine des bulletins", "wortel van de biljetten"),
    "rounds": ("rounds", "tours", "ronden"),
    "root of the rounds": ("root of the rounds", "racine des tours", "wortel van de ronden"),
    "valid": ("valid", "valables", "geldig"),
    "quota": ("quota", "quotient", "quotum"),
    "ties broken": ("ties broken", "égalités départagées", "doorbroken gelijke standen"),
    "mandates": ("mandates", "mandats", "mandaten"),
    **{
        f"votes {choice}": (f"votes: {en}", f"voix : {fr}", f"stemmen: {nl}")
        for choice, (en, fr, nl) in _CHOICES.items()
    },
    **{
        f"verdict: votes {choice}": (f"verdict: {en}", f"résultat : {fr}", f"uitslag: {nl}")
        for choice, (en, fr, nl) in _CHOICES.items()
    },
}
