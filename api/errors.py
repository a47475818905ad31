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


class KeyNotAccepted(Refusal):
    """This API key is not accepted: it is unknown, expired or revoked."""

    code = "key-not-accepted"


class NotPermitted(Refusal):
    """The role of this API key does not allow this."""

    code = "not-permitted"


class NotJson(Malformed):
    """The body is not JSON."""

    code = "not-json"


class InvalidRequest(Malformed):
    """The request does not have the form described at /docs; `errors` says where."""

    code = "invalid-request"


class IdempotencyKeyMissing(Malformed):
    """A request that records something needs an Idempotency-Key, so that a repeat happens once."""

    code = "idempotency-key-missing"


class IdempotencyKeyUnusable(Malformed):
    """An Idempotency-Key is 1 to 255 printable ASCII characters."""

    code = "idempotency-key-unusable"


class HeaderUnusable(Malformed):
    """A header of this request does not have the form described at /docs."""

    code = "header-unusable"


class UnknownParameter(Malformed):
    """This path takes no such parameter; `known` lists those it takes."""

    code = "unknown-parameter"


class RequestTooLarge(Malformed):
    """The body is larger than this path takes."""

    code = "request-too-large"


class ReceiptTooLarge(Malformed):
    """A receipt has at most 20 MB."""

    code = "receipt-too-large"


class OneSubject(Malformed):
    """A document is kept for one member, whose receipt it is, or for one entity: name one of the two."""

    code = "one-subject"


class NoSuchPath(NotFound):
    """There is nothing at this path; /docs lists what there is."""

    code = "no-such-path"


class NoSuchProblem(NotFound):
    """No problem has this code; /problems lists them all."""

    code = "no-such-problem"


class ReceiptNotKept(RuleBroken):
    """Keep the receipt for the claimant before the claim: `POST /v1/documents`, or `tutti document keep`."""

    code = "receipt-not-kept"


class EvidenceNotKept(RuleBroken):
    """Keep the document for the entity first: `POST /v1/documents?entity_id=…`, or `tutti document keep`."""

    code = "evidence-not-kept"


class MethodNotAllowed(Refusal):
    """This path does not take this method; the header Allow says which."""

    code = "method-not-allowed"


class InternalFault(Refusal):
    """Something went wrong on our side. It was logged under this request id: tell us, then ask again."""

    code = "internal-fault"
