"""Other ledgers under the same workload; one that is not here is named as missing, never estimated."""
