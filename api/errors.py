"""Every way the door says no, before a rule of the cooperative is asked. The docstring is the sentence.

* Refusal (domain.errors)
  + NotAuthenticated
  + KeyNotAccepted
  + NotPermitted
  + Malformed (domain.errors)
    - NotJson
    - InvalidRequest
    - IdempotencyKeyMissing
    - IdempotencyKeyUnusable
    - HeaderUnusable
    - UnknownParameter
    - RequestTooLarge
    - ReceiptTooLarge
    - OneSubject
  + NotFound (domain.errors)
    - NoSuchPath
    - NoSuchProblem
  + RuleBroken (domain.errors)
    - ReceiptNotKept
    - EvidenceNotKept
  + MethodNotAllowed
  + InternalFault
"""

from __future__ import annotations

from domain.errors import Malformed, NotFound, Refusal, RuleBroken


class NotAuthenticated(Refusal):
    """This needs an API key: send `Authorization: Bearer clk_...`."""

    code = "not-authenticated"
    fr = "Ceci demande une clé API : envoyez `Authorization: Bearer clk_...`."
    nl = "Hiervoor is een API-sleutel nodig: stuur `Authorization: Bearer clk_...`."


class KeyNotAccepted(Refusal):
    """This API key is not accepted: it is unknown, expired or revoked."""

    code = "key-not-accepted"
    fr = "Cette clé API n'est pas acceptée : elle est inconnue, expirée ou révoquée."
    nl = "Deze API-sleutel wordt niet aanvaard: hij is onbekend, verlopen of ingetrokken."


class NotPermitted(Refusal):
    """The role of this API key does not allow this."""

    code = "not-permitted"
    fr = "Le rôle de cette clé API ne le permet pas."
    nl = "De rol van deze API-sleutel staat dit niet toe."


class NotJson(Malformed):
    """The body is not JSON."""

    code = "not-json"
    fr = "Le corps n'est pas du JSON."
    nl = "De inhoud is geen JSON."


class InvalidRequest(Malformed):
    """The request does not have the form described at /docs; `errors` says where."""

    code = "invalid-request"
    fr = "La demande n'a pas la forme décrite sous /docs ; `errors` dit où."
    nl = "De aanvraag heeft niet de vorm die onder /docs beschreven staat; `errors` zegt waar."


class IdempotencyKeyMissing(Malformed):
    """A request that records something needs an Idempotency-Key, so that a repeat happens once."""

    code = "idempotency-key-missing"
    fr = "Une demande qui enregistre quelque chose porte une Idempotency-Key, pour qu'une répétition n'arrive qu'une fois."
    nl = "Een aanvraag die iets vastlegt, draagt een Idempotency-Key, zodat een herhaling maar één keer gebeurt."


class IdempotencyKeyUnusable(Malformed):
    """An Idempotency-Key is 1 to 255 printable ASCII characters."""

    code = "idempotency-key-unusable"
    fr = "Une Idempotency-Key est faite de 1 à 255 caractères ASCII imprimables."
    nl = "Een Idempotency-Key bestaat uit 1 tot 255 afdrukbare ASCII-tekens."


class HeaderUnusable(Malformed):
    """A header of this request does not have the form described at /docs."""

    code = "header-unusable"
    fr = "Un en-tête de cette demande n'a pas la forme décrite sous /docs."
    nl = "Een header van deze aanvraag heeft niet de vorm die onder /docs beschreven staat."


class UnknownParameter(Malformed):
    """This path takes no such parameter; `known` lists those it takes."""

    code = "unknown-parameter"
    fr = "Ce chemin ne prend pas ce paramètre ; `known` énumère ceux qu'il prend."
    nl = "Dit pad neemt geen zulke parameter; `known` somt op welke wel."


class RequestTooLarge(Malformed):
    """The body is larger than this path takes."""

    code = "request-too-large"
    fr = "Le corps est plus grand que ce que ce chemin prend."
    nl = "De inhoud is groter dan dit pad aanneemt."


class ReceiptTooLarge(Malformed):
    """A receipt has at most 20 MB."""

    code = "receipt-too-large"
    fr = "Un justificatif a au plus 20 Mo."
    nl = "Een bewijsstuk is hoogstens 20 MB groot."


class OneSubject(Malformed):
    """A document is kept for one member, whose receipt it is, or for one entity: name one of the two."""

    code = "one-subject"
    fr = "Un document se conserve pour un membre, dont c'est le justificatif, ou pour une entité : nommez l'un des deux."
    nl = "Een document wordt bewaard voor een lid, van wie het bewijsstuk is, of voor een entiteit: noem een van beide."


class NoSuchPath(NotFound):
    """There is nothing at this path; /docs lists what there is."""

    code = "no-such-path"
    fr = "Il n'y a rien à ce chemin ; /docs énumère ce qu'il y a."
    nl = "Er is niets op dit pad; /docs somt op wat er is."


class NoSuchProblem(NotFound):
    """No problem has this code; /problems lists them all."""

    code = "no-such-problem"
    fr = "Aucun problème n'a ce code ; /problems les énumère tous."
    nl = "Geen enkel probleem heeft deze code; /problems somt ze alle op."


class ReceiptNotKept(RuleBroken):
    """Keep the receipt for the claimant before the claim: `POST /v1/documents`, or `tutti document keep`."""

    code = "receipt-not-kept"
    fr = "Conservez le justificatif pour le demandeur avant la note de frais : `POST /v1/documents`, ou `tutti document keep`."
    nl = "Bewaar het bewijsstuk voor de indiener vóór de onkostennota: `POST /v1/documents`, of `tutti document keep`."


class EvidenceNotKept(RuleBroken):
    """Keep the document for the entity first: `POST /v1/documents?entity_id=…`, or `tutti document keep`."""

    code = "evidence-not-kept"
    fr = "Conservez d'abord le document pour l'entité : `POST /v1/documents?entity_id=…`, ou `tutti document keep`."
    nl = "Bewaar eerst het document voor de entiteit: `POST /v1/documents?entity_id=…`, of `tutti document keep`."


class MethodNotAllowed(Refusal):
    """This path does not take this method; the header Allow says which."""

    code = "method-not-allowed"
    fr = "Ce chemin ne prend pas cette méthode ; l'en-tête Allow dit lesquelles."
    nl = "Dit pad neemt deze methode niet; de header Allow zegt welke wel."


class InternalFault(Refusal):
    """Something went wrong on our side. It was logged under this request id: tell us, then ask again."""

    code = "internal-fault"
    fr = "Quelque chose n'a pas marché de notre côté. C'est consigné sous cet identifiant de demande : dites-le-nous, puis redemandez."
    nl = "Er liep iets mis aan onze kant. Het staat genoteerd onder dit kenmerk van de aanvraag: meld het ons, vraag het dan opnieuw."
