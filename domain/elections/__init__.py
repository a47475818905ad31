"""Counting elections for offices: ballots that rank candidates, and the rules that count them."""
