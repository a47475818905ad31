"""The command line, the services and what they go by."""
