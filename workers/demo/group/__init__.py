"""The large demo: a group of two legal entities through the months, entirely fictional."""
