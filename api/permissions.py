"""Who may do what: one table, role by operation, and nothing outside it.

An operation is the name of its route. A route that stands in neither table is refused to all.
Keys are not bound to a member: the role `member` sees what concerns everyone, and votes are
entered for the members by staff or the committee.
"""

from __future__ import annotations

from collections.abc import Mapping

from eventstore.access import Role

_COMMITTEE = frozenset({Role.COMMITTEE})
_STAFF = frozenset({Role.STAFF})
_TREASURER = frozenset({Role.TREASURER})
_AUDITOR = frozenset({Role.AUDITOR})
_ADMIN = frozenset({Role.ADMIN})
_OFFICE = _STAFF | _TREASURER
_SECRETARIAT = _STAFF | _COMMITTEE
_ACCOUNTS = _OFFICE | _AUDITOR
_EVERYONE = frozenset(Role)
_THE_HOUSE = _EVERYONE - _ADMIN

COMMANDS: Mapping[str, frozenset[Role]] = {
    "entity.register": _TREASURER,
    "parameter.set": _TREASURER,
    "period.open": _TREASURER,
    "period.stop-bookings": _TREASURER,
    "period.close": _TREASURER,
    "period.propose-reopening": _OFFICE,
    "period.reopen": _TREASURER,
    "posting-rules.adopt": _TREASURER,
    "manual-entry.post": _TREASURER,
    "manual-entry.reverse": _TREASURER,
    "year.open": _TREASURER,
    "year.adjust": _TREASURER,
    "year.approve": _TREASURER,
    "year.appropriate": _TREASURER,
    "year.carry": _TREASURER,
    "membership.apply": _SECRETARIAT,
    "membership.admit": _SECRETARIAT,
    "membership.refuse": _SECRETARIAT,
    "membership.resign": _SECRETARIAT,
    "membership.leave": _SECRETARIAT,
    "membership.deem-resigned": _SECRETARIAT,
    "membership.record-death": _SECRETARIAT,
    "membership.name-representative": _SECRETARIAT,
    "membership.merge": _SECRETARIAT,
    "membership.undo-merge": _SECRETARIAT,
    "exclusion.propose": _COMMITTEE,
    "exclusion.answer": _SECRETARIAT,
    "exclusion.hear": _SECRETARIAT,
    "exclusion.decide": _COMMITTEE,
    "exclusion.notify": _SECRETARIAT,
    "exclusion.drop": _COMMITTEE,
    "dispute.open": _OFFICE,
    "dispute.block": _OFFICE,
    "dispute.settle": _TREASURER,
    "activity.open": _STAFF,
    "contribution-rule.enact": _TREASURER,
    "client.register": _OFFICE,
    "invoice.issue": _OFFICE,
    "credit-note.issue": _OFFICE,
    "bank-account.open": _TREASURER,
    "bank-statement.import": _OFFICE,
    "receipt.allocate": _OFFICE,
    "allocation.undo": _OFFICE,
    "overpayment.hold": _OFFICE,
    "overpayment.allocate": _OFFICE,
    "client-payment.return": _OFFICE,
    "bank-fee.record": _OFFICE,
    "refund.order": _OFFICE,
    "document.keep": _OFFICE,
    "claim.submit": _STAFF,
    "claim.approve": _OFFICE,
    "claim.reject": _OFFICE,
    "payroll.request": _STAFF,
    "payroll.withdraw": _STAFF,
    "slip.post": _OFFICE,
    "wage.order": _OFFICE,
    "payment.order": _OFFICE,
    "payment.approve": _TREASURER,
    "payment.withdraw": _OFFICE,
    "payment.clear": _OFFICE,
    "fund.charter": _TREASURER,
    "fund.amend": _TREASURER,
    "aid.request": _SECRETARIAT,
    "aid.decide": _COMMITTEE,
    "aid.give-up": _SECRETARIAT,
    "aid.pay": _TREASURER,
    "advance.repay": _OFFICE,
    "advance.set-off": _OFFICE,
    "advance.write-off": _COMMITTEE,
    "advance.recover": _OFFICE,
    "guarantee.reserve": _COMMITTEE,
    "guarantee.release": _COMMITTEE,
    "guarantee.call": _TREASURER,
    "guarantee.recover": _OFFICE,
    "share-class.open": _TREASURER,
    "shares.subscribe": _SECRETARIAT,
    "shares.pay": _OFFICE,
    "shares.allot": _SECRETARIAT,
    "shares.transfer": _SECRETARIAT,
    "shares.convert": _SECRETARIAT,
    "net-asset.approve": _TREASURER,
    "withdrawal.determine": _OFFICE,
    "distribution-tests.record": _TREASURER,
    "withdrawal.order": _OFFICE,
    "dividend.vote": _TREASURER,
    "rule-set.adopt": _COMMITTEE,
    "roll.freeze": _COMMITTEE,
    "motion.table": _SECRETARIAT,
    "poll.open": _COMMITTEE,
    "vote.cast": _SECRETARIAT,
    "poll.close": _COMMITTEE,
    "poll.count": _COMMITTEE,
    "assembly.convene": _COMMITTEE,
    "proxy.grant": _SECRETARIAT,
    "proxy.revoke": _SECRETARIAT,
    "assembly.open": _COMMITTEE,
    "attendance.record": _SECRETARIAT,
    "motion.put-to-the-vote": _COMMITTEE,
    "assembly.close": _COMMITTEE,
    "key.revoke": _ADMIN,
}
"""Who may have something recorded. An auditor never may."""

