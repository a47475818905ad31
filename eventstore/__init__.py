"""How facts become durable, in one order, provably."""
