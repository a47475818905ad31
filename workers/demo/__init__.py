"""The demo: a small believable cooperative, entirely fictional, made through the use cases."""
