"""Faults on purpose: what is killed, cut, stopped or filled up, and the oracle that says what must hold."""
