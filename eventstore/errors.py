"""Every way the event store says no. The docstring is the sentence the user reads.

* Refusal (domain.errors)
  + Malformed (domain.errors)
    - EventTooLarge
    - CommandTooLarge
    - UnwritableEvent
    - InvalidTenant
    - DocumentTooLarge
    - NotADocumentName
  + NotFound (domain.errors)
    - NoSuchDocument
  + KeyReused
  + AskAgain
    - Busy
    - Unavailable
    - DatabaseFull
    - Closed
    - PositionNotReached
    - KeysUnavailable
    - DocumentsUnavailable
  + Unreadable
    - UnknownTopic
    - NewerFacts
    - UnreadableState
    - LogDamaged
    - DocumentDamaged
  + DocumentErased
  + KeyRefusal
    - KeyDestroyed
    - KeyFileUnsafe
    - KeysMissing
    - KeyDoesNotFit
  + DatabaseRefusal
    - DatabaseUnsafe
    - RolesMissing
    - NotMigrated
    - MigrationChanged
    - MigrationFailed
    - WritesGoThroughTheSequencer
"""

from __future__ import annotations

from domain.errors import Malformed, NotFound, Refusal

# What was asked cannot be stored.


class EventTooLarge(Malformed):
    """One fact may not exceed 60 kB: what is larger is recorded in pages."""

    code = "event-too-large"
    fr = "Un fait ne dépasse pas 60 ko : ce qui est plus grand s'enregistre par pages."
    nl = "Een feit is niet groter dan 60 kB: wat groter is, wordt in bladen vastgelegd."


class CommandTooLarge(Malformed):
    """One request may not record this much at once: split it."""

    code = "command-too-large"
    fr = "Une seule demande ne peut pas enregistrer autant : divisez-la."
    nl = "Eén aanvraag mag niet zoveel ineens vastleggen: splits ze."


class UnwritableEvent(Malformed):
    """A field of this fact does not hold what its type says, so it could never be read again."""

    code = "unwritable-event"
    fr = "Un champ de ce fait ne contient pas ce que dit son type : on ne pourrait plus jamais le relire."
    nl = "Een veld van dit feit bevat niet wat zijn type zegt: het zou nooit meer te lezen zijn."


class InvalidTenant(Malformed):
    """A tenant's name is a small letter, then at most 40 small letters, digits or `_`, and never `_read`."""

    code = "invalid-tenant"
    fr = "Le nom d'un groupe est une minuscule, puis au plus 40 minuscules, chiffres ou `_`, et jamais `_read`."
    nl = "De naam van een groep is een kleine letter, dan hoogstens 40 kleine letters, cijfers of `_`, en nooit `_read`."


class DocumentTooLarge(Malformed):
    """A document has at most 50 MB."""

    code = "document-too-large"
    fr = "Un document a au plus 50 Mo."
    nl = "Een document is hoogstens 50 MB groot."


class NotADocumentName(Malformed):
    """A document is named by the SHA-256 of its bytes: 64 digits of 0-9 and a-f."""

    code = "not-a-document-name"
    fr = "Un document est désigné par le SHA-256 de ses octets : 64 chiffres de 0-9 et a-f."
    nl = "Een document wordt genoemd met de SHA-256 van zijn bytes: 64 cijfers van 0-9 en a-f."


class NoSuchDocument(NotFound):
    """No document with this SHA-256 was kept here."""

    code = "no-such-document"
    fr = "Aucun document de ce SHA-256 n'est conservé ici."
    nl = "Er wordt hier geen document met deze SHA-256 bewaard."


class KeyReused(Refusal):
    """This key was used before for another request."""

    code = "key-reused"
    fr = "Cette clé a déjà servi pour une autre demande."
    nl = "Deze sleutel diende al voor een andere aanvraag."


# Nothing is wrong with what was asked: ask again with the same key.


class AskAgain(Refusal):
    """This cannot be answered now: ask again with the same key."""

    code = "ask-again"
    fr = "Il ne peut pas y être répondu maintenant : redemandez avec la même clé."
    nl = "Hierop kan nu niet geantwoord worden: vraag het opnieuw met dezelfde sleutel."


class Busy(AskAgain):
    """Too many requests are waiting: nothing was recorded; ask again shortly, with the same key."""

    code = "busy"
    fr = "Trop de demandes attendent : rien n'a été enregistré ; redemandez bientôt, avec la même clé."
    nl = "Er wachten te veel aanvragen: er werd niets vastgelegd; vraag het straks opnieuw, met dezelfde sleutel."