VIEWS: Mapping[str, frozenset[Role]] = {
    "trial-balance.view": _ACCOUNTS,
    "journal.view": _ACCOUNTS,
    "activity-balances.view": _ACCOUNTS,
    "activity-movements.view": _ACCOUNTS,
    "invoices.view": _ACCOUNTS,
    "invoice.view": _ACCOUNTS,
    "receivables.view": _ACCOUNTS,
    "credit-notes.view": _ACCOUNTS,
    "credit-note.view": _ACCOUNTS,
    "owed-to-clients.view": _ACCOUNTS,
    "bank-lines.view": _ACCOUNTS,
    "waiting-lines.view": _ACCOUNTS,
    "unexplained-lines.view": _ACCOUNTS,
    "overpayments.view": _ACCOUNTS,
    "bank-statements.view": _ACCOUNTS,
    "document.view": _ACCOUNTS,
    "claims.view": _ACCOUNTS,
    "member-statement.view": _ACCOUNTS,
    "payment-orders.view": _ACCOUNTS,
    "payrolls.view": _ACCOUNTS,
    "waiting.view": _ACCOUNTS,
    "fund-balances.view": _THE_HOUSE,
    "fund-movements.view": _ACCOUNTS,
    "aid.view": _ACCOUNTS | _COMMITTEE,
    "guarantees.view": _ACCOUNTS | _COMMITTEE,
    "shares.view": _SECRETARIAT | _TREASURER | _AUDITOR,
    "withdrawals.view": _SECRETARIAT | _TREASURER | _AUDITOR,
    "exclusions.view": _SECRETARIAT | _AUDITOR,
    "disputes.view": _ACCOUNTS,
    "polls.view": _THE_HOUSE,
    "assemblies.view": _THE_HOUSE,
    "calendar.view": _THE_HOUSE,
    "poll-trail.view": _COMMITTEE | _AUDITOR,
    "entities.view": _THE_HOUSE,
    "periods.view": _THE_HOUSE,
    "years.view": _THE_HOUSE,
    "manual-entries.view": _ACCOUNTS,
    "members.view": _SECRETARIAT | _TREASURER | _AUDITOR,
    "clients.view": _ACCOUNTS,
    "activities.view": _THE_HOUSE,
    "bank-accounts.view": _ACCOUNTS,
    "log-head.view": _THE_HOUSE,
    "facts.view": _AUDITOR,
    "fact.view": _AUDITOR,
    "key.me": _EVERYONE,
    "key.list": _ADMIN | _AUDITOR,
}
"""Who may see something."""


def allows(role: Role, operation: str) -> bool:
    """Tell whether a role may do this; an operation outside the tables nobody may."""
    return role in COMMANDS.get(operation, frozenset()) | VIEWS.get(operation, frozenset())
