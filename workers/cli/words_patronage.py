"""The words of answers about patronage refunds, in English, French and Dutch."""

from __future__ import annotations

PATRONAGE: dict[str, tuple[str, str, str]] = {
    "patronage": ("Patronage refunds", "Ristournes", "Ristorno's"),
    "patronage-parts": ("What activities are given", "Donné aux activités", "Aan activiteiten gegeven"),
    "patronage-refund": ("Patronage refund", "Ristourne", "Ristorno"),
    "patronage-to-give": ("patronage refund to give", "ristourne à attribuer", "toe te kennen ristorno"),
    "given": ("Given", "Donné", "Gegeven"),
    "given-on": ("Given on", "Donné le", "Gegeven op"),
    "contributed": ("Contributed", "Apporté", "Bijgedragen"),
    "basis": ("By", "Selon", "Volgens"),
    "basis-contribution": ("contribution", "contribution", "bijdrage"),
    "basis-turnover": ("turnover", "chiffre d'affaires", "omzet"),
}
