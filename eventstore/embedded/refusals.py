"""Why the embedded database cannot run, and what to do about it.

* EmbeddedRefusal
  + NoBinaries
  + OtherMajorVersion
  + NotStarted
  + DirectoryNotUsable
  + DirectoryOfAnotherUser
  + DirectoryClosed
  + DirectoryInUse
  + NoServerAccount
  + ClusterNotMade
  + ServerStopped
  + ServerStillRuns
"""

from __future__ import annotations

from domain.errors import Refusal


class EmbeddedRefusal(Refusal):
    """The embedded database cannot do that."""

    code = "embedded-database"
    fr = "La base de données embarquée ne le peut pas."
    nl = "De ingebouwde databank kan dat niet."


class NoBinaries(EmbeddedRefusal):
    """No PostgreSQL that runs here was found. Install PostgreSQL 15 or newer with the system's package manager, or name a server in DATABASE_URL."""

    code = "embedded-no-binaries"
    fr = "Aucun PostgreSQL utilisable n'a été trouvé ici. Installez PostgreSQL 15 ou plus récent avec le gestionnaire de paquets du système, ou nommez un serveur dans DATABASE_URL."
    nl = "Er werd hier geen bruikbare PostgreSQL gevonden. Installeer PostgreSQL 15 of nieuwer met de pakketbeheerder van het systeem, of noem een server in DATABASE_URL."


class OtherMajorVersion(EmbeddedRefusal):
    """This data directory was made by another major version of PostgreSQL. Install that version again, dump with its pg_dumpall, move the directory away, start, and restore the dump."""

    code = "embedded-other-major-version"
    fr = "Ce répertoire de données vient d'une autre version majeure de PostgreSQL. Réinstallez cette version, exportez avec son pg_dumpall, déplacez le répertoire, démarrez, et restaurez l'export."
    nl = "Deze gegevensmap is van een andere hoofdversie van PostgreSQL. Installeer die versie opnieuw, exporteer met haar pg_dumpall, verplaats de map, start, en zet de export terug."


class NotStarted(EmbeddedRefusal):
    """The embedded database was never started in this data directory: start it first."""

    code = "embedded-not-started"
    fr = "La base de données embarquée n'a jamais été démarrée dans ce répertoire : démarrez-la d'abord."
    nl = "De ingebouwde databank werd in deze gegevensmap nooit gestart: start ze eerst."


class DirectoryNotUsable(EmbeddedRefusal):
    """The database directory cannot be written: free some space, or name another with --data-dir."""

    code = "embedded-directory-not-usable"
    fr = "Le répertoire de la base de données ne peut pas être écrit : libérez de la place, ou nommez-en un autre avec --data-dir."
    nl = "De map van de databank kan niet geschreven worden: maak plaats vrij, of noem een andere met --data-dir."


class DirectoryOfAnotherUser(EmbeddedRefusal):
    """The database directory belongs to another user: run as that user, or name another with --data-dir."""

    code = "embedded-directory-of-another-user"
    fr = "Le répertoire de la base de données appartient à un autre utilisateur : lancez sous son nom, ou nommez-en un autre avec --data-dir."
    nl = "De map van de databank is van een andere gebruiker: werk onder die naam, of noem een andere met --data-dir."


class DirectoryClosed(EmbeddedRefusal):
    """The database stands below a directory that its server's user can no longer enter. Let others pass through that directory (chmod o+x) as when the database was made."""

    code = "embedded-directory-closed"
    fr = "La base de données se trouve sous un répertoire où l'utilisateur de son serveur ne peut plus entrer. Laissez les autres traverser ce répertoire (chmod o+x) comme à sa création."
    nl = "De databank staat onder een map waar de gebruiker van haar server niet meer in kan. Laat anderen door die map gaan (chmod o+x), zoals toen de databank gemaakt werd."


class DirectoryInUse(EmbeddedRefusal):
    """A server that cannot be seen from here uses this database directory. Most likely it runs in another container: stop it there, or name another directory with --data-dir."""

    code = "embedded-directory-in-use"
    fr = "Un serveur invisible d'ici utilise ce répertoire. Il tourne sans doute dans un autre conteneur : arrêtez-le là, ou nommez un autre répertoire avec --data-dir."
    nl = "Een server die van hier niet te zien is, gebruikt deze map. Wellicht draait hij in een andere container: stop hem daar, of noem een andere map met --data-dir."


class NoServerAccount(EmbeddedRefusal):
    """PostgreSQL does not run as root, and no system user for it could be made. Run as an ordinary user, or make one: useradd --system --no-create-home tuttipg."""

    code = "embedded-no-server-account"
    fr = "PostgreSQL ne tourne pas en root, et aucun utilisateur système n'a pu être créé pour lui. Lancez en utilisateur ordinaire, ou créez-en un : useradd --system --no-create-home tuttipg."
    nl = "PostgreSQL draait niet als root, en er kon geen systeemgebruiker voor gemaakt worden. Werk als gewone gebruiker, of maak er een: useradd --system --no-create-home tuttipg."


class ClusterNotMade(EmbeddedRefusal):
    """PostgreSQL could not create its files; usually the disk is full. Its last words are shown."""

    code = "embedded-cluster-not-made"
    fr = "PostgreSQL n'a pas pu créer ses fichiers ; d'ordinaire le disque est plein. Ses derniers mots sont montrés."
    nl = "PostgreSQL kon zijn bestanden niet maken; meestal is de schijf vol. Zijn laatste woorden staan erbij."


class ServerStopped(EmbeddedRefusal):
    """PostgreSQL did not come up. Its last words are shown; the whole log stands in server.log."""

    code = "embedded-server-stopped"
    fr = "PostgreSQL n'a pas démarré. Ses derniers mots sont montrés ; tout est dans server.log."
    nl = "PostgreSQL is niet opgestart. Zijn laatste woorden staan erbij; alles staat in server.log."


class ServerStillRuns(EmbeddedRefusal):
    """PostgreSQL was asked to stop and still runs: look into server.log, then ask again."""

    code = "embedded-server-still-runs"
    fr = "PostgreSQL devait s'arrêter et tourne encore : regardez server.log, puis redemandez."
    nl = "PostgreSQL moest stoppen en draait nog: kijk in server.log, vraag het dan opnieuw."
