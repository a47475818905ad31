"""`tutti replay` says equal, names the read model that is not, and `tutti rebuild` mends it."""

from __future__ import annotations

from tests.ledgers import Ledger

TAMPERED = {
    "journal": "UPDATE journal_line SET debit_c = debit_c + 1 WHERE ctid = (SELECT ctid FROM journal_line WHERE debit_c > 0 LIMIT 1)",
    "activity_balances": "UPDATE activity_balance SET result_c = result_c + 1 WHERE ctid = (SELECT ctid FROM activity_balance LIMIT 1)",
    "activity_risk": "UPDATE activity_claim SET open_c = open_c + 1 WHERE ctid = (SELECT ctid FROM activity_claim LIMIT 1)",
    "fund_balances": "DELETE FROM fund_movement WHERE ctid = (SELECT ctid FROM fund_movement LIMIT 1)",
    "fund_aid": "UPDATE fund_aid SET decided_c = decided_c + 1",
    "member_cases": "INSERT INTO dispute SELECT g, g, g, now(), NULL, 0, 1 FROM gen_random_uuid() AS g",
    "withdrawals": "INSERT INTO distribution_test "
    "SELECT g, 1, now(), now(), 0, 0, 0, 0, 0, '' FROM gen_random_uuid() AS g",
    "governance_trail": "UPDATE vote SET choice = 'yes' WHERE ctid = (SELECT ctid FROM vote WHERE choice <> 'yes' LIMIT 1)",
    "receivables": "UPDATE receivable SET open_c = open_c - 1 WHERE ctid = (SELECT ctid FROM receivable WHERE open_c > 0 LIMIT 1)",
    "credit_notes": "INSERT INTO credit_note_vat VALUES (gen_random_uuid(), 1, 'S', 2100, '', 1, 0)",
    "bank_lines": "DELETE FROM bank_line WHERE ctid = (SELECT ctid FROM bank_line LIMIT 1)",
    "directory": "UPDATE membership SET member_no = member_no + 100 WHERE ctid = (SELECT ctid FROM membership LIMIT 1)",
    "outgoings": "UPDATE payment_order SET amount_c = amount_c + 1 "
    "WHERE ctid = (SELECT ctid FROM payment_order LIMIT 1)",
    "payrolls": "INSERT INTO payroll (payroll_id, entity_id, activity_id, employee_id, requested_on, budget_c, position) "
    "SELECT g, g, g, g, now(), 1, 1 FROM gen_random_uuid() AS g",
    "fiscal_years": "INSERT INTO fiscal_year SELECT g, g, '', now(), now(), '', 0, 1 FROM gen_random_uuid() AS g",
    "manual_entries": "INSERT INTO manual_entry SELECT g, g, now(), 1, true, '', '', '', NULL, NULL, 1 "
    "FROM gen_random_uuid() AS g",
    "share_register": "INSERT INTO share_class VALUES (gen_random_uuid(), gen_random_uuid(), 'X', false, '', 1)",
}


def test_after_the_demo_every_read_model_is_equal(demo: Ledger) -> None:
    answer = demo.json("replay")
    assert {model["name"] for model in answer["models"]} == set(TAMPERED)
    assert all(model["equal"] for model in answer["models"])
    assert answer["events_per_second"] > 0


def test_each_altered_read_model_is_named_alone_and_a_rebuild_makes_it_equal_again(own_demo: Ledger) -> None:
    own_demo.json("replay")
    for name, statement in TAMPERED.items():
        own_demo.alter(
            f"SET session_replication_role = replica; SET search_path = tutti_default_read; {statement}"
        )
        replayed = own_demo.run("replay", "--json")
        assert replayed.exit_code == 1
        assert f'"different": [\n    "{name}"\n  ]' in replayed.stdout
        own_demo.tutti("rebuild")
    assert own_demo.json("replay")["different"] == []
