"""How a stranger checks us."""
