"""Every way a benchmark says no. The docstring is the sentence the user reads.

* BenchmarkRefusal
  + NotOnDisk
  + NoPgbench
  + PgbenchFailed
  + NotPgledger
  + UnknownFigure
  + NoMarkedTable
  + DoesNotCount
"""

from __future__ import annotations

from domain.errors import Refusal


class BenchmarkRefusal(Refusal):
    """The benchmark cannot be run so that its figures would mean something."""

    code = "benchmark-refused"
    fr = "La mesure ne peut pas se faire d'une façon qui donnerait un sens à ses chiffres."
    nl = "De meting kan niet zo gebeuren dat haar cijfers iets zouden betekenen."


class NotOnDisk(BenchmarkRefusal):
    """This folder is in memory, where nothing is durable: name one on a disk with --folder."""

    code = "not-on-disk"
    fr = "Ce répertoire est en mémoire, où rien n'est durable : nommez-en un sur disque avec --folder."
    nl = "Deze map staat in het geheugen, waar niets duurzaam is: noem er een op schijf met --folder."


class NoPgbench(BenchmarkRefusal):
    """There is no pgbench here to measure the limits by: install PostgreSQL's client programs."""

    code = "no-pgbench"
    fr = "Il n'y a pas de pgbench ici pour mesurer les limites : installez les programmes clients de PostgreSQL."
    nl = "Er is hier geen pgbench om de grenzen mee te meten: installeer de clientprogramma's van PostgreSQL."


class PgbenchFailed(BenchmarkRefusal):
    """The program pgbench did not end as it should."""

    code = "pgbench-failed"
    fr = "Le programme pgbench ne s'est pas terminé comme il le doit."
    nl = "Het programma pgbench eindigde niet zoals het moet."


class NotPgledger(BenchmarkRefusal):
    """This folder is not a checkout of pgledger: pgledger.sql or the ulid.sql it needs is not there."""

    code = "not-pgledger"
    fr = "Ce répertoire n'est pas une copie de travail de pgledger : pgledger.sql ou l'ulid.sql qu'il demande n'y est pas."
    nl = "Deze map is geen werkkopie van pgledger: pgledger.sql of de ulid.sql die het nodig heeft, is er niet."


class UnknownFigure(BenchmarkRefusal):
    """There is no figure of this name."""

    code = "unknown-figure"
    fr = "Aucune mesure n'a ce nom."
    nl = "Er is geen meting met die naam."


class NoMarkedTable(BenchmarkRefusal):
    """This page has no place for the table, between its two marks."""

    code = "no-marked-table"
    fr = "Cette page n'a pas de place pour le tableau, entre ses deux marques."
    nl = "Deze pagina heeft geen plaats voor de tabel, tussen haar twee merktekens."


class DoesNotCount(BenchmarkRefusal):
    """The ledger does not hold exactly what it acknowledged, so that no figure of this run counts."""

    code = "does-not-count"
    fr = "Le grand livre ne contient pas exactement ce qu'il a confirmé : aucun chiffre de cet essai ne compte."
    nl = "Het grootboek bevat niet precies wat het bevestigde: geen enkel cijfer van deze proef telt."