class Unavailable(AskAgain):
    """It is not known whether this was recorded: ask again with the same key, it cannot happen twice."""

    code = "unavailable"
    fr = "On ne sait pas si ceci a été enregistré : redemandez avec la même clé, cela ne peut pas arriver deux fois."
    nl = "Het is niet bekend of dit vastgelegd werd: vraag het opnieuw met dezelfde sleutel, het kan niet twee keer gebeuren."


class DatabaseFull(AskAgain):
    """The disk of the database is full: make room on it, then ask again with the same key."""

    code = "database-full"
    fr = "Le disque de la base de données est plein : faites-y de la place, puis redemandez avec la même clé."
    nl = "De schijf van de databank is vol: maak plaats, vraag het dan opnieuw met dezelfde sleutel."


class Closed(AskAgain):
    """The ledger is shutting down: nothing was recorded; ask again with the same key."""

    code = "closed"
    fr = "Le grand livre s'arrête : rien n'a été enregistré ; redemandez avec la même clé."
    nl = "Het grootboek sluit af: er werd niets vastgelegd; vraag het opnieuw met dezelfde sleutel."


class PositionNotReached(AskAgain):
    """What was recorded cannot be read yet: ask again."""

    code = "position-not-reached"
    fr = "Ce qui a été enregistré ne peut pas encore être lu : redemandez."
    nl = "Wat vastgelegd werd, is nog niet te lezen: vraag het opnieuw."


class KeysUnavailable(AskAgain):
    """The keys of the people spoken of cannot be reached: nothing was recorded; ask again."""

    code = "keys-unavailable"
    fr = "Les clés des personnes concernées sont hors d'atteinte : rien n'a été enregistré ; redemandez."
    nl = "De sleutels van de betrokken personen zijn niet bereikbaar: er werd niets vastgelegd; vraag het opnieuw."


class DocumentsUnavailable(AskAgain):
    """The folder of the documents cannot be read or written: ask again when it can."""

    code = "documents-unavailable"
    fr = "Le dossier des documents ne peut être ni lu ni écrit : redemandez quand il le peut."
    nl = "De map van de documenten kan niet gelezen of geschreven worden: vraag het opnieuw als dat wel kan."


# What is stored cannot be what was written.


class Unreadable(Refusal):
    """The stored fact cannot be read."""

    code = "unreadable"
    fr = "Le fait conservé ne peut pas être lu."
    nl = "Het bewaarde feit kan niet gelezen worden."


class UnknownTopic(Unreadable):
    """This ledger knows no fact of that name; it was not looked for anywhere else."""

    code = "unknown-topic"
    fr = "Ce grand livre ne connaît aucun fait de ce nom ; il n'a été cherché nulle part ailleurs."
    nl = "Dit grootboek kent geen feit met die naam; het werd nergens anders gezocht."


class NewerFacts(Unreadable):
    """This log holds facts of a newer release: serve it with that release, or a later one."""

    code = "newer-facts"
    fr = "Ce journal contient des faits d'une version plus récente : servez-le avec celle-là, ou une plus récente encore."
    nl = "Dit logboek bevat feiten van een nieuwere versie: gebruik het met die versie, of een latere."


class UnreadableState(Unreadable):
    """The stored fact is not what this ledger writes: compare it with the audit log."""

    code = "unreadable-state"
    fr = "Le fait conservé n'est pas ce que ce grand livre écrit : comparez-le avec le journal d'audit."
    nl = "Het bewaarde feit is niet wat dit grootboek schrijft: vergelijk het met het auditlogboek."


class LogDamaged(Unreadable):
    """The log contradicts itself: stop, and compare it with the audit log."""

    code = "log-damaged"
    fr = "Le journal se contredit : arrêtez, et comparez-le avec le journal d'audit."
    nl = "Het logboek spreekt zichzelf tegen: stop, en vergelijk het met het auditlogboek."


class DocumentDamaged(Unreadable):
    """The stored document is not what was kept: restore it from a backup, or hand it in again."""

    code = "document-damaged"
    fr = "Le document conservé n'est pas celui qui avait été remis : restaurez-le d'une sauvegarde, ou remettez-le."
    nl = "Het bewaarde document is niet wat afgegeven werd: zet het terug uit een reservekopie, of geef het opnieuw af."


