"""What the command line says in sentences when something was done, in English, French and Dutch.

What stands between braces is filled in; commands are the same in every language.
"""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str, str]] = {
    "vat-agrees": (
        "The accounts 451 and 411 say the same: {booked}.",
        "Les comptes 451 et 411 disent la même chose : {booked}.",
        "De rekeningen 451 en 411 zeggen hetzelfde: {booked}.",
    ),
    "vat-differs": (
        "The accounts 451 and 411 say something else: {booked}. Next: tutti doctor --books",
        "Les comptes 451 et 411 disent autre chose : {booked}. Ensuite : tutti doctor --books",
        "De rekeningen 451 en 411 zeggen iets anders: {booked}. Daarna: tutti doctor --books",
    ),
    "entity-registered": (
        "{code} is registered. Next: tutti period open --entity {code} 2026-01",
        "{code} est enregistrée. Ensuite : tutti period open --entity {code} 2026-01",
        "{code} is geregistreerd. Daarna: tutti period open --entity {code} 2026-01",
    ),
    "month-opened": ("{month} is open.", "{month} est ouvert.", "{month} is open."),
    "month-closed": ("{month} is closed.", "{month} est clôturé.", "{month} is afgesloten."),
    "account-opened": (
        "{account} is open. Next: tutti import-bank FILE",
        "{account} est ouvert. Ensuite : tutti import-bank FILE",
        "{account} is open. Daarna: tutti import-bank FILE",
    ),
    "keep-the-key": (
        "Keep it: it is not shown again. Send it as `Authorization: Bearer KEY`.",
        "Conservez-la : elle n'est plus montrée. Envoyez-la comme `Authorization: Bearer KEY`.",
        "Bewaar hem: hij wordt niet meer getoond. Stuur hem als `Authorization: Bearer KEY`.",
    ),
    "document-written": (
        "{size} bytes written to {file}.",
        "{size} octets écrits dans {file}.",
        "{size} bytes geschreven naar {file}.",
    ),
    "log-holds": (
        "The log holds: {size} facts in {batches} signed batches.",
        "Le journal tient : {size} faits en {batches} lots signés.",
        "Het logboek klopt: {size} feiten in {batches} ondertekende loten.",
    ),
    "minutes-drawn": (
        "Minutes drawn up from the facts up to position {position}: {file}",
        "Procès-verbal établi à partir des faits jusqu'à la position {position} : {file}",
        "Notulen opgemaakt uit de feiten tot positie {position}: {file}",
    ),
    "trail-written": (
        "{count} files written to {folder}.",
        "{count} fichiers écrits dans {folder}.",
        "{count} bestanden geschreven in {folder}.",
    ),
    "recount-agrees": (
        "Everything agrees: {steps} steps, from a log of {size} facts.",
        "Tout concorde : {steps} étapes, sur un journal de {size} faits.",
        "Alles stemt overeen: {steps} stappen, op een logboek van {size} feiten.",
    ),
    "recount-differs": (
        "It does not agree: {steps}. `tutti verify` says whether the log itself was changed.",
        "Cela ne concorde pas : {steps}. `tutti verify` dit si le journal lui-même a été modifié.",
        "Het stemt niet overeen: {steps}. `tutti verify` zegt of het logboek zelf veranderd is.",
    ),
    "keep-the-root": (
        "Keep this, and pass it to the next run: --known {size}:{root}",
        "Conservez ceci, et donnez-le à la prochaine vérification : --known {size}:{root}",
        "Bewaar dit, en geef het mee bij de volgende controle: --known {size}:{root}",
    ),
    "recorder": ("Recorder: {key}", "Clé de l'enregistreur : {key}", "Sleutel van de vastlegger: {key}"),
    "log-does-not-hold": (
        "The log does NOT hold: position {position}: {fault}.",
        "Le journal ne tient PAS : position {position} : {fault}.",
        "Het logboek klopt NIET: positie {position}: {fault}.",
    ),
    "runs-already": (
        "Tutti runs on this data directory already: {url} (process {pid}).",
        "Tutti tourne déjà sur ce répertoire de données : {url} (processus {pid}).",
        "Tutti draait al op deze gegevensmap: {url} (proces {pid}).",
    ),
    "starting-database": (
        "Starting the database …",
        "Démarrage de la base de données …",
        "De databank wordt gestart …",
    ),
    "stopping-database": (
        "Stopping the database …",
        "Arrêt de la base de données …",
        "De databank wordt gestopt …",
    ),
    "stopping-services": (
        "Stopping the services …",
        "Arrêt des services …",
        "De diensten worden gestopt …",
    ),
    "job-done": (
        "{job} of {period}: {recorded} recorded{refused}",
        "{job} de {period} : {recorded} enregistrés{refused}",
        "{job} van {period}: {recorded} vastgelegd{refused}",
    ),
    "database-stopped": (
        "The database has stopped.",
        "La base de données est arrêtée.",
        "De databank is gestopt.",
    ),
    "database-not-running": (
        "The database was not running.",
        "La base de données ne tournait pas.",
        "De databank draaide niet.",
    ),
    "books-written": (
        "The books as of position {position} are in {file}. Check them: {check} {file}",
        "Les livres à la position {position} sont dans {file}. Contrôlez-les : {check} {file}",
        "De boeken op positie {position} staan in {file}. Controleer ze: {check} {file}",
    ),
    "no-plan": (
        "No contribution rule is enacted; `tutti plan --presets` shows what others have.",
        "Aucune règle de contribution n'est arrêtée ; `tutti plan --presets` montre celles d'autres.",
        "Er is geen bijdrageregel vastgesteld; `tutti plan --presets` toont die van anderen.",
    ),
    "demo-filled": (
        "{members} fictional members of {entities} through {months} months: {position} facts in {seconds} seconds.",
        "{members} membres fictifs de {entities} pendant {months} mois : {position} faits en {seconds} secondes.",
        "{members} verzonnen leden van {entities} over {months} maanden: {position} feiten in {seconds} seconden.",
    ),
    "try-next": ("Try next:", "Essayez ensuite :", "Probeer nu:"),
    "try-elsewhere": (
        "Try next, in another terminal:",
        "Essayez ensuite, dans un autre terminal :",
        "Probeer nu, in een andere terminal:",
    ),
    "api-address": (
        "API:      {url}    its operations: {url}/docs",
        "API :     {url}    ses opérations : {url}/docs",
        "API:      {url}    zijn bewerkingen: {url}/docs",
    ),
    "demo-keys": (
        "Demo keys (one a role, for this demo only):",
        "Clés de démonstration (une par rôle, pour cette démo seulement) :",
        "Demosleutels (een per rol, alleen voor deze demo):",
    ),
    "papers-written-csv": (
        "{papers} papers, changes included, are in {file}.",
        "{papers} bulletins, changements compris, sont dans {file}.",
        "{papers} stembiljetten, wijzigingen inbegrepen, staan in {file}.",
    ),
    "papers-written-blt": (
        "{papers} papers are in {file}. Count them: tutti election count {file} --rule scottish",
        "{papers} bulletins sont dans {file}. Dépouillez-les : tutti election count {file} --rule scottish",
        "{papers} stembiljetten staan in {file}. Tel ze: tutti election count {file} --rule scottish",
    ),
    "parameter-set": (
        "{name} is {value} from {day} on.",
        "{name} vaut {value} à partir du {day}.",
        "{name} is {value} vanaf {day}.",
    ),
    "rate-added": (
        "The reference rate of the half-year from {day} is {rate} %. Next: claim what late payers owe again",
        "Le taux de référence du semestre commençant le {day} est de {rate} %. Ensuite : réclamez à nouveau les retards",
        "De referentievoet van het halfjaar vanaf {day} is {rate} %. Daarna: vorder opnieuw wat laat betaald wordt",
    ),
    "entities-agree": (
        "Both sides agree to the cent.",
        "Les deux côtés concordent au cent près.",
        "Beide kanten kloppen tot op de cent.",
    ),
    "entities-differ": (
        "The sides differ by {difference}: a bill waits for its approval, was rejected, or money is on its way.",
        "Les côtés diffèrent de {difference} : une facture attend d'être approuvée, est rejetée, ou l'argent est en route.",
        "De kanten verschillen {difference}: een factuur wacht op goedkeuring, is verworpen, of het geld is onderweg.",
    ),
    "how-to-stop": ("Ctrl-C stops everything.", "Ctrl-C arrête tout.", "Ctrl-C stopt alles."),
}
_PLACE = {"en": 0, "fr": 1, "nl": 2}


def told(key: str, lang: str, /, **facts: object) -> str:
    """Return the sentence for `key` in a language, with what it tells of; raises KeyError for another key."""
    return SENTENCES[key][_PLACE[lang]].format(**facts)
