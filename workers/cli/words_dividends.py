"""The words of answers about dividends, in English, French and Dutch."""

from __future__ import annotations

DIVIDENDS: dict[str, tuple[str, str, str]] = {
    "dividends": ("Dividends", "Dividendes", "Dividenden"),
    "holders": ("What holders are due", "Dû aux actionnaires", "Aan aandeelhouders verschuldigd"),
    "held-on": ("Held on", "Détenues au", "Gehouden op"),
    "per-share": ("A share", "Par action", "Per aandeel"),
    "appropriated": ("Appropriated", "Affecté", "Verwerkt"),
    "payable": ("Payable", "Mis en paiement", "Betaalbaar"),
    "not-named": ("Not named yet", "Pas encore désignées", "Nog niet genoemd"),
    "before-tax": ("Before tax", "Brut", "Bruto"),
    "withheld": ("Withheld", "Précompte", "Voorheffing"),
    "on-order": ("On order", "En ordre de paiement", "In betaalopdracht"),
    "dividend-due": ("Dividend due", "Dividende dû", "Verschuldigd dividend"),
    "dividend-to-share-out": ("dividend to share out", "dividende à répartir", "te verdelen dividend"),
    "dividend-to-pay": ("dividend to pay", "dividende à payer", "te betalen dividend"),
    "dividend": ("dividend", "dividende", "dividend"),
    "dividend-tax": (
        "tax withheld from dividends",
        "précompte mobilier sur dividendes",
        "roerende voorheffing op dividenden",
    ),
}
