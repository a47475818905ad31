"""The read models, driven through the real use cases on a real log."""