class DocumentErased(Refusal):
    """This document was erased for good: the key of whom it was about is destroyed."""

    code = "document-erased"
    fr = "Ce document a été effacé pour de bon : la clé de la personne qu'il concernait est détruite."
    nl = "Dit document is voorgoed gewist: de sleutel van de persoon over wie het ging, is vernietigd."


# Keys.


class KeyRefusal(Refusal):
    """A key does not allow this."""

    code = "key-refused"
    fr = "Une clé ne le permet pas."
    nl = "Een sleutel staat dit niet toe."


class KeyDestroyed(KeyRefusal):
    """The personal data of this person was erased for good; nothing more can be sealed for them."""

    code = "key-destroyed"
    fr = "Les données personnelles de cette personne ont été effacées pour de bon ; plus rien ne peut être scellé pour elle."
    nl = "De persoonsgegevens van deze persoon zijn voorgoed gewist; er kan niets meer voor haar verzegeld worden."


class KeyFileUnsafe(KeyRefusal):
    """A key file must hold 32 bytes and be readable by its owner only."""

    code = "key-file-unsafe"
    fr = "Un fichier de clé contient 32 octets et n'est lisible que par son propriétaire."
    nl = "Een sleutelbestand bevat 32 bytes en is alleen leesbaar voor zijn eigenaar."


class KeysMissing(KeyRefusal):
    """The key that opens the subjects' keys is gone: restore it, a new one would open nothing."""

    code = "keys-missing"
    fr = "La clé qui ouvre celles des personnes a disparu : restaurez-la, une nouvelle n'ouvrirait rien."
    nl = "De sleutel die de sleutels van de personen opent, is weg: zet hem terug, een nieuwe zou niets openen."


class KeyDoesNotFit(KeyRefusal):
    """The subjects' keys were locked with another key: restore the one that belongs to them."""

    code = "key-does-not-fit"
    fr = "Les clés des personnes ont été enfermées avec une autre clé : restaurez celle qui leur correspond."
    nl = "De sleutels van de personen werden met een andere sleutel vergrendeld: zet die terug die erbij hoort."


# The database.


class DatabaseRefusal(Refusal):
    """The database does not allow this."""

    code = "database-refused"
    fr = "La base de données ne le permet pas."
    nl = "De databank staat dit niet toe."


class DatabaseUnsafe(DatabaseRefusal):
    """This database could lose what it acknowledged: switch its safeguards on first."""

    code = "database-unsafe"
    fr = "Cette base de données pourrait perdre ce qu'elle a confirmé : activez d'abord ses protections."
    nl = "Deze databank kan verliezen wat ze bevestigde: zet eerst haar beveiligingen aan."


class RolesMissing(DatabaseRefusal):
    """This database login may not set up the ledger: grant it what is named, or migrate as a superuser."""

    code = "roles-missing"
    fr = "Ce compte de la base de données ne peut pas installer le grand livre : donnez-lui les droits nommés, ou migrez en superutilisateur."
    nl = "Deze aanmelding van de databank mag het grootboek niet opzetten: geef haar de genoemde rechten, of migreer als superuser."


class NotMigrated(DatabaseRefusal):
    """The tables of this ledger are not there yet, or not for this login: run the migrations first."""

    code = "not-migrated"
    fr = "Les tables de ce grand livre n'existent pas encore, ou pas pour ce compte : lancez d'abord les migrations."
    nl = "De tabellen van dit grootboek zijn er nog niet, of niet voor deze aanmelding: voer eerst de migraties uit."


class MigrationChanged(DatabaseRefusal):
    """A migration that was applied has another content now: restore the file, write a new one."""

    code = "migration-changed"
    fr = "Une migration déjà appliquée a maintenant un autre contenu : restaurez le fichier, écrivez-en un nouveau."
    nl = "Een uitgevoerde migratie heeft nu een andere inhoud: zet het bestand terug, schrijf een nieuw."


class MigrationFailed(DatabaseRefusal):
    """A migration failed, and nothing of its file was applied."""

    code = "migration-failed"
    fr = "Une migration a échoué, et rien de son fichier n'a été appliqué."
    nl = "Een migratie is mislukt, en niets van haar bestand werd uitgevoerd."


class WritesGoThroughTheSequencer(DatabaseRefusal):
    """Facts are recorded by the sequencer only; this door is for reading."""

    code = "writes-go-through-the-sequencer"
    fr = "Les faits ne s'enregistrent que par le séquenceur ; cette porte sert à lire."
    nl = "Feiten worden alleen via de sequencer vastgelegd; deze deur dient om te lezen."
