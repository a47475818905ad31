"""Who is asking: thin routers over the use cases and read models."""
