"""A small cooperative, founded over HTTP as a client would. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from eventstore.access import Role
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from tests.api.running import Served, begun

IBAN = belgian_iban(UNASSIGNED_BANK, 1234567)
ENTERPRISE_NO = "0123456749"


@dataclass(frozen=True)
class Cooperative:
    """The ids a test needs."""

    entity_id: str
    members: tuple[str, ...]
    fund_id: str
    activity_id: str
    client_id: str
    account_id: str

    def invoice(self, **other: Any) -> dict[str, Any]:
        """An invoice of 100.00 and 21.00 VAT."""
        line = {"description": "work", "quantity": "2", "unit_price": "50.00", "vat_rate_bp": 2100}
        asked = {"activity_id": self.activity_id, "client_id": self.client_id, "lines": [line]}
        return {**asked, **other}


def found(api: Served) -> Cooperative:
    """Register everything that an invoice and a vote need."""
    treasurer, staff = Role.TREASURER, Role.STAFF
    entity = {"code": "coop", "name": "Example Cooperative", "enterprise_no": ENTERPRISE_NO}
    entity_id = begun(api.done(treasurer, "/v1/entities", entity), "legal-entity")
    for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
        api.done(treasurer, f"/v1/periods/{entity_id}/{month}/opening")
    members = tuple(_member(api, entity_id, n) for n in range(3))
    fund = {
        "entity_id": entity_id,
        "code": "solidarity",
        "kind": "solidarity",
        "ledger_policy": "liability",
        "floor_c": 0,
        "regulation_ref": "regulation 1",
    }
    fund_id = begun(api.done(treasurer, "/v1/funds", fund), "mutual-fund")
    rule = {
        "entity_id": entity_id,
        "effective_on": "2026-01-01",
        "valid_from": "2026-01-01",
        "rate_bp": 1000,
        "fund_shares": [{"fund_id": fund_id, "rate_bp": 200}],
        "decision_ref": "board 1",
    }
    api.done(treasurer, "/v1/contribution-rules", rule)
    activity = {
        "entity_id": entity_id,
        "code": "A1",
        "membership_ids": [members[0]],
        "payout_regime": "employee",
    }
    activity_id = begun(api.done(staff, "/v1/activities", activity), "activity")
    client = {
        "entity_id": entity_id,
        "kind": "business",
        "name": "A Client",
        "address": "Street 1",
        "vat_no": "BE0123456749",
    }
    client_id = begun(api.done(staff, "/v1/clients", client), "client")
    account = {"entity_id": entity_id, "account": IBAN, "balance_c": 100_000, "balance_on": "2026-02-28"}
    account_id = begun(api.done(treasurer, "/v1/bank/accounts", account), "bank-account")
    return Cooperative(entity_id, members, fund_id, activity_id, client_id, account_id)


def _member(api: Served, entity_id: str, n: int) -> str:
    applicant = {
        "entity_id": entity_id,
        "category": "entrepreneur",
        "name": f"Member {n}",
        "address": "Street 1",
        "email": f"member{n}@example.org",
    }
    membership_id = begun(api.done(Role.STAFF, "/v1/memberships", applicant), "membership")
    api.done(Role.COMMITTEE, f"/v1/memberships/{membership_id}/admission", {"decision_ref": "board 1"})
    return membership_id


def carried_in_writing(api: Served, coop: Cooperative) -> str:
    """Let all members sign a motion, as what they decide refers to one; return its id."""
    committee, name = Role.COMMITTEE, f"rule-{uuid4().hex[:8]}"
    preset = {"entity_id": coop.entity_id, "preset": "be-sc-written", "name": name, "version": 1}
    api.done(committee, "/v1/rule-sets/from-preset", {**preset, "valid_from": "2026-01-01"})
    tabled = {"entity_id": coop.entity_id, "title": "The accounts", "text": "They are approved."}
    motion_id = begun(api.done(committee, "/v1/motions", tabled), "motion")
    roll = api.done(committee, "/v1/rolls", {"entity_id": coop.entity_id})
    asked = {"motion_id": motion_id, "roll_id": begun(roll, "electoral-roll"), "rule_name": name}
    proposed = api.done(committee, "/v1/written-decisions", {**asked, "rule_version": 1})
    path = f"/v1/written-decisions/{begun(proposed, 'written-decision')}/signatures"
    for member_id in coop.members:
        api.done(Role.STAFF, path, {"member_id": member_id, "signed_on": "2026-03-01"})
    return motion_id
