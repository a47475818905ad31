"""The rules, on plain values."""
