"""Samples of the facts about shares, and about how members come and go."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.bank_line import BankLine
from domain.aggregates.dispute import Dispute
from domain.aggregates.distributions import Distributions
from domain.aggregates.exclusion import Exclusion
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import DeemedCause, Membership
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareEnd, ShareRegister
from domain.aggregates.withdrawal_share import WithdrawalBasis, WithdrawalShare
from domain.facts import Ledgered
from domain.parcels import Parcel
from tests.facts.names import (
    ACCOUNT,
    CLIENT,
    DAY,
    DOCUMENT,
    ENTITY,
    LINE,
    MEMBER,
    MOTION,
    PERSON,
    POLL,
    ROLL,
    SHA256,
)
from tests.facts.of_dividends import OF_DIVIDENDS
from tests.facts.of_patronage import OF_PATRONAGE

OF_PERSON: dict[str, Any] = {"entity_id": ENTITY, "person_id": PERSON}
OF_MEMBER: dict[str, Any] = {**OF_PERSON, "membership_id": MEMBER}
MOVED: dict[str, Any] = {
    "entity_id": ENTITY,
    "register_no": 2,
    "qty": 3,
    "parcels": (Parcel(1, 2, 250_00), Parcel(3, 3, 260_00)),
    "amount_c": 760_00,
}
TRANSFERRED = {**MOVED, "transfer_id": DOCUMENT, "decision_ref": "board 5"}
CONVERTED = {**MOVED, "booked_on": DAY, "unavailable": False, "decision_ref": "board 6"}
OWED: dict[str, Any] = {"entity_id": ENTITY, "membership_id": MEMBER}
QUEUED: dict[str, Any] = {"entity_id": ENTITY, "withdrawal_id": DOCUMENT, "amount_c": 2_400_00}

OF_SHARES: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Membership,
        Membership.Refused,
        {**OF_PERSON, "decision_ref": "board 2", "reason": "No activity yet"},
    ),
    (
        Membership,
        Membership.Excluded,
        {**OF_PERSON, "exclusion_id": DOCUMENT, "decision_ref": "assembly 3"},
    ),
    (
        Membership,
        Membership.DeemedResigned,
        {**OF_PERSON, "cause": DeemedCause.BANKRUPTCY, "evidence_ref": "judgment 4"},
    ),
    (Membership, Membership.Deceased, {**OF_PERSON, "evidence_ref": "certificate 5"}),
    (
        Membership,
        Membership.HeirsRepresented,
        {**OF_PERSON, "representative_id": CLIENT, "evidence_ref": "deed 6", "representative": "A notary"},
    ),
    (Membership, Membership.Merged, {**OF_PERSON, "into_id": MEMBER, "reason": "The same person"}),
    (Membership, Membership.MergeUndone, {**OF_PERSON, "into_id": MEMBER, "reason": "A namesake"}),
    (Membership, Membership.ShareAccountOpened, {**OF_PERSON, "account_id": ACCOUNT, "share_class": "A"}),
    (
        MemberRegister,
        MemberRegister.MembersMerged,
        {"entity_id": ENTITY, "membership_id": MEMBER, "member_no": 2, "into_id": DOCUMENT},
    ),
    (
        MemberRegister,
        MemberRegister.MergeUndone,
        {"entity_id": ENTITY, "membership_id": MEMBER, "member_no": 2, "into_id": DOCUMENT},
    ),
    (MemberRegister, MemberRegister.VoteBegan, {"entity_id": ENTITY, "vote_id": POLL, "roll_id": ROLL}),
    (MemberRegister, MemberRegister.VoteEnded, {"entity_id": ENTITY, "vote_id": POLL}),
    (
        Exclusion,
        Exclusion.Proposed,
        {
            **OF_MEMBER,
            "notified_on": DAY,
            "answer_by": date(2026, 2, 10),
            "reasons": "Competes with the cooperative",
        },
    ),
    (
        Exclusion,
        Exclusion.ObservationsReceived,
        {**OF_MEMBER, "hearing_asked": True, "observations": "It is not so"},
    ),
    (Exclusion, Exclusion.HearingHeld, {**OF_MEMBER, "minutes_sha256": SHA256}),
    (
        Exclusion,
        Exclusion.Decided,
        {**OF_MEMBER, "decision_ref": "assembly 3", "motion_id": MOTION, "motivation": "As proposed"},
    ),
    (Exclusion, Exclusion.DecisionNotified, {**OF_MEMBER, "days": 9, "within_days": 15}),
    (Exclusion, Exclusion.Dropped, {**OF_MEMBER, "reason": "They agreed"}),
    (Dispute, Dispute.Opened, {**OF_MEMBER, "about": "The deficit of an activity"}),
    (Dispute, Dispute.AmountBlocked, {**OF_MEMBER, "withdrawal_id": DOCUMENT, "amount_c": 1_000_00}),
    (Dispute, Dispute.Settled, {**OF_MEMBER, "outcome": "The member owes nothing"}),
    (
        BankLine,
        BankLine.AllocatedToShares,
        {"entity_id": ENTITY, "account_id": ACCOUNT, "amount_c": 500_00},
    ),
    (
        ShareAccount,
        ShareAccount.Opened,
        {"entity_id": ENTITY, "membership_id": MEMBER, "person_id": PERSON, "share_class": "A"},
    ),
    (ShareAccount, ShareAccount.Subscribed, {"entity_id": ENTITY, "qty": 2, "price_c": 250_00}),
    (
        ShareAccount,
        ShareAccount.ContributionPaid,
        {
            "entity_id": ENTITY,
            "booked_on": DAY,
            "line_id": LINE,
            "payer_id": PERSON,
            "amount_c": 500_00,
        },
    ),
    (
        ShareAccount,
        ShareAccount.ContributionUndone,
        {"entity_id": ENTITY, "booked_on": DAY, "line_id": LINE, "amount_c": 500_00},
    ),
    (
        ShareAccount,
        ShareAccount.Allotted,
        {
            "entity_id": ENTITY,
            "booked_on": DAY,
            "register_no": 1,
            "qty": 2,
            "from_seq": 1,
            "to_seq": 2,
            "amount_c": 500_00,
            "unavailable": False,
        },
    ),
    (
        ShareRegister,
        ShareRegister.Opened,
        {"entity_id": ENTITY, "share_class": "A", "unavailable": False, "statutes_ref": "statutes art. 6"},
    ),
    (
        ShareRegister,
        ShareRegister.SharesEntered,
        {
            "entity_id": ENTITY,
            "register_no": 1,
            "account_id": ACCOUNT,
            "membership_id": MEMBER,
            "qty": 2,
            "from_seq": 1,
            "to_seq": 2,
            "amount_c": 500_00,
        },
    ),
    (ShareAccount, ShareAccount.TransferredOut, {**TRANSFERRED, "to_account_id": ACCOUNT}),
    (ShareAccount, ShareAccount.TransferredIn, {**TRANSFERRED, "from_account_id": ACCOUNT}),
    (ShareAccount, ShareAccount.ConvertedOut, {**CONVERTED, "into_account_id": ACCOUNT}),
    (ShareAccount, ShareAccount.ConvertedIn, {**CONVERTED, "from_account_id": ACCOUNT}),
    (
        ShareAccount,
        ShareAccount.Cancelled,
        {**MOVED, "booked_on": DAY, "unavailable": False, "reason": "resignation"},
    ),
    (
        ShareRegister,
        ShareRegister.SharesTransferred,
        {
            "entity_id": ENTITY,
            "register_no": 2,
            "transfer_id": DOCUMENT,
            "from_account_id": ACCOUNT,
            "to_account_id": LINE,
            "qty": 3,
        },
    ),
    (
        ShareRegister,
        ShareRegister.SharesEnded,
        {
            "entity_id": ENTITY,
            "register_no": 3,
            "account_id": ACCOUNT,
            "membership_id": MEMBER,
            "qty": 3,
            "amount_c": 760_00,
            "end": ShareEnd.CANCELLED,
        },
    ),
    (
        ShareRegister,
        ShareRegister.NetAssetApproved,
        {
            "entity_id": ENTITY,
            "closing_on": date(2025, 12, 31),
            "net_asset_per_share_c": 240_00,
            "accounts_ref": "annual accounts 2025",
            "decision_ref": "assembly 2026",
            "motion_id": MOTION,
        },
    ),
    (
        WithdrawalShare,
        WithdrawalShare.Determined,
        {
            **OWED,
            "booked_on": DAY,
            "account_id": ACCOUNT,
            "person_id": PERSON,
            "share_class": "A",
            "qty": 10,
            "contributed_c": 2_500_00,
            "basis": WithdrawalBasis.PAID_IN,
            "net_asset_per_share_c": 240_00,
            "amount_c": 2_400_00,
            "accounts_ref": "annual accounts 2025",
            "due_on": date(2026, 2, 10),
        },
    ),
    (WithdrawalShare, WithdrawalShare.Suspended, {**OWED, "amount_c": 1_400_00, "suspended_c": 2_400_00}),
    (WithdrawalShare, WithdrawalShare.Resumed, {**OWED, "amount_c": 2_400_00, "suspended_c": 0}),
    (WithdrawalShare, WithdrawalShare.Blocked, {**OWED, "dispute_id": DOCUMENT, "amount_c": 1_000_00}),
    (WithdrawalShare, WithdrawalShare.Unblocked, {**OWED, "dispute_id": DOCUMENT, "amount_c": 1_000_00}),
    (WithdrawalShare, WithdrawalShare.PaymentOrdered, {**OWED, "order_id": LINE, "amount_c": 2_400_00}),
    (WithdrawalShare, WithdrawalShare.PaymentWithdrawn, {**OWED, "order_id": LINE, "amount_c": 2_400_00}),
    (Distributions, Distributions.Opened, {"entity_id": ENTITY}),
    (Distributions, Distributions.WithdrawalEntered, QUEUED),
    (
        Distributions,
        Distributions.TestsRecorded,
        {
            "entity_id": ENTITY,
            "net_asset_c": 12_000_00,
            "unavailable_c": 8_000_00,
            "means_c": 9_000_00,
            "debts_c": 5_500_00,
            "distributable_c": 3_500_00,
            "report_sha256": SHA256,
        },
    ),
    (Distributions, Distributions.WithdrawalPaid, {**QUEUED, "order_id": LINE}),
    (Distributions, Distributions.PaymentWithdrawn, {**QUEUED, "order_id": LINE, "freed_c": 0}),
    (
        Distributions,
        Distributions.DividendVoted,
        {
            "entity_id": ENTITY,
            "share_class": "A",
            "qty": 100,
            "per_share_c": 5_00,
            "amount_c": 500_00,
            "decision_ref": "assembly 2026",
            "motion_id": MOTION,
            "dividend_id": DOCUMENT,
        },
    ),
    (
        Distributions,
        Distributions.DividendAppropriated,
        {"entity_id": ENTITY, "year_id": LINE, "amount_c": 500_00},
    ),
    *OF_DIVIDENDS,
    *OF_PATRONAGE,
)
