"""The use cases, one module an area: load, ask, record."""
